import json

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import PIXEL
from .test_plan_proposal import PlanProposalCommon

SECRETS = ("Margin 31", "margin", "internal_note", "standard_price", "Dirty secret")


@tagged("post_install", "-at_install")
class TestPlanPortal(PlanProposalCommon, HttpCase):
    """The client's pages over HTTP: own, somebody else's, withdrawn, forged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan_url = f"/my/roadmap/{cls.roadmap.id}/plan"
        cls.url = f"/my/roadmap/proposal/{cls.proposal.id}"

    def login(self, user):
        self.authenticate(user.login, user.login)

    def post(self, url, **params):
        response = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def answer(self, item, decision, **params):
        return self.post(
            f"{self.url}/decide", line_id=self.line[item].id, decision=decision, **params
        ).get("result", {})

    def test_own_plan(self):
        hidden = self.items.create(
            {"name": "Dirty secret", "roadmap_id": self.roadmap.id, "client_visible": False}
        )
        self.items.create({"name": "Not proposed yet", "roadmap_id": self.roadmap.id})
        self.assertTrue(hidden)
        self.login(self.portal_owner)
        for url in (self.plan_url, self.url):
            page = self.url_open(url)
            self.assertEqual(page.status_code, 200)
            for text in ("Replace 8 laptops", "12,800", "Prepare a quotation, no purchase yet"):
                self.assertIn(text, page.text)
            for secret in (*SECRETS, "Not proposed yet"):
                self.assertNotIn(secret, page.text)
        page = self.url_open(self.plan_url).text
        self.assertIn("17,000", page, "the one-off figure of the year")
        self.assertIn("110", page, "and what comes per month")
        self.assertIn("excl. tax", page)

    def test_quotation_to_sign(self):
        line = self.laptops.line_ids[:1]
        product = self.env["product.product"].create({"name": "Laptop", "list_price": 1600})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.roadmap.partner_id.id,
                "roadmap_id": self.roadmap.id,
                "order_line": [
                    Command.create({"product_id": product.id, "roadmap_item_line_id": line.id})
                ],
            }
        )
        self.login(self.portal_owner)
        todo, address = f"/my/roadmap/{self.roadmap.id}", f"/my/orders/{order.id}"
        for page in (todo, self.plan_url):
            self.assertNotIn(address, self.url_open(page).text, "a draft is nothing to sign")
        order.action_quotation_sent()
        for page in (todo, self.plan_url):
            self.assertIn(address, self.url_open(page).text)
        self.assertEqual(self.url_open(address).status_code, 200)
        self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_office and row.role == "signer"
        ).unlink()
        self.login(self.portal_office)
        self.assertNotIn(address, self.url_open(todo).text, "who does not sign")

    def test_readonly_page(self):
        self.login(self.portal_owner)
        with self.assertNoLogs("odoo.http", "WARNING"):
            self.url_open(self.plan_url)

    def test_without_the_right_to_sign(self):
        self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_owner and row.role == "signer"
        ).unlink()
        self.login(self.portal_owner)
        page = self.url_open(self.plan_url).text
        self.assertNotIn("Prepare a quotation", page)
        self.assertIn("Oscar Office can decide for your firm", page)
        self.assertIn("Oscar Office can decide", self.answer(self.laptops, "approved")["error"])
        self.assertFalse(self.laptops.decision_ids)

    def test_strangers_find_nothing(self):
        for user in (self.portal_other, self.portal_stranger, self.user_salesman):
            self.login(user)
            self.assertEqual(self.url_open(self.plan_url).status_code, 404)
            self.assertEqual(self.url_open(self.url).status_code, 404)
            self.assertFalse(self.answer(self.laptops, "approved"))
        self.authenticate(None, None)
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertFalse(self.answer(self.laptops, "approved"))
        self.assertFalse(self.laptops.decision_ids)

    def test_what_is_covered_and_what_is_no_more(self):
        patching = self.items.create(self._item("Patching", 1, 0, covered=True))
        (patching | self.laptops).action_propose()
        self.laptops.action_supersede()
        roles = {"decision_maker", "signer"}
        values = self.roadmap._prepare_plan_values(self.contact_owner, roles)
        self.assertEqual([card["name"] for card in values["covered"]], ["Patching"])
        self.login(self.portal_owner)
        page = self.url_open(self.plan_url).text
        self.assertIn("Patching", page)
        self.assertNotIn("Replace 8 laptops", page, "another item took its place")

    def test_withdrawn_is_not_found(self):
        self.proposal.action_withdraw()
        self.login(self.portal_owner)
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertNotIn("Replace 8 laptops", self.url_open(self.plan_url).text)
        self.assertFalse(self.answer(self.laptops, "approved"))

    def test_access_token_opens_nothing(self):
        token = self.proposal._portal_ensure_token()
        self.authenticate(None, None)
        page = self.url_open(f"{self.url}?access_token={token}")
        self.assertEqual(page.status_code, 404)

    def test_approve_twice(self):
        self.login(self.portal_owner)
        for _click in range(2):
            self.assertEqual(self.answer(self.laptops, "approved"), {"ok": True})
        self.assertEqual(self.laptops.decision_ids.mapped("decision"), ["approved"])
        self.assertEqual(self.laptops.decision_ids.partner_id, self.contact_owner)
        self.assertIn("we prepare the quotation", self.url_open(self.plan_url).text)

    def test_a_get_decides_nothing(self):
        self.login(self.portal_owner)
        self.url_open(f"{self.url}/decide?line_id={self.line[self.laptops].id}&decision=approved")
        self.assertFalse(self.laptops.decision_ids)

    def test_over_the_limit(self):
        self.login(self.portal_office)
        self.assertEqual(self.answer(self.laptops, "approved"), {"ok": True})
        self.assertEqual(self.laptops.decision_ids.mapped("decision"), ["endorsed"])
        self.assertIn("waits for a second signature", self.url_open(self.url).text)
        self.assertEqual(self.answer(self.laptops, "talk"), {"ok": True})
        self.assertEqual(len(self.laptops.activity_ids), 1)
        self.login(self.portal_owner)
        self.assertIn("Answer several at once", self.url_open(self.plan_url).text)

    def test_several_at_once_or_none(self):
        self.login(self.portal_owner)
        ids = [self.line[item].id for item in (self.laptops, self.wifi)]
        url = f"{self.url}/decide"
        mine = self.items.create(self._item("Mine", 1, 0))
        mine.action_propose()
        foreign = [*ids, mine.proposal_line_ids.id]
        for wrong in (foreign, [], "1", [True], [str(ids[0])]):
            result = self.post(url, line_ids=wrong, decision="approved")["result"]
            self.assertIn("no longer open", result["error"])
        self.laptops.action_done()
        result = self.post(url, line_ids=ids, decision="approved")["result"]
        self.assertIn("ordered or closed", result["error"])
        self.assertFalse((self.laptops | self.wifi).decision_ids, "all or none")
        self.laptops.action_reopen()
        result = self.post(url, line_ids=ids, decision="approved", options=["x", None])["result"]
        self.assertEqual(result, {"ok": True})
        self.assertEqual(len((self.laptops | self.wifi).decision_ids), 2)

    def test_forged_values(self):
        mine = self.items.create(self._item("Mine", 1, 0))
        mine.action_propose()
        self.login(self.portal_owner)
        forged = {"line_id": mine.proposal_line_ids.id, "decision": "approved"}
        self.assertIn(
            "no longer open", self.post(f"{self.url}/decide", **forged)["result"]["error"]
        )
        self.assertIn("error", self.answer(self.laptops, "ordered"))
        self.assertIn("error", self.answer(self.laptops, "deferred", until="soon"))
        self.assertIn("error", self.answer(self.laptops, "deferred", until=[1]))
        self.assertEqual(
            self.answer(self.laptops, "approved", partner_id=1, decided_on="2020-01-01"),
            {"ok": True},
        )
        decision = self.laptops.decision_ids
        self.assertEqual(decision.partner_id, self.contact_owner)
        self.assertGreater(decision.decided_on.year, 2020)
        self.assertFalse(mine.decision_ids)

    def test_signed_refusal(self):
        self.login(self.portal_owner)
        full = {"reason": "Later", "until": self.later, "signed_by": "Olive Owner"}
        self.assertIn("sign", self.answer(self.factor, "declined", **full)["error"])
        self.assertEqual(
            self.answer(self.factor, "declined", signature=PIXEL, **full), {"ok": True}
        )
        decision = self.factor.decision_ids
        url = f"{self.url}/refusal/{decision.id}"
        self.assertIn(url, self.url_open(self.plan_url).text)
        self.login(self.portal_other)
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_a_signature_that_is_no_picture(self):
        """Any text would be accepted and sealed: a paper with nobody's hand on it."""
        self.login(self.portal_owner)
        full = {"reason": "No money", "until": self.later, "signed_by": "Olive Owner"}
        for signature in ("%%%%", "aGVsbG8=", "x"):
            answer = self.answer(self.factor, "declined", signature=signature, **full)
            self.assertIn("cannot be read", answer["error"])
        self.assertFalse(self.factor.decision_ids)

    def test_a_date_in_another_century(self):
        self.login(self.portal_owner)
        answer = self.answer(self.wifi, "deferred", until="2206-05-01")
        self.assertIn("within the next 10 years", answer["error"])
        self.assertFalse(self.wifi.decision_ids)

    def test_a_signature_that_is_too_large(self):
        self.login(self.portal_owner)
        full = {"reason": "Later", "until": self.later, "signed_by": "Olive Owner"}
        answer = self.answer(self.factor, "declined", signature="A" * 2_000_001, **full)
        self.assertIn("too large", answer["error"])
        self.assertFalse(self.factor.decision_ids)

    def test_by_personal_link(self):
        link = self.env["roadmap.link"].search(
            [("res_id", "=", self.proposal.id), ("partner_id", "=", self.contact_owner.id)]
        )
        decision = self.proposal._decide(self.line[self.wifi], "approved", link)
        self.assertEqual((decision.partner_id, decision.link_id), (self.contact_owner, link))

    def test_preview_is_for_staff(self):
        url = f"/roadmap/proposal/{self.proposal.id}/preview"
        self.login(self.user_csm)
        page = self.url_open(url)
        self.assertIn("Replace 8 laptops", page.text)
        self.assertNotIn("Prepare a quotation, no purchase yet", page.text)
        for user in (self.user_other_csm, self.portal_owner, self.user_technician):
            self.login(user)
            self.assertEqual(self.url_open(url).status_code, 404)
