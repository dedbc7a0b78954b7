from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .questionnaire import BASE, RoadmapQuestionnairePortal


class RoadmapQuestionnaireGive(RoadmapQuestionnairePortal):
    """A contact gives a page to a colleague, who needs no account, and takes it back."""

    @http.route(
        f"{BASE}/<string:code>/give", type="http", auth="public", website=True, methods=["POST"]
    )
    def questionnaire_give(self, assessment_id, code, **post):
        """Prepare a personal link and its mail; the MSP releases it."""
        run, actor, roles, page = self._run_page(assessment_id, code)
        if not self._may_give(run, actor):
            self._not_found()
        partner_id = post.get("partner_id", "")
        # Only people with a login see the list of colleagues, so only they choose from it.
        chosen = int(partner_id) if actor.user and partner_id.isdigit() else None
        try:
            with request.env.cr.savepoint():
                run._give_page(
                    page,
                    actor.partner,
                    partner_id=chosen,
                    name=post.get("name", ""),
                    email=post.get("email", ""),
                    note=post.get("note", ""),
                )
        except UserError as error:
            extra = {"give_error": str(error), "give_form": post}
            return self._question_page(run, actor, roles, page, **extra)
        return request.redirect(f"/my/roadmap/questionnaire/{run.id}/{page.code}#given")

    @http.route(f"{BASE}/take_back", type="http", auth="public", website=True, methods=["POST"])
    def questionnaire_take_back(self, assessment_id, link_id="", **_kw):
        """Withdraw a link that this person (or, for a decision maker, a colleague) gave."""
        run, actor, roles = self._run(assessment_id)
        given = {row["link_id"] for row in run._given_pages(actor.partner, roles) if row["open"]}
        if not link_id.isdigit() or int(link_id) not in given:
            self._not_found()
        run._take_back(request.env["roadmap.link"].sudo().browse(int(link_id)))
        return request.redirect(f"/my/roadmap/questionnaire/{run.id}")
