from odoo import http
from odoo.http import request

from .portal import Actor, RoadmapPortal


class RoadmapQuestionnairePreview(RoadmapPortal):
    """What a client would see, for our own people; nothing can be stored here."""

    def _staff_record(self, model, record_id):
        """The record, for our own users who may read it; else the not-found page."""
        record = request.env[model].browse(record_id)
        user = request.env.user
        allowed = user.has_group("roadmap_msp.group_roadmap_user")
        if not allowed or not record.exists() or not record.has_access("read"):
            self._not_found()
        return record

    @http.route(
        "/roadmap/questionnaire/<int:questionnaire_id>/preview",
        type="http", auth="user", website=True, methods=["GET"], readonly=True,
    )  # fmt: skip
    def questionnaire_preview(self, questionnaire_id, length="full", **_kw):
        """A version of a questionnaire, all pages below each other."""
        questionnaire = self._staff_record("roadmap.questionnaire", questionnaire_id)
        lengths = request.env["roadmap.question"]._fields["length"]
        lengths = lengths._description_selection(request.env)
        if length not in dict(lengths):
            length = "full"
        values = {
            "page_name": "roadmap",
            "no_breadcrumbs": True,
            "questionnaire": questionnaire,
            "pages": questionnaire._preview_pages(length),
            "length": length,
            "lengths": lengths,
            "assessment_id": 0,
            "results": {},
            "ask_error": {},
            "owner_page": False,
            "may_give": False,
        }
        return request.render("roadmap_msp.portal_questionnaire_preview", values)

    @http.route(
        "/roadmap/assessment/<int:assessment_id>/results",
        type="http", auth="user", website=True, methods=["GET"], readonly=True,
    )  # fmt: skip
    def results_preview(self, assessment_id, **_kw):
        """The results as the decision maker would see them with every page published."""
        run = self._staff_record("roadmap.assessment", assessment_id).sudo()
        user = request.env.user
        actor = Actor(user.partner_id.sudo(), request.env["roadmap.link"].sudo(), user.sudo())
        values = {
            "run": {
                "name": run.name,
                "published": run._portal_published(
                    run.section_ids, {"decision_maker"}, preview=True
                ),
            },
            "bands": dict(run._fields["band"]._description_selection(request.env)),
        }
        return self._page(
            "roadmap_msp.portal_results_preview", run.roadmap_id, actor, "todo", **values
        )
