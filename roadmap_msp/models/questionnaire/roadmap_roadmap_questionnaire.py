from odoo import models

from ...rules import scoring
from .roadmap_assessment import OPEN_STATES, REVIEW_STATES


class RoadmapRoadmap(models.Model):
    _inherit = "roadmap.roadmap"

    def _business_dependence(self):
        """How much more urgent each gap is for this client: 0.8 to 1.3, from question BUS-6."""
        self.ensure_one()
        answer = (
            self.env["roadmap.answer"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "=", self.id),
                    ("question_id.code", "=", "BUS-6"),
                    ("state", "!=", "unanswered"),
                    ("assessment_id.state", "!=", "cancelled"),
                ],
                order="answered_on desc, id desc",
                limit=1,
            )
        )
        return scoring.dependence(answer.choice_id.code)

    def _portal_todo_questionnaire(self, partner, roles):
        """Runs in which this contact has something to answer, for the client's To do page."""
        self.ensure_one()
        runs = self.sudo().assessment_ids.filtered(
            lambda run: run.state in (*OPEN_STATES, *REVIEW_STATES)
        )
        entries = [run._portal_todo(partner, roles) for run in runs]
        return [entry for entry in entries if entry]

    def action_send_questionnaire(self):
        """Send a questionnaire to the client: opens the dialog."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_questionnaire_send_action"
        )
        return {**action, "context": {"default_roadmap_id": self.id}}
