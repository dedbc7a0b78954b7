import base64

from odoo import fields, models
from odoo.exceptions import UserError


class RoadmapQuestionnaireImport(models.TransientModel):
    """Makes a draft questionnaire from a spreadsheet."""

    _name = "roadmap.questionnaire.import"
    _description = "Import a Questionnaire"

    file = fields.Binary("Spreadsheet", attachment=False)
    filename = fields.Char()

    def action_import(self):
        """Import the file as a draft, to be looked at and published.

        :return: an action that opens the draft
        :raises UserError: without a file, or with every error in it
        """
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the spreadsheet first."))
        draft = self.env["roadmap.questionnaire"]._import_sheet(base64.b64decode(self.file))
        return {
            "type": "ir.actions.act_window",
            "res_model": draft._name,
            "res_id": draft.id,
            "view_mode": "form",
        }
