from datetime import datetime, timedelta

from odoo import fields, models
from odoo.fields import Domain

from .roadmap_meeting import midnight


class RoadmapMeeting(models.Model):
    """What the client decided, told once: in the minutes of one meeting."""

    _inherit = "roadmap.meeting"

    minutes_drafted_on = fields.Datetime(readonly=True, copy=False, groups="base.group_user")

    def _decisions(self):
        """The client's decisions that belong into these minutes: each into those of one meeting.

        That is what was decided in this meeting, and what was decided elsewhere since the end of
        the meeting before, up to the day of this one. Only what the client may read.
        """
        self.ensure_one()
        begin, end = self._decision_span()
        elsewhere = Domain("meeting_id", "=", False) & Domain("decided_on", "<", end)
        if begin:
            elsewhere &= Domain("decided_on", ">=", begin)
        decisions = self.env["roadmap.decision"].search(
            Domain("roadmap_id", "=", self.roadmap_id.id)
            & (Domain("meeting_id", "=", self.id) | elsewhere),
            order="decided_on, id",
        )
        return decisions.filtered(
            lambda row: not row.finding_id.owner_only
            and (not row.item_id or row.item_id.client_visible)
            and not row.topic_id._is_ours()
        )

    def _decision_span(self):
        """`(begin, end)`, naive UTC: from what the minutes before told (None: there were none) to
        the end of the day, or of this meeting where the client was met again on that day."""
        day = self.held_on or fields.Date.context_today(self)
        held = self.search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "in", ("held", "closed")),
                ("held_on", "<=", day),
                ("id", "!=", self.id),
            ],
            order="held_on, start, id",
        )
        own = (self.start or datetime.max, self.id)
        later = held.filtered(lambda m: m.held_on == day and (m.start or datetime.max, m.id) > own)
        before = (held - later)[-1:]
        zone = self._timezone()
        begin = before._decisions_told_until(zone) if before else None
        if before.stop and before.held_on == day:
            begin = min(begin, before.stop)
        evening = midnight(zone, day + timedelta(days=1))
        return begin, self.stop if later and self.stop else evening

    def _decisions_told_until(self, zone):
        """The moment up to which the minutes of a held meeting tell what was decided elsewhere."""
        drafted = self.minutes_drafted_on or self.stop or midnight(zone, self.held_on)
        return min(drafted, midnight(zone, self.held_on + timedelta(days=1)))

    def _prepare_decision_values(self):
        """The decisions that are not told with their topic."""
        decisions = self._decisions().filtered(lambda row: not row.topic_id)
        labels = dict(decisions._fields["decision"]._description_selection(self.env))
        return [
            {
                "name": decision.item_id.name or decision.finding_id.name,
                "decision": labels[decision.decision],
                "by": decision.partner_id.name or "",
                "on": self._day(decision.decided_on),
                "until": self._day(decision.until),
                "reason": decision._told_reason(),
            }
            for decision in decisions
        ]
