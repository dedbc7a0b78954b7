from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .plan import RoadmapPlanPortal


class RoadmapPlanQuotePortal(RoadmapPlanPortal):
    """ "Please quote this" on a point of the plan."""

    @http.route(
        "/my/roadmap/proposal/<int:proposal_id>/quote",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_ask_quote(self, proposal_id, line_id=None, **_kw):
        """Queue the point for a quotation. Returns `{"ok": True}` or `{"error": words}`."""
        proposal, actor = self._open_proposal(proposal_id)
        line = proposal.line_ids.filtered(lambda row: row.id == line_id)
        if not line:
            return {"error": request.env._("This point is no longer open. Reload the page.")}
        try:
            with request.env.cr.savepoint():
                proposal._ask_quote(line, actor.partner)
        except UserError as error:
            return {"error": str(error)}
        return {"ok": True}
