import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged

from ..models.plan import roadmap_item_queue
from .sale_common import SaleCommon
from .test_plan_proposal import PlanProposalCommon

MAIL = """From: Olive Owner <rm_owner@client.example.com>
To: quotes@msp.example.com
Subject: Second screen for everybody
Message-Id: <quote-{number}@client.example.com>
Content-Type: text/plain

Please tell us what that costs.
"""


@tagged("post_install", "-at_install")
class TestPlanQueue(SaleCommon):
    """Quotations to get out: deadline, reminder, reassignment, requests by mail and in meetings."""

    def setUp(self):
        super().setUp()
        self.today = fields.Date.context_today(self.roadmap)
        self.items.with_user(self.user_csm).action_request_quote()
        self.kind = self.env.ref("roadmap_msp.mail_activity_type_quote")

    def _meet_in(self, days):
        start = fields.Datetime.now().replace(hour=10, minute=0) + timedelta(days=days)
        meeting = self.env["roadmap.meeting"].create(
            {"name": "Review", "roadmap_id": self.roadmap.id, "due_date": start.date()}
        )
        meeting._book(start, start + timedelta(hours=1), by=self.user_csm.partner_id)
        self.items.invalidate_recordset()
        return start.date()

    def _reminders(self):
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", self.kind.id), ("res_id", "in", self.items.ids)]
        )

    def test_deadline_is_counted_back_from_the_meeting(self):
        item = self.firewall
        self.assertEqual(item.quote_deadline, self.today + timedelta(days=7))
        meeting_on = self._meet_in(5)
        self.assertEqual(item.quote_meeting_on, meeting_on)
        self.assertEqual(item.quote_deadline, meeting_on - timedelta(days=3))
        self.env.company.roadmap_quote_days_before = 1
        item.invalidate_recordset()
        self.assertEqual(item.quote_deadline, meeting_on - timedelta(days=1))

    def test_one_reminder_until_the_quotation_is_out(self):
        self.run_job("ir_cron_quote_reminders")
        self.assertFalse(self._reminders(), "nothing is due yet")
        self.items.quote_due_on = self.today
        for _run in range(2):
            self.run_job("ir_cron_quote_reminders")
        self.assertEqual(len(self._reminders()), 2)
        self.assertEqual(self._reminders().user_id, self.user_csm)
        self._quote(self.firewall).action_quotation_sent()
        self.run_job("ir_cron_quote_reminders")
        self.assertEqual(self._reminders().res_id, self.backups.id)

    def test_reminders_stop_when_the_time_is_up(self):
        self.items.quote_due_on = self.today
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0)
        with patch.object(roadmap_item_queue, "BATCH", 1), progress:
            self.env["roadmap.item"]._cron_remind_quotes()
            self.assertEqual(len(self._reminders()), 1)
            self.env["roadmap.item"]._cron_remind_quotes()
        self.assertEqual(sorted(self._reminders().mapped("res_id")), sorted(self.items.ids))

    def test_a_second_quotation_waits_until_it_is_sent(self):
        for _round in range(2):
            order = self._quote(self.firewall)
            self.assertTrue(self.firewall.quote_waiting, "a draft is not out yet")
            self.assertIn(self.firewall, self.items.search([("quote_waiting", "=", True)]))
            order.action_quotation_sent()
            self.assertFalse(self.firewall.quote_waiting)
            self.assertNotIn(self.firewall, self.items.search([("quote_waiting", "=", True)]))
            order._action_cancel()
            with freeze_time(fields.Datetime.now() + timedelta(minutes=5)):
                self._approve(self.firewall)

    def test_the_reminder_changes_hands_with_the_quotation(self):
        self.items.quote_due_on = self.today
        self.run_job("ir_cron_quote_reminders")
        self.items.with_user(self.user_csm).write({"quote_user_id": self.user_vcio.id})
        self.assertEqual(self._reminders().user_id, self.user_vcio)

    def _receive(self, text, number=1):
        alias = self.env.ref("roadmap_msp.mail_alias_quote")
        domains = self.env["mail.alias.domain"]
        domain = domains.search([("name", "=", "msp.example.com")]) or domains.create(
            {"name": "msp.example.com"}
        )
        alias.write({"alias_name": "quotes", "alias_domain_id": domain.id})
        return self.env["mail.thread"].message_process(None, text.format(number=number))

    def test_mail_of_a_client(self):
        item_id = self._receive(MAIL)
        item = self.env["roadmap.item"].browse(item_id)
        self.assertEqual(item.name, "Second screen for everybody")
        self.assertEqual(item.roadmap_id, self.roadmap)
        self.assertEqual(item.quote_source, "mail")
        self.assertEqual(item.quote_requested_by_id, self.contact_owner)
        self.assertTrue(item.quote_waiting)
        self.assertFalse(item.client_visible)
        self.assertFalse(item.message_partner_ids & self.contact_owner, "no client follows an item")
        self.assertIn("what that costs", item.message_ids.mapped("body")[-1])

    def test_mail_of_a_stranger(self):
        before = self.env["roadmap.item"].search_count([])
        for number, sender in enumerate(("rm_stranger@", "nobody@nowhere."), start=1):
            self._receive(MAIL.replace("rm_owner@", sender), number)
        # Of no address at all, and of a client that has left.
        self._receive(MAIL.replace("Olive Owner <rm_owner@client.example.com>", "?"), 3)
        self.roadmap.state = "ended"
        self._receive(MAIL, 4)
        self.assertEqual(self.env["roadmap.item"].search_count([]), before)

    def test_a_topic_asks(self):
        meeting = self.env["roadmap.meeting"].create(
            {"name": "Review", "roadmap_id": self.roadmap.id, "due_date": self.today}
        )
        topic = self.env["roadmap.meeting.topic"].create(
            {"name": "New phones", "meeting_id": meeting.id, "roadmap_id": self.roadmap.id}
        )
        topic.with_user(self.user_csm).action_request_quote()
        self.assertEqual(topic.item_id.name, "New phones")
        self.assertEqual(topic.item_id.quote_source, "topic")
        self.assertTrue(topic.item_id.quote_waiting)
        topic.item_id.closing_reason = "done"
        with self.assertRaisesRegex(UserError, "New phones"):
            topic.with_user(self.user_csm).action_request_quote()

    def test_name_of_the_address(self):
        settings = self.env["res.config.settings"].create({"roadmap_quote_alias_name": "offers"})
        settings.execute()
        self.assertEqual(self.env.ref("roadmap_msp.mail_alias_quote").alias_name, "offers")


