from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from .roadmap_meeting import OPEN_STATES
from .roadmap_meeting_booking import SILENT


class RoadmapMeeting(models.Model):
    """What became of a meeting: held, closed, missed, cancelled."""

    _inherit = "roadmap.meeting"

    def _check_state(self, allowed, doing):
        wrong = self.filtered(lambda meeting: meeting.state not in allowed)
        if wrong:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The meeting '%(meeting)s' of %(client)s is '%(state)s': %(doing)s.",
                    meeting=wrong[0].name,
                    client=wrong[0].roadmap_id.name,
                    state=states[wrong[0].state],
                    doing=doing,
                )
            )

    def action_hold(self):
        """The meeting took place: note the day, and who was invited and did not decline as present.

        The list of who was there is then corrected by hand. Also for a meeting that was never
        booked: it was held today. Not before the day of the appointment.
        """
        self.check_access("write")
        self._hold()
        return True

    def action_ask_held(self):
        """Button: held as booked; without an appointment, ask when it was and who was there."""
        self.ensure_one()
        self.check_access("write")
        self._check_state(OPEN_STATES, self.env._("only an open meeting can be held"))
        if self.start:
            return self.action_hold()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("When Was It Held?"),
            "res_model": "roadmap.meeting.held",
            "view_mode": "form",
            "target": "new",
            "context": {"default_meeting_id": self.id},
        }

    def _hold(self, day=None):
        """Core of `action_hold`; `day` is the day of a meeting that had no appointment.

        :raises UserError: not open any more, or on a day to come
        """
        self._check_state(OPEN_STATES, self.env._("only an open meeting can be held"))
        for meeting in self:
            today = meeting._local(fields.Datetime.now()).date()
            start = meeting._local(meeting.start)
            held_on = start.date() if start else day or today
            if held_on > today:
                raise UserError(
                    self.env._(
                        "The meeting '%(meeting)s' of %(client)s is on %(day)s. Move it first if"
                        " you met earlier.",
                        meeting=meeting.name,
                        client=meeting.roadmap_id.name,
                        day=format_date(self.env, held_on),
                    )
                )
            values = {"state": "held", "held_on": held_on}
            invited = meeting.sudo().event_id.attendee_ids
            present = invited.filtered(lambda a: a.state != "declined").partner_id
            present = present or meeting.attendee_ids or meeting.user_id.partner_id
            values["attendee_ids"] = [Command.set(present.ids)]
            meeting.write({**values, "slip_count": 0})
            meeting._close_booking(self.env._("Held"))
        # An invitation or a pre-read that nobody released must not leave after the meeting.
        self._cancel_mails(("meeting",))

    def action_close(self):
        """Close held meetings: minutes into the outbox, the next meeting planned by cadence.

        Minutes are drafted where nobody wrote them. They leave when released in the outbox, or by
        themselves where the client's switch says so. Topics left open come onto the next agenda.
        """
        self.check_access("write")
        self._check_state(("held",), self.env._("press 'Held' first"))
        self.filtered(lambda meeting: not meeting.minutes).action_draft_minutes()
        self.write({"state": "closed"})
        mails = self.env["roadmap.outbox"]
        for meeting in self:
            mails |= meeting._prepare_minutes_mails()
        self._continue()
        return self._notify_closed(mails)

    def action_no_show(self):
        """Nobody came: counts as a miss; the replacement is planned at once."""
        self.check_access("write")
        self._check_state(("booked",), self.env._("only a booked meeting can be missed"))
        for meeting in self:
            if meeting.start and meeting.start > fields.Datetime.now() + timedelta(minutes=15):
                raise UserError(
                    self.env._(
                        "The meeting '%(meeting)s' of %(client)s has not begun yet. Cancel or move"
                        " it instead.",
                        meeting=meeting.name,
                        client=meeting.roadmap_id.name,
                    )
                )
            meeting.write({"state": "no_show", "slip_count": meeting.slip_count + 1})
            meeting._alert_slipping()
        self._cancel_mails(("meeting",))
        self._continue()
        return True

    def action_cancel(self):
        """Call open meetings off: the calendar event is archived, the booking activity closed.

        The daily job plans the replacement as long as the client is entitled to one. The client
        hears of it only by a mail that a person writes.
        """
        self.check_access("write")
        self._check_state(OPEN_STATES, self.env._("only an open meeting can be cancelled"))
        for meeting in self:
            values = {"state": "cancelled"}
            if meeting.state == "booked":
                values["slip_count"] = meeting.slip_count + 1
            event = meeting.sudo().event_id
            meeting.write(values)
            event.with_context(**SILENT).action_archive()
            meeting._close_booking(self.env._("Cancelled"))
            meeting._cancel_mails(("meeting",))
            meeting._pass_topics_on(None)
        return True

    def _continue(self):
        """Plan the clients' next meetings and take over what was left open."""
        roadmaps = self.sudo().roadmap_id
        roadmaps._plan_next_meeting()
        for meeting in self:
            following = self.sudo().search(
                [
                    ("roadmap_id", "=", meeting.roadmap_id.id),
                    ("state", "in", OPEN_STATES),
                ],
                order="due_date, id",
                limit=1,
            )
            meeting._pass_topics_on(following)

    def action_prepare(self):
        """Open Odoo's own checklist: preparation and follow-up around the day of the meeting."""
        self.ensure_one()
        plan = self.env.ref("roadmap_msp.plan_preparation", raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule the Preparation"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": self._name,
                "active_ids": self.ids,
                "default_plan_id": plan.id if plan else False,
                "default_plan_date": self._agenda_day(),
                "default_plan_on_demand_user_id": self.user_id.id or self.env.uid,
                "plan_mode": True,
            },
        }

    def action_view_event(self):
        """Open the calendar event."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.event_id.id,
            "view_mode": "form",
        }

    def action_view_opportunity(self):
        """Open the opportunity of the year."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.opportunity_id.id,
            "view_mode": "form",
        }

    def action_preview(self):
        """Open the page as the client sees it."""
        self.ensure_one()
        url = f"/roadmap/meeting/{self.id}/preview"
        return {"type": "ir.actions.act_url", "target": "new", "url": url}
