from odoo import http
from odoo.http import content_disposition, request

from ..models.client.roadmap_stakeholder import PLAN_ROLES
from .portal import RoadmapPortal, existing


class MeetingPortal(RoadmapPortal):
    """The client's page of a meeting: time, place, agenda, and the minutes once they were sent."""

    def _meeting(self, meeting_id):
        """`(meeting, actor)`; the plain not-found page where it is not the client's to see."""
        meeting, actor = self._document("roadmap.meeting", meeting_id, roles=PLAN_ROLES)
        if meeting.state == "cancelled":
            self._not_found()
        return meeting, actor

    @http.route(
        "/my/roadmap/meeting/<int:meeting_id>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_meeting(self, meeting_id, **_kw):
        """When and where we meet, what about, and what came of it."""
        meeting, actor = self._meeting(meeting_id)
        values = meeting._prepare_portal_values(actor.partner)
        may_choose = meeting._may_choose() and (not actor.link or actor.link.purpose == "slot")
        return self._page(
            "roadmap_msp.portal_meeting",
            meeting.roadmap_id,
            actor,
            "todo",
            meeting=values,
            may_choose=may_choose,
            may_confirm=not actor.link or actor.link.purpose == "acknowledge",
        )

    @http.route(
        "/my/roadmap/meeting/<int:meeting_id>/calendar",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_meeting_calendar(self, meeting_id, **_kw):
        """The appointment as a file for the contact's own calendar."""
        meeting, _actor = self._meeting(meeting_id)
        event = meeting.event_id
        content = event and event._get_ics_file().get(event.id)
        if meeting.state != "booked" or not content:
            self._not_found()
        return self._download(content, "text/calendar", "meeting.ics")

    @http.route(
        "/my/roadmap/meeting/<int:meeting_id>/minutes", type="http", auth="public", website=True
    )
    def portal_meeting_minutes(self, meeting_id, **_kw):
        """The minutes as PDF, once they were sent."""
        meeting, _actor = self._meeting(meeting_id)
        if not meeting.minutes_sent_on:
            self._not_found()
        report = request.env["ir.actions.report"].sudo()
        content, _type = report._render_qweb_pdf("roadmap_msp.action_report_minutes", meeting.ids)
        return self._download(content, "application/pdf", "minutes.pdf")

    @http.route(
        "/roadmap/meeting/<int:meeting_id>/preview",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def preview_meeting(self, meeting_id, **_kw):
        """For staff: the page as the client reads it, without its buttons."""
        meeting = existing("roadmap.meeting", meeting_id).sudo(False)
        allowed = request.env.user.has_group("roadmap_msp.group_roadmap_user")
        if not allowed or not meeting.has_access("read") or meeting.state == "cancelled":
            self._not_found()
        layout = {
            "page_name": "roadmap",
            "no_breadcrumbs": True,
            "doors": [],
            "roadmap_title": meeting.roadmap_id.sudo()._portal_title(),
            "is_preview": True,
        }
        values = meeting.sudo()._prepare_portal_values()
        return request.render("roadmap_msp.portal_meeting", {**layout, "meeting": values})

    def _download(self, content, mimetype, name):
        headers = [("Content-Type", mimetype), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
