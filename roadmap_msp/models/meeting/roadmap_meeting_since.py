from odoo import fields, models


class RoadmapMeeting(models.Model):
    """What became of what was promised and decided: "since last time"."""

    _inherit = "roadmap.meeting"

    action_ids = fields.One2many(
        "roadmap.action", "meeting_id", "Promised Here", groups="base.group_user"
    )
    open_action_ids = fields.Many2many(
        "roadmap.action",
        compute="_compute_open_action_ids",
        string="Still Open",
        groups="base.group_user",
        help="What both sides promised in earlier meetings and have not done yet.",
    )

    def _compute_open_action_ids(self):
        actions = self.env["roadmap.action"].search(
            [("roadmap_id", "in", self.roadmap_id.ids), ("state", "=", "open")]
        )
        for meeting in self:
            meeting.open_action_ids = actions.filtered(
                lambda a, m=meeting: a.roadmap_id == m.roadmap_id and a.meeting_id != m._origin
            )

    def _previous_meeting(self):
        """The client's last meeting that was held before this one (sudo), or none."""
        self.ensure_one()
        return self.sudo().search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "in", ("held", "closed")),
                ("held_on", "<=", self.held_on or fields.Date.context_today(self)),
                ("id", "!=", self.id),
            ],
            order="held_on desc, id desc",
            limit=1,
        )

    def _prepare_since_values(self):
        """What became of each topic and promise of the last meeting, for the client's eyes too.

        Promises of earlier meetings that are still open stand here as well, so that none is lost.
        """
        self.ensure_one()
        before = self._previous_meeting()
        actions = (
            self.env["roadmap.action"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "=", self.sudo().roadmap_id.id),
                    "|",
                    ("state", "=", "open"),
                    "&",
                    ("meeting_id", "=", before.id),
                    ("meeting_id", "!=", False),
                ]
            )
        )
        return {
            "meeting": before.name or "",
            "held_on": before.held_on,
            "topics": before._client_topics()._prepare_outcome_values(),
            "actions": (actions - self.sudo().action_ids)._prepare_portal_values(),
        }


class RoadmapMeetingTopic(models.Model):
    _inherit = "roadmap.meeting.topic"

    def _prepare_outcome_values(self):
        """What was settled about each topic, and where that stands today."""
        states = self.env["roadmap.item"]._fields["state"]._description_selection(self.env)
        words = dict(states)
        rows = []
        for topic, values in zip(self, self._prepare_portal_values(), strict=True):
            item = topic.item_id
            if item:
                values["today"] = words.get(item.state, "")
            elif topic.next_ids:
                values["today"] = self.env._("back on the agenda")
            else:
                values["today"] = ""
            rows.append(values)
        return rows
