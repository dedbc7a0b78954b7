from odoo import fields, models

from ...rules import answers as rules
from ...rules import scoring
from .roadmap_assessment import OPEN_STATES


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def action_submit(self):
        """Submit for the client from the back office, whatever is still missing."""
        self.check_access("write")
        self._check_state(*OPEN_STATES)
        for assessment in self:
            assessment._submit(self.env.user.partner_id, force=True)

    def _submit(self, partner, force=False):
        """Close the client's part: scores and findings are made, the responsible is told.

        :param partner: the contact who submits
        :param force: submit although required answers are missing; those are never a risk
        :return: the missing required answers; without ``force`` nothing was submitted if any is
        """
        self.ensure_one()
        run = self.sudo()
        rows = run._read_answer_rows()
        missing = run._missing(rows)
        if (missing and not force) or run.state not in OPEN_STATES:
            return missing
        run.write(
            {
                "state": "submitted",
                "submitted_on": fields.Datetime.now(),
                "submitted_by_id": partner.id,
            }
        )
        run._store_scores(rows)
        run._update_findings(rows)
        run._stop_reminding()
        run._notify_submitted(partner, len(missing))
        return missing

    def _missing(self, rows, pages=None):
        """Applicable required questions that the client still owes, page by page.

        :param pages: the pages to look at; none means all
        """
        pages = {page.id: page for page in (self.section_ids if pages is None else pages)}
        names = self.env["roadmap.question"].browse(
            [
                key
                for key, row in rows.items()
                if row.section in pages and row.counts_for() and not row.done
            ]
        )
        missing = []
        for question in names:
            page = pages[rows[question.id].section]
            if page.provider_fills:
                continue
            missing.append(
                {
                    "question_id": question.id,
                    "code": question.code,
                    "name": question.name,
                    "section_id": page.id,
                    "section_code": page.code,
                    "section_name": page.name,
                    "audience": question.audience,
                }
            )
        return missing

    def _store_scores(self, rows=None):
        """Store the scores of answers with dates, of pages and of the run.

        Dates are scored at the day of submission.
        """
        self.ensure_one()
        run = self.sudo()
        rows = rows if rows is not None else run._read_answer_rows()
        submitted = run.submitted_on or fields.Datetime.now()
        run._rescore(rows, fields.Datetime.context_timestamp(run, submitted).date())
        pages = run._rows_by_section(rows)
        for page in run.section_ids:
            score = scoring.section_score(
                (row.question.weight, row.score, row.risk)
                for row in pages.get(page.id, ())
                if row.is_scored and not row.hidden
            )
            score = score if page.section_id.weight else None
            page.is_scored, page.score = score is not None, score or 0.0
        total = scoring.run_score(
            (page.section_id.weight, page.score) for page in run.section_ids if page.is_scored
        )
        run.is_scored, run.score = total is not None, total or 0.0

    def _rescore(self, rows, today):
        """Score the answers as of a day: dates move on, carried and filled-in ones have no score.

        :param today: the day of sending or submission, not the day on which an answer was typed
        """
        stale = []
        for row in rows.values():
            score, risk = rules.score(row.question, row.value, today)
            if (row.score if row.is_scored else None, row.risk) != (score, risk):
                row.is_scored, row.score, row.risk = score is not None, score or 0.0, risk
                stale.append(row)
        if stale:
            self._update_answer_rows(stale, fields.Datetime.now())
            self.env["roadmap.answer"].browse([row.id for row in stale]).invalidate_recordset(
                flush=False
            )

    def _notify_submitted(self, partner, missing):
        """An activity for whoever is responsible, and a note of what happened."""
        user = self._responsible()
        summary = self.env._("Review the answers of %(client)s", client=self.roadmap_id.name)
        note = self.env._(
            "Submitted by %(name)s; %(missing)s required answers are missing.",
            name=partner.name,
            missing=missing,
        )
        # The activity is enough: a mail to our own user on every submission would be one too many.
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=(user or self.env.user).id,
            summary=summary,
            note=note,
        )
