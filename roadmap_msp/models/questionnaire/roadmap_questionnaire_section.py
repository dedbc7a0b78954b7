from odoo import api, fields, models


class RoadmapQuestionnaireSection(models.Model):
    """A page of a questionnaire."""

    _name = "roadmap.questionnaire.section"
    _description = "Questionnaire Page"
    _inherit = ["roadmap.questionnaire.part"]
    _order = "questionnaire_id, sequence, id"

    questionnaire_id = fields.Many2one(
        "roadmap.questionnaire", required=True, index=True, ondelete="cascade"
    )
    code = fields.Char(required=True, help="Stable for ever; answers are carried over by it.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    weight = fields.Integer(
        default=1, help="0 to 5: how much the page counts in the score; 0 for a page without."
    )
    filled_by = fields.Char("Usually Filled By", translate=True)
    provider_fills = fields.Boolean(
        "We Fill It", help="A page that our own technician answers; it never counts for the client."
    )
    maps_to = fields.Char(help="Reference in a public framework, such as CIS or CSF.")
    category_id = fields.Many2one(
        "roadmap.category", "Technology Area", index="btree_not_null", ondelete="restrict"
    )
    question_ids = fields.One2many("roadmap.question", "section_id", copy=True)
    question_count = fields.Integer("Questions", compute="_compute_question_count")

    _code_uniq = models.UniqueIndex(
        "(code, questionnaire_id)", "Each page of a questionnaire needs a code of its own."
    )
    _weight_range = models.Constraint(
        "CHECK (weight BETWEEN 0 AND 5)", "The weight of a page is a number from 0 to 5."
    )

    @api.depends("question_ids")
    def _compute_question_count(self):
        counts = dict(
            self.env["roadmap.question"]._read_group(
                [("section_id", "in", self.ids)], ["section_id"], ["__count"]
            )
        )
        for section in self:
            section.question_count = counts.get(section._origin, 0)
