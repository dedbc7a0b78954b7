from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_client_outbox import EVENING, MONDAY, OutboxCommon

SENDING = "odoo.addons.roadmap_msp.models.client.roadmap_outbox_send"


@tagged("post_install", "-at_install")
class TestOutboxRefused(OutboxCommon):
    """Mails that cannot leave, and a job that goes on with the others."""

    def test_sender_without_an_address(self):
        row = self.prepare()
        row.action_release()
        self.user_csm.email = "nobody"
        self.assertEqual((self.send(), row.state), (0, "failed"))
        self.assertIn("Carl Csm has no mail address", row.error)
        row.action_prepare_again()
        self.assertEqual((row.state, row.error, row.released_by_id.id), ("prepared", False, False))

    def test_no_mail_in_the_name_of_a_client(self):
        row = self.prepare().with_user(self.user_csm)
        with self.assertRaisesRegex(ValidationError, "no colleague of yours"):
            row.user_id = self.portal_owner
        mail = (self.roadmap, self.contact_owner, "invitation", "Hello", "<p>Please look.</p>")
        mine = self.outbox._prepare(*mail, user=self.portal_owner)
        self.assertEqual(mine.user_id, self.user_csm, "what a client sets off is signed by us")

    def test_a_text_that_asks_for_a_link(self):
        for text in ("{{link}}", '<a href="%7B%7Blink%7D%7D">x</a>'):
            row = self.prepare(body=f"<p>{text}</p>")
            row.action_release()
            self.assertEqual((self.send(), row.state), (0, "failed"), text)
            self.assertIn("has none", row.error)

    def test_one_broken_mail_does_not_stop_the_others(self):
        rows = self.prepare() | self.prepare(partner=self.contact_office)
        rows.action_release()
        origin = type(self.outbox)._send_mail

        def broken(bundle, now):
            if self.contact_owner in bundle.partner_id:
                raise ValueError("odd")
            return origin(bundle, now)

        self.patch(type(self.outbox), "_send_mail", broken)
        with freeze_time(MONDAY), mute_logger(SENDING), self.mock_mail_gateway():
            self.run_job("cron_outbox_send")
        self.assertEqual(rows.mapped("state"), ["released", "sent"], "one is tried again")

    def test_the_job_stops_when_its_time_is_up(self):
        rows = self.prepare() | self.prepare(partner=self.contact_office)
        rows.action_release()
        cron = type(self.env["ir.cron"])
        with (
            freeze_time(MONDAY),
            patch.object(cron, "_commit_progress", return_value=0) as progress,
            self.mock_mail_gateway(),
        ):
            self.outbox._cron_send()
        self.assertEqual(sorted(rows.mapped("state")), ["released", "sent"])
        self.assertEqual(
            [call.kwargs or call.args for call in progress.call_args_list], [{"remaining": 2}, (1,)]
        )

    def test_without_working_hours(self):
        """A company that works whenever it likes still sends in the hours of an office."""
        self.prepare().action_release()
        self.env.company.resource_calendar_id.flexible_hours = True
        self.assertEqual([self.send(EVENING), self.send(MONDAY)], [0, 1])

    def test_about_nothing_that_exists(self):
        row = self.prepare()
        with self.assertRaisesRegex(ValidationError, "nothing that exists"):
            row.write({"res_model": "roadmap.nothing", "res_id": 1})
