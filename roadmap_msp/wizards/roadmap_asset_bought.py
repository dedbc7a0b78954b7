from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RoadmapAssetBought(models.TransientModel):
    """What the client bought elsewhere: the register learns it, the plan stays true."""

    _name = "roadmap.asset.bought"
    _description = "Bought Elsewhere"

    item_id = fields.Many2one("roadmap.item", required=True)
    roadmap_id = fields.Many2one(related="item_id.roadmap_id")
    vendor_id = fields.Many2one("res.partner", "Bought From")
    purchase_date = fields.Date(required=True, default=fields.Date.context_today)
    warranty_end = fields.Date()
    line_ids = fields.One2many(
        "roadmap.asset.bought.line", "wizard_id", compute="_compute_line_ids", store=True,
        compute_sudo=False, readonly=False,
    )  # fmt: skip

    @api.depends("item_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(
                    {"asset_id": asset.id, "type_id": asset.type_id.id, "name": asset.name}
                )
                for asset in wizard.item_id.asset_ids
            ]

    def action_register(self):
        """Register the new devices and retire the old ones.

        The item closes when nothing is left to replace; else it goes on with the rest.
        """
        self.ensure_one()
        self.item_id.check_access("write")
        if not self.line_ids:
            raise UserError(self.env._("Name at least one device that was bought."))
        old = self.line_ids.asset_id
        left = self.item_id.asset_ids - old
        # First the old ones go: a serial number typed by mistake is then told as theirs.
        for line in self.line_ids.filtered("asset_id"):
            line.asset_id._retire(
                self.env._("Replaced by %s, bought elsewhere", line.name), self.purchase_date
            )
        assets = self.env["roadmap.asset"].create(
            [line._prepare_asset(self) for line in self.line_ids]
        )
        count = len(self.item_id.asset_ids)
        if left:
            self.item_id.asset_ids = left
            self.item_id._rename_count(count, old.type_id[:1])
            old.replacement_line_id = False
            self.roadmap_id._refresh_revenue()
        else:
            self.item_id.action_bought_elsewhere()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_asset_action")
        return {**action, "domain": [("id", "in", assets.ids)], "context": {}}


class RoadmapAssetBoughtLine(models.TransientModel):
    """One new device, and the one that it replaces."""

    _name = "roadmap.asset.bought.line"
    _description = "Device Bought Elsewhere"

    wizard_id = fields.Many2one("roadmap.asset.bought", required=True, ondelete="cascade")
    roadmap_id = fields.Many2one(related="wizard_id.roadmap_id")
    asset_id = fields.Many2one("roadmap.asset", "Replaces")
    name = fields.Char(required=True)
    type_id = fields.Many2one("roadmap.asset.type", "Type")
    maker = fields.Char()
    model = fields.Char()
    serial = fields.Char("Serial Number")

    def _prepare_asset(self, wizard):
        old = self.asset_id
        return {
            "name": self.name,
            "roadmap_id": wizard.roadmap_id.id,
            "type_id": self.type_id.id,
            "maker": self.maker,
            "model": self.model,
            "serial": self.serial,
            "purchase_date": wizard.purchase_date,
            "warranty_end": wizard.warranty_end,
            "vendor_id": wizard.vendor_id.id,
            "user_name": old.user_name,
            "partner_id": old.partner_id.id,
            "site": old.site,
        }
