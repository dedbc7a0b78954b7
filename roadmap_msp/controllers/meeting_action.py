from odoo import http
from odoo.http import request

from ..models.client.roadmap_stakeholder import PLAN_ROLES
from .portal import RoadmapPortal, existing, plain_text


class MeetingActionPortal(RoadmapPortal):
    """What the client does after a meeting: tick its promises, confirm the minutes."""

    @http.route(
        "/my/roadmap/<int:roadmap_id>/actions",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_actions(self, roadmap_id, **_kw):
        """What both sides promised."""
        roadmap, actor = self._document("roadmap.roadmap", roadmap_id)
        roles = actor.roles_on(roadmap)
        values = roadmap._prepare_actions_values(actor.partner, roles)
        return self._page("roadmap_msp.portal_actions", roadmap, actor, "todo", **values)

    @http.route(
        "/my/roadmap/<int:roadmap_id>/actions/<int:action_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_action_tick(self, roadmap_id, action_id, done="1", result="", **_kw):
        """Done, or not yet after all."""
        roadmap, actor = self._document("roadmap.roadmap", roadmap_id)
        action = existing("roadmap.action", action_id)
        roles = actor.roles_on(roadmap)
        ticked = (
            action
            and action.roadmap_id == roadmap
            and action._tick(actor.partner, roles, done=done == "1", result=plain_text(result))
        )
        if not ticked:
            self._not_found()
        return request.redirect(f"/my/roadmap/{roadmap.id}/actions")

    @http.route(
        "/my/roadmap/meeting/<int:meeting_id>/confirm",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_minutes_confirm(self, meeting_id, **_kw):
        """The minutes were read and are right."""
        meeting, actor = self._document(
            "roadmap.meeting", meeting_id, purpose="acknowledge", roles=PLAN_ROLES
        )
        if not meeting._acknowledge(actor.partner):
            self._not_found()
        return request.redirect(f"/my/roadmap/meeting/{meeting.id}")
