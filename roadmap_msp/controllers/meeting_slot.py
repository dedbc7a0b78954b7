from datetime import date

import pytz

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.client.roadmap_stakeholder import PLAN_ROLES
from .portal import RoadmapPortal, plain_text

#: A reason longer than this is cut.
MAX_REASON = 200


class MeetingSlotPortal(RoadmapPortal):
    """The client chooses or changes the time of a meeting."""

    def _meeting_to_choose(self, meeting_id):
        meeting, actor = self._document(
            "roadmap.meeting", meeting_id, purpose="slot", roles=PLAN_ROLES
        )
        if meeting.state == "cancelled":
            self._not_found()
        return meeting, actor

    @http.route(
        "/my/roadmap/meeting/<int:meeting_id>/times",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_meeting_times(self, meeting_id, week=None, **_kw):
        """Our free times, a week at a time."""
        return self._times(*self._meeting_to_choose(meeting_id), week)

    @http.route(
        "/my/roadmap/meeting/<int:meeting_id>/times/book",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_meeting_book(self, meeting_id, start=None, reason=None, week=None, **_kw):
        """Take the chosen time; whatever stands in the way is said above the times."""
        meeting, actor = self._meeting_to_choose(meeting_id)
        try:
            moment = fields.Datetime.to_datetime(start)
        except (TypeError, ValueError):
            moment = None
        if not moment:
            problem = request.env._("Please choose one of the times.")
            return self._times(meeting, actor, week, problem)
        try:
            with request.env.cr.savepoint():
                meeting._choose_slot(moment, actor.partner, plain_text(reason, MAX_REASON))
        except UserError as error:
            request.env.invalidate_all()
            return self._times(meeting, actor, week, str(error), reason)
        return request.redirect(f"/my/roadmap/meeting/{meeting.id}")

    @http.route(
        "/my/roadmap/meeting/<int:meeting_id>/times/cancel",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_meeting_give_up(self, meeting_id, reason=None, **_kw):
        """No time suits any more: we look for another one together."""
        meeting, actor = self._meeting_to_choose(meeting_id)
        try:
            with request.env.cr.savepoint():
                meeting._give_up_time(actor.partner, plain_text(reason, MAX_REASON))
        except UserError as error:
            request.env.invalidate_all()
            return self._times(meeting, actor, None, str(error), reason)
        return request.redirect(f"/my/roadmap/meeting/{meeting.id}")

    def _times(self, meeting, actor, week=None, problem=None, reason=None):
        zone = self._zone(actor, meeting)
        try:
            day = date.fromisoformat(week or "")
        except ValueError:
            day = None
        return self._page(
            "roadmap_msp.portal_meeting_times",
            meeting.roadmap_id,
            actor,
            "todo",
            times=meeting._prepare_times_values(zone, day),
            problem=problem,
            reason=reason,
        )

    def _zone(self, actor, meeting):
        """The contact's time zone, else that of the browser, else that of the host."""
        names = (actor.partner.tz, request.cookies.get("tz"), meeting._timezone())
        return next(name for name in (*names, "UTC") if name in pytz.all_timezones_set)
