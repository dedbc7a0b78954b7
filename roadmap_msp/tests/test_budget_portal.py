import json
import time
from datetime import timedelta

from odoo import fields, http
from odoo.tests import HttpCase, new_test_user, tagged

from ..controllers.portal import VERIFIED
from .budget_common import BudgetCommon
from .common import PIXEL

SECRETS = ("Margin 31", "internal_note", "Dirty secret", "$777")


class BudgetPortalCommon(BudgetCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.copy({"name": "=HYPERLINK(1)", "category_id": False})
        cls.budget.action_refresh()
        cls.budget.note = "What matters this year"
        cls.propose()
        cls.url = f"/my/roadmap/budget/{cls.budget.id}"
        cls.finance = new_test_user(
            cls.env, "rm_money", "base.group_portal", email="m@c.example.com",
            parent_id=cls.client.id,
        )  # fmt: skip
        cls.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "partner_id": cls.finance.partner_id.id,
                "role": "finance",
            }
        )

    def login(self, user):
        return self.authenticate(user and user.login, user and user.login)


@tagged("post_install", "-at_install")
class TestBudgetPortal(BudgetPortalCommon):
    """The client's page, downloads and signature over HTTP."""

    def post(self, path="sign", **params):
        params = {"name": "Olive Owner", "signature": PIXEL, **params}
        response = self.url_open(
            f"{self.url}/{path}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_page(self):
        self.login(self.portal_owner)
        page = self.url_open(self.url).text
        for words in (
            "Five-year budget", "$8,000", "excl. tax", "What matters this year", "<svg",
            "Replace 8 laptops", "This is our plan, not an order", "Sign our plan, no order",
        ):  # fmt: skip
            self.assertIn(words, page)
        for secret in SECRETS:
            self.assertNotIn(secret, page)
        page = self.url_open(f"{self.url}?sign=plan").text
        self.assertIn("portal.signature_form", page)
        self.assertIn(f"{self.url}/sign", page)
        self.assertEqual(self.budget.state, "proposed", "a GET changes nothing")

    def test_our_plan_leads_to_it(self):
        self.login(self.finance)
        page = self.url_open(f"/my/roadmap/{self.roadmap.id}/plan").text
        self.assertIn(self.url, page)
        self.login(self.portal_owner)
        self.assertIn(self.url, self.url_open(f"/my/roadmap/{self.roadmap.id}").text, "To do")

    def test_finance_reads_and_does_not_sign(self):
        self.login(self.finance)
        page = self.url_open(f"{self.url}?sign=plan").text
        self.assertIn("signs for your firm", page)
        self.assertNotIn("portal.signature_form", page)
        self.assertIn("signs for your firm", self.post()["result"]["error"])
        self.assertEqual(self.budget.state, "proposed")

    def test_sign_over_http(self):
        self.login(self.portal_owner)
        self.assertEqual(self.post()["result"], {"force_refresh": True, "redirect_url": self.url})
        self.assertEqual(self.post()["result"]["redirect_url"], self.url, "a second click")
        self.assertEqual(self.budget.signed_by, "Olive Owner")
        page = self.url_open(self.url).text
        self.assertIn("Signed by Olive Owner", page)
        self.assertNotIn("Sign our plan, no order", page)

    def test_bad_requests(self):
        self.login(self.portal_owner)
        for params in (
            {"signature": ""},
            {"signature": None},
            {"signature": [1]},
            {"name": {"a": 1}},
            {"signature": "x" * 2_000_001},
            {"name": "\x00", "signature": ""},
        ):
            self.assertIn("error", self.post(**params)["result"], params)
        for signature, words in (
            ("x" * 2_000_001, "too large"),
            ("x", "cannot be read"),
            ("aGVsbG8=", "cannot be read"),
        ):
            self.assertIn(words, self.post(signature=signature)["result"]["error"])
        self.assertEqual(self.budget.state, "proposed")
        self.post(state="draft", signed_by="Forged", with_items=True)
        self.assertEqual(self.budget.signed_by, "Olive Owner")

    def test_beyond_the_limit_over_http(self):
        self.login(self.portal_office)
        self.assertIn("you may sign alone", self.url_open(f"{self.url}?sign=plan").text)
        self.assertIn("force_refresh", self.post(name="Otto Office")["result"])
        page = self.url_open(f"{self.url}?sign=plan").text
        self.assertIn("Signed by Otto Office; it waits for a second signature", page)
        self.assertNotIn("portal.signature_form", page)
        self.assertEqual(self.budget.state, "proposed")
        self.login(self.portal_owner)
        self.assertIn("force_refresh", self.post()["result"])
        self.assertIn("Signed by Otto Office and Olive Owner", self.url_open(self.url).text)

    def test_strangers_find_nothing(self):
        for user in (self.portal_other, self.portal_stranger, self.user_salesman, None):
            self.login(user)
            for path in ("", "/pdf", "/workbook"):
                self.assertEqual(self.url_open(self.url + path).status_code, 404)
            self.assertIn("error", self.post())
        self.assertEqual(self.budget.state, "proposed")

    def test_a_draft_is_not_found(self):
        self.budget.action_withdraw()
        self.login(self.portal_owner)
        for path in ("", "/pdf", "/workbook"):
            self.assertEqual(self.url_open(self.url + path).status_code, 404)
        self.assertNotIn(self.url, self.url_open(f"/my/roadmap/{self.roadmap.id}/plan").text)

    def test_a_link_to_a_draft_opens_nothing(self):
        self.budget.action_withdraw()
        self.hold(self.env["roadmap.link"]._issue(self.contact_owner, "decide", self.budget))
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertIn("error", self.post())
        self.assertEqual(self.budget.state, "draft")

    def hold(self, link):
        """A browser in which the code of the link was given."""
        session = self.login(None)
        session[VERIFIED] = {str(link.id): time.time() + 3600}
        http.root.session_store.save(session)

    def test_a_superseded_one_leads_to_the_newest(self):
        second = self.budget.browse(self.budget.action_new_revision()["res_id"])
        second.action_propose()
        self.login(self.portal_owner)
        page = self.url_open(self.url).text
        self.assertIn("A newer budget has taken its place", page)
        self.assertIn(f"/my/roadmap/budget/{second.id}", page)
        self.assertIn("error", self.post()["result"])

    def test_by_personal_link_until_it_expires(self):
        link = self.env["roadmap.link"].search(
            [("res_id", "=", self.budget.id), ("partner_id", "=", self.contact_owner.id)]
        )
        self.hold(link)
        self.assertEqual(self.url_open(self.url).status_code, 200)
        link.expires_on = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertIn("error", self.post())
        self.assertEqual(self.budget.state, "proposed")
        link.expires_on = fields.Datetime.now() + timedelta(days=1)
        self.env.flush_all()
        self.assertIn("force_refresh", self.post()["result"])
        self.assertEqual(self.budget.signed_partner_id, self.contact_owner)

    def test_a_link_to_a_proposal_signs_no_budget(self):
        self.laptops.action_propose()
        link = self.env["roadmap.link"].search([("res_model", "=", "roadmap.proposal")], limit=1)
        self.hold(link)
        self.assertIn("error", self.post())
        self.assertEqual(self.budget.state, "proposed")

    def test_access_token_opens_nothing(self):
        token = self.budget.sudo()._portal_ensure_token()
        self.login(None)
        self.assertEqual(self.url_open(f"{self.url}?access_token={token}").status_code, 404)
