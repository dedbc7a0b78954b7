from odoo import api, fields, models
from odoo.exceptions import UserError


class RoadmapAssessmentMove(models.TransientModel):
    """Moves an open run to a newer version of its questionnaire, after a look at the outcome."""

    _name = "roadmap.assessment.move"
    _description = "Move a Run to a New Version"

    assessment_id = fields.Many2one("roadmap.assessment", required=True)
    family_code = fields.Char(related="assessment_id.questionnaire_id.family_code")
    current_id = fields.Many2one(related="assessment_id.questionnaire_id", string="Now")
    questionnaire_id = fields.Many2one(
        "roadmap.questionnaire",
        "Move To",
        domain="[('family_code', '=', family_code), ('state', '=', 'published'),"
        " ('id', '!=', current_id)]",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("assessment_id", "questionnaire_id")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = False
            if wizard.assessment_id and wizard.questionnaire_id:
                wizard.preview = wizard._render_preview()

    def _render_preview(self):
        self.assessment_id.check_access("write")
        plan = self.assessment_id._origin._plan_move(self.questionnaire_id._origin)
        added = self.env["roadmap.question"].browse([question.id for question in plan["added"]])
        return self.env["ir.qweb"]._render(
            "roadmap_msp.questionnaire_move_preview",
            {
                "kept": sum(answer.state != "unanswered" for answer, _q in plan["kept"]),
                "lost": [answer for answer, _question in plan["lost"]],
                "dropped": [row for row in plan["dropped"] if row.state != "unanswered"],
                "removed": sum(row.state == "unanswered" for row in plan["dropped"]),
                "added": added,
            },
            minimal_qcontext=True,
        )

    def action_move(self):
        """Move the run.

        :raises UserError: without a newer published version of the same questionnaire
        """
        self.ensure_one()
        self.assessment_id.check_access("write")
        target = self.questionnaire_id
        if target.state != "published" or target.family_code != self.family_code:
            raise UserError(self.env._("Choose a published version of the same questionnaire."))
        self.assessment_id._move(target)
        return {"type": "ir.actions.act_window_close"}
