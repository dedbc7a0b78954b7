from odoo import api, fields, models

TYPES = [
    ("single", "Single choice"),
    ("multiple", "Multiple choice"),
    ("yes_no", "Yes or no"),
    ("number", "Number"),
    ("money", "Money"),
    ("date", "Date"),
    ("text", "Text"),
    ("file", "File"),
]
AUDIENCES = [("all", "Everyone"), ("owner", "Decision maker only"), ("msp", "Usually us")]
FACTS = [
    ("headcount", "Number of people"),
    ("seats", "Number of seats"),
    ("sites", "Number of sites"),
    ("fiscal_year_end", "End of the fiscal year"),
    ("insurance_renewal", "Renewal of the cyber insurance"),
    ("decision_maker", "Name of the decision maker"),
]
PREFILLS = [
    ("assets", "Asset register"),
    ("contracts", "Contracts"),
    ("contacts", "Contacts and their roles"),
]
LENGTHS = [("start", "Start"), ("business", "Business"), ("full", "Full")]


class RoadmapQuestion(models.Model):
    """A question of one questionnaire version."""

    _name = "roadmap.question"
    _description = "Question"
    _inherit = ["roadmap.questionnaire.part"]
    _order = "questionnaire_id, section_sequence, section_id, sequence, id"

    section_id = fields.Many2one(
        "roadmap.questionnaire.section", "Page", required=True, index=True, ondelete="cascade"
    )
    section_sequence = fields.Integer(
        related="section_id.sequence", store=True, precompute=True, string="Page Order"
    )
    # Not precomputed: that would leave half-made questions in the questionnaire's list.
    questionnaire_id = fields.Many2one(
        related="section_id.questionnaire_id", store=True, index=True
    )
    questionnaire_state = fields.Selection(related="questionnaire_id.state")
    code = fields.Char(required=True, help="Stable for ever; answers are carried over by it.")
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)
    why = fields.Char("Why It Matters", translate=True)
    help = fields.Char(translate=True, help="One sentence that explains a word to a layman.")
    prefill = fields.Selection(PREFILLS)
    fact = fields.Selection(
        FACTS,
        "Fact About the Client",
        help="The answer can be taken over to the client, by a person who accepts it.",
    )
    question_type = fields.Selection(TYPES, "Type", required=True, default="single")
    weight = fields.Integer(
        help="0 to 5; 0 exactly when the question is not scored.", aggregator=None
    )
    required = fields.Boolean()
    audience = fields.Selection(AUDIENCES, "Who Answers", required=True, default="all")
    length = fields.Selection(
        LENGTHS, required=True, default="full", help="The shortest length that holds the question."
    )
    count_scored = fields.Boolean(
        "Score the Count", help="The number of ticked choices is what is scored."
    )
    condition = fields.Char(
        "Shown Only If",
        help='Shown only when true, such as: SRV-1 != None and GRO-8 > 1. "client" is true for'
        " clients under contract.",
    )
    choice_ids = fields.One2many("roadmap.question.choice", "question_id", copy=True)
    template_ids = fields.Many2many("roadmap.item.template", string="Suggested Items")

    _code_uniq = models.UniqueIndex(
        "(code, questionnaire_id)", "Each question of a questionnaire needs a code of its own."
    )
    _weight_range = models.Constraint(
        "CHECK (weight BETWEEN 0 AND 5)", "The weight of a question is a number from 0 to 5."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for question in self:
            question.display_name = f"{question.code} {question.name}"
