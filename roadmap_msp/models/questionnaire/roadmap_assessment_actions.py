from odoo import api, fields, models
from odoo.exceptions import UserError

from .roadmap_assessment import STAFF


class RoadmapAssessment(models.Model):
    """Counters and smart buttons of a run."""

    _inherit = "roadmap.assessment"

    answer_count = fields.Char("Answers", compute="_compute_answer_count", groups=STAFF)
    finding_count = fields.Integer("Findings", compute="_compute_finding_count", groups=STAFF)

    @api.depends("answer_ids.state", "answer_ids.hidden")
    def _compute_answer_count(self):
        totals, done = {}, {}
        for run, state, count in self.env["roadmap.answer"]._read_group(
            [("assessment_id", "in", self.ids), ("hidden", "=", False)],
            ["assessment_id", "state"],
            ["__count"],
        ):
            totals[run.id] = totals.get(run.id, 0) + count
            done[run.id] = done.get(run.id, 0) + (count if state != "unanswered" else 0)
        for run in self:
            run.answer_count = f"{done.get(run.id, 0)} / {totals.get(run.id, 0)}"

    @api.depends("finding_ids.state", "finding_ids.parent_id")
    def _compute_finding_count(self):
        if not self.env["roadmap.finding"].has_access("read"):
            self.finding_count = 0
            return
        counts = dict(
            self.env["roadmap.finding"]._read_group(
                [
                    ("assessment_id", "in", self.ids),
                    ("state", "=", "open"),
                    ("parent_id", "=", False),
                ],
                ["assessment_id"],
                ["__count"],
            )
        )
        for run in self:
            run.finding_count = counts.get(run._origin, 0)

    def action_open_answers(self):
        """Open the answers of the run, page by page."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_answer_action")
        return {
            **action,
            "domain": [("assessment_id", "=", self.id)],
            "context": {"search_default_shown": 1, "search_default_group_by_section": 1},
        }

    def action_open_findings(self):
        """Open the open findings of the run, one line per item."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_finding_action")
        return {
            **action,
            "domain": [("assessment_id", "=", self.id)],
            "context": {
                "default_roadmap_id": self.roadmap_id.id,
                "search_default_open": 1,
                "search_default_lines": 1,
            },
        }

    def action_open_scores(self):
        """Open the client's scores by page, beside the others and over the runs."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "roadmap_msp.roadmap_client_scores_action"
        )
        return {**action, "context": {"active_id": self.roadmap_id.id}}

    def action_publish_pages(self):
        """Let the client see every page that has a score and is not published yet.

        :raises UserError: where there is none, or it is not up to the caller
        """
        self.check_access("write")
        pages = self.section_ids.filtered(lambda page: page.is_scored and not page.published_on)
        if not pages:
            raise UserError(self.env._("Every page with a score is published already."))
        pages.action_publish()

    def action_preview_results(self):
        """Open the results as the client would see them."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/roadmap/assessment/{self.id}/results",
            "target": "new",
        }

    def action_open_previous(self):
        """Open the run before."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.previous_id.id,
            "view_mode": "form",
        }
