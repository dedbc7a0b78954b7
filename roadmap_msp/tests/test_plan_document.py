from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import format_date

from .common import PIXEL
from .test_plan_proposal import PlanProposalCommon


@tagged("post_install", "-at_install")
class TestPlanDocument(PlanProposalCommon, HttpCase):
    """The proposal on paper: what was shown and decided, nothing of ours."""

    def paper(self, proposal=None, user=None):
        proposal = (proposal or self.proposal).with_user(user or self.user_csm)
        report = self.env["ir.actions.report"].with_user(user or self.user_csm)
        return report._render_qweb_html("roadmap_msp.report_roadmap_proposal", proposal.ids)[
            0
        ].decode()

    def test_what_was_shown(self):
        self.proposal.note = "Three things matter most"
        self.laptops.write({"name": "Renamed afterwards", "internal_note": "Dirty secret"})
        self.laptops.line_ids.price_unit = 99999
        text = self.paper()
        for words in (
            self.proposal.name,
            "Three things matter most",
            "Replace 8 laptops",
            "Why New Wi-Fi",
            "$12,800",
            "$17,000",
            "$110",
            "without tax",
            "A yes is no purchase",
            self.roadmap.company_id.name,
        ):
            self.assertIn(words, text)
        for secret in ("Margin 31", "Dirty secret", "99,999", "Renamed afterwards"):
            self.assertNotIn(secret, text)

    def test_decisions_so_far(self):
        self.decide(self.laptops, "approved", user=self.portal_office)
        self.decide(self.laptops, "approved")
        self.decide(self.wifi, "deferred", until=self.later, reason="The lease ends")
        self.decide(self.factor, "talk", reason="Between us")
        signed = {"reason": "Later", "signature": PIXEL, "signed_by": "O. Owner"}
        self.decide(self.factor, "declined", until=self.later, **signed)
        today, later = (
            format_date(self.env, day, date_format="d MMM y")
            for day in (self.wifi.decision_ids.decided_on, self.later)
        )
        text = self.paper()
        for words in (
            f"{today}, Oscar Office: Approved, second signature wanted",
            f"{today}, Olive Owner: Approved",
            f"{today}, Olive Owner: Not now, until {later}, “The lease ends”",
            f"{today}, O. Owner: Declined, until {later}, “Later”",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Between us", text, "told for a call")
        values = self.proposal._prepare_document_values()
        self.assertEqual((values["total_once"], values["total_monthly"]), ("$12,800", ""))
        self.assertIn("declined or postponed is in no figure", text)

    def test_an_approval_that_stands_is_told_on_the_newer_paper(self):
        self.decide(self.laptops, "approved")
        self.laptops.name = "Replace 8 old laptops"
        newer = self.proposal.browse(self.laptops.action_propose()["res_id"])
        self.assertIn("Olive Owner: Approved", self.paper(newer))
        self.env["roadmap.decision"].create(
            {
                "roadmap_id": self.roadmap.id,
                "item_id": self.laptops.id,
                "decision": "declined",
                "user_id": self.user_csm.id,
                "reason": "Lost: too slow",
                "internal_reason": True,
            }
        )
        self.assertNotIn("Lost:", self.paper(newer), "our own words in the pipeline")

    def test_without_price_covered_and_proposed_anew(self):
        work = [(0, 0, {"name": "Work"})]
        unknown = self.items.create(self._item("Nobody knows", 0, 0, line_ids=work))
        patching = self.items.create(self._item("Patching", 1, 0, covered=True))
        action = (unknown | patching | self.wifi).action_propose()
        newer = self.proposal.browse(action["res_id"])
        text = self.paper(newer)
        self.assertIn("price to follow", text)
        self.assertIn("no extra cost", text)
        self.assertEqual(newer._prepare_document_values()["unpriced"], 1)
        self.assertIn(f"New Wi-Fi ({newer.name})", self.paper())
        self.assertNotIn("Withdrawn", text)
        newer.action_withdraw()
        self.assertIn("Withdrawn on", self.paper(newer))

    def test_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.client.lang = "fr_FR"
        template = self.env.ref("roadmap_msp.report_roadmap_proposal_document")
        template.update_field_translations(
            "arch_db", {"fr_FR": {"What we advise next": "Notre conseil"}}
        )
        self.assertIn("Notre conseil", self.paper())

    def test_for_whom(self):
        address = f"/report/html/roadmap_msp.report_roadmap_proposal/{self.proposal.id}"
        own = f"/my/roadmap/proposal/{self.proposal.id}"
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        for page in (own, f"/my/roadmap/{self.roadmap.id}/plan"):
            self.assertIn(f"{own}/pdf", self.url_open(page).text)
        response = self.url_open(f"{own}/pdf")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn(self.proposal.name, response.headers["Content-Disposition"])
        self.proposal.action_withdraw()
        self.assertEqual(self.url_open(f"{own}/pdf").status_code, 404)
        # Odoo's own address of reports opens for every login: the paper itself says no.
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertNotIn("Replace 8 laptops", self.url_open(address).text)
        for user in (self.portal_owner, self.portal_other, self.user_other_csm):
            with self.assertRaises(AccessError):
                self.proposal.with_user(user)._prepare_document_values()
