"""Requests that no browser makes: forged ids, strange values, files of others."""

import base64

from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_routes_common import MARK, AccessRoutesCommon
from .common import PIXEL


@tagged("post_install", "-at_install")
class TestAccessRequests(AccessRoutesCommon):
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
