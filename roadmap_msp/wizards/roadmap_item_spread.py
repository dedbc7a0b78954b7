from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..rules.item_state import OVER


class RoadmapItemSpread(models.TransientModel):
    """Give an item to many clients: each by its own count and its own prices, after a preview."""

    _name = "roadmap.item.spread"
    _description = "Duplicate an Item to Clients"

    item_id = fields.Many2one("roadmap.item", required=True, ondelete="cascade")
    lifecycle_ids = fields.Many2many(
        "roadmap.lifecycle", string="Clients With", help="Such as Windows Server 2016."
    )
    type_ids = fields.Many2many("roadmap.asset.type", string="Of These Types")
    tier_ids = fields.Many2many("roadmap.tier", string="In These Tiers")
    target_date = fields.Date("Planned For")
    client_count = fields.Integer("Clients", compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        item = self.env["roadmap.item"].browse(values.get("item_id"))
        values.setdefault("target_date", item.target_date)
        lifecycles = item.asset_ids.lifecycle_id
        if "lifecycle_ids" in fields and lifecycles:
            values["lifecycle_ids"] = [Command.set(lifecycles.ids)]
        return values

    # ---------------------------------------------------------------- choose
    def _chosen(self):
        """([(roadmap, its devices)], [(roadmap, why it is skipped)]), by name."""
        self.ensure_one()
        roadmaps = self.env["roadmap.roadmap"].search(
            [
                ("state", "in", ("onboarding", "running")),
                ("id", "!=", self.item_id.roadmap_id.id),
                ("company_id", "=", self.item_id.company_id.id),
                *([("tier_id", "in", self.tier_ids.ids)] if self.tier_ids else []),
            ]
        )
        counted = bool(self.lifecycle_ids or self.type_ids)
        devices = self._devices(roadmaps) if counted else {}
        has = self._clients_that_have_it(roadmaps)
        chosen, skipped = [], []
        for roadmap in roadmaps:
            if counted and roadmap not in devices:
                continue
            if roadmap in has:
                skipped.append((roadmap, self.env._("has it in its plan already")))
            else:
                chosen.append((roadmap, devices.get(roadmap, self.env["roadmap.asset"])))
        return chosen, skipped

    def _devices(self, roadmaps):
        domain = [("roadmap_id", "in", roadmaps.ids), ("state", "=", "in_use")]
        if self.lifecycle_ids:
            domain.append(("lifecycle_id", "in", self.lifecycle_ids.ids))
        if self.type_ids:
            domain.append(("type_id", "in", self.type_ids.ids))
        return self.env["roadmap.asset"].search(domain).grouped("roadmap_id")

    def _clients_that_have_it(self, roadmaps):
        """Clients with a living item that came from this one."""
        rows = self.env["roadmap.item"]._read_group(
            [
                ("roadmap_id", "in", roadmaps.ids),
                ("origin_id", "=", self.item_id.id),
                ("state", "not in", OVER),
            ],
            ["roadmap_id"],
        )
        return {roadmap for (roadmap,) in rows}

    # ---------------------------------------------------------------- values
    def _line_values(self, line, roadmap, assets, prices):
        """One line for one client: by its devices or seats, at its price list or converted.

        :param prices: what was looked up for clients before, of which many share a price list
        """
        count = len(assets) if line.per_asset and assets else None
        if count is None and line.template_line_id:
            known = roadmap._unit_quantity(line.unit) if line.unit else None
            count = known and known * line.template_line_id.quantity
        quantity = max(1.0, float(count or line.quantity))
        values = {
            "name": line.name,
            "sequence": line.sequence,
            "kind": line.kind,
            "period": line.period,
            "unit": line.unit,
            "per_asset": line.per_asset,
            "product_id": line.product_id.id,
            "template_line_id": line.template_line_id.id,
            "option_group": line.option_group,
            "quantity": quantity,
            "quantity_assumed": count is None and bool(line.per_asset or line.quantity_assumed),
        }
        if line.product_id:
            price = self._list_price(line.product_id, roadmap, quantity, prices)
            same = dict.fromkeys(("price_unit", "price_low", "price_high"), price)
            return {**values, **same, "price_source": "pricelist"}
        today = fields.Date.context_today(self)
        for name in ("price_unit", "price_low", "price_high"):
            # Without a rate it is unknown.
            values[name] = (
                line.currency_id._roadmap_convert(
                    line[name], roadmap.currency_id, roadmap.company_id, today
                )
                or 0.0
            )
        return {**values, "price_source": line.price_source}

    @api.model
    def _list_price(self, product, roadmap, quantity, prices):
        """The client's price, asked for once for each price list, product and quantity."""
        partner = roadmap.partner_id.with_company(roadmap.company_id)
        price_list = partner.property_product_pricelist
        key = (price_list, roadmap.currency_id, roadmap.company_id, product, quantity)
        if key not in prices:
            prices[key] = roadmap._product_prices(product, quantity)[product.id] or 0.0
        return prices[key]

    def _item_values(self, roadmap, assets, prices):
        item = self.item_id
        template = item.template_id
        return {
            "name": item.name,
            "roadmap_id": roadmap.id,
            "origin_id": item.id,
            "summary": item.summary,
            "category_id": item.category_id.id,
            "template_id": template.id,
            "risk": item.risk,
            "covered": bool(template) and template in roadmap.tier_id.covered_template_ids,
            "client_visible": item.client_visible,
            "target_date": self.target_date,
            "user_id": roadmap.vcio_id.id or roadmap.account_manager_id.id,
            "asset_ids": [Command.set(assets.ids)],
            "line_ids": [
                Command.create(self._line_values(line, roadmap, assets, prices))
                for line in item.line_ids
            ],
        }

    # ---------------------------------------------------------------- preview
    @api.depends("item_id", "lifecycle_ids", "type_ids", "tier_ids", "target_date")
    def _compute_preview(self):
        for wizard in self:
            if not wizard.item_id:
                wizard.client_count, wizard.preview = 0, False
                continue
            prices = {}
            chosen, skipped = wizard._chosen()
            wizard.client_count = len(chosen)
            wizard.preview = self.env["ir.qweb"]._render(
                "roadmap_msp.item_spread_preview",
                {
                    "rows": [wizard._preview_row(*row, prices) for row in chosen],
                    "skipped": [(roadmap.name, why) for roadmap, why in skipped],
                },
            )

    def _preview_row(self, roadmap, assets, prices):
        """What the client would get, reckoned by the model itself on a record that is not kept."""
        item = self.env["roadmap.item"].new(self._item_values(roadmap, assets, prices))
        return {
            "client": roadmap.name,
            "devices": len(assets),
            "covered": item.covered,
            "one_off": roadmap._money(item.amount_one_off) if item.amount_one_off else "",
            "per_month": roadmap._money(item.amount_recurring) if item.amount_recurring else "",
        }

    def action_apply(self):
        """Make one item per client of the preview and open them.

        :raises UserError: no client fits
        """
        self.ensure_one()
        chosen, _skipped = self._chosen()
        if not chosen:
            raise UserError(
                self.env._(
                    "No client fits: choose other devices, or a tier, until some are listed."
                )
            )
        prices = {}
        items = self.env["roadmap.item"].create([self._item_values(*row, prices) for row in chosen])
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_item_action")
        return {**action, "domain": [("id", "in", items.ids)], "context": {}}
