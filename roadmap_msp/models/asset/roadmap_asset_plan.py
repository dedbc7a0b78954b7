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
        items, skipped = self._plan_replacement()
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

    def _plan_replacement(self):
        """The batch behind it: (new items, [(asset, reason)])."""
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
        groups = ready.grouped(lambda asset: (asset.roadmap_id, asset.type_id))
        items = self.env["roadmap.item"].create(
            [
                assets._prepare_replacement_item(roadmap, asset_type)
                for (roadmap, asset_type), assets in groups.items()
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

    def _prepare_replacement_item(self, roadmap, asset_type):
        """Values of the item that replaces these assets of one client and type."""
        sellable = self._prepare_replacement_line(roadmap, asset_type)
        lines = [Command.create(sellable)]
        labour = asset_type.labour_product_id
        if labour:
            price = self._product_price(roadmap, labour, len(self))
            lines.append(
                Command.create(
                    {
                        "sequence": 20,
                        "name": labour.display_name,
                        "product_id": labour.id,
                        "quantity": len(self),
                        "price_unit": price,
                        "price_low": price,
                        "price_high": price,
                    }
                )
            )
        return {
            "name": self.env._(
                "Replace %(count)s × %(type)s", count=len(self), type=asset_type.name
            ),
            "roadmap_id": roadmap.id,
            "summary": self._replacement_summary(),
            "category_id": asset_type.category_id.id,
            "risk": "high" if "overdue" in self.mapped("lifecycle_status") else "medium",
            "target_date": self._replacement_target(roadmap),
            "user_id": roadmap.account_manager_id.id or self.env.uid,
            "asset_ids": [Command.set(self.ids)],
            "line_ids": lines,
        }

    def _prepare_replacement_line(self, roadmap, asset_type):
        product = asset_type.product_id
        if product:
            low = high = price = self._product_price(roadmap, product, len(self))
        else:
            low, high = (
                asset_type.currency_id._convert(
                    amount, roadmap.currency_id, roadmap.company_id, fields.Date.context_today(self)
                )
                for amount in (asset_type.price_low, asset_type.price_high)
            )
            price = roadmap.currency_id.round((low + high) / 2)
        return {
            "sequence": 10,
            "name": product.display_name or asset_type.name,
            "product_id": product.id,
            "per_asset": True,
            "quantity": len(self),
            "price_unit": price,
            "price_low": low,
            "price_high": high,
        }

    @api.model
    def _product_price(self, roadmap, product, quantity):
        """The client's price, without tax, in the roadmap's currency."""
        partner = roadmap.partner_id.with_company(roadmap.company_id)
        product = product.with_company(roadmap.company_id)
        today = fields.Date.context_today(self)
        return partner.property_product_pricelist._get_product_price(
            product, quantity, currency=roadmap.currency_id, date=today
        )

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

    def _replacement_summary(self):
        """The why in the client's words: how many, how old, uncovered, unsupported."""
        on = self._as_of()
        count = len(self)
        parts = []
        aged = len(
            self.filtered(
                lambda a: a.purchase_date
                and a.type_id.life_years
                and fields.Date.add(a.purchase_date, years=a.type_id.life_years) < on
            )
        )
        years = self.type_id.life_years
        bare = len(self.filtered(lambda a: a.warranty_status == "expired"))
        ended = len(self.filtered(lambda a: a.support_end and a.support_end < on))
        if aged:
            parts.append(self.env._("%(n)s past %(years)s years", n=aged, years=years))
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
