from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from .portal import plain_id
from .questionnaire import ANSWERS_LIMIT, BASE
from .questionnaire_files import RoadmapQuestionnaireFiles


class RoadmapQuestionnaireTalk(RoadmapQuestionnaireFiles):
    """Who else is on a page, what they answered meanwhile, and the talk about a question."""

    @http.route(f"{BASE}/news", type="jsonrpc", auth="public", website=True)
    def questionnaire_news(self, assessment_id, code="", versions=None, **_kw):
        """Sent by an open page now and then: note that the person is there, tell what is new."""
        run, actor, roles, scope, page = self._run_page(assessment_id, code)
        if not isinstance(versions, dict) or len(versions) > ANSWERS_LIMIT:
            versions = {}
        news = run._page_news(page, actor.partner, roles, scope, versions)
        return {**news, "now": fields.Datetime.to_string(fields.Datetime.now())}

    @http.route(f"{BASE}/ask", type="jsonrpc", auth="public", website=True)
    def questionnaire_ask(self, assessment_id, question_id=None, text="", **_kw):
        """Write to the provider about one question."""
        run, actor, roles = self._run(assessment_id)
        question = self._page_question(run, actor, roles, plain_id(question_id) or 0)
        answer = request.env["roadmap.answer"].sudo().browse(question["answer_id"])
        try:
            message = answer._post_from_client(actor.partner, text if isinstance(text, str) else "")
        except UserError as error:
            return {"error": str(error)}
        return {
            "message": {
                **message,
                "body": str(message["body"]),
                "date": fields.Datetime.to_string(message["date"]),
            },
        }
