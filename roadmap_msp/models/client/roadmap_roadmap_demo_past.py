from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

# Client: months since it began, and its meetings as (days ago, what became of it). "alone" was held
# without a decision maker.
PAST = {
    "harbor": (
        13,
        [
            (385, "closed"), (352, "closed"), (321, "closed"), (290, "closed"), (260, "closed"),
            (228, "alone"), (199, "closed"), (167, "no_show"), (158, "closed"), (128, "closed"),
            (97, "closed"), (66, "closed"), (36, "closed"),
        ],
    ),
    "bay": (
        12,
        [
            (352, "closed"), (262, "closed"), (171, "cancelled"), (157, "closed"), (64, "closed"),
        ],
    ),
    "ridge": (
        11,
        [
            (318, "closed"), (226, "closed"), (135, "no_show"), (124, "closed"), (82, "alone"),
            (80, "closed"),
        ],
    ),
    "maple": (10, [(290, "closed"), (198, "closed"), (110, "alone"), (102, "closed")]),
    "cedar": (14, [(408, "closed")]),
}  # fmt: skip
# By turns: topic, state, outcome.
TOPICS = (
    ("Age of the PCs", "decided", "A quarter of them each year, beginning with the oldest."),
    ("Backup of mail and files", "decided", "Yes, with a test restore each quarter."),
    ("Wi-Fi in the hall", "dropped", "The hall is let from next year on."),
    ("Second internet line", "decided", "Wait for the fibre; then the old line becomes the spare."),
)
# Client, days ago of a meeting, from how many days before it was moved, by the client, why.
MOVES = (
    ("harbor", 260, 5, True, "Customs audit on that day"),
    ("harbor", 97, 7, False, "The vCIO is ill"),
    ("bay", 157, 14, True, "Practice closed for holidays"),
    ("ridge", 124, 3, True, "Stocktaking"),
    ("maple", 102, 8, True, "Exam week"),
)
# Client, days ago of a meeting, rating of 1, 3 or 5, words.
RATINGS = (
    ("harbor", 290, 5, "Clear, and on time."),
    ("harbor", 158, 3, "Too many abbreviations."),
    ("harbor", 66, 5, ""),
    ("harbor", 36, 5, "Now I know what next year costs."),
    ("bay", 64, 5, "Good preparation."),
    ("ridge", 80, 5, ""),
    ("maple", 102, 3, "Please send the agenda earlier."),
)
# Client, days ago of the meeting, promised by us, what, days until it is due (from today).
PROMISES = (
    ("harbor", 36, True, "Send the three offers for the second line", -4),
    ("harbor", 36, False, "Name a deputy for approvals", 6),
    ("bay", 64, True, "Check the restore of the imaging server", 9),
    ("ridge", 80, False, "Send the floor plan of the new hall", -2),
)


