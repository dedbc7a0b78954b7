from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..models.client import roadmap_link_code
from .test_client_link import CODE, LinkCommon


@tagged("post_install", "-at_install")
class TestLinkPages(LinkCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.link = self.issue(note="It takes a minute.")
        self.token = self.link._mint_token()
        sends = []
        self.patch(
            type(self.env["roadmap.link"]), "_mail_code", lambda _link, code: sends.append(code)
        )
        self.codes = sends

    def post(self, path, **data):
        return self.url_open(path, data={"csrf_token": self.csrf_token(), **data})

    def csrf_token(self):
        page = self.url_open("/roadmap/link").text
        return page.partition('name="csrf_token" value="')[2].partition('"')[0]

    def landing(self, token=None):
        return self.url_open(f"/roadmap/link/{token or self.token}")

    def snapshot(self):
        self.env.invalidate_all()
        return self.link.sudo().read(
            ["write_date", "open_count", "used_on", "code_tries", "code_sends", "token_hash"]
        )

    def assert_not_found(self, response):
        self.assertEqual(response.status_code, 404)
        self.assertIn("There is nothing to see at this address", response.text)
        self.assertNotIn("Spring review", response.text)

    def test_opening_changes_nothing_and_leaves_the_token(self):
        before = self.snapshot()
        response = self.landing()
        self.assertTrue(response.url.endswith("/roadmap/link"))
        self.assertNotIn(self.token, response.text)
        for text in ("Carl Csm", self.env.company.name, "Spring review", "It takes a minute."):
            self.assertIn(text, response.text)
        self.assertIn("j***@client.example.com", response.text)
        self.assertEqual(self.snapshot(), before)
        self.assertFalse(self.codes)

    def test_the_code_opens_only_its_document(self):
        self.landing()
        self.post("/roadmap/link/code")
        self.assertEqual(len(self.codes), 1)
        with patch.object(type(self.link), "_document_url", lambda _link: "/my"):
            response = self.post("/roadmap/link/verify", code=self.codes[0])
        self.assertEqual(response.history[0].status_code, 303)
        self.assertEqual(self.snapshot()[0]["open_count"], 1)
        # Opened a second time in the same browser, no code is asked for.
        with patch.object(type(self.link), "_document_url", lambda _link: "/roadmap/link/x"):
            self.assert_not_found(self.landing())

    def test_wrong_codes(self):
        self.landing()
        self.post("/roadmap/link/code")
        wrong = f"{(int(self.codes[0]) + 1) % 10**6:06d}"
        for _turn in range(4):
            self.assertIn(
                "That is not the code", self.post("/roadmap/link/verify", code=wrong).text
            )
        dead = "can no longer be used"
        self.assertIn(dead, self.post("/roadmap/link/verify", code=wrong).text)
        self.assertIn(dead, self.post("/roadmap/link/verify", code=self.codes[0]).text)
        self.assertEqual(self.snapshot()[0]["open_count"], 0)

    def test_no_code_without_an_address_and_few_a_day(self):
        self.landing()
        self.colleague.email = False
        self.assertIn("no valid mail address", self.post("/roadmap/link/code").text)
        self.assertFalse(self.codes)
        self.colleague.email = "jane@client.example.com"
        for _turn in range(6):
            page = self.post("/roadmap/link/code").text
        self.assertEqual(len(self.codes), 5)
        self.assertNotIn("no valid mail address", page)

    def test_posts_need_the_forms_own_token(self):
        self.landing()
        for path in ("/roadmap/link/code", "/roadmap/link/verify"):
            with self.assertLogs("odoo.http", "WARNING"):
                response = self.url_open(path, data={"code": CODE})
            self.assertEqual(response.status_code, 400)
        self.assertFalse(self.codes)

    def test_wrong_expired_and_withdrawn(self):
        self.assert_not_found(self.landing("x" * 43))
        self.assert_not_found(self.url_open("/roadmap/link"))
        self.landing()
        csrf = self.csrf_token()
        self.link.sudo().expires_on = fields.Datetime.now() - timedelta(seconds=1)
        self.assert_not_found(self.landing())
        self.link.sudo().expires_on = fields.Datetime.now() + timedelta(days=1)
        self.link._withdraw()
        self.assert_not_found(self.landing())
        self.assert_not_found(self.url_open("/roadmap/link/code", data={"csrf_token": csrf}))
        self.assertFalse(self.codes)

    def test_own_login_needs_no_code(self):
        token = self.issue(partner=self.contact_office)._mint_token()
        self.authenticate(self.portal_office.login, self.portal_office.login)
        with patch.object(type(self.link), "_document_url", lambda _link: "/my"):
            response = self.landing(token)
        self.assertTrue(response.url.endswith("/my"))
        self.assertFalse(self.codes)

    def test_someone_elses_login_needs_the_code(self):
        self.authenticate(self.portal_other.login, self.portal_other.login)
        self.assertIn("Send me a code", self.landing().text)

    def test_limits_are_the_documented_ones(self):
        self.assertEqual((roadmap_link_code.MAX_TRIES, roadmap_link_code.CODE_MINUTES), (5, 30))
