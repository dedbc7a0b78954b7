from collections import Counter, defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .roadmap_roadmap_my_day import CALL_MODELS


class RoadmapRoadmap(models.Model):
    """The day of the team, by person, and what was finished today."""

    _inherit = "roadmap.roadmap"

    @api.model
    @api.readonly
    def get_team_day(self):
        """Counts of everybody's day, by name: `calls`, `quotes`, `meetings`, `late`, `done`.

        `late` counts the calls whose day has passed. The figures are those of each person's own
        page; a property test holds the two together.
        """
        if not self.env.user.has_group("roadmap_msp.group_roadmap_user_all"):
            raise AccessError(self.env._("The team's day is for people who may see all clients."))
        today = fields.Date.context_today(self)
        calls = self._team_day_calls(today)
        counts = {
            "calls": Counter({user: len(rows) for user, rows in calls.items()}),
            "late": Counter(
                {
                    user: sum(row.date_deadline < today for row in rows)
                    for user, rows in calls.items()
                }
            ),
            "quotes": self._team_day_quotes(),
            "meetings": self._team_day_meetings(today, calls),
            "done": self._team_day_done(today),
        }
        users = self.env["res.users"].browse(
            {user.id for count in counts.values() for user in count}
        )
        return [
            {"id": user.id, "name": user.name, **{key: counts[key][user] for key in counts}}
            for user in users.sorted(lambda user: (user.name or "").lower())
        ]

    def _team_day_calls(self, today):
        """By user the due calls that belong to a client."""
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                self._my_day_call_domain(today) & Domain("user_id", "!=", False),
                ["date_deadline", "res_id", "res_model", "user_id"],
            )
        )
        known = self._my_day_roadmaps(activities)
        return activities.filtered(lambda row: row.id in known).grouped("user_id")

    def _team_day_quotes(self):
        """By user the number of clients with a quotation to get out."""
        groups = self.env["roadmap.item"]._read_group(
            Domain("quote_waiting", "=", True) & Domain("roadmap_id.state", "!=", "ended"),
            ["quote_user_id", "roadmap_id"],
        )
        rows = {(user or roadmap.account_manager_id, roadmap) for user, roadmap in groups}
        return Counter(user for user, _roadmap in rows if user)

    def _team_day_meetings(self, today, calls):
        """By user the number of meetings of the third section."""
        evening = self._my_day_end(today)
        preparing = defaultdict(set)
        everybody = self.env["res.users"].search([("share", "=", False)])
        for task in self._my_day_tasks(today, everybody):
            preparing[task.res_id].add(task.user_id)
        called = {row.id: user for user, rows in calls.items() for row in rows}
        to_book = self._my_day_to_book(today)
        meetings = self.env["roadmap.meeting"].search_fetch(
            to_book
            | self._my_day_to_hold(evening)
            | (Domain("id", "in", list(preparing)) & Domain("state", "in", ("to_book", "booked"))),
            ["book_on", "booking_activity_id", "roadmap_id", "start", "state", "user_id"],
        )
        booking = meetings.filtered_domain(to_book)
        booking -= self._my_day_put_off(booking, today)
        holding = meetings.filtered_domain(self._my_day_to_hold(evening))
        counts = Counter()
        for meeting in meetings:
            users = set(preparing[meeting.id]) if meeting.state in ("to_book", "booked") else set()
            manager = meeting.roadmap_id.account_manager_id
            if meeting in booking:
                users.add(manager)
            if meeting in holding:
                users |= {manager, meeting.user_id}
            if meeting.state == "to_book":
                users.discard(called.get(meeting.sudo().booking_activity_id.id))
            counts.update(user for user in users if user)
        return counts

    def _team_day_done(self, today):
        """By user the number of things finished today."""
        counts = Counter()
        for model, domain in self._my_day_done_domains(today).items():
            records = self.env[model].sudo().with_context(active_test=False)
            if model != "mail.activity":
                records = self.env[model]
            owner = "quote_user_id" if model == "roadmap.item" else "user_id"
            groups = [owner, "roadmap_id"] if model == "roadmap.item" else [owner]
            for user, *rest, count in records._read_group(domain, groups, ["__count"]):
                user = user or (rest and rest[0].account_manager_id)
                if user:
                    counts[user] += count
        return counts

    def _my_day_done(self, today, person):
        """How much the person finished today: calls and tasks, meetings held, quotations sent."""
        mine = Domain("user_id", "=", person.id)
        quotes = Domain("quote_user_id", "=", person.id) | (
            Domain("quote_user_id", "=", False)
            & Domain("roadmap_id.account_manager_id", "=", person.id)
        )
        domains = self._my_day_done_domains(today)
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        return (
            activities.search_count(domains["mail.activity"] & mine)
            + self.env["roadmap.meeting"].search_count(domains["roadmap.meeting"] & mine)
            + self.env["roadmap.item"].search_count(domains["roadmap.item"] & quotes)
        )

    def _my_day_done_domains(self, today):
        """By model what was finished today."""
        start = self._my_day_end(today) - timedelta(days=1)
        return {
            "mail.activity": Domain("active", "=", False)
            & Domain("date_done", "=", today)
            & Domain("res_model", "in", CALL_MODELS),
            "roadmap.meeting": Domain("held_on", "=", today),
            "roadmap.item": Domain("sent_on", ">=", start),
        }
