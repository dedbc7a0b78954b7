from collections import Counter, defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules import cadence as rule
from .roadmap_meeting import OPEN_STATES
from .roadmap_roadmap_meeting import FIRST_MEETING_DAYS

#: Clients on one page of the grid.
PAGE = 40


class RoadmapRoadmap(models.Model):
    """A year of meetings at a glance: clients by months."""

    _inherit = "roadmap.roadmap"

    @api.model
    @api.readonly
    def get_year_grid(self, year=None, offset=0, text="", user_id=None):
        """One page of the grid, for the clients that the user may see.

        :param user_id: only clients of this account manager or vCIO
        :return: `year`, `total`, `page`, `clients` (id, name, tier, `months`: {month: cells}) and
            `people` (name, clients, meetings and hours a month by cadence). A cell is
            `[state, meeting id, count, moved]`; states: held, booked, due, late, missed, and
            planned (id 0) for what the cadence will ask later in the year.
        """
        self.check_access("read")
        self.env["roadmap.meeting"].check_access("read")
        year = int(year or fields.Date.context_today(self).year)
        domain = Domain("state", "in", ("onboarding", "running", "paused"))
        if text:
            domain &= Domain("name", "ilike", text)
        if user_id:
            domain &= Domain("account_manager_id", "=", user_id) | Domain("vcio_id", "=", user_id)
        roadmaps = self.search_fetch(
            domain, ["name", "tier_id"], offset=int(offset), limit=PAGE, order="name, id"
        )
        cells = roadmaps._year_cells(year)
        roadmaps._add_planned_cells(year, cells)
        return {
            "year": year,
            "page": PAGE,
            "total": self.search_count(domain),
            "clients": [
                {
                    "id": roadmap.id,
                    "name": roadmap.name,
                    "tier": roadmap.tier_id.name or "",
                    "months": cells.get(roadmap.id, {}),
                }
                for roadmap in roadmaps
            ],
            "people": self._year_people(),
        }

    def _year_cells(self, year):
        """{roadmap id: {month: [[state, meeting id, count, moved]]}}, read in one grouped query.

        A meeting stands in the month in which it was held or is booked, else in that of its due
        date; what was cancelled is left out.
        """
        meetings = self.env["roadmap.meeting"]
        meetings.flush_model(["roadmap_id", "state", "held_on", "start", "due_date"])
        self.env["roadmap.meeting.move"].flush_model(["meeting_id"])
        if not self.ids:
            return defaultdict(lambda: defaultdict(list))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT roadmap_id, EXTRACT(month FROM day)::int, shown, MAX(id), COUNT(*),
                       BOOL_OR(moved)
                  FROM (SELECT id, roadmap_id,
                               EXISTS (SELECT FROM roadmap_meeting_move v
                                        WHERE v.meeting_id = roadmap_meeting.id) AS moved,
                               COALESCE(held_on, start::date, due_date) AS day,
                               CASE WHEN state IN ('held', 'closed') THEN 'held'
                                    WHEN state = 'no_show' THEN 'missed'
                                    WHEN state = 'booked' AND start >= %(now)s THEN 'booked'
                                    WHEN state = 'booked' OR due_date < %(today)s THEN 'late'
                                    ELSE 'due' END AS shown
                          FROM roadmap_meeting
                         WHERE roadmap_id IN %(ids)s AND state != 'cancelled') AS m
                 WHERE day BETWEEN %(first)s AND %(last)s
              GROUP BY roadmap_id, EXTRACT(month FROM day), shown
              ORDER BY roadmap_id, 2, 3
                """,
                now=fields.Datetime.now(),
                today=fields.Date.context_today(self),
                ids=tuple(self.ids),
                first=f"{year:04}-01-01",
                last=f"{year:04}-12-31",
            )
        )
        cells = defaultdict(lambda: defaultdict(list))
        for roadmap_id, month, state, meeting_id, count, moved in rows:
            cells[roadmap_id][str(month)].append([state, meeting_id, count, bool(moved)])
        return cells

    def _add_planned_cells(self, year, cells):
        """Add to the cells what the cadences will ask of these clients until the year's end."""
        today, last = fields.Date.context_today(self), date(year, 12, 31)
        mine = self.filtered(lambda row: row.state == "running" and row.entitlement == "entitled")
        if last < today or not mine:
            return
        history = mine._meeting_history()
        for meeting in self.env["roadmap.meeting"].search_fetch(
            [("roadmap_id", "in", mine.ids), ("state", "in", OPEN_STATES)],
            ["roadmap_id", "meeting_type", "cadence_months", "start", "due_date"],
        ):
            day = meeting.start.date() if meeting.start else max(meeting.due_date, today)
            months = None if meeting.meeting_type == "kickoff" else meeting.cadence_months
            history.setdefault(meeting.roadmap_id.id, []).append(rule.Held(day, months))
        first = today + timedelta(days=FIRST_MEETING_DAYS)
        for company, roadmaps in mine.grouped("company_id").items():
            is_working = self._working_days(company)
            for roadmap in roadmaps:
                rows = [cadence._rule() for cadence in roadmap._meeting_cadences()]
                known = history.get(roadmap.id, [])
                days = [row[1] for row in rule.projected(rows, known, first, is_working, last)]
                counts = Counter(max(day, today).month for day in days if day.year == year)
                for month, count in counts.items():
                    cells[roadmap.id][str(month)].append(["planned", 0, count, False])

    def _year_people(self):
        """What the cadences ask of each host and of each account manager, who books."""
        running = self.search([("state", "=", "running")])
        loads, books = running._capacity(), running._booking_load()
        return [
            {
                "id": user.id,
                "name": user.name or self.env._("Nobody yet"),
                "clients": loads.get(user, {}).get("clients", 0),
                "meetings": round(loads.get(user, {}).get("meetings", 0), 1),
                "hours": round(loads.get(user, {}).get("hours", 0), 1),
                "books": books.get(user, {}).get("clients", 0),
                "bookings": round(books.get(user, {}).get("meetings", 0), 1),
                "booking_hours": round(books.get(user, {}).get("hours", 0), 1),
            }
            for user in sorted({*loads, *books}, key=lambda row: (row.name or "~").lower())
        ]
