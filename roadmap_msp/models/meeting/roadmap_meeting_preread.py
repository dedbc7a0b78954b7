from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..client.roadmap_stakeholder import PLAN_ROLES

#: A pre-read is prepared so many days before the meeting.
PREREAD_DAYS = 3


class RoadmapMeeting(models.Model):
    """The pre-read: what the client reads before the meeting, without what is ours only."""

    _inherit = "roadmap.meeting"

    preread_on = fields.Datetime(
        "Pre-Read Prepared On", readonly=True, copy=False, groups="base.group_user"
    )

    def action_send_preread(self):
        """Put the pre-read into the outbox, one mail for each invited contact."""
        self.check_access("write")
        self._check_state(("booked",), self.env._("book it first, then the client can read up"))
        for meeting in self:
            if not meeting._prepare_prereads():
                raise UserError(
                    self.env._(
                        "Nobody of %(client)s who is invited has a mail address. Invite a contact"
                        " with an address, then send the pre-read.",
                        client=meeting.roadmap_id.name,
                    )
                )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The pre-read waits in the outbox for its release."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _prepare_prereads(self):
        """One mail for each invited contact; those that wait already are replaced."""
        self.ensure_one()
        meeting = self.sudo()
        waiting = (
            self.env["roadmap.outbox"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("is_preread", "=", True),
                    ("state", "in", ("prepared", "released", "failed")),
                ]
            )
        )
        waiting.action_cancel()
        contacts = meeting._client_contacts(meeting.event_id.partner_ids)
        # It shows prices: of those invited, only who may read the plan.
        contacts &= meeting.roadmap_id._meeting_contacts(PLAN_ROLES)
        contacts = (contacts or meeting._invited_contacts()).filtered("email_normalized")
        pages = {}
        mails = []
        for contact in contacts:
            lang = contact.lang or self.env.lang
            local = meeting.with_context(lang=lang)
            if lang not in pages:
                pages[lang] = local.env["ir.qweb"]._render(
                    "roadmap_msp.meeting_preread_mail",
                    {"page": local._prepare_preparation_values(for_client=True)},
                )
            mails.append(
                {
                    "roadmap": meeting.roadmap_id,
                    "partner": contact,
                    "kind": "meeting",
                    "subject": local.env._("Before we meet: %s", meeting.name),
                    "body": pages[lang],
                    "record": meeting,
                    "user": meeting.user_id,
                }
            )
        rows = self.env["roadmap.outbox"].sudo()._prepare_batch(mails)
        rows.is_preread = True
        if rows:
            meeting.preread_on = fields.Datetime.now()
        return rows

    def _prepare_invitations(self, moved=False):
        """A meeting that was moved needs a new pre-read: the old one names the old time."""
        if moved:
            self.preread_on = False
        return super()._prepare_invitations(moved=moved)

    def _lose_time(self):
        """The next appointment gets a pre-read of its own."""
        res = super()._lose_time()
        self.preread_on = False
        return res

    @api.model
    def _cron_prereads(self):
        """Daily job: pre-reads of the meetings of the next days; repeating it makes none twice."""
        now = fields.Datetime.now()
        meetings = self.search(
            [
                ("state", "=", "booked"),
                ("start", ">", now),
                ("start", "<=", now + timedelta(days=PREREAD_DAYS)),
                ("preread_on", "=", False),
                ("roadmap_id.state", "=", "running"),
            ]
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(meetings))
        for meeting in meetings:
            meeting._prepare_prereads()
            if not cron._commit_progress(1):
                break


class RoadmapOutbox(models.Model):
    _inherit = "roadmap.outbox"

    is_preread = fields.Boolean(readonly=True, copy=False)
