import json

from odoo import http
from odoo.http import request

from .portal import Actor
from .questionnaire import RoadmapQuestionnairePortal

# Whom results are shown to, once they are published.
READERS = ("decision_maker", "finance")
# As whom a questionnaire is looked at: only decision makers are asked everything.
RESPONDENTS = ("decision_maker", "contributor")


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

    @staticmethod
    def _role_names(roles):
        """`(role, its name)` of these roles of a client's contacts."""
        names = request.env["roadmap.stakeholder"]._fields["role"]
        names = names._description_selection(request.env)
        return [(key, name) for key, name in names if key in roles]

    @http.route(
        "/roadmap/questionnaire/<int:questionnaire_id>/preview",
        type="http", auth="user", website=True, methods=["GET"], readonly=True,
    )  # fmt: skip
    def questionnaire_preview(
        self, questionnaire_id, length="full", reader=RESPONDENTS[0], client="", **_kw
    ):
        """A version of a questionnaire, all pages below each other.

        :param reader: the role of who would answer
        :param client: "prospect" for a client without a contract, anything else for one with
        """
        questionnaire = self._staff_record("roadmap.questionnaire", questionnaire_id)
        lengths = request.env["roadmap.question"]._fields["length"]
        lengths = lengths._description_selection(request.env)
        if length not in dict(lengths):
            length = "full"
        reader = reader if reader in RESPONDENTS else RESPONDENTS[0]
        prospect = client == "prospect"
        pages = questionnaire._preview_pages(length, reader, prospect)
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
            "reader": reader,
            "readers": self._role_names(RESPONDENTS),
            "prospect": prospect,
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
        values = {
            "run": {"name": run.name, "published": run._portal_published({reader}, ticked)},
            "bands": dict(run._fields["band"]._description_selection(request.env)),
            "as_now": ticked == scored.filtered("published_on"),
            "reader": reader,
            "readers": self._role_names(READERS),
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
