from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import cadence as rule
from .roadmap_meeting import OPEN_STATES

#: Days between activating a client and its first meeting, if nobody names a date: the preparation
#: begins fourteen days before.
FIRST_MEETING_DAYS = 14
#: Working days and holidays are looked up this far ahead of and before today.
CALENDAR_DAYS = 800


class RoadmapRoadmap(models.Model):
    """Planning of meetings: whose turn it is, when, and who books it."""

    _inherit = "roadmap.roadmap"

    # -- who and what ----------------------------------------------------------------------------

    def _meeting_contacts(self, roles):
        """The client's contacts who have one of the roles."""
        rows = self.sudo().stakeholder_ids.filtered(lambda row: row.role in roles)
        return rows.partner_id

    def _meeting_cadences(self):
        """The cadences of one client: its own, else those of its tier."""
        self.ensure_one()
        return self.cadence_ids.filtered("active") or self.tier_id.cadence_ids.filtered("active")

    def _meeting_host(self):
        """Who holds the meetings: the vCIO, else whoever of the team still works here."""
        self.ensure_one()
        team = self.vcio_id, self.account_manager_id, self.service_manager_id
        return next((user for user in team if user.active), self.env["res.users"])

    def _service_user(self):
        """Who hears of a client in trouble: the service manager, else who books."""
        self.ensure_one()
        manager = self.service_manager_id
        return manager if manager.active else self._booking_user()

    def _booking_user(self, without=()):
        """Who books: the account manager, else whoever of the team still works here.

        :param without: users who are about to leave
        """
        self.ensure_one()
        team = self.account_manager_id, self.service_manager_id, self.vcio_id
        found = next((user for user in team if user.active and user not in without), None)
        if found:
            return found
        admin = self.env.ref("base.user_admin")
        return self.env.user if admin in without else admin

    @api.model
    def _working_days(self, company):
        """A predicate `date -> bool`: a day with working hours and no closure of the company."""
        hours = company.resource_calendar_id
        weekdays = {int(day) for day in hours.attendance_ids.mapped("dayofweek")} or set(range(7))
        zone = pytz.timezone(hours.tz or "UTC")
        today = fields.Date.today()
        span = [
            zone.localize(datetime.combine(today + timedelta(days=shift), time.min))
            for shift in (-CALENDAR_DAYS, CALENDAR_DAYS)
        ]
        closed = set()
        for begin, end, _leave in hours._leave_intervals_batch(*span)[False] if hours else ():
            # Only whole days off count: the afternoon before a holiday is a day to meet.
            day = begin.date() if begin.time() <= time(8) else begin.date() + timedelta(days=1)
            while day < end.date() or (day == end.date() and end.time() >= time(16)):
                closed.add(day)
                day += timedelta(days=1)
        return lambda day: day.weekday() in weekdays and day not in closed

    # -- when ------------------------------------------------------------------------------------

    def _meeting_history(self):
        """By roadmap id the meetings that counted, one row per kind: `[rule.Held]`."""
        groups = self.env["roadmap.meeting"]._read_group(
            [("roadmap_id", "in", self.ids), ("counts", "=", True), ("held_on", "!=", False)],
            ["roadmap_id", "meeting_type", "cadence_months"],
            ["held_on:max"],
        )
        history = {}
        for roadmap, kind, months, held_on in groups:
            row = rule.Held(held_on, None if kind == "kickoff" else months)
            history.setdefault(roadmap.id, []).append(row)
        return history

    def _slips_in_a_row(self):
        """By roadmap id the moves and misses since the last meeting that was held."""
        latest = self.env["roadmap.meeting"]._read_group(
            [("roadmap_id", "in", self.ids)], ["roadmap_id"], ["id:max"]
        )
        meetings = self.env["roadmap.meeting"].browse(row[1] for row in latest)
        return {
            meeting.roadmap_id.id: meeting.slip_count
            for meeting in meetings
            if meeting.state in ("no_show", "cancelled")
        }

    def _plan_first_meeting(self, due_dates=None):
        """Plan the kickoff of each client that has no open meeting and never had one that counted.

        `due_dates` maps roadmap ids to the day on which it is due; without one it is due two weeks
        from today, on a working day. Clients that already met get their next meeting by cadence.
        Returns the meetings.
        """
        due_dates = due_dates or {}
        history = self.sudo()._meeting_history()
        fresh = self.sudo().filtered(lambda r: r.id not in history)._without_open_meeting()
        agenda = self.env.ref("roadmap_msp.agenda_kickoff", raise_if_not_found=False)
        values = []
        for company, roadmaps in fresh.grouped("company_id").items():
            is_working = self._working_days(company)
            default = fields.Date.context_today(self) + timedelta(days=FIRST_MEETING_DAYS)
            for roadmap in roadmaps:
                due = rule.working_day(due_dates.get(roadmap.id) or default, is_working)
                values.append(roadmap._prepare_kickoff_values(agenda, due, is_working))
        meetings = self.env["roadmap.meeting"].sudo()._plan(values)
        return meetings | (self - fresh)._plan_next_meeting()

    def _prepare_kickoff_values(self, agenda, due, is_working):
        self.ensure_one()
        lead_days = self._meeting_cadences()[:1].booking_days or 21
        today = fields.Date.context_today(self)
        return {
            "roadmap_id": self.id,
            "name": self.env._("Kickoff meeting"),
            "meeting_type": "kickoff",
            "agenda_id": agenda.id if agenda else False,
            "duration": (agenda.minutes if agenda else 90) / 60,
            "user_id": self._meeting_host().id,
            "due_date": due,
            "book_on": rule.book_by(due, today, lead_days, is_working),
        }

    def _without_open_meeting(self):
        """Those of the clients for whom no meeting is to be booked or held."""
        busy = self.env["roadmap.meeting"]._read_group(
            [("roadmap_id", "in", self.ids), ("state", "in", OPEN_STATES)], ["roadmap_id"]
        )
        return self.browse(set(self.ids) - {roadmap.id for (roadmap,) in busy})

    def _plan_next_meeting(self):
        """Plan the next meeting of each client that is entitled to one and has none ahead.

        Safe to repeat: a client with an open meeting, without a cadence or not running is left as
        it is. Returns the new meetings.
        """
        due = self.sudo().filtered(lambda r: r.state == "running" and r.entitlement == "entitled")
        due = due._without_open_meeting()
        history, slips = due._meeting_history(), due._slips_in_a_row()
        values = []
        for company, roadmaps in due.grouped("company_id").items():
            is_working = self._working_days(company)
            for roadmap in roadmaps:
                held = history.get(roadmap.id, [])
                planned = roadmap._prepare_next_meeting_values(held, is_working)
                if planned:
                    values.append({**planned, "slip_count": slips.get(roadmap.id, 0)})
        return self.env["roadmap.meeting"].sudo()._plan(values)

    def _prepare_next_meeting_values(self, held, is_working):
        """Values of the meeting whose turn it is, or None where no cadence says so."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        cadences = self._meeting_cadences()
        rows = [row._rule() for row in cadences]
        first = today + timedelta(days=FIRST_MEETING_DAYS)
        chosen = rule.next_meeting(rows, held, first, is_working)
        if not chosen:
            return None
        row, due = chosen
        cadence = self.env["roadmap.cadence"].browse(row.key)
        return {
            **cadence._prepare_meeting_values(),
            "roadmap_id": self.id,
            "user_id": self._meeting_host().id,
            "due_date": due,
            "book_on": rule.book_by(due, today, cadence.booking_days, is_working),
        }

    def _next_due_date(self):
        """When the next meeting is due by cadence, or None for a client without a right to one."""
        self.ensure_one()
        if self.state != "running" or self.entitlement != "entitled":
            return None
        held = self._meeting_history().get(self.id, [])
        values = self._prepare_next_meeting_values(held, self._working_days(self.company_id))
        return values and values["due_date"]

    # -- every day -------------------------------------------------------------------------------

    @api.model
    def _domain_to_plan(self):
        """Running, entitled clients with a cadence and without a meeting ahead."""
        return (
            Domain("state", "=", "running")
            & Domain("entitlement", "=", "entitled")
            & (
                Domain("cadence_ids.active", "=", True)
                | Domain("tier_id.cadence_ids.active", "=", True)
            )
            & Domain("meeting_ids", "not any", [("state", "in", OPEN_STATES)])
        )

    @api.model
    def _cron_plan_meetings(self, batch=200):
        """Give every running, entitled client without a meeting ahead one "to book".

        A batch a run; the job comes back while clients remain. The last batch also mends what was
        changed behind our back: events deleted by SQL, booking activities that vanished, topics
        whose day has come. Repeating it writes nothing.
        """
        domain = self._domain_to_plan()
        waiting = self.search(domain, order="id")
        # Who is being worked on elsewhere is left for the next round and keeps nobody waiting.
        roadmaps = waiting.try_lock_for_update(limit=batch)
        roadmaps._plan_next_meeting()
        left = len(waiting) - len(roadmaps)
        self.env["ir.cron"]._commit_progress(len(roadmaps), remaining=left)
        if len(roadmaps) < batch or not left:
            meetings = self.env["roadmap.meeting"]
            meetings._reconcile_events()
            open_ones = meetings.search([("state", "in", OPEN_STATES)])
            open_ones._collect_topics()
            open_ones._schedule_booking()
            self.env["ir.cron"]._commit_progress(0, remaining=left)
