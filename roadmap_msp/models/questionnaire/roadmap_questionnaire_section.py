from odoo import fields, models


class RoadmapQuestionnaireSection(models.Model):
    """A page of a questionnaire."""

    _name = "roadmap.questionnaire.section"
    _description = "Questionnaire Page"
    _order = "questionnaire_id, sequence, id"

    questionnaire_id = fields.Many2one(
        "roadmap.questionnaire", required=True, index=True, ondelete="cascade"
    )
    code = fields.Char(required=True, help="Stable for ever; answers are carried over by it.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    weight = fields.Integer(default=1)
    filled_by = fields.Char("Usually Filled By", translate=True)
    provider_fills = fields.Boolean(
        "We Fill It", help="A page that our own technician answers; it never counts for the client."
    )
    maps_to = fields.Char("Maps To", help="Reference in a public framework, such as CIS or CSF.")
    category_id = fields.Many2one("roadmap.category", ondelete="restrict")
    question_ids = fields.One2many("roadmap.question", "section_id", copy=True)

    _code_uniq = models.UniqueIndex(
        "(code, questionnaire_id)", "Each page of a questionnaire needs a code of its own."
    )
