from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...rules import fiscal

# An item in one of these states will not replace anything: its assets can be planned again.
DEAD_STATES = ("declined", "superseded", "bought_elsewhere")


class RoadmapAsset(models.Model):
    """From due assets to priced roadmap items, each asset once."""

    _inherit = "roadmap.asset"

    planned = fields.Boolean(
        compute="_compute_planned",
        compute_sudo=True,
        search="_search_planned",
        help="A roadmap item that is still alive replaces it.",
    )

    @api.depends("replacement_line_id.item_id.state")
    def _compute_planned(self):
        for asset in self:
            item = asset.replacement_line_id.item_id
            asset.planned = bool(item) and item.state not in DEAD_STATES

    def _search_planned(self, operator, value):
        if operator != "in":
            return NotImplemented
        lines = (
            self.env["roadmap.item.line"].sudo()._search([("item_id.state", "not in", DEAD_STATES)])
        )
        planned = Domain("id", "in", self.sudo()._search([("replacement_line_id", "in", lines)]))
        return Domain.OR(planned if flag else ~planned for flag in value)

    def action_plan_replacement(self):
        """Make one priced item per client and type for these assets, and open the items.

        Assets that are planned or retired already, or have no type, are left out and named.

        :raises UserError: when none of them can be planned
        """
        self.check_access("write")
        return self._open_planned(self._plan_replacement())

    def action_plan_over_quarters(self):
        """Ask for the share of a quarter, show the proposal, then plan."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan Over Quarters"),
            "res_model": "roadmap.asset.spread",
            "view_mode": "form",
            "target": "new",
            "context": {"default_asset_ids": self.ids},
        }

    def _open_planned(self, planned):
        """Open the items of :meth:`_plan_replacement`, and name what was left out."""
        items, skipped = planned
        if not items:
            raise UserError(
                self.env._("Nothing to plan. %s", self._skipped_text(skipped))
                if skipped
                else self.env._("Select the assets to replace first.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_asset_planned_items_action"
        )
        action["domain"] = [("id", "in", items.ids)]
        if len(items) == 1:
            action |= {"res_id": items.id, "views": [(False, "form")], "view_mode": "form"}
        if not skipped:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "title": self.env._("Some assets were left out"),
                "message": self._skipped_text(skipped),
                "sticky": True,
                "next": action,
            },
        }

    def _plan_replacement(self, targets=None):
        """The batch behind it: (new items, [(asset, reason)]).

        :param targets: {asset: target date}; without, an item takes the earliest due date
        """
        # Two people who plan the same devices at once must not plan them twice.
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["replacement_line_id"])
        skipped, ready = [], self.browse()
        for asset in self:
            reason = asset._reason_not_to_plan()
            if reason:
                skipped.append((asset, reason))
            else:
                ready |= asset
        targets, policies = targets or {}, ready._policies()
        # What has a price of its own cannot share a line with the others.
        groups = ready.grouped(
            lambda asset: (asset.roadmap_id, asset.type_id, targets.get(asset), asset.own_price)
        )
        items = self.env["roadmap.item"].create(
            [
                assets._prepare_replacement_item(roadmap, asset_type, policies, target)
                for (roadmap, asset_type, target, _price), assets in groups.items()
            ]
        )
        for item, assets in zip(items, groups.values(), strict=True):
            assets.replacement_line_id = item.line_ids.filtered("per_asset")[:1]
        return items, skipped

    def _reason_not_to_plan(self):
        self.ensure_one()
        if self.planned:
            return self.env._("is in the plan: %s", self.replacement_line_id.item_id.name)
        if self.state == "retired":
            return self.env._("is retired")
        if not self.type_id:
            return self.env._("has no type, so nobody knows what replaces it")
        return None

    def _skipped_text(self, skipped, limit=10):
        lines = [f"{asset.name}: {reason}" for asset, reason in skipped[:limit]]
        if len(skipped) > limit:
            lines.append(self.env._("and %s more", len(skipped) - limit))
        return "; ".join(lines)

    def _prepare_replacement_item(self, roadmap, asset_type, policies, target=None):
        """Values of the item that replaces these assets of one client and type.

        :param policies: of :meth:`_policies`, of all assets that are planned together
        """
        return {
            "name": self.env["roadmap.item"]._replacement_name(len(self), asset_type),
            "roadmap_id": roadmap.id,
            "summary": self._replacement_summary(policies),
            "category_id": asset_type.category_id.id,
            "risk": "high" if "overdue" in self.mapped("lifecycle_status") else "medium",
            "target_date": target or self._replacement_target(roadmap),
            "user_id": roadmap.account_manager_id.id or self.env.uid,
            "asset_ids": [Command.set(self.ids)],
            "line_ids": self._prepare_replacement_lines(roadmap, asset_type),
        }

    def _replacement_target(self, roadmap):
        """The earliest due date, or the start of the next fiscal quarter where that is past."""
        today = fields.Date.context_today(self)
        due = min((day for day in self.mapped("replacement_due") if day), default=None)
        if due and due > today:
            return due
        month = roadmap.fiscal_year_start
        year, quarter = fiscal.fiscal_year(today, month), fiscal.fiscal_quarter(today, month)
        last = fiscal.quarter_bounds(year, quarter, month)[1]
        return fields.Date.add(last, days=1)

    def _replacement_summary(self, policies):
        """The why in the client's words: how many, how old, uncovered, unsupported.

        The age is that of the policy that makes them due: the asset's, the client's, the type's.
        """
        on = self._as_of()
        count = len(self)
        aged = Counter()
        for asset in self:
            years, bought = policies[asset].life_years, asset.purchase_date
            if years and bought and fields.Date.add(bought, years=years) < on:
                aged[years] += 1
        parts = [
            self.env._("%(n)s past %(years)s years", n=number, years=years)
            for years, number in sorted(aged.items())
        ]
        bare = len(self.filtered(lambda a: a.warranty_status == "expired"))
        ended = len(self.filtered(lambda a: a.support_end and a.support_end < on))
        if bare:
            parts.append(self.env._("%s without warranty", bare))
        if ended:
            parts.append(self.env._("%s no longer supported by the maker", ended))
        return (
            self.env._("%(count)s to replace: %(parts)s.", count=count, parts=", ".join(parts))
            if parts
            else self.env._("%s to replace in time.", count)
        )

    def action_open_replacement(self):
        """Open the roadmap item that replaces this asset."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "roadmap.item",
            "res_id": self.replacement_line_id.item_id.id,
            "view_mode": "form",
        }
