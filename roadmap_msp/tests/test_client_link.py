from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..models.client import roadmap_link_code
from .common import RoadmapCommon

CODE = "482913"


class LinkCommon(RoadmapCommon):
    """A meeting with a client, and a link of one of its contacts to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting, cls.other_meeting = cls.env["roadmap.meeting"].create(
            [
                {"name": "Spring review", "roadmap_id": roadmap.id, "due_date": "2026-04-01"}
                for roadmap in (cls.roadmap, cls.other_roadmap)
            ]
        )
        cls.colleague = cls.env["res.partner"].create(
            {"name": "Jane Miles", "email": "jane@client.example.com", "parent_id": cls.client.id}
        )

    def issue(self, **values):
        arguments = {"partner": self.colleague, "purpose": "slot", "record": self.meeting}
        return self.env["roadmap.link"].with_user(self.user_csm)._issue(**{**arguments, **values})


@tagged("post_install", "-at_install")
class TestLink(LinkCommon):
    def test_only_hashes_are_stored(self):
        link = self.issue()
        token = link._mint_token()
        stored = link.sudo().read()[0]
        self.assertNotIn(token, str(stored))
        self.assertEqual(self.env["roadmap.link"]._find_by_token(token), link)

    def test_the_last_two_mails_work(self):
        link = self.issue()
        first, second, third = (link._mint_token() for _turn in range(3))
        found = [self.env["roadmap.link"]._find_by_token(token) for token in (first, second, third)]
        self.assertFalse(found[0])
        self.assertEqual(found[1] | found[2], link)

    def test_valid_links_are_found_as_their_state_says(self):
        """Each way in which a link ends; the pages of the client ask the database only."""
        links = self.env["roadmap.link"].sudo()

        def check(expected):
            valid = link.state == "valid"
            self.assertEqual((bool(links._find_valid(link.ids)), valid), (expected, expected))

        link = self.issue().sudo()
        ways = [
            (link, {"withdrawn_on": fields.Datetime.now()}, {"withdrawn_on": False}),
            (
                link,
                {"expires_on": fields.Datetime.now() - timedelta(minutes=1)},
                {"expires_on": fields.Datetime.now() + timedelta(days=1)},
            ),
            (self.colleague, {"active": False}, {"active": True}),
            (self.roadmap, {"active": False}, {"active": True}),
            (self.roadmap, {"state": "ended"}, {"state": "running"}),
        ]
        check(True)
        for record, ends, undo in ways:
            with self.subTest(ends):
                record.sudo().write(ends)
                check(False)
                record.sudo().write(undo)
                check(True)

    def test_issuing_again_returns_the_same_link(self):
        link = self.issue(days=5)
        again = self.issue(days=30)
        self.assertEqual(link, again)
        self.assertGreater(link.expires_on, fields.Datetime.now() + timedelta(days=29))
        link._withdraw()
        self.assertNotEqual(self.issue(), link)

    def test_states(self):
        link = self.issue()
        self.assertEqual(link.state, "valid")
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            link.invalidate_recordset()
            self.assertEqual(link.state, "expired")
        link.invalidate_recordset()
        link.action_withdraw()
        self.assertEqual(link.state, "withdrawn")

    def test_ended_roadmap_and_archived_contact_close_it(self):
        link = self.issue()
        self.colleague.active = False
        self.assertEqual(link.state, "withdrawn")
        self.colleague.active = True
        self.assertEqual(link.state, "valid")
        self.roadmap.sudo().state = "ended"
        self.assertEqual(link.state, "withdrawn")

    def test_contact_without_mail_address(self):
        self.colleague.email = "nobody"
        with self.assertRaisesRegex(UserError, "Jane Miles has no valid mail address"):
            self.issue()

    def test_deciding_needs_a_role(self):
        proposal = self.env["roadmap.proposal"].create(
            {"roadmap_id": self.roadmap.id, "currency_id": self.roadmap.currency_id.id}
        )
        with self.assertRaisesRegex(UserError, "neither decision maker nor signer"):
            self.issue(purpose="decide", record=proposal)
        link = self.issue(purpose="decide", record=proposal, partner=self.contact_owner)
        self.assertEqual(link._document_url(), f"/my/roadmap/proposal/{proposal.id}")

    def test_withdrawing_stops_its_mails(self):
        link = self.issue()
        mail = self.env["roadmap.outbox"]._prepare(
            self.roadmap, self.colleague, "meeting", "Choose", "<p>{{link}}</p>", link=link
        )
        link._withdraw()
        self.assertEqual(mail.state, "cancelled")

    def test_staff_cannot_read_secrets_nor_other_clients_links(self):
        link = self.issue()
        link._mint_token()
        with self.assertRaises(AccessError):
            link.with_user(self.user_csm).read(["token_hash"])
        with self.assertRaises(AccessError):
            link.with_user(self.user_other_csm).action_withdraw()

    def test_code_is_good_once_and_for_half_an_hour(self):
        link = self.issue()
        link._store_code(CODE)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            self.assertEqual(link._check_code(CODE), "dead")
        self.assertIsNone(link._check_code("482 913"))
        self.assertEqual((link.open_count, bool(link.used_on)), (1, True))
        self.assertEqual(link._check_code(CODE), "dead")

    def test_five_wrong_tries_kill_the_code(self):
        link = self.issue()
        link._store_code(CODE)
        answers = [link._check_code("000000") for _turn in range(5)]
        self.assertEqual(answers, ["wrong"] * 4 + ["dead"])
        self.assertEqual(link._check_code(CODE), "dead")

    def test_few_codes_a_day(self):
        link = self.issue()
        sent = [link._store_code(CODE) for _turn in range(6)]
        self.assertEqual(sent, [True] * 5 + [False])
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            self.assertTrue(link._store_code(CODE))

    def test_code_of_another_link(self):
        link, other = self.issue(), self.issue(partner=self.contact_office)
        link._store_code(CODE)
        other.sudo().write(
            {"code_hash": link.sudo().code_hash, "code_expires_on": link.sudo().code_expires_on}
        )
        self.assertEqual(other._check_code(CODE), "wrong")


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
