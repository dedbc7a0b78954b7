from odoo import fields, models

KINDS = [
    ("invitation", "Invitation"),
    ("reminder", "Reminder"),
    ("proposal", "Proposal"),
    ("meeting", "Meeting"),
    ("minutes", "Minutes"),
]
STATES = [
    ("prepared", "Prepared"),
    ("released", "Released"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]


class RoadmapOutbox(models.Model):
    """A mail to a client's contact, prepared, that leaves only when somebody releases it."""

    _name = "roadmap.outbox"
    _description = "Mail to a Client"
    _order = "id desc"

    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Recipient", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "From", required=True)
    kind = fields.Selection(KINDS, required=True)
    state = fields.Selection(STATES, default="prepared", required=True, index=True, copy=False)
    name = fields.Char("Subject", required=True)
    body = fields.Html(sanitize_style=True)
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    link_id = fields.Many2one("roadmap.link", index="btree_not_null", ondelete="set null")
    attachment_ids = fields.Many2many("ir.attachment")
    send_on = fields.Datetime("Not Before")
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_on = fields.Datetime(readonly=True, copy=False)
    sent_on = fields.Datetime(readonly=True, copy=False)
    error = fields.Char(readonly=True, copy=False)
