from datetime import timedelta

import pytz

from odoo import fields, models
from odoo.tools import format_date, format_datetime

from .roadmap_meeting import midnight


class RoadmapMeeting(models.Model):
    """The page on which a contact chooses a time: plain values."""

    _inherit = "roadmap.meeting"

    def _prepare_times_values(self, zone, day=None):
        """Our free times in the week of `day`, told in the contact's time zone.

        :param zone: name of a time zone
        :param day: any day of the week to show; without one the first week that makes sense
        """
        self.ensure_one()
        meeting = self.sudo()
        local = pytz.timezone(zone)
        first, last = (
            pytz.utc.localize(moment).astimezone(local).date() for moment in meeting._slot_window()
        )
        day = min(max(day or meeting.due_date - timedelta(days=7), first), last)
        monday = day - timedelta(days=day.weekday())
        weeks = [monday + timedelta(days=7 * shift) for shift in (-1, 1)]
        return {
            "id": meeting.id,
            "name": meeting.name,
            "minutes_long": round(60 * (meeting.duration or 1.0)),
            "host": meeting._host().name,
            "when": meeting.start
            and format_datetime(
                meeting.env, meeting.start, tz=zone, dt_format="EEEE d MMMM y, HH:mm"
            ),
            "may_choose": meeting._may_choose(),
            "zone": zone.replace("_", " "),
            "week": format_date(meeting.env, monday, date_format="d MMMM y"),
            "days": meeting._slots_by_day(
                local, meeting._free_slots(*self._week_span(local, monday))
            ),
            "earlier": weeks[0].isoformat() if monday > first else None,
            "later": weeks[1].isoformat() if weeks[1] <= last else None,
        }

    @staticmethod
    def _week_span(local, monday):
        """The naive UTC moments at which a week begins and ends in a time zone."""
        return [midnight(local, day) for day in (monday, monday + timedelta(days=7))]

    def _slots_by_day(self, local, starts):
        """Times by day, told in a time zone: `[{"title", "slots": [{"value", "label"}]}]`."""
        days = {}
        for start in starts:
            moment = pytz.utc.localize(start).astimezone(local)
            slot = {
                "value": fields.Datetime.to_string(start),
                "label": format_datetime(self.env, start, tz=local.zone, dt_format="HH:mm"),
            }
            days.setdefault(moment.date(), []).append(slot)
        return [
            {"title": format_date(self.env, day, date_format="EEEE d MMMM"), "slots": found}
            for day, found in days.items()
        ]
