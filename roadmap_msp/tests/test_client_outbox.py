from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.addons.mail.tests.common import MockEmail

from .test_client_link import LinkCommon

# Monday 2 March 2026, 10:00; the company works in UTC.
MONDAY = datetime(2026, 3, 2, 10)
EVENING = datetime(2026, 3, 2, 22)
KINDS = ("invitation", "reminder", "proposal", "meeting", "minutes")


class OutboxCommon(LinkCommon, MockEmail):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = "UTC"
        cls.outbox = cls.env["roadmap.outbox"]
        # What a demo or another test prepared must not go along.
        cls.outbox.search([]).state = "cancelled"

    def prepare(self, kind="invitation", partner=None, **values):
        return self.outbox.with_user(self.user_csm)._prepare(
            values.pop("roadmap", self.roadmap),
            partner or self.contact_owner,
            kind,
            values.pop("subject", "Hello"),
            values.pop("body", "<p>Please look.</p>"),
            **values,
        )

    def send(self, now=MONDAY):
        with self.mock_mail_gateway(mail_unlink_sent=True):
            return self.outbox.sudo()._send(now)


@tagged("post_install", "-at_install")
class TestOutbox(OutboxCommon):
    def test_nothing_is_switched_on_and_no_job_sends_anything(self):
        fields = [f"auto_{kind}" for kind in KINDS]
        fresh = self.env["roadmap.roadmap"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "New"}).id,
                "entitlement": "none",
            }
        )
        self.assertFalse(any(fresh[name] for name in fields))
        rows = self.outbox.browse()
        for kind in KINDS:
            rows |= self.prepare(kind)
        crons = self.env["ir.cron"].search([("model_id.model", "=like", "roadmap.%")])
        self.assertIn(self.env.ref("roadmap_msp.cron_outbox_send"), crons)
        with self.mock_mail_gateway(mail_unlink_sent=True), self.enter_registry_test_mode():
            for cron in crons:
                cron.method_direct_trigger()
        self.assertFalse(self._mails)
        self.assertEqual(set(rows.mapped("state")), {"prepared"})

    def test_kind_switched_on_is_released_by_itself(self):
        self.roadmap.auto_invitation = True
        self.assertEqual(self.prepare("invitation").state, "released")
        self.assertEqual(self.prepare("minutes").state, "prepared")

    def test_release_bundles_per_contact(self):
        rows = self.prepare(subject="Questions") | self.prepare("proposal", subject="Our plan")
        other = self.prepare(partner=self.contact_office)
        (rows | other).action_release()
        self.assertEqual(self.send(), 2)
        self.assertEqual(set((rows | other).mapped("state")), {"sent"})
        mail = next(mail for mail in self._mails if "rm_owner@" in mail["email_to"][0])
        self.assertEqual(mail["subject"], f"2 things from {self.env.company.name}")
        self.assertIn("Questions", mail["body"])
        self.assertIn("Our plan", mail["body"])
        self.assertEqual(mail["body"].count(f"Dear {self.contact_owner.name},"), 1)
        self.assertEqual(mail["reply_to"], self.user_csm.email_formatted)
        self.assertEqual(mail["email_from"], self.user_csm.email_formatted)

    def test_one_mail_a_working_day(self):
        self.prepare().action_release()
        self.assertEqual(self.send(), 1)
        late = self.prepare(subject="More")
        late.action_release()
        self.assertEqual(self.send(MONDAY + timedelta(hours=2)), 0)
        self.assertEqual(self.send(MONDAY + timedelta(days=1)), 1)
        self.assertEqual(late.state, "sent")

    def test_business_hours_and_not_before(self):
        row = self.prepare(send_on=MONDAY + timedelta(days=1))
        row.action_release()
        self.assertEqual([self.send(EVENING), self.send(MONDAY)], [0, 0])
        self.assertEqual(self.send(MONDAY + timedelta(days=1)), 1)

    def test_send_now_takes_the_rest_along(self):
        waiting = self.prepare(subject="Waiting")
        waiting.action_release()
        kept = self.prepare(subject="Kept back")
        urgent = self.prepare(subject="Urgent", send_on="2090-01-01 10:00:00")
        with self.mock_mail_gateway(mail_unlink_sent=True):
            urgent.action_send_now()
        self.assertEqual(len(self._mails), 1)
        self.assertEqual((urgent | waiting).mapped("state"), ["sent", "sent"])
        self.assertEqual(kept.state, "prepared")

    def test_personal_link(self):
        link = self.issue(partner=self.contact_owner)
        row = self.prepare(body='<p><a href="{{link}}">Open</a> or {{link}}</p>', link=link)
        row.action_release()
        self.send()
        body = self._mails[0]["body"]
        self.assertNotIn("{{link}}", body)
        self.assertNotIn("%7Blink", body)
        token = body.partition("/roadmap/link/")[2].partition('"')[0]
        self.assertEqual(self.env["roadmap.link"]._find_by_token(token), link)
        # The token is in the mail only: not in the row, the mail's record or the note.
        self.assertIn("link", row.body)
        self.assertNotIn(token, row.body)
        self.assertFalse(self.env["mail.mail"].search([("body_html", "like", token)]))
        self.assertFalse(self.env["mail.message"].search([("body", "like", token)]))

    def test_link_without_placeholder_becomes_a_button(self):
        row = self.prepare(link=self.issue(partner=self.contact_owner))
        self.assertIn(">Open</a>", row.preview)
        self.assertIn("This link is yours alone", row.preview)
        row.action_release()
        self.send()
        self.assertEqual(self._mails[0]["body"].count("/roadmap/link/"), 1)

    def test_note_without_the_text(self):
        row = self.prepare(record=self.roadmap, subject="Five minutes", body="<p>Secret</p>")
        row.action_release()
        self.send()
        note = self.roadmap.message_ids[0]
        self.assertIn("Mail sent to", note.body)
        self.assertIn("Five minutes", note.body)
        self.assertNotIn("Secret", note.body)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))

    def test_failures_say_why_and_can_be_repeated(self):
        link = self.issue()
        gone = self.prepare(partner=self.colleague, link=link)
        gone.action_release()
        link.sudo().expires_on = "2020-01-01"
        self.assertEqual(self.send(), 0)
        self.assertEqual(gone.state, "failed")
        self.assertIn("withdrawn or has expired", gone.error)
        self.colleague.email = False
        row = self.prepare(partner=self.colleague)
        row.action_release()
        self.send()
        self.assertIn("Jane Miles has no valid mail address", row.error)
        self.colleague.email = "jane@client.example.com"
        row.action_release()
        self.assertEqual(self.send(), 1)
        self.assertEqual((row.state, row.error), ("sent", False))

    def test_server_refusal_is_shown(self):
        row = self.prepare()
        row.action_release()
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self.send_email_mocked.side_effect = MailDeliveryException("Mailbox full")
            with mute_logger("odoo.addons.mail.models.mail_mail"):
                sent = self.outbox.sudo()._send(MONDAY)
        self.assertEqual((sent, row.state), (0, "failed"))
        self.assertIn("Mailbox full", row.error)
        self.assertFalse(self.env["mail.mail"].search([("subject", "=", "Hello")]))

    def test_cancelled_sent_and_ended(self):
        row = self.prepare()
        row.action_cancel()
        row.action_release()
        self.assertEqual(row.state, "cancelled")
        released = self.prepare()
        released.action_release()
        self.roadmap.sudo().state = "ended"
        self.assertEqual(self.send(), 0)
        with self.assertRaisesRegex(UserError, "has ended"):
            self.prepare().action_release()

    def test_access(self):
        row = self.prepare()
        for user in (self.user_other_csm, self.user_technician, self.user_salesman):
            for button in ("action_release", "action_send_now", "action_cancel"):
                with self.assertRaises(AccessError):
                    getattr(row.with_user(user), button)()
        self.assertEqual(row.state, "prepared")
        row.with_user(self.user_vcio).action_release()
        self.assertEqual(row.released_by_id, self.user_vcio)

    def test_a_row_held_by_another_worker_is_left_to_it(self):
        row = self.prepare()
        row.action_release()
        self.patch(type(self.outbox), "try_lock_for_update", lambda rows, **_kw: rows.browse())
        self.assertEqual(self.send(), 0)
        self.assertEqual(row.state, "released")
