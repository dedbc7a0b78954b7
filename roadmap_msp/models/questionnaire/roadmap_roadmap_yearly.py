from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: The family of the one-page questionnaire; to archive its published version switches the job off.
FAMILY = "yearly"
#: The questions from 0 to 10: of the one-page questionnaire and of the long one.
FIGURES = ("YEAR-1", "SAT-2")
BATCH = 50
#: An answer without a deadline closes so many days after it was given.
CLOSING_DAYS = 14


class RoadmapRoadmap(models.Model):
    """The 0-10 question goes out once a year by itself: into the outbox, where its switch is."""

    _inherit = "roadmap.roadmap"

    @api.model
    def _domain_yearly(self, today):
        """Running clients for a year or more, not asked for a year, with somebody to ask.

        A run that was cancelled counts as asked: somebody decided against it.
        """
        limit = fields.Date.subtract(today, years=1)
        asked = Domain("questionnaire_id.family_code", "=", FAMILY) & (
            Domain("state", "=", "draft")
            | Domain("sent_on", ">", limit)
            | (Domain("sent_on", "=", False) & Domain("create_date", ">", limit))
        )
        decider = Domain("role", "=", "decision_maker") & Domain(
            "partner_id.email_normalized", "!=", False
        )
        return (
            Domain("state", "=", "running")
            & Domain("started_on", "<=", limit)
            & Domain("stakeholder_ids", "any", decider)
            & Domain("assessment_ids", "not any", asked)
        )

    @api.model
    def _cron_yearly_question(self, batch=BATCH):
        """Prepare the yearly question for every client who is due for it, a batch a run.

        The mail waits in the outbox unless the client's switch for feedback is on. Repeating it
        asks nobody twice; it comes back by itself while clients remain.
        """
        today = fields.Date.context_today(self)
        self._close_yearly(today)
        pages = {
            company: page
            for company in self.env["res.company"].search([])
            if (page := self.env["roadmap.questionnaire"]._current(FAMILY, company))
        }
        domain = self._domain_yearly(today) & Domain(
            "company_id", "in", [company.id for company in pages]
        )
        waiting = self.search(domain, order="id")
        # Who is being worked on elsewhere is left for the next round and keeps nobody waiting.
        due = waiting.try_lock_for_update(limit=batch)
        due._withdraw_old_yearly()
        for company, roadmaps in due.grouped("company_id").items():
            roadmaps._send_yearly(pages[company])
        self.env["ir.cron"]._commit_progress(len(due), remaining=len(waiting) - len(due))

    @api.model
    def _close_yearly(self, today):
        """Nobody reviews an answer from 0 to 10: it closes by itself after its deadline."""
        given = Domain("deadline", "=", False) & Domain(
            "submitted_on", "<", fields.Date.subtract(today, days=CLOSING_DAYS)
        )
        runs = self.env["roadmap.assessment"].search(
            Domain("questionnaire_id.family_code", "=", FAMILY)
            & Domain("state", "in", ("submitted", "in_review"))
            & (Domain("deadline", "<", today) | given)
        )
        if runs:
            runs.action_close()

    def _withdraw_old_yearly(self):
        """What nobody answered last year is not asked beside this year's."""
        old = self.env["roadmap.assessment"].search(
            [
                ("roadmap_id", "in", self.ids),
                ("questionnaire_id.family_code", "=", FAMILY),
                ("state", "in", ("sent", "in_progress")),
            ]
        )
        if old:
            old.action_cancel()

    def _send_yearly(self, page):
        """One run for each client, to its first decision maker, from its service manager."""
        runs = self.env["roadmap.assessment"].create(
            [
                {
                    "roadmap_id": roadmap.id,
                    "questionnaire_id": page.id,
                    "length": "start",
                    "user_id": roadmap._service_user().id,
                }
                for roadmap in self
            ]
        )
        deciders = self.stakeholder_ids.filtered(lambda row: row.role == "decision_maker")
        partners = deciders.partner_id.filtered("email_normalized")
        runs.with_context(roadmap_respondent_ids=partners.ids).action_send()
        return runs

    def _loyalty_codes(self):
        """Codes of the questions from 0 to 10."""
        return FIGURES

    def _sql_loyalty(self):
        """Rows (roadmap id, day, figure) of every answer from 0 to 10 that was submitted."""
        return SQL(
            """
            SELECT a.roadmap_id, r.submitted_on::date AS day,
                   CASE WHEN c.code ~ '^[0-9]+$' THEN c.code::numeric
                        ELSE a.value_number::numeric END AS figure
              FROM roadmap_answer a
              JOIN roadmap_assessment r ON r.id = a.assessment_id AND r.submitted_on IS NOT NULL
                   AND r.state <> 'cancelled'
              JOIN roadmap_question q ON q.id = a.question_id AND q.code IN %s
              LEFT JOIN roadmap_question_choice c ON c.id = a.choice_id
             WHERE a.state <> 'unanswered' AND a.special IS NULL
               AND (a.choice_id IS NULL OR c.code ~ '^[0-9]+$')
            """,
            FIGURES,
        )
