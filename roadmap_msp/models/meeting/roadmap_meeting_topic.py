from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [
    ("open", "Open"),
    ("deferred", "Deferred"),
    ("decided", "Decided"),
    ("dropped", "Dropped"),
]


class RoadmapMeetingTopic(models.Model):
    """Something to talk about and settle in a meeting.

    A deferred topic keeps its place in the minutes of the meeting that deferred it; on its date its
    successor comes onto the next meeting (`previous_id`). A topic without a meeting waits for one.
    """

    _name = "roadmap.meeting.topic"
    _description = "Meeting Topic"
    _inherit = "roadmap.tied"
    _order = "meeting_id, sequence, id"

    name = fields.Char("Topic", required=True)
    sequence = fields.Integer(default=10)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap",
        "Client",
        compute="_compute_roadmap_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    meeting_id = fields.Many2one("roadmap.meeting", index="btree_not_null", ondelete="set null")
    item_id = fields.Many2one("roadmap.item", index="btree_not_null", ondelete="set null")
    finding_id = fields.Many2one("roadmap.finding", index="btree_not_null", ondelete="set null")
    situation = fields.Text()
    options = fields.Text("Options with Cost")
    advice = fields.Text()
    outcome = fields.Text(help="Goes into the minutes: what was decided, or why it was deferred.")
    state = fields.Selection(STATES, default="open", required=True)
    decided_on = fields.Date(readonly=True, copy=False)
    review_on = fields.Date("Back on the Agenda On", help="Empty: on the next agenda.")
    waits_for = fields.Char(help="What has to happen first, such as 'the lease'.")
    waits_for_ids = fields.Many2many(
        "roadmap.meeting.topic",
        "roadmap_meeting_topic_wait_rel",
        "topic_id",
        "waits_for_id",
        "Waits For Topics",
    )
    previous_id = fields.Many2one(
        "roadmap.meeting.topic",
        "Comes From",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    next_ids = fields.One2many("roadmap.meeting.topic", "previous_id", "Returned As")

    @api.model_create_multi
    def create(self, vals_list):
        today = fields.Date.context_today(self)
        return super().create(
            [
                {"decided_on": today, **vals} if vals.get("state") == "decided" else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        """The day of a decision stays when the same is said once more."""
        if "state" not in vals:
            return super().write(vals)
        again = self.filtered(lambda topic: topic.state == vals["state"])
        decided = vals["state"] == "decided" and fields.Date.context_today(self)
        super(RoadmapMeetingTopic, self - again).write({"decided_on": decided, **vals})
        return super(RoadmapMeetingTopic, again).write(vals)

    @api.depends("meeting_id")
    def _compute_roadmap_id(self):
        for topic in self:
            topic.roadmap_id = topic.meeting_id.sudo().roadmap_id or topic.roadmap_id

    @api.constrains("roadmap_id", "meeting_id", "item_id", "finding_id")
    def _check_same_roadmap(self):
        for topic in self.sudo():
            for record in (topic.meeting_id, topic.item_id, topic.finding_id):
                if record and record.roadmap_id != topic.roadmap_id:
                    raise ValidationError(
                        self.env._(
                            "The topic '%(topic)s' is of %(client)s, but '%(other)s' is of another"
                            " client. Choose one of the same client.",
                            topic=topic.name,
                            client=topic.roadmap_id.name,
                            other=record.display_name,
                        )
                    )

    @api.constrains("state", "outcome", "waits_for", "waits_for_ids")
    def _check_reason(self):
        for topic in self.filtered(lambda t: t.state == "deferred"):
            if not (topic.outcome or topic.waits_for or topic.waits_for_ids):
                raise ValidationError(
                    self.env._(
                        "Say why the topic '%(topic)s' is deferred: fill 'Outcome' or 'Waits For'.",
                        topic=topic.name,
                    )
                )

    @api.model
    def _defer(self, item, until, reason):
        """Bring the item back onto the agenda of the first meeting on or after `until` (a date).

        Called for every "not now" decision; the reason is the client's. An earlier deferral of the
        same item that still waits is moved instead of doubled. Returns the topic.
        """
        item = item.sudo()
        reason = reason or self.env._("Not now.")
        waiting = self.sudo().search(
            [("item_id", "=", item.id), ("state", "=", "deferred"), ("next_ids", "=", False)],
            limit=1,
        )
        if waiting:
            waiting.write({"review_on": until, "outcome": reason})
            return waiting
        topic = self.sudo().create(
            {
                "name": item.name,
                "roadmap_id": item.roadmap_id.id,
                "item_id": item.id,
                "situation": item.summary,
                "state": "deferred",
                "outcome": reason,
                "review_on": until,
            }
        )
        item.roadmap_id.meeting_ids._collect_topics()
        return topic

    def _may_return(self):
        """Without a day a deferred topic is back once what it waits for is settled."""
        return self.state == "open" or self.review_on or self.waits_for_ids._are_settled()

    def _are_settled(self):
        """Whether all of them, or what they returned as, were decided or dropped."""
        return all(
            topic.state in ("decided", "dropped")
            or (topic.next_ids and topic.next_ids._are_settled())
            for topic in self
        )

    def action_open(self):
        """Open the topic with its situation, options and advice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _prepare_return_values(self, meeting):
        """The successor of a deferred topic on the meeting onto which it returns."""
        self.ensure_one()
        return {
            "name": self.name,
            "sequence": self.sequence,
            "roadmap_id": self.roadmap_id.id,
            "meeting_id": meeting.id,
            "item_id": self.item_id.id,
            "finding_id": self.finding_id.id,
            "situation": self.situation,
            "options": self.options,
            "advice": self.advice,
            "previous_id": self.id,
        }

    def _prepare_portal_values(self):
        """What the client reads of the topics in minutes and on the portal."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "name": topic.name,
                "situation": topic.situation or "",
                "options": topic.options or "",
                "advice": topic.advice or "",
                "outcome": topic.outcome or "",
                "state": topic.state,
                "state_label": labels[topic.state],
                "review_on": topic.review_on,
                "waits_for": ", ".join(
                    filter(None, [topic.waits_for, *topic.waits_for_ids.mapped("name")])
                ),
            }
            for topic in self
        ]

    def _is_ours(self):
        """Whether others of the client must not read it: of an owner-only finding, a hidden item.

        False for no topic.
        """
        return self.finding_id.owner_only or bool(self.item_id and not self.item_id.client_visible)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self.env["roadmap.decision"]._check_undecided("topic_id", self)
