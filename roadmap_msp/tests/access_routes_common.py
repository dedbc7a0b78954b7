"""A client with one of every document that a route opens, and visitors of every kind."""

import json
import time
from datetime import timedelta

from odoo import fields, http
from odoo.tests import HttpCase

from ..controllers.link import CANDIDATE
from ..controllers.portal import VERIFIED
from .common import PIXEL
from .questionnaire_common import QuestionnaireCommon

MARK = "Xylophone"  # stands in everything of the first client, and nowhere else


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
        answer.with_user(cls.user_vcio).message_post(
            body=MARK,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=cls.file.ids,
        )
        cls.question = answer.question_id
        cls._create_plan()
        cls._create_meeting()
        cls._create_budget()
        cls.asset = cls.env["roadmap.asset"].create(
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
            | Link._issue(cls.contact_owner, "decide", cls.budget)
        )
        cls.token = cls.links[0]._mint_token()
        cls.ids = {
            "roadmap_id": cls.roadmap.id,
            "assessment_id": cls.assessment.id,
            "questionnaire_id": cls.assessment.questionnaire_id.id,
            "proposal_id": cls.proposal.id,
            "decision_id": cls.decision.id,
            "meeting_id": cls.meeting.id,
            "action_id": cls.action.id,
            "order_id": cls.order.id,
            "budget_id": cls.budget.id,
            "book_id": cls.book.id,
            "asset_id": cls.asset.id,
            "file_id": cls.file.id,
            "question_id": cls.question.id,
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
        cls.action = cls.env["roadmap.action"].create(
            {
                "name": MARK,
                "meeting_id": cls.meeting.id,
                "side": "client",
                "partner_id": cls.contact_owner.id,
                "due_date": start.date(),
            }
        )

    @classmethod
    def _create_budget(cls):
        cls.budget = cls.env["roadmap.budget"]._make(cls.roadmap)
        cls.budget.write(
            {"note": MARK, "line_ids": [(0, 0, {"name": MARK, "amount": 5, "fiscal_year": 0})]}
        )
        cls.budget.action_propose()
        cls.budget.document_id = cls.env["ir.attachment"].create(
            {"name": "b.pdf", "raw": f"%PDF {MARK}".encode(), "mimetype": "application/pdf"}
        )
        cls.book = cls.env["roadmap.book"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "partner_ids": cls.contact_owner.ids,
                "made_on": fields.Datetime.now(),
                "document_id": cls.budget.document_id.id,
            }
        )

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
            "code": "AAA",
            "question_id": self.q["AAA-6"].id,
            "text": "Who knows?",
            "name": "Olive Owner",
            "signature": PIXEL,
            "values": {self.q["AAA-6"].id: {"value": "x"}},
        }
