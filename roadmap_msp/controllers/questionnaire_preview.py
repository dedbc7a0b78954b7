import json

from odoo import http
from odoo.http import request

from .portal import Actor
from .questionnaire import RoadmapQuestionnairePortal

# Whom results are shown to, once they are published.
READERS = ("decision_maker", "finance")


class RoadmapQuestionnairePreview(RoadmapQuestionnairePortal):
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
        pages = questionnaire._preview_pages(length)
        values = {
            "page_name": "roadmap",
            "no_breadcrumbs": True,
            "questionnaire": questionnaire,
            "pages": pages,
            "spec": json.dumps(
                [self._browser_spec(question) for page in pages for question in page["questions"]]
            ),
            "msp_name": request.env.company.name,
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
    def results_preview(self, assessment_id, chosen="", reader=READERS[0], **_kw):
        """The results as the client sees them now, or would with the pages that are ticked.

        :param chosen: "1" where the form with the pages was sent; `page` then lists their codes
        :param reader: the role of who would look
        """
        run = self._staff_record("roadmap.assessment", assessment_id).sudo()
        user = request.env.user
        actor = Actor(user.partner_id.sudo(), request.env["roadmap.link"].sudo(), user.sudo())
        scored = run.section_ids.filtered(lambda page: page.is_scored or page.published_on)
        ticked = scored.filtered("published_on")
        if chosen:
            codes = set(request.httprequest.args.getlist("page"))
            ticked = scored.filtered(lambda page: page.code in codes)
        reader = reader if reader in READERS else READERS[0]
        roles = run.roadmap_id.stakeholder_ids._fields["role"]._description_selection(request.env)
        values = {
            "run": {"name": run.name, "published": run._portal_published({reader}, ticked)},
            "bands": dict(run._fields["band"]._description_selection(request.env)),
            "as_now": ticked == scored.filtered("published_on"),
            "reader": reader,
            "readers": [(key, name) for key, name in roles if key in READERS],
            "choices": [
                {
                    "code": page.code,
                    "name": page.name,
                    "ticked": page in ticked,
                    "published": bool(page.published_on),
                }
                for page in scored
            ],
        }
        return self._page(
            "roadmap_msp.portal_results_preview", run.roadmap_id, actor, "todo", **values
        )
