from odoo import api, fields, models

from ...rules import reminding
from ..client.roadmap_link_batch import Ask
from .roadmap_assessment import OPEN_STATES, STAFF

CALL = "mail.mail_activity_data_call"
BATCH = 50


class RoadmapAssessment(models.Model):
    """Reminders, by mail to who still owes something, and a call for us when the day has passed."""

    _inherit = "roadmap.assessment"

    reminded_on = fields.Date("Last Reminder", readonly=True, copy=False, groups=STAFF)
    called_on = fields.Date(
        readonly=True, copy=False, groups=STAFF, help="The day on which a call was planned."
    )

    @api.model
    def _cron_remind(self):
        """Daily job: prepare the reminders that are due and plan the calls; stops by itself."""
        today = fields.Date.context_today(self)
        runs = self.search(
            [
                ("state", "in", OPEN_STATES),
                ("last_due", ">=", fields.Date.subtract(today, days=60)),
                ("roadmap_id.active", "=", True),
                ("roadmap_id.state", "not in", ("paused", "ended")),
            ]
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(runs))
        for place in range(0, len(runs), BATCH):
            batch = runs[place : place + BATCH]
            batch._remind(today)
            batch._plan_calls(today)
            if not cron._commit_progress(len(batch)):
                break

    def _remind(self, today):
        """Prepare one mail for each person who owes answers of pages that are due for it."""
        due = self.filtered(lambda run: any(run._reminds_of(day, today) for day in run._days()))
        waiting = due._waiting_mails()
        known = {(mail.res_id, mail.partner_id) for mail in waiting}
        mails = [
            run._prepare_reminder(partner, sections)
            for run, people in due._owing().items()
            for partner, sections in people.items()
            if (run.id, partner) not in known
            and partner.email_normalized
            and run._reminds_of(sections._due(), today)
        ]
        mails = self.env["roadmap.link"]._linked("answer", mails)
        self.env["roadmap.outbox"].sudo()._prepare_batch(mails)
        due.write({"reminded_on": today})

    def _days(self):
        """The days on which something of the run is wanted."""
        return {self.deadline, *self.section_ids.mapped("deadline")}

    def _reminds_of(self, day, today):
        """Whether a reminder of what is wanted until that day goes out today."""
        sent_on = self.sent_on and self.sent_on.date()
        return reminding.is_due(day or None, sent_on or None, self.reminded_on or None, today)

    def _owing(self):
        """``{run: {contact: pages}}`` of who has required questions open."""
        owing = {}
        groups = self.env["roadmap.answer"]._read_group(
            [
                ("assessment_id", "in", self.ids),
                ("assessment_section_id.provider_fills", "=", False),
                ("question_id.required", "=", True),
                ("hidden", "=", False),
                ("audience", "!=", "msp"),
                ("state", "in", ("unanswered", "clarify")),
            ],
            ["assessment_section_id", "audience"],
        )
        for section, audience in groups:
            run = section.assessment_id
            for partner in section.respondent_ids:
                roles = run.roadmap_id._roles_of(partner)
                if audience == "owner" and "decision_maker" not in roles:
                    continue
                people = owing.setdefault(run, {})
                people[partner] = people.get(partner, section.browse()) | section
        return owing

    def _prepare_reminder(self, partner, sections):
        """Values of the outbox: the invitation's link again, with what is still open."""
        sender = self.user_id or self.env.user
        # The same pages as in the invitation, so that the link known to the person stays the one.
        given = self.section_ids.filtered(
            lambda page: not page.provider_fills and partner in page.respondent_ids
        )
        decides = "decision_maker" in self.roadmap_id._roles_of(partner)
        pages = None if decides else given
        env = self.with_context(lang=partner.lang or self.env.lang).env
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "reminder",
            "subject": env._("A reminder: questions about your technology"),
            "body": self._reminder_body(partner, sections),
            "record": self,
            "link": Ask(partner, self, sender.partner_id, sections=pages),
            "user": sender,
        }

    def _plan_calls(self, today):
        """One activity for whoever is responsible, once, when the deadline has passed."""
        late = self.filtered(
            lambda run: not run.called_on and reminding.is_late(run._last_day(), today)
        )
        for user, runs in late.grouped("user_id").items():
            runs.with_context(mail_activity_quick_update=True).activity_schedule(
                CALL,
                user_id=(user or self.env.user).id,
                summary=self.env._("Ask for the answers: the deadline has passed"),
            )
        late.write({"called_on": today})

    def _last_day(self):
        """The day after which we call: the run's, or where it has none the last of its pages."""
        return self.deadline or self.last_due or None

    def _waiting_mails(self):
        """Invitations and reminders of these runs that have not left yet."""
        return (
            self.env["roadmap.outbox"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("kind", "in", ("invitation", "reminder")),
                    ("state", "in", ("prepared", "released", "failed")),
                ]
            )
        )

    def _stop_reminding(self):
        """Nothing asks for answers any more that were given or are no longer wanted."""
        self._waiting_mails().write({"state": "cancelled"})
        self.sudo().activity_unlink([CALL])
