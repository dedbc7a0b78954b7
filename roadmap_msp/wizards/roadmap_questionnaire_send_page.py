from odoo import fields, models


class RoadmapQuestionnaireSendPage(models.TransientModel):
    """A page that is wanted on another day than the questionnaire."""

    _name = "roadmap.questionnaire.send.page"
    _description = "Page Due on Another Day"

    wizard_id = fields.Many2one("roadmap.questionnaire.send", required=True, ondelete="cascade")
    section_id = fields.Many2one("roadmap.questionnaire.section", "Page", required=True)
    deadline = fields.Date("Due", required=True)

    _page_uniq = models.UniqueIndex("(wizard_id, section_id)", "A page is due on one day only.")
