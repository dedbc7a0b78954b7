import re
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..rules.fiscal import fiscal_year
from .loop_common import TEMPLATES, LoopCommon


@tagged("post_install", "-at_install")
class TestLoopTour(LoopCommon):
    """The main job once, with real clicks: from a client that starts to the next meeting.

    The steps run one after the other; what each of them must leave behind is checked here.
    """

    def test_loop(self):
        self.activate_and_book()
        self.answer_questionnaire()
        self.plan_items()
        self.decide()
        self.quote_and_sign()
        self.look_ahead()
        self.hold_meeting()

    # 1 -------------------------------------------------------------------------------------------
    def activate_and_book(self):
        self.tour(self.form(self.loop, "roadmap_msp.roadmap_action"), "1_activate", self.seller)
        self.assertEqual(self.loop.state, "running")
        self.lead = self.loop.lead_ids
        self.assertEqual(
            (len(self.lead), self.lead.roadmap_fiscal_year, self.lead.user_id),
            (1, fiscal_year(fields.Date.today(), "1"), self.seller),
        )
        self.meeting = self.loop.meeting_ids
        self.assertEqual((len(self.meeting), self.meeting.state), (1, "booked"))
        event = self.meeting.event_id
        self.assertEqual(event.opportunity_id, self.lead, "it stands on the opportunity")
        self.assertLessEqual(self.contact_lea | self.contact_owner, event.partner_ids)
        self.assertGreater(event.start, fields.Datetime.now())
        booking = self.env["mail.activity"].search(
            [("res_model", "=", "crm.lead"), ("res_id", "=", self.lead.id), ("active", "=", False)]
        )
        self.assertEqual(booking.user_id, self.seller, "the booking call was hers, and is done")
        self.assertEqual(set(self.outbox().mapped("state")), {"prepared"}, "no mail by itself")

    # 2 -------------------------------------------------------------------------------------------
    def answer_questionnaire(self):
        self.tour(self.form(self.loop, "roadmap_msp.roadmap_action"), "2_send", self.seller)
        self.assessment = self.loop.assessment_ids
        self.assertEqual((self.assessment.state, self.assessment.length), ("sent", "start"))
        self.outbox("invitation").filtered(lambda m: m.partner_id != self.contact_lea).unlink()
        row = self.release("invitation")
        mails = self.run_outbox_job()
        self.assertEqual((row.state, len(mails)), ("sent", 1))
        link = re.search(r"/roadmap/link/[\w-]+", mails[0]["body"]).group()
        with self.on_phone(), self.known_code():
            self.tour(link, "2_answer")
            self.assertIn("246 810", self._mails[0]["subject"])
            self.assertIn(self.contact_lea.email, str(self._mails[0]["email_to"]))
        answers = self.assessment.answer_ids.filtered(lambda row: row.state == "answered")
        self.assertEqual(len(answers), 4)
        self.assertEqual(
            (self.assessment.state, answers.respondent_id), ("in_progress", self.contact_lea)
        )
        with self.on_phone(), self.known_code():
            self.tour(link, "2_submit")
        self.assertEqual(
            (self.assessment.state, self.assessment.submitted_by_id),
            ("submitted", self.contact_lea),
        )
        self.assertEqual(set(answers.mapped("state")), {"answered"}, "nothing was lost")

    # 3 -------------------------------------------------------------------------------------------
    def plan_items(self):
        self.assertTrue(self.assessment.is_scored)
        self.assertTrue(0 < self.assessment.score < 100, self.assessment.score)
        findings = self.loop.finding_ids
        self.assertEqual(
            set(findings.template_ids.mapped("code")), set(TEMPLATES), findings.mapped("name")
        )
        self.tour(
            self.form(self.assessment, "roadmap_msp.roadmap_assessment_action"),
            "3_findings",
            self.user_vcio,
        )
        self.assertEqual(set(findings.mapped("state")), {"planned"})
        self.exercise, self.training = (
            self.loop.item_ids.filtered(lambda item, code=code: item.template_id.code == code)
            for code in TEMPLATES
        )
        self.assertGreater(self.exercise.amount_one_off, 0)
        self.assertGreater(self.training.amount_recurring, 0)
        self.tour(self.form(self.loop, "roadmap_msp.roadmap_action"), "3_devices", self.user_vcio)
        self.laptop_item = self.laptops.replacement_line_id.item_id
        self.assertEqual(self.laptop_item.amount_one_off, 3 * 1550.0)
        self.assertEqual(len(self.loop.item_ids), 3)
        self.assertEqual(set(self.loop.item_ids.mapped("state")), {"idea"})

    # 4 -------------------------------------------------------------------------------------------
    def decide(self):
        # The dates of the library lie up to a year ahead; here all belongs to the year at hand.
        self.loop.item_ids.target_date = fields.Date.today()
        self.tour(self.form(self.loop, "roadmap_msp.roadmap_action"), "4_propose", self.user_vcio)
        items = self.loop.item_ids
        self.assertEqual(set(items.mapped("state")), {"proposed"})
        self.assertEqual(self.lead.expected_revenue, sum(items.mapped("amount_one_off")))
        mails = self.outbox("proposal")
        self.assertEqual(mails.partner_id, self.contact_lea | self.contact_owner)
        self.assertEqual(set(mails.mapped("state")), {"prepared"})
        with self.on_phone():
            self.tour(f"/my/roadmap/{self.loop.id}", "4_decide", self.portal_owner)
        self.assertEqual(self.laptop_item.state, "approved")
        self.assertEqual(self.training.state, "approved")
        self.assertEqual(self.exercise.state, "declined")
        no = self.exercise.decision_ids
        self.assertEqual(no.reason, "Not needed: Our insurer runs one with us")
        self.assertEqual(items.decision_ids.partner_id, self.contact_owner)
        approved = self.laptop_item | self.training
        self.assertEqual(self.lead.expected_revenue, sum(approved.mapped("amount_one_off")))

    # 5 -------------------------------------------------------------------------------------------
    def quote_and_sign(self):
        with self.mock_mail_gateway():
            self.tour(self.form(self.loop, "roadmap_msp.roadmap_action"), "5_quote", self.seller)
        order = self.loop.order_ids
        self.assertEqual((len(order), order.state), (1, "sent"))
        self.assertEqual(order.opportunity_id, self.lead)
        sections = order.order_line.filtered(lambda line: line.display_type == "line_section")
        optional = sections.filtered("is_optional")
        self.assertEqual(set(optional.mapped("name")), {self.laptop_item.name, self.training.name})
        self.assertEqual(sections[-1].name, "Recurring, per month")
        self.assertEqual(len(order._roadmap_totals()), 2, "one-off and per month")
        self.assertEqual({self.laptop_item.state, self.training.state}, {"quoted"})
        self.assertEqual(self.forecast("one_off_quoted"), 3 * 1550.0 + self.training.amount_one_off)
        with self.on_phone(), self.mock_mail_gateway():
            self.tour(order.get_portal_url(), "5_sign", self.portal_owner)
        self.assertEqual((order.state, order.signed_by), ("sale", "Olive Owner"))
        self.assertEqual(self.training.state, "ordered")
        self.assertEqual(self.laptop_item.state, "proposed", "left out: open again")
        contract = self.loop.contract_ids
        self.assertEqual((contract.item_id, contract.period), (self.training, "month"))
        self.assertEqual(
            self.lead.expected_revenue,
            self.training.amount_one_off + self.laptop_item.amount_one_off,
        )

    def forecast(self, measure):
        rows = self.env["roadmap.forecast"].search([("roadmap_id", "=", self.loop.id)])
        return sum(rows.mapped(measure))

    # 6 -------------------------------------------------------------------------------------------
    def look_ahead(self):
        self.tour(self.form(self.loop, "roadmap_msp.roadmap_action"), "6_forecast", self.seller)
        self.assertEqual(self.forecast("one_off_ordered"), self.training.amount_one_off)
        self.assertEqual(self.forecast("one_off_planned"), self.laptop_item.amount_one_off)
        self.assertEqual(self.forecast("one_off_quoted"), 0)
        self.assertGreater(self.forecast("recurring_ordered"), 0, "the contract")
        rows = self.env["roadmap.forecast"].search(
            [("roadmap_id", "=", self.loop.id), ("one_off_total", "!=", 0)]
        )
        today = fields.Date.today()
        self.assertEqual(set(rows.mapped("fiscal_year")), {str(today.year)})

    def hold_meeting(self):
        # The day of the meeting has come.
        now = fields.Datetime.now()
        event = self.meeting.event_id.with_context(dont_notify=True)
        event.write({"start": now - timedelta(hours=2), "stop": now - timedelta(hours=1)})
        self.tour(
            self.form(self.meeting, "roadmap_msp.roadmap_meeting_action"),
            "6_meeting",
            self.seller,
        )
        self.assertEqual(self.meeting.state, "closed")
        self.assertTrue(self.meeting.counts, "a decision maker was there")
        following = self.loop.meeting_ids - self.meeting
        self.assertEqual((len(following), following.state), (1, "to_book"))
        self.assertGreater(following.due_date, self.meeting.held_on)
        minutes = self.outbox("minutes")
        self.assertEqual(minutes.partner_id, self.contact_lea | self.contact_owner)
        minutes.filtered(lambda row: row.partner_id != self.contact_lea).action_cancel()
        row = self.release("minutes")
        mails = self.run_outbox_job()
        self.assertEqual(row.state, "sent")
        self.assertTrue(self.meeting.minutes_sent_on)
        self.assertIn(following.due_date.strftime("%b %Y, to be agreed"), mails[-1]["body"])
        self.assertIn(self.contact_lea.email, str(mails[-1]["email_to"]))
