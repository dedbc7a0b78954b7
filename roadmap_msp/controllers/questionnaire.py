import json

from odoo import fields, http
from odoo.http import request

from .portal import MAX_ID, RoadmapPortal

ASSESSMENT = "roadmap.assessment"
BASE = "/my/roadmap/questionnaire/<int:assessment_id>"
# A page of answers is a few kilobytes; more is a mistake or an attack.
BODY_LIMIT = 4 * 1024 * 1024
ANSWERS_LIMIT = 400
# What the browser learns of a stored answer; scores stay with the MSP until they are published.
RESULT_KEYS = ("version", "error", "conflict")
NEXT_STEP_DAYS = 7
# All that an autosave reads of the run.
SAVE_FIELDS = ("roadmap_id", "questionnaire_id", "state")


class RoadmapQuestionnairePortal(RoadmapPortal):
    """The client's questionnaire: where we stand, one page at a time, autosave, submit."""

    # -------------------------------------------------------------- documents
    def _run(self, assessment_id, names=None):
        """`(run, actor, roles)` of a run that was sent; else the not-found page."""
        run, actor = self._document(ASSESSMENT, assessment_id, purpose="answer", names=names)
        if run.state in ("draft", "cancelled"):
            self._not_found()
        return run, actor, actor.roles_on(run.roadmap_id)

    def _run_page(self, assessment_id, code):
        """`(run, actor, roles, scope, page)`: a page that this person may answer."""
        run, actor, roles = self._run(assessment_id)
        scope = run._portal_scope(actor.partner, roles, actor.link)
        page = scope.pages.filtered(lambda row: row.code == code)
        if not page:
            self._not_found()
        return run, actor, roles, scope, page

    # ------------------------------------------------------------------ pages
    @http.route(BASE, type="http", auth="public", website=True, readonly=True)
    def questionnaire(self, assessment_id, **_kw):
        """Where we stand."""
        run, actor, roles = self._run(assessment_id)
        return self._overview(run, actor, roles)

    def _overview(self, run, actor, roles, **extra):
        shown = run._prepare_portal_values(actor.partner, roles, actor.link)
        values = {
            "run": shown,
            "given": shown["given"],
            "missing": [],
            "bands": self._bands(),
            **extra,
        }
        return self._page(
            "roadmap_msp.portal_questionnaire", run.roadmap_id, actor, "todo", **values
        )

    def _bands(self):
        bands = request.env[ASSESSMENT]._fields["band"]._description_selection(request.env)
        return dict(bands)

    @http.route(
        f"{BASE}/<string:code>", type="http", auth="public", website=True, methods=["GET"],
        readonly=True,
    )  # fmt: skip
    def questionnaire_page(self, assessment_id, code, **kw):
        """One page of questions."""
        run, actor, roles, scope, page = self._run_page(assessment_id, code)
        extra = {"saved": "saved" in kw, "asked": "asked" in kw, "give_question": kw.get("give")}
        return self._question_page(run, actor, roles, scope, page, **extra)

    @http.route(
        f"{BASE}/<string:code>/next", type="http", auth="public", website=True, methods=["GET"],
        readonly=True,
    )  # fmt: skip
    def questionnaire_next(self, assessment_id, code, **_kw):
        """On to the next page of one's part; found now, as answers show and hide pages."""
        return request.redirect(self._step_url(1, *self._run_page(assessment_id, code)))

    @http.route(
        f"{BASE}/<string:code>/back", type="http", auth="public", website=True, methods=["GET"],
        readonly=True,
    )  # fmt: skip
    def questionnaire_back(self, assessment_id, code, **_kw):
        """Back to the page before."""
        return request.redirect(self._step_url(-1, *self._run_page(assessment_id, code)))

    def _step_url(self, step, run, actor, roles, scope, page):
        target = run._portal_step(page, scope, actor.partner, roles, actor.link, step)
        base = f"/my/roadmap/questionnaire/{run.id}"
        return f"{base}/{target.code}" if target else base

    def _question_page(self, run, actor, roles, scope, page, results=None, **extra):
        given = run._given_links()
        way = run._portal_way(page, scope, actor.partner, roles, actor.link, given)
        values = run._page_values(page, actor.partner, roles, link=actor.link, scope=scope)
        questions = values["questions"]
        owner_page = all(question["owner_only"] for question in questions)
        # Nobody to whom it could be given may read a page for decision makers.
        may_give = self._may_give(run, actor) and not owner_page and values["whole"]
        values.update(
            {
                "assessment_id": run.id,
                "person": actor.partner.id,
                "run_name": run.name,
                "results": results or {},
                "ask_error": {},
                "spec": json.dumps([self._browser_spec(question) for question in questions]),
                "carried": sum(self._to_confirm(question) for question in questions),
                "place": way.ids.index(page.id) + 1,
                "pages": len(way),
                "owner_page": owner_page,
                "decimal": self._decimal_point(),
                "may_give": may_give,
                "colleagues": run._portal_colleagues(actor.partner) if actor.user else [],
                "given": [
                    row
                    for row in run._given_pages(actor.partner, roles, given)
                    if row["code"] == page.code
                ],
                **extra,
            }
        )
        template = "roadmap_msp.portal_questionnaire_page"
        return self._page(template, run.roadmap_id, actor, "todo", **values)

    @staticmethod
    def _to_confirm(question):
        """Whether the person sees an answer that they did not give themselves this time."""
        unconfirmed = question["source"] in ("carried", "prefilled")
        return unconfirmed and question["editable"] and question["visible"]

    @staticmethod
    def _decimal_point():
        """How the page's language writes what comes after the whole number."""
        return request.env["res.lang"]._get_data(code=request.env.lang).decimal_point or "."

    def _may_give(self, run, actor):
        """Pages are given on by the client's own people, not by those who were given one."""
        own = actor.link.sender_id.commercial_partner_id == run.roadmap_id.partner_id
        return run.state in ("sent", "in_progress") and not own

    @staticmethod
    def _browser_spec(question):
        """What the page's script must know of a question."""
        return {
            "id": question["id"],
            "type": question["type"],
            "condition": question["condition"],
            "version": question["version"],
            "required": question["required"] and not question["provider"],
            "choices": [
                {"id": row["id"], "special": row["special"], "exclusive": row["exclusive"]}
                for row in question["choices"]
            ],
        }

    # ----------------------------------------------------------------- saving
    # Not a route of the website, which would look up its languages at each save.
    @http.route(f"{BASE}/save", type="jsonrpc", auth="public")
    def questionnaire_save(self, assessment_id, values=None, **_kw):
        """Autosave: store what changed; per question its new version, an error or a conflict."""
        self._speak_as_the_page()
        run, partner, scope = self._run_to_save(assessment_id)
        too_much = (request.httprequest.content_length or 0) > BODY_LIMIT
        if not isinstance(values, dict) or too_much or len(values) > ANSWERS_LIMIT:
            return {"error": request.env._("This is too much at once. Reload the page.")}
        return self._store(run, partner, scope, values)

    def _run_to_save(self, assessment_id):
        """`(run, contact, scope)` of an autosave: the short way for most, else as everywhere."""
        user = request.env.user
        if not 0 < assessment_id <= MAX_ID:
            self._not_found()
        run = request.env[ASSESSMENT].sudo().browse(assessment_id)
        links = self._verified_links()
        opened = None
        outside = user._is_portal()
        if outside:
            opened = run._open_for_login(user)
        if not opened and links and (outside or user._is_public()):
            opened = run._open_for_links(links)
        if opened:
            return run, *opened
        run, actor, roles = self._run(assessment_id, SAVE_FIELDS)
        return run, actor.partner, run._portal_scope(actor.partner, roles, actor.link)

    def _speak_as_the_page(self):
        """Messages come in the language of the page from which the answer was sent."""
        lang = request.env["ir.http"].get_nearest_lang(request.cookies.get("frontend_lang"))
        if lang:
            request.update_context(lang=lang)

    def _save(self, run, actor, roles, values):
        scope = run._portal_scope(actor.partner, roles, actor.link)
        return self._store(run, actor.partner, scope, values)

    def _store(self, run, partner, scope, values):
        results = run._save_answers(values, respondent=partner, source="client", allowed=scope)
        now = fields.Datetime.to_string(fields.Datetime.now())
        return {
            key: {**row, "saved_on": now}
            if key == "_page"
            else {name: row[name] for name in RESULT_KEYS}
            for key, row in results.items()
        }

    # ----------------------------------------------------------------- submit
    @http.route(f"{BASE}/submit", type="http", auth="public", website=True, methods=["POST"])
    def questionnaire_submit(self, assessment_id, anyway=None, **_kw):
        """Submit for the client; what is missing is listed first."""
        run, actor, roles = self._run(assessment_id)
        values = run._prepare_portal_values(actor.partner, roles, actor.link)
        if not values["may_submit"]:
            return request.redirect(f"/my/roadmap/questionnaire/{run.id}")
        missing = run._submit(actor.partner, force=bool(anyway))
        if run.state in ("sent", "in_progress"):
            return self._overview(run, actor, roles, missing=missing)
        return request.redirect(f"/my/roadmap/questionnaire/{run.id}/thanks")

    @http.route(f"{BASE}/thanks", type="http", auth="public", website=True, readonly=True)
    def questionnaire_thanks(self, assessment_id, **_kw):
        """What happens next, by when and by whom."""
        run, actor, roles = self._run(assessment_id)
        if not run.submitted_on:
            return request.redirect(f"/my/roadmap/questionnaire/{run.id}")
        user = run._responsible()
        return self._page(
            "roadmap_msp.portal_questionnaire_thanks",
            run.roadmap_id,
            actor,
            "todo",
            run_id=run.id,
            responsible=user.name,
            meeting=run.roadmap_id._portal_next_meeting(actor.partner, roles),
            days=NEXT_STEP_DAYS,
        )
