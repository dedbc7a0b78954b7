from odoo import api, fields, models


class RoadmapQuestionnaireCompare(models.TransientModel):
    """Shows what changed between two versions of a questionnaire."""

    _name = "roadmap.questionnaire.compare"
    _description = "Compare Versions of a Questionnaire"

    questionnaire_id = fields.Many2one("roadmap.questionnaire", "Version", required=True)
    family_code = fields.Char(related="questionnaire_id.family_code")
    before_id = fields.Many2one(
        "roadmap.questionnaire",
        "Compared With",
        domain="[('family_code', '=', family_code), ('id', '!=', questionnaire_id)]",
    )
    result = fields.Html(compute="_compute_result", sanitize=False)

    @api.depends("questionnaire_id", "before_id")
    def _compute_result(self):
        for wizard in self:
            wizard.result = False
            if wizard.questionnaire_id and wizard.before_id:
                wizard.result = self.env["ir.qweb"]._render(
                    "roadmap_msp.questionnaire_differences",
                    {
                        "rows": wizard.questionnaire_id._origin._differences_from(
                            wizard.before_id._origin
                        )
                    },
                    minimal_qcontext=True,
                )
