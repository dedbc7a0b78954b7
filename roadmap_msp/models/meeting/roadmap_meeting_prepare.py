from odoo import api, fields, models
from odoo.tools import format_date

INTERNAL = "base.group_user"
#: How far ahead a meeting looks.
HORIZON_MONTHS = 18
#: So many rows of a part are named; the rest is a number.
ROWS = 12


class RoadmapMeeting(models.Model):
    """ "Prepare": one page with all that is worth saying in this meeting, and how fresh it is.

    A part is a dict: `key`, `title`, `fresh` (words), `rows`, `more` (rows that are not named),
    `internal` (never in what the client reads). A row is a dict: `text`, and optionally `detail`,
    `internal` (a detail for us only), `late`, `url`. Parts are `_prepare_part_<key>` methods.
    """

    _inherit = "roadmap.meeting"

    preparation = fields.Html(
        compute="_compute_preparation", compute_sudo=False, sanitize=False, groups=INTERNAL
    )
    hours_preparing = fields.Float(
        "Time Spent Preparing", groups=INTERNAL, copy=False, help="Ours, not billed."
    )
    hours_meeting = fields.Float(
        "Time Spent Meeting",
        groups=INTERNAL,
        copy=False,
        help="Of all of us who were there, not billed. Present mode counts it.",
    )
    leave_behind = fields.Char(
        "Left With the Client",
        groups=INTERNAL,
        copy=False,
        help="Such as the printed roadmap or a book. The minutes name it.",
    )

    @api.model
    def _preparation_parts(self):
        """The parts in the order of a good meeting: what was promised, what is wanted, the rest."""
        return [
            "actions",
            "topics",
            "decisions",
            "quotes",
            "expires",
            "events",
            "score",
            "budget",
            "goals",
            "invoices",
            "ratings",
        ]

    def _compute_preparation(self):
        """Read with all rights, since invoices stand in it: for those who may read the meeting."""
        self.check_access("read")
        for meeting in self.sudo():
            values = {"page": meeting._prepare_preparation_values(), "links": True}
            meeting.preparation = meeting.env["ir.qweb"]._render(
                "roadmap_msp.meeting_preparation", values
            )

    def _prepare_preparation_values(self, for_client=False):
        """The page as plain values; `for_client` leaves out what is ours only."""
        self.ensure_one()
        meeting = self.sudo()
        parts = []
        for key in self._preparation_parts():
            part = getattr(meeting, f"_prepare_part_{key}")(for_client)
            if part and not (for_client and (part.get("internal") or not part["rows"])):
                parts.append(meeting._trimmed(key, part, for_client))
        agenda = meeting.agenda_id
        return {
            "client": meeting.roadmap_id.name,
            "name": meeting.name,
            "when": meeting._when(),
            "host": meeting.user_id.name or "",
            "agenda": [
                {
                    "minutes": line.minutes,
                    "name": line.name,
                    "output": "" if for_client else line.output or "",
                }
                for line in agenda.line_ids
            ],
            "minutes": agenda.minutes,
            "parts": parts,
            "empty": ", ".join(part["title"] for part in parts if not part["rows"]),
            "for_client": for_client,
        }

    def _trimmed(self, key, part, for_client):
        rows = part["rows"]
        part = {"key": key, "fresh": "", "internal": False, "count": len(rows), **part}
        part["rows"] = [
            {
                "text": row["text"],
                "detail": row.get("detail") or "",
                "internal": "" if for_client else row.get("internal") or "",
                "late": bool(row.get("late")),
                "url": "" if for_client else row.get("url") or "",
            }
            for row in rows[:ROWS]
        ]
        part["more"] = len(rows) - len(part["rows"])
        return part

    # -- words -----------------------------------------------------------------------------------

    def _horizon(self):
        """The last day that the meeting looks ahead to."""
        return fields.Date.add(fields.Date.context_today(self), months=HORIZON_MONTHS)

    def _day(self, day):
        return format_date(self.env, day, date_format="d MMM y") if day else ""

    def _fresh(self, moment):
        """How old a part is, in words: "now" for what is read live."""
        if moment is None:
            return self.env._("now")
        if not moment:
            return self.env._("never")
        days = (fields.Datetime.now() - fields.Datetime.to_datetime(moment)).days
        if days <= 0:
            return self.env._("today")
        return self.env._("1 day old") if days == 1 else self.env._("%s days old", days)

    @api.model
    def _url(self, record):
        return f"/odoo/{record._name}/{record.id}" if record else ""

    def action_open_preparation(self):
        """The page with everything for this meeting."""
        self.ensure_one()
        view = self.env.ref("roadmap_msp.roadmap_meeting_view_form_prepare")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Prepare: %s", self.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
        }

    def action_print_preparation(self):
        """The page on paper, for our own hands."""
        self.ensure_one()
        return self.env.ref("roadmap_msp.action_report_preparation").report_action(self)
