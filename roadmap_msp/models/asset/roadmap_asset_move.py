from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules import smooth

# In these states nobody has built on the item's date and quantities yet.
MOVABLE = ("idea", "proposed", "approved", "deferred")


class RoadmapAsset(models.Model):
    """Single assets to another quarter: their part of the money goes with them."""

    _inherit = "roadmap.asset"

    def action_move_quarter(self):
        """Ask for the quarter."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move to Another Quarter"),
            "res_model": "roadmap.asset.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_asset_ids": self.ids},
        }

    def _move_to_quarter(self, day):
        """Move planned assets into the fiscal quarter of a day; returns the items they are in now.

        They join an item for the same client, type and quarter that nobody was shown yet, else a
        copy of their item is made. When all assets of an item move, the item itself does.

        :raises UserError: for what is not planned, or quoted or ordered already
        """
        if not self:
            raise UserError(self.env._("Select the assets to move first."))
        self.lock_for_update(allow_referencing=True)
        stuck = self.filtered(
            lambda asset: not asset.planned
            or asset.replacement_line_id.item_id.state not in MOVABLE
        )
        if stuck:
            raise UserError(
                self.env._(
                    "%s: not planned, or quoted already. Plan it first, or change the quotation.",
                    ", ".join(stuck[:10].mapped("name")),
                )
            )
        moved = self.env["roadmap.item"]
        for item, assets in self.grouped(lambda a: a.replacement_line_id.item_id).items():
            moved |= assets._move_from(item, day)
        moved.roadmap_id._refresh_revenue()
        return moved

    def _move_from(self, item, day):
        start = item.roadmap_id.fiscal_year_start
        last = smooth.quarter_days(smooth.quarter_number(day, start), start)[1]
        if item.target_date and item.fiscal_period == item._period_of(last, start):
            return item
        target = self._item_of_quarter(item, last)
        everything = self == item.asset_ids & self and len(self) == len(item.asset_ids)
        if everything and not target:
            item.target_date = last
            return item
        if not target:
            target = item.copy(
                {"target_date": last, "asset_ids": [Command.set(self.ids)], "name": item.name}
            )
            target.line_ids.filtered("per_asset").quantity = len(self)
        else:
            target.asset_ids |= self
        count = len(item.asset_ids)
        self.replacement_line_id = target.line_ids.filtered("per_asset")[:1]
        if everything:
            item.write({"closing_reason": "superseded", "superseded_by_id": target.id})
        else:
            item.asset_ids -= self
        for changed, before in ((item, count), (target, None)):
            changed._rename_count(before, self.type_id[:1])
        return target

    def _item_of_quarter(self, item, day):
        """An item of that quarter that replaces the same type and was not shown to the client."""
        siblings = (
            self.env["roadmap.asset"]
            .search(
                [
                    ("roadmap_id", "=", item.roadmap_id.id),
                    ("type_id", "in", self.type_id.ids),
                    ("own_price", "=", self[:1].own_price),
                    ("replacement_line_id.item_id.state", "=", "idea"),
                ]
            )
            .replacement_line_id.item_id
        )
        start = item.roadmap_id.fiscal_year_start
        period = item._period_of(day, start)
        return (siblings - item).filtered(lambda row: row.fiscal_period == period)[:1]
