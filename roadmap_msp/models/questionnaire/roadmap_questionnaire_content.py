from odoo import api, models
from odoo.tools import file_open
from odoo.tools.convert import convert_csv_import

MODULE = "roadmap_msp"
SHIPPED = f"{MODULE}.questionnaire_technology_1"
FILES = (
    "roadmap.questionnaire.section.csv",
    "roadmap.question.csv",
    "roadmap.question.choice.csv",
)


class RoadmapQuestionnaire(models.Model):
    _inherit = "roadmap.questionnaire"

    @api.model
    def _load_shipped_content(self):
        """Load the questionnaire that the addon ships, once.

        A published version is frozen, so an upgrade never touches it again: better questions come
        as a new version. Without this the 1,700 rows would be read again at every upgrade.
        """
        shipped = self.env.ref(SHIPPED)
        if shipped.section_ids:
            return
        for name in FILES:
            self._load_content_file(name)
        self._forget_structures()

    @api.model
    def _load_shipped_suggestions(self):
        """Load which items of the library each shipped question suggests, once."""
        shipped = self.env.ref(SHIPPED)
        if not any(question.template_ids for question in shipped.question_ids):
            self._load_content_file("roadmap.question-items.csv")

    @api.model
    def _load_content_file(self, name):
        path = f"{MODULE}/data/questionnaire/{name}"
        with file_open(path, "rb") as handle:
            convert_csv_import(self.env, MODULE, path, handle.read(), noupdate=True)
