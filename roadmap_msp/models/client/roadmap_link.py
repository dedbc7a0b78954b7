from odoo import fields, models

PURPOSES = [
    ("answer", "Answer"),
    ("decide", "Decide"),
    ("slot", "Choose a time"),
    ("acknowledge", "Acknowledge"),
]


class RoadmapLink(models.Model):
    """A personal link that lets one contact do one thing without an account."""

    _name = "roadmap.link"
    _description = "Personal Link"
    _order = "id desc"

    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    sender_id = fields.Many2one("res.partner", ondelete="set null")
    note = fields.Text()
    purpose = fields.Selection(PURPOSES, required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    section_ids = fields.Many2many("roadmap.assessment.section", string="Pages")
    token_hash = fields.Char(copy=False, groups="base.group_system")
    code_hash = fields.Char(copy=False, groups="base.group_system")
    code_expires_on = fields.Datetime(copy=False, groups="base.group_system")
    code_tries = fields.Integer(copy=False, groups="base.group_system")
    expires_on = fields.Datetime(required=True)
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    used_on = fields.Datetime("First Used On", readonly=True, copy=False)
    open_count = fields.Integer("Opens", readonly=True, copy=False)

    _token_hash_uniq = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")
    _res_idx = models.Index("(res_model, res_id)")
