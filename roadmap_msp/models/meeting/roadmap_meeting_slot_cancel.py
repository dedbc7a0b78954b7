from odoo import models
from odoo.exceptions import UserError

from .roadmap_meeting_booking import SILENT
from .roadmap_meeting_move import MOVE_NOTE, MoveNote


class RoadmapMeeting(models.Model):
    """The client calls an appointment off: the time is lost, the meeting never is."""

    _inherit = "roadmap.meeting"

    def _give_up_time(self, partner, reason):
        """Give up the booked time; the meeting is to book again, and the loss counts as a move.

        Core of the portal. The event is archived, so that every way in which a time is lost ends
        in the same place; who and why stand in the history and on the client.

        :raise UserError: nothing is booked, it is too late for it, or no reason was given
        """
        self.ensure_one()
        meeting = self.sudo()
        reason = (reason or "").strip()
        if not meeting.start or not meeting._may_choose():
            raise UserError(
                self.env._("This time can no longer be changed here. Please call or write to us.")
            )
        if not reason:
            raise UserError(
                self.env._("Please say in a few words why it does not suit: we plan around it.")
            )
        before = meeting._when()
        note = MoveNote(reason, partner_id=partner.id)
        quiet = meeting.with_context(**SILENT, **{MOVE_NOTE: note})
        quiet.event_id.action_archive()
        meeting.roadmap_id._message_log(
            body=self.env._(
                "%(contact)s called off '%(meeting)s' of %(when)s: %(reason)s. To book again.",
                contact=partner.name,
                meeting=meeting.name,
                when=before,
                reason=reason,
            ),
            author_id=partner.id,
        )
