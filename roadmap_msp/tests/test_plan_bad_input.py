import json
import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.http import root
from odoo.tests import HttpCase, tagged

from ..controllers.portal import VERIFIED
from .common import PIXEL
from .test_plan_proposal import PlanProposalCommon


@tagged("post_install", "-at_install")
class TestPlanBadInput(PlanProposalCommon, HttpCase):
    """Retries, links that open nothing any more, other companies: nothing twice, nothing lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = f"/my/roadmap/proposal/{cls.proposal.id}"
        cls.link = cls.env["roadmap.link"]._issue(cls.contact_owner, "decide", cls.proposal)

    def hold(self, *links):
        """A browser in which the codes of these links were given."""
        session = self.authenticate(None, None)
        session[VERIFIED] = {str(link.id): time.time() + 3600 for link in links}
        root.session_store.save(session)

    def post(self, page="decide", **params):
        response = self.url_open(
            f"{self.url}/{page}",
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json().get("result", {})

    def assertOpensNothing(self, *links):
        self.hold(*links)
        line = self.line[self.laptops]
        self.assertFalse(self.post(line_id=line.id, decision="approved"))
        self.assertFalse(self.post("quote", line_id=line.id))
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertFalse(self.laptops.decision_ids)
        self.assertFalse(self.laptops.quote_requested_on)

    # ---------------------------------------------------------------- retries
    def test_each_answer_said_again_is_stored_once(self):
        signed = {"reason": "Later", "signature": PIXEL, "signed_by": "Olive Owner"}
        answers = [
            (self.laptops, {"decision": "approved"}),
            (self.wifi, {"decision": "deferred", "until": self.later, "reason": "Lease"}),
            (self.factor, {"decision": "declined", "until": self.later, **signed}),
        ]
        for item, values in answers:
            decisions = [self.decide(item, **values) for _click in range(3)]
            self.assertEqual(decisions, [item.decision_ids] * 3)
        for item in (self.wifi, self.factor):
            about = [("item_id", "=", item.id)]
            self.assertEqual(self.env["roadmap.meeting.topic"].search_count(about), 1)
        self.assertEqual(self.factor.decision_ids.content_hash, decisions[0]._fingerprint())

    def test_a_wish_to_talk_said_again_is_one_call(self):
        for _click in range(2):
            self.decide(self.laptops, "talk", reason="Which model?")
        self.assertEqual(len(self.laptops.decision_ids), 1)
        self.assertEqual(len(self.laptops.activity_ids), 1)

    def test_a_first_signature_said_again_asks_once(self):
        mails = self.env["roadmap.outbox"].search_count([])
        for _click in range(2):
            self.decide(self.laptops, "approved", self.portal_office)
        self.assertEqual(self.laptops.decision_ids.mapped("decision"), ["endorsed"])
        self.assertEqual(self.env["roadmap.outbox"].search_count([]), mails + 1)

    # ------------------------------------------------------------------ links
    def test_a_valid_link_answers_again_and_again(self):
        self.hold(self.link)
        values = {"line_id": self.line[self.laptops].id, "decision": "approved"}
        for _click in range(2):
            self.assertEqual(self.post(**values), {"ok": True})
        decision = self.laptops.decision_ids
        self.assertEqual((len(decision), decision.link_id), (1, self.link))
        self.assertEqual(decision.partner_id, self.contact_owner)
        values.update(decision="deferred", until=self.later)
        self.assertEqual(self.post(**values), {"ok": True})
        self.assertEqual(self.line[self.laptops].answer, "deferred", "used before, and follows")

    def test_an_expired_link(self):
        self.link.expires_on = fields.Datetime.now() - timedelta(minutes=1)
        self.assertOpensNothing(self.link)

    def test_a_withdrawn_link(self):
        self.link._withdraw()
        self.assertOpensNothing(self.link)

    def test_a_link_to_what_was_withdrawn_or_never_shown(self):
        """Even one that was made afterwards."""
        links = self.env["roadmap.link"]
        self.proposal.action_withdraw()
        self.assertOpensNothing(links._issue(self.contact_owner, "decide", self.proposal))

    def test_a_link_to_something_else(self):
        mine = self.items.create(self._item("Mine", 1, 0))
        other = self.env["roadmap.proposal"].browse(mine.action_propose()["res_id"])
        links = self.env["roadmap.link"]
        theirs = self.env["roadmap.item"].create(
            {**self._item("Theirs", 1, 0), "roadmap_id": self.other_roadmap.id}
        )
        foreign = self.env["roadmap.proposal"].browse(theirs.action_propose()["res_id"])
        self.assertOpensNothing(
            links._issue(self.contact_owner, "decide", other),
            links._issue(self.other_contact, "decide", foreign),
        )

    def test_a_link_of_somebody_who_signs_no_more(self):
        rows = self.roadmap.stakeholder_ids
        rows.filtered(
            lambda row: row.partner_id == self.contact_owner and row.role == "signer"
        ).unlink()
        self.hold(self.link)
        result = self.post(line_id=self.line[self.laptops].id, decision="approved")
        self.assertIn("Oscar Office can decide", result["error"])
        rows.exists().filtered(lambda row: row.partner_id == self.contact_owner).unlink()
        self.assertOpensNothing(self.link)

    def test_a_scanner_that_opens_every_address(self):
        self.hold(self.link)
        line = self.line[self.laptops]
        for page in ("", "/decide", "/quote"):
            address = f"{self.url}{page}?line_id={line.id}&decision=approved"
            self.url_open(address)
            self.opener.head(self.base_url() + address)
        self.assertFalse(self.laptops.decision_ids or self.laptops.quote_requested_on)
        self.assertEqual(self.laptops.state, "proposed")

    # ---------------------------------------------------- companies, products
    def test_items_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second MSP"})
        roadmap = self.env["roadmap.roadmap"].create(
            {"partner_id": self.client.id, "company_id": company.id, "entitlement": "none"}
        )
        there = self.env["roadmap.item"].create(
            {**self._item("There", 5, 0), "roadmap_id": roadmap.id}
        )
        mine = there.with_user(self.user_all)
        for call in (mine.action_propose, mine._create_quotations, mine.action_request_quote):
            with self.assertRaises(AccessError):
                call()
        proposal = self.env["roadmap.proposal"].browse(there.action_propose()["res_id"])
        line = proposal.line_ids
        with self.assertRaisesRegex(UserError, "can decide for your firm"):
            proposal._decide(line, "approved", self.portal_owner)
        with self.assertRaisesRegex(UserError, "no longer open"):
            self.proposal._decide(line, "approved", self.portal_owner)
        with self.assertRaisesRegex(UserError, "of one client"):
            (there | self.laptops.sudo()).action_group()
        self.assertFalse(there.decision_ids)

    def test_a_product_archived_after_the_proposal(self):
        product = self.env["product.product"].create({"name": "Laptop"})
        self.laptops.line_ids.product_id = product
        product.action_archive()
        self.assertEqual(self.decide(self.laptops, "approved").decision, "approved")
        self.assertTrue(self.laptops.quote_waiting, "the client's yes is not lost")
        with self.assertRaisesRegex(UserError, "Laptop is archived"):
            self.laptops._create_quotations()
        product.action_unarchive()
        self.assertEqual(len(self.laptops._create_quotations()), 1)

    def test_a_price_list_removed_under_a_draft(self):
        products = self.env["product.product"].create([{"name": "Box"}, {"name": "Fee"}])
        (self.laptops | self.wifi).line_ids.product_id = products[0]
        prices = self.env["product.pricelist"].create({"name": "Gone"})
        self.client.property_product_pricelist = prices
        (self.laptops | self.wifi)._request_quote("staff")
        order = self.laptops._create_quotations().sudo()
        self.assertEqual(order.pricelist_id, prices)
        prices.action_archive()
        self.client.invalidate_recordset()
        self.assertEqual(self.wifi._create_quotations(), order, "it joins the draft")
        self.assertEqual(order.amount_untaxed, 12800 + 3000 + 20)
