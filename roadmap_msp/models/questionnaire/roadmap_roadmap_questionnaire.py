from odoo import models

from ...rules import scoring
from .roadmap_assessment import OPEN_STATES, REVIEW_STATES


class RoadmapRoadmap(models.Model):
    _inherit = "roadmap.roadmap"

    def write(self, vals):
        """A prospect that becomes a client is asked what only clients are, and the reverse."""
        turned = self.browse()
        if "state" in vals:
            prospect = vals["state"] == "prospect"
            turned = self.filtered(lambda row: (row.state == "prospect") != prospect)
        result = super().write(vals)
        for run in turned.sudo().assessment_ids.filtered(lambda row: row.state in OPEN_STATES):
            run._refresh_hidden()
        return result

    def _business_dependence(self):
        """How much more urgent each gap is for this client: 0.8 to 1.3, from question BUS-6."""
        self.ensure_one()
        return self._business_dependences()[self.id]

    def _business_dependences(self):
        """{id: `_business_dependence`} of many clients, by one query."""
        answers = (
            self.env["roadmap.answer"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "in", self.ids),
                    ("question_id.code", "=", "BUS-6"),
                    ("state", "!=", "unanswered"),
                    ("assessment_id.state", "!=", "cancelled"),
                ],
                order="answered_on, id",
            )
        )
        newest = {answer.roadmap_id.id: answer.choice_id.code for answer in answers}
        return {roadmap.id: scoring.dependence(newest.get(roadmap.id)) for roadmap in self}

    def _portal_todo_questionnaire(self, partner, roles):
        """Runs in which this contact has something to answer, for the client's To do page."""
        self.ensure_one()
        runs = self.sudo().assessment_ids.filtered(
            lambda run: run.state in (*OPEN_STATES, *REVIEW_STATES)
        )
        entries = [run._portal_todo(partner, roles) for run in runs]
        return [entry for entry in entries if entry]

    def _respondents_for(self, length):
        """Whom a questionnaire of that length goes to unless somebody chooses otherwise."""
        rows = self.stakeholder_ids
        if length != "full":
            rows = rows.filtered(lambda row: row.role == "decision_maker")
        return rows.partner_id

    def _prepare_run_values(self, questionnaire, length, deadline):
        """Values of one run for each client; answers of the last run are carried over."""
        previous = {}
        for roadmap, runs in self.env["roadmap.assessment"]._read_group(
            [
                ("roadmap_id", "in", self.ids),
                ("questionnaire_id.family_code", "=", questionnaire.family_code),
                ("state", "in", ("submitted", "in_review", "closed")),
            ],
            ["roadmap_id"],
            ["id:max"],
        ):
            previous[roadmap.id] = runs
        return [
            {
                "roadmap_id": roadmap.id,
                "questionnaire_id": questionnaire.id,
                "length": length,
                "deadline": deadline,
                "previous_id": previous.get(roadmap.id, False),
                "user_id": (roadmap.vcio_id or self.env.user).id,
            }
            for roadmap in self
        ]

    def action_send_questionnaires(self):
        """Send a questionnaire to all of these clients: opens the dialog with its preview."""
        self.check_access("write")
        wizard = self.env["roadmap.questionnaire.batch"]._for_clients(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send a Questionnaire"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_send_questionnaire(self):
        """Send a questionnaire to the client: opens the dialog."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_questionnaire_send_action"
        )
        return {**action, "context": {"default_roadmap_id": self.id}}