@tagged("post_install", "-at_install")
class TestPlanQueuePortal(PlanProposalCommon, HttpCase):
    """ "Please quote this" over HTTP: for those who may not sign, once, for open points only."""

    def setUp(self):
        super().setUp()
        self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_owner and row.role == "signer"
        ).unlink()
        self.url = f"/my/roadmap/proposal/{self.proposal.id}"

    def _ask(self, line_id):
        response = self.url_open(
            f"{self.url}/quote",
            data=json.dumps({"jsonrpc": "2.0", "params": {"line_id": line_id}}),
            headers={"Content-Type": "application/json"},
        )
        return response.json().get("result", {})

    def test_please_quote_this(self):
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        self.assertIn("Please quote this", self.url_open(self.url).text)
        for _click in range(2):
            self.assertEqual(self._ask(self.line[self.laptops].id), {"ok": True})
        self.assertEqual(self.laptops.quote_source, "portal")
        self.assertEqual(self.laptops.quote_requested_by_id, self.contact_owner)
        self.assertEqual(self.laptops.state, "proposed", "asking decides nothing")
        self.assertIn("A quotation was asked for", self.url_open(self.url).text)

    def test_a_postponed_point_is_asked_for(self):
        line = self.line[self.laptops]
        self.laptops.action_request_quote()
        rows = {"roadmap_id": self.roadmap.id, "item_id": self.laptops.id, "decision": "deferred"}
        self.env["roadmap.decision"].sudo().create(rows)
        self.assertEqual(self.laptops.state, "deferred")
        self.assertFalse(
            self.laptops.quote_waiting or self.laptops.quote_requested_on, "not now: none waits"
        )
        self.assertFalse(self.laptops._may_be_quoted())
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        self.assertEqual(self._ask(line.id), {"ok": True})
        self.laptops.invalidate_recordset()
        self.assertTrue(self.laptops.quote_waiting)
        self.assertIn(self.laptops, self.laptops.search([("quote_waiting", "=", True)]))
        self.laptops.line_ids.product_id = self.env["product.product"].create({"name": "Laptop"})
        self.assertTrue(self.laptops._create_quotations())
        self.assertEqual(self.laptops.state, "quoted")

    def test_what_is_not_open(self):
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        self.laptops.closing_reason = "bought_elsewhere"
        self.assertIn("no quotation any more", self._ask(self.line[self.laptops].id)["error"])
        for line_id in (0, -1, "1", None, 2**40):
            self.assertIn("no longer open", self._ask(line_id)["error"])

    def test_a_contributor_is_not_asked(self):
        self.authenticate(self.portal_stranger.login, self.portal_stranger.login)
        self.assertFalse(self._ask(self.line[self.laptops].id))
        self.assertFalse(self.laptops.quote_requested_on)
