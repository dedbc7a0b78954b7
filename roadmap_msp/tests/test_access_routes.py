"""Every route of the addon, asked for by everybody: it opens, it is not found, or it is a login.

``access_routes.csv`` holds one row a route; a route without a row fails the build. What a visitor
gets for the documents of the first client is one of: `ok`, `404` (the plain page), `login`, `home`
(sent back to the start page of the portal) or `refused` (an answer of JSON that says no).
"""

import base64
import csv
import json
import time
from datetime import timedelta

from odoo import fields, http
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open, mute_logger

from ..controllers.link import CANDIDATE
from ..controllers.portal import VERIFIED
from .questionnaire_common import QuestionnaireCommon

TABLE = "roadmap_msp/tests/access_routes.csv"
ACTORS = ("anonymous", "stranger", "contributor", "decision_maker", "other", "staff", "link")
MARK = "Xylophone"  # stands in everything of the first client, and nowhere else
NOT_THEIRS = ("anonymous", "other")
MISSING = 999_999_999
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    b"rkJggg=="
)


def methods_of(routing):
    return " ".join(sorted(routing.get("methods") or ["any"]))


class AccessRoutesCommon(QuestionnaireCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment.name = f"Run {MARK}"
        pages = cls.assessment.section_ids.filtered(lambda page: page.code == "AAA")
        pages.respondent_ids |= cls.contact_office
        answer = cls.assessment.answer_ids.filtered(lambda row: row.question_id.code == "AAA-8")
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": f"{MARK}.txt",
                "raw": MARK.encode(),
                "res_model": "roadmap.answer",
                "res_id": answer.id,
            }
        )
        answer.attachment_ids = cls.file
        cls._create_plan()
        cls._create_meeting()
        cls.env["roadmap.asset"].create(
            {
                "name": MARK,
                "roadmap_id": cls.roadmap.id,
                "type_id": cls.env["roadmap.asset.type"].create({"name": "T", "code": "t"}).id,
            }
        )
        cls._create_order()
        Link = cls.env["roadmap.link"].with_user(cls.user_csm)
        cls.links = (
            Link._issue(cls.contact_owner, "answer", cls.assessment)
            | Link._issue(cls.contact_owner, "decide", cls.proposal)
            | Link._issue(cls.contact_owner, "slot", cls.meeting)
        )
        cls.token = cls.links[0]._mint_token()
        cls.ids = {
            "roadmap_id": cls.roadmap.id,
            "assessment_id": cls.assessment.id,
            "proposal_id": cls.proposal.id,
            "decision_id": cls.decision.id,
            "meeting_id": cls.meeting.id,
            "order_id": cls.order.id,
            "file_id": cls.file.id,
            "page": 1,
            "code": "AAA",
            "token": cls.token,
        }
        cls.env.flush_all()

    @classmethod
    def _create_plan(cls):
        item = cls.env["roadmap.item"].create(
            {
                "name": MARK,
                "roadmap_id": cls.roadmap.id,
                "line_ids": [(0, 0, {"name": MARK, "price_unit": 100})],
            }
        )
        item.action_propose()
        cls.item = item
        cls.proposal = item.proposal_line_ids.proposal_id
        cls.decision = cls.env["roadmap.decision"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "item_id": item.id,
                "proposal_line_id": item.proposal_line_ids.id,
                "decision": "declined",
                "partner_id": cls.contact_owner.id,
                "signature": PIXEL,
                "content_hash": "0" * 64,
            }
        )
        cls.decision.document_id = cls.env["ir.attachment"].create(
            {
                "name": "refusal.pdf",
                "raw": f"%PDF {MARK}".encode(),
                "mimetype": "application/pdf",
                "res_model": "roadmap.proposal",
                "res_id": cls.proposal.id,
            }
        )

    @classmethod
    def _create_meeting(cls):
        start = fields.Datetime.now() + timedelta(days=3)
        cls.meeting = cls.env["roadmap.meeting"].create(
            {
                "name": f"Meeting {MARK}",
                "roadmap_id": cls.roadmap.id,
                "due_date": start.date(),
                "user_id": cls.user_csm.id,
            }
        )
        cls.meeting._book(start, start + timedelta(hours=1), cls.user_csm)
        cls.meeting.write({"minutes": f"<p>{MARK}</p>", "minutes_sent_on": start})

    @classmethod
    def _create_order(cls):
        product = cls.env["product.product"].create({"name": MARK, "list_price": 10})
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.client.id,
                "roadmap_id": cls.roadmap.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )
        cls.order.state = "sent"

    # ------------------------------------------------------------- who and what
    def enter(self, actor):
        users = {
            "stranger": self.portal_stranger,
            "contributor": self.portal_office,
            "decision_maker": self.portal_owner,
            "other": self.portal_other,
            "staff": self.user_csm,
        }
        user = users.get(actor)
        session = self.authenticate(user and user.login, user and user.login)
        if actor == "link":
            self.verify(session, self.links)

    def verify(self, session, links):
        session[VERIFIED] = {str(link.id): time.time() + 3600 for link in links}
        session[CANDIDATE] = links[:1].id
        http.root.session_store.save(session)

    def routes(self):
        """{(route, methods): endpoint} of this addon."""
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint
            if endpoint.func.__module__.startswith("odoo.addons.roadmap_msp."):
                found[rule.rule, methods_of(endpoint.routing)] = endpoint
        return found

    def url_of(self, route, **changed):
        url = route
        for name, value in {**self.ids, **changed}.items():
            for kind in ("int", "string"):
                url = url.replace(f"<{kind}:{name}>", str(value))
        self.assertNotIn("<", url, "An id of this route is not known to the test")
        return url

    def ask(self, route, endpoint, data=None, **changed):
        """(what came of it, text of the answer) of one request, undone afterwards."""
        savepoint = self.env.cr.savepoint()
        try:
            return self._ask(self.url_of(route, **changed), endpoint, data or {})
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _ask(self, url, endpoint, data):
        if endpoint.routing["type"] == "jsonrpc":
            body = {"jsonrpc": "2.0", "method": "call", "params": {**self.rpc_values(), **data}}
            headers = {"Content-Type": "application/json"}
            response = self.url_open(url, data=json.dumps(body), headers=headers)
            answer = response.json()
            if "error" in answer:
                return str(answer["error"]["code"]), response.text
            result = answer.get("result")
            # Odoo's own route of quotations answers with a redirection in words.
            good = isinstance(result, dict) and "error" not in result
            return "ok" if good else "refused", response.text
        if "POST" in (endpoint.routing.get("methods") or ()):
            values = {"csrf_token": http.Request.csrf_token(self), **data}
            response = self.url_open(url, data=values)
        else:
            response = self.url_open(url)
        if "/web/login" in response.url:
            return "login", response.text
        if response.status_code == 200 and response.url.rstrip("/").endswith("/my"):
            return "home", response.text
        return "ok" if response.status_code == 200 else str(response.status_code), response.text

    def rpc_values(self):
        """Values of the JSON routes, right for the first client."""
        return {
            "line_id": self.item.proposal_line_ids.id,
            "decision": "talk",
            "values": {self.q["AAA-6"].id: {"value": "x"}},
        }


