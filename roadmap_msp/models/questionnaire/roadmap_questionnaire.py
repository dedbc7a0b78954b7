from odoo import fields, models


class RoadmapQuestionnaire(models.Model):
    """One version of a questionnaire; a published version is frozen."""

    _name = "roadmap.questionnaire"
    _description = "Questionnaire"
    _inherit = ["mail.thread"]
    _order = "family_code, version desc, id desc"

    name = fields.Char(required=True, translate=True)
    family_code = fields.Char(required=True, default="technology")
    version = fields.Integer(default=1, required=True, copy=False, readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one("res.company", index=True)
    published_on = fields.Datetime(readonly=True, copy=False)
    section_ids = fields.One2many("roadmap.questionnaire.section", "questionnaire_id", copy=True)
    question_ids = fields.One2many("roadmap.question", "questionnaire_id")

    _version_uniq = models.UniqueIndex(
        "(family_code, version, company_id)",
        "This questionnaire already has a version with that number.",
    )
