from markupsafe import Markup

from odoo import api, fields, models

from ...rules.asking import next_step
from ..client.roadmap_link_batch import Ask
from .roadmap_proposal import DECIDING_ROLES, minutes_for

BATCH = 200


class RoadmapProposal(models.Model):
    """No answer is a state: two reminders through the outbox, then the next agenda."""

    _inherit = "roadmap.proposal"

    reminder_count = fields.Integer(readonly=True, copy=False, groups="base.group_user")
    reminded_on = fields.Date(readonly=True, copy=False, groups="base.group_user")
    agenda_on = fields.Date(
        "Back on the Agenda Since",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Two reminders had no answer: the points wait for the next meeting.",
    )

    @api.model
    def _cron_remind(self):
        """Remind of what waits for an answer; after two reminders bring it onto the agenda."""
        proposals = self.search(
            [
                ("proposed_on", "!=", False),
                ("withdrawn_on", "=", False),
                ("agenda_on", "=", False),
                ("roadmap_id.state", "in", ("onboarding", "running")),
                (
                    "line_ids",
                    "any",
                    [
                        ("is_open", "=", True),
                        ("asks", "=", True),
                        ("covered", "=", False),
                        ("item_id.state", "=", "proposed"),
                    ],
                ),
            ]
        )
        for start in range(0, len(proposals), BATCH):
            batch = proposals[start : start + BATCH]
            batch._remind()
            left = len(proposals) - start - len(batch)
            self.env["ir.cron"]._commit_progress(len(batch), remaining=left)

    def _remind(self):
        """Take the step that is due today for each of these proposals."""
        today = fields.Date.context_today(self)
        seen = self._seen_on()
        steps = self.grouped(
            lambda proposal: next_step(
                seen[proposal],
                proposal.reminder_count,
                proposal.reminded_on,
                today,
                proposal.company_id.sudo().roadmap_remind_days,
            )
        )
        due = steps.get("remind", self.browse())
        mails = due._prepare_reminders()
        for count, rows in due.grouped("reminder_count").items():
            rows.write({"reminder_count": count + 1, "reminded_on": today})
        silent = steps.get("agenda", self.browse())
        silent._bring_to_agenda()
        silent.agenda_on = today
        self.env["roadmap.outbox"].sudo()._prepare_batch(mails)

    def _seen_on(self):
        """{proposal: the day from which silence counts}; None while a mail of it still waits.

        Where no mail was prepared, the client reads it on the portal from the first day.
        """
        mails = (
            self.env["roadmap.outbox"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("kind", "in", ("proposal", "reminder")),
                    ("state", "!=", "cancelled"),
                ],
                ["res_id", "state", "sent_on"],
            )
        )
        rows = mails.grouped("res_id")
        seen = {}
        for proposal in self:
            own = rows.get(proposal.id, mails.browse())
            if not own:
                seen[proposal] = proposal.proposed_on.date()
            elif all(own.mapped("sent_on")):
                seen[proposal] = min(own.mapped("sent_on")).date()
            else:
                seen[proposal] = None
        return seen

    def _waiting_lines(self, partner=None):
        """What has no answer; for one contact without what that contact has signed already."""
        return self.line_ids.filtered(
            lambda line: line.is_waiting
            and line.answer != "talk"
            and not (partner and partner in line._endorsers())
        )

    def _prepare_reminders(self):
        """One mail to each contact who may decide and has something left to decide."""
        mails = []
        for proposal in self:
            rows = proposal.roadmap_id.stakeholder_ids
            rows = rows.filtered(lambda row: row.role in DECIDING_ROLES)
            mails += [
                proposal._prepare_reminder(partner, waiting)
                for partner in rows.partner_id
                if partner.email_normalized and (waiting := proposal._waiting_lines(partner))
            ]
        return self.env["roadmap.link"]._linked("decide", mails)

    def _prepare_reminder(self, partner, waiting):
        env = self.with_context(lang=partner.lang or self.env.lang).env
        names = Markup().join(Markup("<li>%s</li>") % line.name for line in waiting)
        body = Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (
            env._(
                "these points still wait for your answer. It takes about %(minutes)s minutes:",
                minutes=minutes_for(len(waiting)),
            ),
            names,
            env._(
                "“Not now” and “let us talk” are answers as well. If we hear nothing, we bring it"
                " up when we next meet; nothing is decided until you say so."
            ),
        )
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "reminder",
            "subject": env._("Still open: %s points for you to decide", len(waiting))
            if len(waiting) > 1
            else env._("Still open: %(name)s", name=waiting.name),
            "body": body,
            "record": self,
            "link": Ask(partner, self, self.user_id.partner_id),
            "user": self.user_id,
        }

    def _bring_to_agenda(self):
        """An open topic for each point without an answer; it comes onto the next meeting."""
        topics = self.env["roadmap.meeting.topic"].sudo()
        numbers = {line.item_id: line.proposal_id.name for line in self._waiting_lines()}
        items = self.env["roadmap.item"].union(*numbers)
        known = topics.search(
            [("item_id", "in", items.ids), ("state", "in", ("open", "deferred"))]
        ).item_id
        topics.create(
            [
                {
                    "name": item.name,
                    "roadmap_id": item.roadmap_id.id,
                    "item_id": item.id,
                    "situation": self.env._(
                        "Proposed with %(number)s, no answer after two reminders.",
                        number=numbers[item],
                    ),
                    "advice": item.summary,
                }
                for item in items - known
            ]
        )
        self.roadmap_id.sudo().meeting_ids._collect_topics()
