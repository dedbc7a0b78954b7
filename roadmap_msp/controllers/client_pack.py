from odoo import http
from odoo.http import request

from .portal import RoadmapPortal


class RoadmapPortalPack(RoadmapPortal):
    """What we hold on a client, as one file for its decision makers."""

    @http.route(
        "/my/roadmap/<int:roadmap_id>/everything",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_everything(self, roadmap_id, **_kw):
        """The pack with everything that belongs to the client; making it leaves a note."""
        roadmap, actor = self._document(
            "roadmap.roadmap", roadmap_id, roles=frozenset({"decision_maker"})
        )
        pack = roadmap._client_pack(actor.partner)
        return request.env["ir.binary"]._get_stream_from(pack).get_response(as_attachment=True)