@tagged("post_install", "-at_install")
class TestAccessRoutes(AccessRoutesCommon):
    def table(self):
        with file_open(TABLE) as handle:
            return {(row["route"], row["methods"]): row for row in csv.DictReader(handle)}

    def test_every_route_is_in_the_table(self):
        table = self.table()
        routes = self.routes()
        self.assertEqual(set(routes), set(table))
        for key, endpoint in routes.items():
            routing, row = endpoint.routing, table[key]
            self.assertEqual((routing["type"], routing["auth"]), (row["type"], row["auth"]), key)
            self.assertIs(routing.get("csrf", True), True, f"{key} takes forged forms")
            if not row["type"] == "jsonrpc" and "POST" not in key[1]:
                self.assertIn("GET", (*key[1].split(), "GET"))

    @mute_logger("odoo.http")
    def test_who_gets_what(self):
        table, routes, wrong = self.table(), self.routes(), []
        for actor in ACTORS:
            self.enter(actor)
            for (route, methods), endpoint in sorted(routes.items()):
                if "/roadmap/link" in route:
                    self.enter(actor)  # each leaves its traces in the session
                got, text = self.ask(route, endpoint)
                expected = table.get((route, methods), {}).get(actor)
                if got != expected:
                    wrong.append(f"{route}|{methods}|{actor}|{got}|{expected}")
                # Whoever has a personal link reads on its first screen what it is about.
                if got != "ok" or (actor in NOT_THEIRS and "/roadmap/link" not in route):
                    self.assertNotIn(MARK, text, f"{route} as {actor}")
                if endpoint.routing["type"] != "jsonrpc":
                    self.assertNotIn("Traceback", text, f"{route} as {actor}")
        self.assertFalse(wrong, "\n".join(["route|methods|actor|got|expected", *wrong]))

    @mute_logger("odoo.http")
    def test_documents_of_others_that_are_missing_or_absurd(self):
        """The same answer for each of them, for the most powerful contact of another client."""
        names = [name for name in self.ids if name.endswith("_id")]
        for actor in ("other", "decision_maker"):
            self.enter(actor)
            for (route, methods), endpoint in sorted(self.routes().items()):
                for name in (name for name in names if f":{name}>" in route):
                    for value in (MISSING, 0, 2**31, 10**30):
                        got, text = self.ask(route, endpoint, **{name: value})
                        self.assertIn(got, ("404", "home", "refused"), (route, methods, value))
                        self.assertNotIn(MARK, text)

    @mute_logger("odoo.http")
    def test_withdrawn_and_expired_links_open_nothing(self):
        table = self.table()
        day = fields.Datetime.now() - timedelta(days=1)
        for values in ({"withdrawn_on": day}, {"expires_on": day}):
            self.enter("link")
            with self.env.cr.savepoint() as savepoint:
                self.links.write(values)
                self.env.flush_all()
                for (route, methods), endpoint in sorted(self.routes().items()):
                    got, text = self._ask(self.url_of(route), endpoint, {})
                    anonymous = table[route, methods]["anonymous"]
                    opens = "/roadmap/link" in route
                    self.assertEqual(got, "404" if opens else anonymous, (route, values))
                    self.assertNotIn(MARK, text)
                savepoint.rollback()
            self.env.invalidate_all()

    @mute_logger("odoo.http")
    def test_link_of_another_client_or_purpose(self):
        """A link opens its own document only, for its own purpose only."""
        table, routes = self.table(), self.routes()
        foreign = self.env["roadmap.meeting"].create(
            {"name": "x", "roadmap_id": self.other_roadmap.id, "due_date": "2026-04-01"}
        )
        Link = self.env["roadmap.link"].with_user(self.user_manager)
        wrong = Link._issue(self.other_contact, "slot", foreign)
        # As an attacker in the team might bend it, were it not refused: another's document.
        bent = Link._issue(self.other_contact, "answer", self._create_run(self.other_roadmap))
        bent.sudo().res_id = self.assessment.id
        for links in (wrong, bent):
            self.verify(self.authenticate(None, None), links)
            for (route, methods), endpoint in sorted(routes.items()):
                if "/roadmap/link" in route:
                    continue
                got, text = self.ask(route, endpoint)
                self.assertEqual(got, table[route, methods]["anonymous"], route)
                self.assertNotIn(MARK, text)

    @mute_logger("odoo.http")
    def test_forged_children(self):
        """Ids of rows inside a document are checked against that document."""
        self.roadmap.stakeholder_ids.partner_id.flush_recordset()
        mine = self.item.copy({"roadmap_id": self.other_roadmap.id, "name": "Mine"})
        mine.line_ids.price_unit = 5
        mine.action_propose()
        own = mine.proposal_line_ids.proposal_id
        run = self._create_run(self.other_roadmap)
        run.action_send()
        self.enter("other")
        routes = {route: endpoint for (route, _methods), endpoint in self.routes().items()}
        base = "/my/roadmap/questionnaire/<int:assessment_id>"
        asked = [
            ("/my/roadmap/proposal/<int:proposal_id>/decide", {}, {"proposal_id": own.id}),
            (
                "/my/roadmap/proposal/<int:proposal_id>/refusal/<int:decision_id>",
                {},
                {"proposal_id": own.id},
            ),
            (f"{base}/file/<int:file_id>", {}, {"assessment_id": run.id}),
            (f"{base}/take_back", {"link_id": self.links[0].id}, {"assessment_id": run.id}),
            (f"{base}/upload", {"question_id": "²"}, {"assessment_id": run.id}),
            (f"{base}/take_back", {"link_id": "²"}, {"assessment_id": run.id}),
        ]
        for route, data, ids in asked:
            got, text = self.ask(route, routes[route], data, **ids)
            self.assertIn(got, ("404", "refused"), (route, data))
            self.assertNotIn(MARK, text)
        # Somebody else's contact cannot be chosen as a colleague; nor do strange ids break it.
        for partner in (self.contact_owner.id, 10**30, "²", "\x00"):
            got, text = self.ask(
                f"{base}/<string:code>/give",
                routes[f"{base}/<string:code>/give"],
                {"partner_id": str(partner)},
                assessment_id=run.id,
            )
            self.assertEqual(got, "ok", partner)
            self.assertNotIn(self.contact_owner.name, text)
        given = self.env["roadmap.link"].search(
            [
                ("res_model", "=", run._name),
                ("res_id", "=", run.id),
                ("partner_id", "=", self.contact_owner.id),
            ]
        )
        self.assertFalse(given)

    @mute_logger("odoo.http")
    def test_strange_values(self):
        """What no browser sends is refused in words, never with a server error."""
        self.enter("decision_maker")
        routes = {route: endpoint for (route, _methods), endpoint in self.routes().items()}
        decide = "/my/roadmap/proposal/<int:proposal_id>/decide"
        for data in (
            {"decision": ["talk"]},
            {"decision": {"a": 1}},
            {"decision": None},
            {"decision": "approved", "until": "2026-13-45"},
            {"decision": "deferred", "until": "9999999-01-01"},
            {"decision": "declined", "signature": "no image"},
            {"line_id": "1; DROP"},
            {"line_id": [1]},
        ):
            got, text = self.ask(decide, routes[decide], data)
            self.assertEqual(got, "refused", data)
        talk = {"decision": "talk", "reason": "a\x00b"}
        self.assertEqual(self.ask(decide, routes[decide], talk)[0], "ok")
        for url in (
            f"/my/roadmap/{self.roadmap.id}/assets?search=%00",
            f"/my/roadmap/{self.roadmap.id}/assets?show=%00&search=%25_%5C",
            f"/my/roadmap/{self.roadmap.id}/assets/page/{10**30}",
            f"/my/roadmap/{self.roadmap.id}/assets/page/0",
        ):
            self.assertEqual(self.url_open(url).status_code, 200, url)
        give = "/my/roadmap/questionnaire/<int:assessment_id>/<string:code>/give"
        for data in (
            {"name": "a\x00b", "email": "a@b.example.com"},
            {"name": "a", "email": "a@b.example.com", "note": "a\x00b"},
            {"name": "a", "email": "a\x00@b.example.com"},
        ):
            got, text = self.ask(give, routes[give], data)
            self.assertEqual(got, "ok", data)
        for token in ("%00", "x" * 5000, "../..", "²"):
            response = self.url_open(f"/roadmap/link/{token}")
            self.assertIn(response.status_code, (200, 404))
            self.assertNotIn("Traceback", response.text)

    def test_attachments_are_for_those_who_may_read_their_document(self):
        """Files of answers, signatures and refusals, by Odoo's own download addresses."""
        signature = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "roadmap.decision"),
                ("res_field", "=", "signature"),
                ("res_id", "=", self.decision.id),
            ]
        )
        self.assertTrue(signature)
        self.assertEqual(base64.b64decode(PIXEL), signature.raw)
        files = {
            "answer": f"/web/content/{self.file.id}",
            "signature": f"/web/content/{signature.id}",
            "signature_field": f"/web/content/roadmap.decision/{self.decision.id}/signature",
            "refusal": f"/web/content/{self.decision.document_id.id}",
        }
        opens = {
            "anonymous": set(),
            "stranger": set(),
            "contributor": set(),
            "decision_maker": set(),  # the refusal: by the page of its proposal
            "other": set(),
            "staff": set(files),
        }
        for actor, expected in opens.items():
            self.enter(actor)
            got = {
                name
                for name, url in files.items()
                if self.url_open(url, allow_redirects=False).status_code == 200
            }
            self.assertEqual(got, expected, actor)
