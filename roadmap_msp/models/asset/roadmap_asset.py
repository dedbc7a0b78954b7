from odoo import fields, models

STATES = [("in_use", "In use"), ("spare", "Spare"), ("retired", "Retired")]


class RoadmapAsset(models.Model):
    """A device or licence that the client owns."""

    _name = "roadmap.asset"
    _description = "Asset"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "roadmap_id, type_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, index="trigram")
    active = fields.Boolean(default=True)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    type_id = fields.Many2one("roadmap.asset.type", index="btree_not_null", ondelete="restrict")
    state = fields.Selection(STATES, default="in_use", required=True, tracking=True)
    maker = fields.Char()
    model = fields.Char()
    serial = fields.Char("Serial Number")
    operating_system = fields.Char()
    lifecycle_id = fields.Many2one(
        "roadmap.lifecycle", "Lifecycle", index="btree_not_null", ondelete="set null"
    )
    user_name = fields.Char("Used By")
    site = fields.Char()
    parent_id = fields.Many2one("roadmap.asset", index="btree_not_null", ondelete="set null")
    purchase_date = fields.Date()
    warranty_end = fields.Date(index=True)
    warranty_alert_from = fields.Date(index=True)
    replacement_due = fields.Date(index=True)
    replacement_alert_from = fields.Date(index=True)
    support_end = fields.Date(index=True)
    replacement_line_id = fields.Many2one(
        "roadmap.item.line", index="btree_not_null", ondelete="set null", copy=False
    )
    item_ids = fields.Many2many("roadmap.item", "roadmap_item_asset_rel")
    ref_ids = fields.One2many("roadmap.asset.ref", "asset_id")
    date_ids = fields.One2many("roadmap.asset.date", "asset_id")
    retired_on = fields.Date(copy=False)
    retire_reason = fields.Char(copy=False)
    note = fields.Text()
