from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.mail import html_to_inner_content

#: Where a call of the manager's day hangs.
CALL_MODELS = ("crm.lead", "roadmap.roadmap", "roadmap.meeting", "roadmap.item")
#: More than that nobody does in a day; the count above the list still tells the truth.
MOST_ROWS = 500
#: Characters of the last note in a row.
NOTE_LENGTH = 160
QUOTE_FIELDS = [
    "amount_one_off",
    "amount_recurring",
    "approved_on",
    "name",
    "quote_requested_on",
    "roadmap_id",
    "state",
]


class RoadmapRoadmap(models.Model):
    """The manager's day: calls due, quotations to get out, meetings, in this order."""

    _inherit = "roadmap.roadmap"

    @api.model
    @api.readonly
    def get_my_day(self, user_id=None):
        """Everything of one person's "My day" page in one answer, as plain values.

        Sections `calls`, `quotes`, `meetings` with `count` and `rows`; `done`: what was finished
        today. Lateness and age are days (negative: still to come); amounts are formatted.

        :param user_id: whose day; the user's own without one. A colleague's day needs the right to
            see all clients
        """
        self.env["roadmap.meeting"].check_access("read")
        today = fields.Date.context_today(self)
        person = self._my_day_person(user_id)
        calls = self._my_day_calls(today, person)
        quotes = self._my_day_quotes(today, person)
        called = {row["meeting_id"] for row in calls if row["meeting_id"]}
        meetings = self._my_day_meetings(today, called, person)
        return {
            "date": format_date(self.env, today, date_format="EEEE d MMMM"),
            "person": {"id": person.id, "name": person.name, "own": person == self.env.user},
            "team": self.env.user.has_group("roadmap_msp.group_roadmap_user_all"),
            "calls": {"count": len(calls), "rows": calls[:MOST_ROWS]},
            "quotes": {"count": len(quotes), "rows": quotes[:MOST_ROWS]},
            "meetings": {"count": len(meetings), "rows": meetings[:MOST_ROWS]},
            "done": self._my_day_done(today, person),
        }

    @api.model
    def _my_day_person(self, user_id):
        """The user whose day is shown.

        :raises AccessError: for a colleague's day, to somebody who may not see all clients
        """
        if not user_id or user_id == self.env.uid:
            return self.env.user
        if not self.env.user.has_group("roadmap_msp.group_roadmap_user_all"):
            raise AccessError(
                self.env._("A colleague's day is shown to people who may see all clients.")
            )
        return self.env["res.users"].browse(int(user_id)).exists() or self.env.user

    # -- 1 calls -----------------------------------------------------------------------------------

    def _my_day_calls(self, today, person):
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                Domain("user_id", "=", person.id) & self._my_day_call_domain(today),
                ["activity_type_id", "date_deadline", "note", "res_id", "res_model", "summary"],
                order="date_deadline, id",
            )
        )
        roadmaps = self._my_day_roadmaps(activities)
        known = activities.filtered(lambda activity: roadmaps.get(activity.id))
        meetings = (
            self.env["roadmap.meeting"]
            .sudo()
            .search_fetch(
                [("booking_activity_id", "in", known.ids), ("state", "=", "to_book")],
                ["booking_activity_id", "slip_count"],
            )
        )
        booking = {meeting.booking_activity_id.id: meeting for meeting in meetings}
        contacts = self._my_day_contacts({roadmap.id for roadmap in roadmaps.values()})
        notes = self._my_day_notes(known)
        rows = []
        for activity in known:
            roadmap = roadmaps[activity.id]
            contact = contacts.get(roadmap.id) or roadmap.partner_id
            meeting = booking.get(activity.id)
            rows.append(
                {
                    "id": activity.id,
                    "roadmap_id": roadmap.id,
                    "model": activity.res_model,
                    "res_id": activity.res_id,
                    "client": roadmap.name,
                    "contact": contact.name if contact != roadmap.partner_id else "",
                    "why": activity.summary or activity.activity_type_id.name,
                    "note": notes.get(activity.id, ""),
                    "late": (today - activity.date_deadline).days,
                    "phone": contact.phone or roadmap.partner_id.phone or "",
                    "meeting_id": meeting.id if meeting else False,
                    "slips": meeting.slip_count if meeting else 0,
                }
            )
        return rows

    @api.model
    def _my_day_call_domain(self, today):
        """Activities that are calls and due: phone calls, bookings, alerts of slipping meetings."""
        xmlid_to_id = self.env["ir.model.data"]._xmlid_to_res_id
        kinds = [
            xmlid_to_id(f"roadmap_msp.{name}")
            for name in ("mail_activity_type_booking", "activity_type_slipping")
        ]
        return (
            Domain("date_deadline", "<=", today)
            & Domain("res_model", "in", CALL_MODELS)
            & (
                Domain("activity_type_id", "in", kinds)
                | Domain("activity_type_id.category", "=", "phonecall")
            )
        )

    def _my_day_notes(self, activities):
        """By activity id the last thing said: its own note, else the record's last comment."""
        notes = {row.id: html_to_inner_content(row.note) for row in activities if row.note}
        silent = activities.filtered(lambda row: row.id not in notes)
        domain = Domain.OR(
            Domain("model", "=", model) & Domain("res_id", "in", rows.mapped("res_id"))
            for model, rows in silent.grouped("res_model").items()
        )
        messages = self.env["mail.message"].sudo()
        groups = messages._read_group(
            domain
            & Domain("subtype_id.internal", "=", True)
            & Domain("body", "!=", False)
            # What a person said or did; "created" and "assigned to you" are no news of a client.
            & (
                Domain("message_type", "=", "comment")
                | Domain("mail_activity_type_id", "!=", False)
            ),
            ["model", "res_id"],
            ["id:max"],
        )
        last = messages.browse(row[2] for row in groups)
        bodies = {(row.model, row.res_id): html_to_inner_content(row.body) for row in last}
        found = {row.id: bodies.get((row.res_model, row.res_id), "") for row in silent}
        return {key: note[:NOTE_LENGTH] for key, note in {**notes, **found}.items() if note}

    def _my_day_roadmaps(self, activities):
        """By activity id the client's roadmap, for those that belong to one."""
        found = {}
        for model, rows in activities.grouped("res_model").items():
            ids = rows.mapped("res_id")
            records = self.env[model].sudo().with_context(active_test=False)
            if model == "roadmap.roadmap":
                by_id = {roadmap.id: roadmap for roadmap in records.search([("id", "in", ids)])}
            else:
                fetched = records.search_fetch([("id", "in", ids)], ["roadmap_id"])
                by_id = {record.id: record.roadmap_id for record in fetched}
            found.update({row.id: by_id.get(row.res_id) for row in rows})
        # A call is its owner's also where the client is not; another company's stays there.
        companies = self.env.companies
        return {
            key: roadmap
            for key, roadmap in found.items()
            if roadmap and roadmap.company_id in companies
        }

    def _my_day_contacts(self, roadmap_ids):
        """By roadmap id the contact to call: its first decision maker."""
        rows = (
            self.env["roadmap.stakeholder"]
            .sudo()
            .search_fetch(
                [("roadmap_id", "in", list(roadmap_ids)), ("role", "=", "decision_maker")],
                ["roadmap_id", "partner_id"],
                order="sequence, id",
            )
        )
        contacts = {}
        for row in rows:
            contacts.setdefault(row.roadmap_id.id, row.partner_id)
        return contacts

    # -- 2 quotations ------------------------------------------------------------------------------

    def _my_day_quotes(self, today, person):
        """One row per client: items approved or asked for without a quotation sent."""
        mine = Domain("quote_user_id", "=", person.id) | (
            Domain("quote_user_id", "=", False)
            & Domain("roadmap_id.account_manager_id", "=", person.id)
        )
        items = self.env["roadmap.item"].search_fetch(
            Domain("quote_waiting", "=", True) & mine & Domain("roadmap_id.state", "!=", "ended"),
            QUOTE_FIELDS,
            order="id",
        )
        upcoming = self._my_day_upcoming(items.roadmap_id)
        rows = []
        for roadmap, group in items.grouped("roadmap_id").items():
            currency = roadmap.currency_id
            since = [item.quote_requested_on or item.approved_on for item in group]
            since = [moment.date() for moment in since if moment]
            once = sum(group.mapped("amount_one_off"))
            monthly = sum(group.mapped("amount_recurring"))
            meeting = upcoming.get(roadmap.id)
            rows.append(
                {
                    "roadmap_id": roadmap.id,
                    "client": roadmap.name,
                    "item_ids": group.ids,
                    "title": group[0].name,
                    "more": len(group) - 1,
                    "once": currency.format(once) if once else "",
                    "monthly": currency.format(monthly) if monthly else "",
                    "amount": once + 12 * monthly,
                    "age": (today - min(since)).days if since else 0,
                    "meeting": (meeting.date() - today).days if meeting else False,
                    "drafted": any(item.state == "quoted" for item in group),
                }
            )
        rows.sort(key=lambda row: (-row["age"], -row["amount"]))
        return rows