class RoadmapRoadmap(models.Model):
    """The demo's past year of meetings, so that trends and the owner's page have figures."""

    _inherit = "roadmap.roadmap"

    @api.model
    def _demo_days_ago(self, days, hour=15):
        return datetime.combine(fields.Date.context_today(self) - timedelta(days), time(hour))

    @api.model
    def _demo_past(self, clients):
        """All of it happens before the clients' own stories, which then go on from there."""
        today = fields.Date.context_today(self)
        meetings = {}
        for name, (months, rows) in PAST.items():
            client = clients[name]
            client.write({"state": "running", "started_on": today - relativedelta(months=months)})
            values = [client._demo_meeting_values(number, *row) for number, row in enumerate(rows)]
            created = self.env["roadmap.meeting"].create(values)
            days = (days for days, _became in rows)
            meetings.update(zip(((name, day) for day in days), created, strict=True))
        self._demo_talks(meetings)
        self._demo_moves(meetings)
        self._demo_ratings(meetings)
        self._demo_promises(meetings)

    def _demo_meeting_values(self, number, days, became):
        """A meeting of the past; the first one is the kickoff."""
        start = self._demo_days_ago(days)
        cadence = self._meeting_cadences()[:1]
        contact = self._meeting_contacts(("decision_maker",))[:1]
        host = self._meeting_host()
        values = cadence._prepare_meeting_values()
        if not number:
            values |= {
                "name": self.env._("Kickoff meeting"),
                "meeting_type": "kickoff",
                "agenda_id": self.env.ref("roadmap_msp.agenda_kickoff").id,
            }
        if became in ("no_show", "cancelled"):
            outcome = {"state": became, "slip_count": 1}
        else:
            present = host.partner_id | (contact if became == "closed" else contact.browse())
            sent_after = timedelta(hours=20 if number % 4 != 3 else 70)
            outcome = {
                "state": "closed",
                "held_on": start.date(),
                "attendee_ids": [Command.set(present.ids)],
                "decision_maker_present": became == "closed",
                "minutes": "<p>We went through the plan; see the topics.</p>",
                "minutes_sent_on": start + sent_after,
                "hours_preparing": 0.75,
                "hours_meeting": values["duration"],
            }
        return {
            **values,
            **outcome,
            "roadmap_id": self.id,
            "user_id": host.id,
            "due_date": start.date(),
            "start": start,
            "stop": start + timedelta(hours=values["duration"]),
        }

    @api.model
    def _demo_talks(self, meetings):
        """One topic a meeting that was held."""
        held = [meeting for meeting in meetings.values() if meeting.state == "closed"]
        topics = self.env["roadmap.meeting.topic"].create(
            [
                {
                    "meeting_id": meeting.id,
                    "name": name,
                    "state": state,
                    "decided_on": state == "decided" and meeting.start.date(),
                    "outcome": outcome,
                }
                for number, meeting in enumerate(held)
                for name, state, outcome in [TOPICS[number % len(TOPICS)]]
            ]
        )
        self._demo_created(topics, [topic.meeting_id.start for topic in topics])

    @api.model
    def _demo_moves(self, meetings):
        rows = [(meetings[name, days], *row) for name, days, *row in MOVES]
        moves = self.env["roadmap.meeting.move"].create(
            [
                {
                    "meeting_id": meeting.id,
                    "date_from": meeting.start - timedelta(before),
                    "date_to": meeting.start,
                    "user_id": False if by_client else meeting.user_id.id,
                    "partner_id": meeting.attendee_ids[-1:].id if by_client else False,
                    "reason": reason,
                }
                for meeting, before, by_client, reason in rows
            ]
        )
        self._demo_created(moves, [row[0].start - timedelta(row[1] + 1) for row in rows])

    @api.model
    def _demo_ratings(self, meetings):
        rows = [(meetings[name, days], *row) for name, days, *row in RATINGS]
        ratings = self.env["rating.rating"].create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id("roadmap.meeting"),
                    "res_id": meeting.id,
                    "partner_id": meeting.roadmap_id._meeting_contacts(("decision_maker",))[:1].id,
                    "rated_partner_id": meeting.user_id.partner_id.id,
                    "rating": rating,
                    "feedback": words,
                    "consumed": True,
                }
                for meeting, rating, words in rows
            ]
        )
        for rating, (meeting, *_row) in zip(ratings, rows, strict=True):
            rating.rated_on = meeting.start + timedelta(1)
        self._demo_created(ratings, ratings.mapped("rated_on"))

    @api.model
    def _demo_promises(self, meetings):
        today = fields.Date.context_today(self)
        self.env["roadmap.action"].create(
            [
                {
                    "meeting_id": (meeting := meetings[name, days]).id,
                    "name": what,
                    "due_date": today + timedelta(due),
                    **(
                        {"side": "ours", "user_id": meeting.roadmap_id.account_manager_id.id}
                        if ours
                        else {"side": "client", "partner_id": meeting.attendee_ids[-1:].id}
                    ),
                }
                for name, days, ours, what, due in PROMISES
            ]
        )

    @api.model
    def _demo_created(self, records, moments):
        for record, moment in zip(records, moments, strict=True):
            self._demo_stamp(record, create_date=moment, write_date=moment)

    @api.model
    def _demo_stamp(self, records, **values):
        """Write times past the ORM, which stamps what happens with now and keeps it."""
        self.env.flush_all()
        if records:
            changes = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()
            )
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE id IN %s",
                    SQL.identifier(records._table),
                    changes,
                    records._ids,
                )
            )
            records.invalidate_recordset()
