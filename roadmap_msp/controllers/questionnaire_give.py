from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal import plain_id, plain_text
from .questionnaire import BASE, RoadmapQuestionnairePortal


class RoadmapQuestionnaireGive(RoadmapQuestionnairePortal):
    """A contact gives a page to a colleague, who needs no account, and takes it back."""

    @http.route(
        f"{BASE}/<string:code>/give", type="http", auth="public", website=True, methods=["POST"]
    )
    def questionnaire_give(self, assessment_id, code, **post):
        """Prepare a personal link and its mail; the MSP releases it."""
        run, actor, roles, scope, page = self._run_page(assessment_id, code)
        if not self._may_give(run, actor):
            self._not_found()
        partner_id = plain_id(post.get("partner_id"))
        texts = {key: plain_text(post.get(key)) for key in ("name", "email", "note")}
        # Only people with a login see the list of colleagues, so only they choose from it.
        chosen = partner_id if actor.user else None
        question = self._given_question(run, actor, roles, scope, page, post.get("question_id"))
        try:
            with request.env.cr.savepoint():
                run._give_page(page, actor.partner, partner_id=chosen, question=question, **texts)
        except UserError as error:
            extra = {
                "give_error": str(error),
                "give_form": post,
                "give_question": post.get("question_id"),
            }
            return self._question_page(run, actor, roles, scope, page, **extra)
        return request.redirect(f"/my/roadmap/questionnaire/{run.id}/{page.code}#given")

    def _given_question(self, run, actor, roles, scope, page, question_id):
        """The single question of the page that is given, if not the whole page is."""
        if not question_id:
            return None
        key = plain_id(question_id)
        values = run._page_values(page, actor.partner, roles, scope=scope)
        if key not in {row["id"] for row in values["questions"]}:
            self._not_found()
        return request.env["roadmap.question"].sudo().browse(key)

    @http.route(f"{BASE}/take_back", type="http", auth="public", website=True, methods=["POST"])
    def questionnaire_take_back(self, assessment_id, link_id="", **_kw):
        """Withdraw a link that this person (or, for a decision maker, a colleague) gave."""
        run, actor, roles = self._run(assessment_id)
        given = {row["link_id"] for row in run._given_pages(actor.partner, roles) if row["open"]}
        key = plain_id(link_id)
        if key not in given:
            self._not_found()
        run._take_back(request.env["roadmap.link"].sudo().browse(key))
        return request.redirect(f"/my/roadmap/questionnaire/{run.id}")
