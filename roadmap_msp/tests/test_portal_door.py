import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..controllers.portal import VERIFIED
from .test_portal_questionnaire import PortalQuestionnaireCommon


@tagged("post_install", "-at_install")
class TestPortalDoor(PortalQuestionnaireCommon):
    """An autosave looks up who is asking in a shorter way than pages; both say the same."""

    VALUES = (("AAA-6", "x"), ("AAA-7", "y"), ("BBB-1", None))

    def outcome(self):
        """Which questions the session may answer, or None where it may not even ask."""
        values = {self.q[code].id: {"value": value} for code, value in self.VALUES}
        try:
            with mute_logger("odoo.http"):
                result = self.autosave(values)
        except JsonRpcException:
            return None
        return [code for code, _value in self.VALUES if not result[str(self.q[code].id)]["error"]]

    def check(self, expected, short=None):
        """The outcome, by the short way and without it; `short`: whether it is taken."""
        opened = []
        model = self.env.registry["roadmap.assessment"]
        open_door = model._open_door

        def spy(run, *args, **kwargs):
            found = open_door(run, *args, **kwargs)
            opened.append(bool(found))
            return found

        with patch.object(model, "_open_door", spy):
            self.assertEqual(self.outcome(), expected)
        if short is not None:
            self.assertEqual(any(opened), short)
        with patch.object(model, "_open_door", lambda _run, *args, **kwargs: None):
            self.assertEqual(self.outcome(), expected)

    def test_logins(self):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        self.check(["AAA-6", "AAA-7"], short=True)
        self.login(self.portal_office)
        page.respondent_ids = False
        self.check(None)
        page.respondent_ids = self.contact_office
        self.check(["AAA-6"], short=True)
        self.login(self.user_csm)
        self.check(None)
        self.authenticate(None, None)
        self.check(None)

    def test_own_pages_and_single_questions_of_others(self):
        pages = {page.code: page for page in self.assessment.section_ids}
        pages["AAA"].respondent_ids = False
        pages["BBB"].write({"provider_fills": False, "respondent_ids": self.contact_office.ids})
        self.login(self.portal_office)
        self.check(["BBB-1"], short=True)
        link = self.env["roadmap.link"]._issue(
            self.contact_office,
            "answer",
            self.assessment,
            sections=pages["AAA"],
            questions=self.q["AAA-6"],
        )
        self.check(["AAA-6", "BBB-1"], short=True)
        link.question_ids = self.q["AAA-7"]
        self.check(["BBB-1"], short=True)
        link.question_ids = self.q["AAA-6"] | self.q["BBB-1"]
        self.check(["AAA-6", "BBB-1"], short=True)
        link.section_ids = pages["AAA"] | pages["BBB"]
        self.check(["AAA-6", "BBB-1"], short=True)
        pages["BBB"].respondent_ids = False
        self.check(None)
        pages["AAA"].respondent_ids = self.contact_office
        self.check(["AAA-6", "BBB-1"], short=True)
        for values in (
            {"expires_on": fields.Datetime.now() - timedelta(hours=1)},
            {"expires_on": fields.Datetime.now() + timedelta(hours=1), "purpose": "slot"},
            {"purpose": "answer", "withdrawn_on": fields.Datetime.now()},
        ):
            link.sudo().write(values)
            self.check(["AAA-6"], short=True)

    def test_a_login_that_follows_a_link(self):
        pages = {page.code: page for page in self.assessment.section_ids}
        pages["AAA"].respondent_ids = False
        link = self.env["roadmap.link"]._issue(
            self.contact_office, "answer", self.assessment, sections=pages["AAA"]
        )
        session = self.authenticate(self.portal_office.login, self.portal_office.login)
        session[VERIFIED] = {str(link.id): time.time() + 3600}
        self.store_session(session)
        self.check(["AAA-6"], short=True)
        link.withdrawn_on = fields.Datetime.now()
        self.check(None, short=True)
        link.withdrawn_on = False
        self.login(self.portal_stranger)
        self.check(None, short=False)

    def test_runs_that_are_closed_to_the_client(self):
        for values in ({"state": "draft"}, {"state": "cancelled"}):
            self.assessment.write(values)
            self.check(None, short=False)
        self.assessment.state = "sent"
        for values, back in (
            ({"active": False}, {"active": True}),
            ({"state": "ended"}, {"state": "running"}),
        ):
            self.roadmap.write(values)
            self.check(None, short=False)
            self.roadmap.write(back)
        self.check(["AAA-6", "AAA-7"], short=True)
        self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_owner
        ).unlink()
        self.check(None, short=False)

    def test_a_rule_that_the_installation_added_counts(self):
        self.env["ir.rule"].create(
            {
                "name": "Start forms only",
                "model_id": self.env["ir.model"]._get_id("roadmap.assessment"),
                "domain_force": "[('length', '=', 'start')]",
            }
        )
        self.check(None)
        self.assessment.length = "start"
        self.check(["AAA-6", "AAA-7"])

    def test_links(self):
        link = self.given_link()
        self.enter_by(link)
        self.check(["AAA-6"], short=True)
        link.partner_id.active = False
        self.check(None, short=False)
        link.partner_id.active = True
        for values, back in (
            ({"expires_on": fields.Datetime.now() - timedelta(hours=1)}, None),
            ({"expires_on": fields.Datetime.now() + timedelta(hours=1)}, ["AAA-6"]),
            ({"purpose": "slot"}, None),
            ({"purpose": "answer"}, ["AAA-6"]),
            ({"question_ids": [(6, 0, self.q["AAA-7"].ids)]}, []),
            ({"question_ids": [(6, 0, self.q["AAA-6"].ids)]}, ["AAA-6"]),
            ({"question_ids": False}, ["AAA-6"]),
            ({"withdrawn_on": fields.Datetime.now()}, None),
        ):
            link.sudo().write(values)
            with self.subTest(values):
                self.check(back)

    def test_a_link_opens_its_own_run_only(self):
        other = self._create_run(self.roadmap)
        other.action_send()
        self.enter_by(self.env["roadmap.link"]._issue(self.contact_owner, "answer", other))
        self.check(None, short=False)
        self.enter_by(
            self.env["roadmap.link"]._issue(self.contact_owner, "answer", self.assessment)
        )
        self.check(["AAA-6", "AAA-7"], short=True)
