from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.client.picture import is_picture
from ..models.client.roadmap_stakeholder import PLAN_ROLES
from .portal import RoadmapPortal, existing, plain_text

# What the page may send; everything else is dropped.
ANSWER_FIELDS = ("reason", "until", "signature", "signed_by")
MAX_TEXT = 1000
MAX_SIGNATURE = 2_000_000


def _ids(value):
    """The record ids in what a page sent; anything else is dropped."""
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, int) and not isinstance(row, bool)]


def signature_problem(signature):
    """Why this drawing proves nothing, in words for the client; None if it is a picture."""
    if len(signature) > MAX_SIGNATURE:
        return request.env._("This signature is too large. Please draw it again.")
    if not is_picture(signature):
        return request.env._("This signature cannot be read. Please draw it again.")
    return None


class RoadmapPlanPortal(RoadmapPortal):
    """The client's second door: the plan, and the answers to it."""

    @http.route(
        "/my/roadmap/<int:roadmap_id>/plan", type="http", auth="user", website=True, readonly=True
    )
    def portal_plan(self, roadmap_id, **_kw):
        """The plan of the year in one page, from what was proposed; items are never read."""
        roadmap, actor = self._document("roadmap.roadmap", roadmap_id, roles=PLAN_ROLES)
        values = roadmap._prepare_plan_values(actor.partner, actor.roles_on(roadmap))
        return self._page("roadmap_msp.portal_plan", roadmap, actor, "plan", **values)

    @http.route("/my/roadmap/proposal/<int:proposal_id>", type="http", auth="public", website=True)
    def portal_proposal(self, proposal_id, **_kw):
        """One proposal, for a login or for the holder of a personal link."""
        proposal, actor = self._open_proposal(proposal_id)
        roadmap = proposal.roadmap_id
        values = proposal._prepare_portal_values(actor.partner, actor.roles_on(roadmap))
        return self._page("roadmap_msp.portal_proposal", roadmap, actor, "plan", **values)

    @http.route(
        "/my/roadmap/proposal/<int:proposal_id>/decide",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_decide(self, proposal_id, line_id=None, decision=None, line_ids=None, **answer):
        """Store one answer, to one point or to all of `line_ids` or to none of them.

        Returns `{"ok": True}` or `{"error": words for the client}`.
        """
        proposal, actor = self._open_proposal(proposal_id)
        wanted = set(_ids([line_id] if line_ids is None else line_ids))
        lines = proposal.line_ids.filtered(lambda row: row.id in wanted)
        if not wanted or len(lines) != len(wanted) or not isinstance(decision, str):
            return {"error": request.env._("This point is no longer open. Reload the page.")}
        values = {
            name: plain_text(answer[name])
            for name in ANSWER_FIELDS
            if isinstance(answer.get(name), str)
        }
        problem = values.get("signature") and signature_problem(values["signature"])
        if problem:
            return {"error": problem}
        for name in ("reason", "signed_by"):
            values[name] = values.get(name, "")[:MAX_TEXT]
        values["options"] = _ids(answer.get("options"))
        who = actor.link or actor.user
        try:
            with request.env.cr.savepoint():
                if line_ids is None:
                    proposal._decide(lines, decision, who, **values)
                else:
                    proposal._decide_several(lines, decision, who, **values)
        except (UserError, ValueError) as error:
            return {"error": self._words(error)}
        return {"ok": True}

    @http.route(
        "/my/roadmap/proposal/<int:proposal_id>/refusal/<int:decision_id>",
        type="http",
        auth="public",
        website=True,
    )
    def portal_refusal(self, proposal_id, decision_id, **_kw):
        """The PDF of a signed refusal."""
        proposal, _actor = self._open_proposal(proposal_id)
        decision = proposal.line_ids.decision_ids.filtered(lambda row: row.id == decision_id)
        if not decision.content_hash:
            self._not_found()
        content = decision.document_id.raw or decision._render_document()
        return self._pdf(content, decision._document_name())

    @http.route(
        "/my/roadmap/proposal/<int:proposal_id>/pdf", type="http", auth="public", website=True
    )
    def portal_proposal_pdf(self, proposal_id, **_kw):
        """The proposal on paper, with the decisions taken so far; for whoever opens its page."""
        proposal, _actor = self._open_proposal(proposal_id)
        return self._pdf(proposal._render_document(), proposal._document_name())

    @http.route(
        "/roadmap/proposal/<int:proposal_id>/preview", type="http", auth="user", website=True
    )
    def preview_proposal(self, proposal_id, **_kw):
        """For staff: the page as a decision maker reads it, without the buttons of a signer."""
        proposal = existing("roadmap.proposal", proposal_id).sudo(False)
        if not request.env.user._is_internal() or not proposal.has_access("read"):
            self._not_found()
        values = proposal.sudo()._prepare_portal_values(
            request.env.user.partner_id, {"decision_maker"}
        )
        layout = {
            "page_name": "roadmap",
            "no_breadcrumbs": True,
            "doors": [],
            "roadmap_title": proposal.roadmap_id.sudo()._portal_title(),
            "pdf_url": "",
        }
        return request.render("roadmap_msp.portal_proposal", {**values, **layout})

    def _open_proposal(self, proposal_id):
        """The proposal and who looks; withdrawn or never shown is not found, also by link."""
        proposal, actor = self._document(
            "roadmap.proposal", proposal_id, purpose="decide", roles=PLAN_ROLES
        )
        if proposal.withdrawn_on or not proposal.proposed_on:
            self._not_found()
        return proposal, actor

    def _pdf(self, content, name):
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", http.content_disposition(name)),
        ]
        return request.make_response(content, headers)

    def _words(self, error):
        if isinstance(error, UserError):
            return str(error)
        return request.env._("Something in this answer is not valid. Please check the date.")
