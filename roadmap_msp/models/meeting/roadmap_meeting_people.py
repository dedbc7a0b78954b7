from odoo import models
from odoo.fields import Command

from .roadmap_meeting_booking import SILENT


class RoadmapMeeting(models.Model):
    """Who of us is there is said on the meeting, and its appointment follows."""

    _inherit = "roadmap.meeting"

    def write(self, vals):
        # What comes from the appointment itself names it, and has its people already.
        if "event_id" in vals or not vals.keys() & {"user_id", "required_user_ids"}:
            return super().write(vals)
        booked = self.sudo().filtered(lambda m: m.state == "booked" and m.event_id)
        # Colleagues who left count too: whoever takes over takes their chair.
        everybody = booked.with_context(active_test=False)
        before = {meeting: meeting.user_id | meeting.required_user_ids for meeting in everybody}
        result = super().write(vals)
        for meeting in booked:
            meeting._tell_event_our_people(before[meeting])
        return result

    def _tell_event_our_people(self, before):
        """Bring the appointment up to date with host and required colleagues.

        Colleagues find it in their calendar; nobody else hears of it. One write for each event:
        Odoo would leave out who attends another event of the same write already.

        :param before: host and required colleagues until now
        """
        self.ensure_one()
        now, host = self._our_people(), self._host()
        event = self.event_id.with_context(**SILENT, dont_notify=True)
        if host and event.user_id != host:
            event.user_id = host
        gone, added = before - now, now - before
        if gone or added:
            partners = [Command.unlink(partner.id) for partner in gone.partner_id]
            partners += [Command.link(partner.id) for partner in added.partner_id]
            event.partner_ids = partners
