from odoo import fields, models

RISKS = [("low", "Low"), ("medium", "Medium"), ("high", "High"), ("critical", "Critical")]
KINDS = [
    ("option", "Option"),
    ("number", "Number band"),
    ("date", "Date band"),
    ("special", "Special"),
]
SPECIALS = [("unknown", "Do not know"), ("na", "Not applicable")]


class RoadmapQuestionChoice(models.Model):
    """A possible answer: an option to tick, a band of figures or dates, or a special answer."""

    _name = "roadmap.question.choice"
    _description = "Choice"
    _inherit = ["roadmap.questionnaire.part"]
    _order = "question_id, sequence, id"

    _questionnaire_path = "question_id.questionnaire_id"

    question_id = fields.Many2one("roadmap.question", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="The word that conditions use; never translated.")
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="option")
    special = fields.Selection(SPECIALS)
    scored = fields.Boolean(help="Unticked: left out of the average.")
    score = fields.Integer(help="0 to 100.")
    risk = fields.Selection(RISKS)
    exclusive = fields.Boolean(help="Excludes the other ticks of a multiple choice.")
    template_ids = fields.Many2many("roadmap.item.template", string="Suggested Items")

    _score_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "The score of a choice is a number from 0 to 100."
    )
    _code_uniq = models.UniqueIndex(
        "(code, question_id)", "Each choice of a question needs a code of its own."
    )
