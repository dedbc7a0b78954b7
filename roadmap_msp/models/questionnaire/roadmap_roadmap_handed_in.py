from odoo import models
from odoo.tools import format_date

from .roadmap_assessment import REVIEW_STATES

SHOWN_RUNS = 5


class RoadmapRoadmap(models.Model):
    """What was handed in stays to be read, and the results are found there."""

    _inherit = "roadmap.roadmap"

    def _prepare_todo_values(self, partner):
        """Also the contact's last questionnaires in which nothing is left to do."""
        values = super()._prepare_todo_values(partner)
        waiting = {entry["url"] for entry in values["entries"]}
        rows = self._portal_handed_in(partner, self._roles_of(partner))
        return {**values, "handed_in": [row for row in rows if row["url"] not in waiting]}

    def _portal_handed_in(self, partner, roles):
        """Runs that are over for the client and may be read by this contact, the newest first.

        Decision makers read all, others those with a page of theirs, finance also those with
        published results.

        :return: list of dicts: name, detail, url
        """
        self.ensure_one()
        runs = self.assessment_ids.sudo().filtered(
            lambda run: run.state in (*REVIEW_STATES, "closed")
        )
        pages = (
            self.env["roadmap.assessment.section"]
            .sudo()
            .search([("assessment_id", "in", runs.ids), ("provider_fills", "=", False)])
        )
        own = pages.filtered(lambda page: partner in page.respondent_ids).assessment_id
        owner = "decision_maker" in roles
        published = (
            pages.filtered("published_on") if owner or "finance" in roles else pages.browse()
        )
        shown = pages.browse(page.id for page in published._shown_to(owner))
        results = shown.grouped("assessment_id")
        readable = runs if owner else own | shown.assessment_id
        return [
            {
                "name": run.name,
                "detail": self._handed_in_detail(run, len(results.get(run, ()))),
                "url": run.access_url,
            }
            for run in readable.sorted(
                lambda run: (run.submitted_on or run.create_date, run.id), reverse=True
            )[:SHOWN_RUNS]
        ]

    def _handed_in_detail(self, run, results):
        if results == 1:
            return self.env._("The result of one page is here")
        if results:
            return self.env._("The results of %(count)s pages are here", count=results)
        if run.state == "closed" or not run.submitted_on:
            return self.env._("Your answers, to read")
        day = format_date(self.env, run.submitted_on, date_format="d MMM")
        return self.env._("Handed in on %(day)s, we are reading it", day=day)
