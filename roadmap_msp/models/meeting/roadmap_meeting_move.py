from dataclasses import dataclass

from odoo import fields, models

#: Where a `MoveNote` travels to the place at which the move is written down.
MOVE_NOTE = "roadmap_move_note"


@dataclass(frozen=True)
class MoveNote:
    """Who moves a time and why, where that is not simply the user at work.

    An object of ours and no plain value: what a caller puts into the context is text, numbers and
    lists, so that nobody can write a move down in the name of somebody else.
    """

    reason: str | None = None
    user_id: int | None = None
    partner_id: int | None = None

    @classmethod
    def of(cls, env):
        """The note that came along, or an empty one."""
        note = env.context.get(MOVE_NOTE)
        return note if isinstance(note, cls) else cls()


class RoadmapMeetingMove(models.Model):
    """A reschedule or loss of a meeting's time: from when to when, by whom and why."""

    _name = "roadmap.meeting.move"
    _description = "Meeting Move"
    _order = "id desc"
    _rec_name = "meeting_id"

    meeting_id = fields.Many2one("roadmap.meeting", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="meeting_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    date_from = fields.Datetime("From")
    date_to = fields.Datetime("To")
    user_id = fields.Many2one("res.users")
    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    reason = fields.Char()
