from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

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
        self.assertEqual(self.issue(note="One word more"), link)
        self.assertEqual(link.note, "One word more")
        self.assertEqual(self.issue().note, "One word more", "kept where nothing new is said")
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
