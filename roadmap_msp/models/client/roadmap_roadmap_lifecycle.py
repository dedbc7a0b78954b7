from odoo import fields, models
from odoo.exceptions import UserError

SWITCHES = [
    "auto_invitation",
    "auto_reminder",
    "auto_proposal",
    "auto_meeting",
    "auto_minutes",
    "auto_book",
    "auto_feedback",
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
        # Creates the booking activity on the opportunity, too.
        self._plan_first_meeting(due_dates)

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
        """End the clients: links withdrawn, mails and meetings cancelled, the opportunity closed.

        Returns the window that offers the hand-over pack. Booked meetings leave our calendar
        without a mail; a note names them, for whoever talks to the client.
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
        alive._stop_promises()
        alive._close_opportunities()
        return alive._offer_handover_pack() if alive else True

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
        booked = meetings.filtered(lambda meeting: meeting.state == "booked")
        meetings.action_cancel()
        meetings.activity_ids.unlink()
        for roadmap, gone in booked.grouped("roadmap_id").items():
            roadmap._message_log(
                body=self.env._(
                    "The roadmap has ended. Taken off our calendar, without a mail to the client: "
                    "%(meetings)s. Tell the client who has one of them in a calendar.",
                    meetings=", ".join(gone.mapped("display_name")),
                )
            )

    def _stop_promises(self):
        """Drop what both sides still owed each other; our own activities go with it."""
        self.env["roadmap.action"].sudo().search(
            [("roadmap_id", "in", self.ids), ("state", "=", "open")]
        ).write({"state": "dropped", "result": self.env._("The roadmap has ended")})

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
