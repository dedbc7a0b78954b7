from odoo import fields, models
from odoo.exceptions import UserError

SWITCHES = [
    "auto_invitation",
    "auto_reminder",
    "auto_proposal",
    "auto_meeting",
    "auto_minutes",
]


class RoadmapRoadmap(models.Model):
    """Activate, pause and end a client's roadmap."""

    _inherit = "roadmap.roadmap"

    def action_activate(self):
        """Start the clients: state running, opportunity of the year, first meeting, one activity.

        Safe to repeat. Raises UserError where nobody could do the booking.
        """
        self.check_access("write")
        nobody = self.filtered(lambda roadmap: not roadmap.account_manager_id)
        if nobody:
            raise UserError(
                self.env._(
                    "Choose an account manager for %(clients)s first: somebody has to book the "
                    "meetings.",
                    clients=", ".join(nobody.mapped("name")),
                )
            )
        self._activate()
        return True

    def _activate(self, due_dates=None):
        """Core of `action_activate` for any number of clients.

        `due_dates`: {roadmap id: due date of the first meeting}, default: as the cadence says.
        """
        today = fields.Date.context_today(self)
        fresh = self.filtered(lambda roadmap: not roadmap.started_on)
        fresh.write({"started_on": today})
        self.filtered(lambda r: r.state != "running" or r.ended_on).write(
            {"state": "running", "ended_on": False}
        )
        self._ensure_opportunity()
        if hasattr(self, "_plan_first_meeting"):
            self._plan_first_meeting(due_dates)
        self._schedule_booking()

    def _schedule_booking(self):
        """One activity to book the next meeting on each client's opportunity, never a second one.

        On the lead, for the account manager, due today; quiet (no mail to the assigned user).
        """
        kind = self.env.ref("roadmap_msp.mail_activity_type_booking")
        open_leads = self._ensure_opportunity().sudo()
        have = (
            self.env["mail.activity"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", "crm.lead"),
                    ("res_id", "in", open_leads.ids),
                    ("activity_type_id", "=", kind.id),
                ],
                ["res_id"],
            )
        )
        have = {res_id for (res_id,) in have}
        model_id = self.env["ir.model"]._get_id("crm.lead")
        values = []
        for roadmap, lead in zip(self.sudo(), open_leads, strict=True):
            meeting = roadmap.next_meeting_id
            to_book = not meeting or meeting.state == "to_book"
            if lead.id in have or not to_book or not roadmap.account_manager_id:
                continue
            values.append(
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model_id,
                    "res_id": lead.id,
                    "user_id": roadmap.account_manager_id.id,
                    "date_deadline": fields.Date.context_today(self),
                    "summary": self.env._(
                        "Book the roadmap meeting: %(meeting)s",
                        meeting=meeting.name or roadmap.name,
                    ),
                }
            )
        quiet = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        return quiet.create(values)

    def action_pause(self):
        """Hold the clients: nothing new is planned and no mail leaves by itself."""
        self.check_access("write")
        not_running = self.filtered(lambda roadmap: roadmap.state != "running")
        if not_running:
            raise UserError(
                self.env._(
                    "%(clients)s: only a running roadmap can be paused.",
                    clients=", ".join(not_running.mapped("name")),
                )
            )
        self.write({"state": "paused"})
        return True

    def action_end(self):
        """End the clients: links are withdrawn, waiting mails cancelled, the opportunity closed.

        Booked meetings stay in the calendar, since cancelling them there would write to the
        client; a note names them.
        """
        self.check_access("write")
        alive = self.filtered(lambda roadmap: roadmap.state != "ended")
        alive.write(
            {
                "state": "ended",
                "ended_on": fields.Date.context_today(self),
                **dict.fromkeys(SWITCHES, False),
            }
        )
        alive._withdraw_links()
        alive._stop_mails()
        alive._stop_meetings()
        alive._close_opportunities()
        return True

    def _withdraw_links(self):
        links = (
            self.env["roadmap.link"]
            .sudo()
            .search([("roadmap_id", "in", self.ids), ("withdrawn_on", "=", False)])
        )
        links._withdraw()

    def _stop_mails(self):
        mails = (
            self.env["roadmap.outbox"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "in", self.ids),
                    ("state", "in", ("prepared", "released", "failed")),
                ]
            )
        )
        mails.write({"state": "cancelled"})

    def _stop_meetings(self):
        meetings = (
            self.env["roadmap.meeting"]
            .sudo()
            .search([("roadmap_id", "in", self.ids), ("state", "in", ("to_book", "booked"))])
        )
        meetings.filtered(lambda meeting: meeting.state == "to_book").write({"state": "cancelled"})
        for roadmap, booked in meetings.filtered("event_id").grouped("roadmap_id").items():
            roadmap._message_log(
                body=self.env._(
                    "The roadmap has ended; still in the calendar: %(meetings)s. Cancel them there "
                    "if the client should know.",
                    meetings=", ".join(booked.mapped("name")),
                )
            )

    def _close_opportunities(self):
        """Won where an order is confirmed, else lost with the reason "Roadmap ended"."""
        leads = (
            self.env["crm.lead"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "in", self.ids),
                    ("roadmap_fiscal_year", ">", 0),
                    ("won_status", "=", "pending"),
                ]
            )
        )
        leads._roadmap_booking_activities().unlink()
        leads._roadmap_close(self.env.ref("roadmap_msp.crm_lost_reason_ended", False))
