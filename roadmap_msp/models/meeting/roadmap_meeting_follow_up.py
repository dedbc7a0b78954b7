from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import split_every

from ..client.roadmap_link_batch import Ask

BATCH = 200
#: Minutes are promised within a day; the host is reminded before it is over.
REMIND_HOURS = 20


class RoadmapMeeting(models.Model):
    """After the meeting: minutes within a day, and the client's word that they were read."""

    _inherit = "roadmap.meeting"

    acknowledged_on = fields.Datetime(
        "Minutes Confirmed On", readonly=True, copy=False, groups="base.group_user"
    )
    acknowledged_by_id = fields.Many2one(
        "res.partner",
        "Minutes Confirmed By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )

    def _notify_closed(self, mails):
        """Say what became of the minutes, and when the client is met again.

        :param mails: the rows of the outbox with the minutes
        """
        if not mails:
            words = self.env._(
                "Nobody there has a mail address: print the minutes, hand them over."
            )
        elif "prepared" in mails.mapped("state"):
            words = self.env._("The minutes wait in the outbox for their release.")
        else:
            words = self.env._("The minutes leave by themselves.")
        following = self._prepare_next_values() if len(self) == 1 else ""
        if following:
            following = self.env._("Next meeting: %s.", following)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if mails else "warning",
                "message": " ".join(filter(None, [words, following])),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_late_minutes(self):
        """Remind each host once of minutes that have not left almost a day after the meeting."""
        now = fields.Datetime.now()
        limit = now - timedelta(hours=REMIND_HOURS)
        kind = self.env.ref("roadmap_msp.activity_type_minutes")
        late = self.search(
            [
                ("state", "in", ("held", "closed")),
                ("minutes_sent_on", "=", False),
                ("held_on", ">=", now - timedelta(days=30)),
                ("roadmap_id.state", "!=", "ended"),
                "|",
                ("stop", "<=", limit),
                "&",
                ("stop", "=", False),
                ("held_on", "<=", limit),
            ]
        )
        reminded = (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", late.ids),
                    ("activity_type_id", "=", kind.id),
                ]
            )
        )
        known = set(reminded.mapped("res_id"))
        left = [id_ for id_ in late.ids if id_ not in known]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(left))
        for ids in split_every(BATCH, left):
            self.browse(ids)._remind_of_minutes(kind)
            if not cron._commit_progress(len(ids)):
                break

    def _remind_of_minutes(self, kind):
        model_id = self.env["ir.model"]._get_id(self._name)
        today, admin = fields.Date.context_today(self), self.env.ref("base.user_admin")
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": meeting.id,
                    "activity_type_id": kind.id,
                    "automated": True,
                    "date_deadline": today,
                    "summary": self.env._("Send the minutes: the day is almost over"),
                    "user_id": (meeting._host() or admin).id,
                }
                for meeting in self
            ]
        )

    def _close_minutes_reminder(self):
        kind = self.env.ref("roadmap_msp.activity_type_minutes")
        reminders = self.sudo().activity_ids.filtered(lambda row: row.activity_type_id == kind)
        reminders._action_done()

    def _acknowledge_ask(self, contact):
        """The personal link to confirm the minutes; none for a contact without an address."""
        if not contact.email_normalized:
            return None
        return Ask(contact, self, self.user_id.partner_id)

    def _acknowledge(self, partner):
        """A contact confirms the minutes as sent; the first one stands on the meeting.

        Core of the portal: repeating it changes nothing. Returns whether there is anything to
        confirm.
        """
        self.ensure_one()
        meeting = self.sudo()
        if not meeting.minutes_sent_on:
            return False
        if not meeting.acknowledged_on:
            meeting.write(
                {"acknowledged_on": fields.Datetime.now(), "acknowledged_by_id": partner.id}
            )
            meeting.message_post(
                body=self.env._("%s confirmed the minutes.", partner.name),
                author_id=partner.id,
                subtype_xmlid="mail.mt_note",
            )
        return True

    def _prepare_portal_values(self, partner=None):
        """And the promises of both sides, and whether the minutes were confirmed."""
        values = super()._prepare_portal_values(partner)
        meeting = self.sudo()
        open_before = meeting.open_action_ids if meeting.state in ("booked", "to_book") else None
        actions = meeting.action_ids | (open_before or self.env["roadmap.action"].sudo())
        shown = bool(open_before) or bool(meeting.minutes_sent_on)
        return {
            **values,
            "actions": actions._prepare_portal_values(partner, may_all=True) if shown else [],
            "acknowledged_on": meeting.acknowledged_on,
            "acknowledged_by": meeting.acknowledged_by_id.name or "",
        }
