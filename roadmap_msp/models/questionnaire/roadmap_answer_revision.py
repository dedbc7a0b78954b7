from odoo import fields, models


class RoadmapAnswerRevision(models.Model):
    """An earlier, competing or corrected value of an answer."""

    _name = "roadmap.answer.revision"
    _description = "Earlier Answer"
    _order = "id desc"

    answer_id = fields.Many2one("roadmap.answer", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="answer_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="answer_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("earlier", "Earlier"), ("competing", "Competing"), ("corrected", "Corrected by us")],
        required=True,
        default="earlier",
    )
    value = fields.Json()
    display_value = fields.Char()
    version = fields.Integer()
    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    user_id = fields.Many2one("res.users")
    reason = fields.Char()
