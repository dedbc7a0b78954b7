from odoo import api, fields, models
from odoo.exceptions import ValidationError

SIDES = [("ours", "We"), ("client", "The client")]
STATES = [("open", "Open"), ("done", "Done"), ("dropped", "Dropped")]


class RoadmapAction(models.Model):
    """Something promised, by us or by the client, with an owner and a date.

    What we promised is a native activity of its owner, and that activity is the one truth: moving,
    finishing or deleting it, wherever that is done, changes the action. What the client promised is
    ticked on the portal, or by us after a call.
    """

    _name = "roadmap.action"
    _description = "Promised Action"
    _inherit = ["roadmap.tied", "mail.thread", "mail.activity.mixin"]
    _order = "due_date, id"

    name = fields.Char("What", required=True, tracking=True)
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
    meeting_id = fields.Many2one(
        "roadmap.meeting", "Promised In", index="btree_not_null", ondelete="set null"
    )
    topic_id = fields.Many2one(
        "roadmap.meeting.topic", "Topic", index="btree_not_null", ondelete="set null"
    )
    side = fields.Selection(SIDES, "Who", required=True, default="ours")
    user_id = fields.Many2one("res.users", "Our Owner", index=True, tracking=True)
    partner_id = fields.Many2one(
        "res.partner", "Their Owner", index="btree_not_null", ondelete="restrict", tracking=True
    )
    due_date = fields.Date(required=True, index=True, tracking=True)
    state = fields.Selection(
        STATES, default="open", required=True, index=True, copy=False, tracking=True
    )
    done_on = fields.Date("Closed On", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.partner", "Closed By", readonly=True, copy=False)
    result = fields.Char("What Became of It", copy=False, help="The client may read it.")
    activity_id = fields.Many2one(
        "mail.activity", "Activity", index="btree_not_null", ondelete="set null", copy=False
    )

    _owner_of_its_side = models.Constraint(
        "CHECK ((side = 'ours' AND user_id IS NOT NULL)"
        " OR (side = 'client' AND partner_id IS NOT NULL))",
        "A promise needs an owner: choose one of us, or one of the client's people.",
    )

    @api.depends("meeting_id")
    def _compute_roadmap_id(self):
        for action in self:
            action.roadmap_id = action.meeting_id.sudo().roadmap_id or action.roadmap_id

    @api.constrains("roadmap_id", "meeting_id", "topic_id", "partner_id", "side")
    def _check_same_roadmap(self):
        for action in self.sudo():
            for record in (action.meeting_id, action.topic_id):
                if record and record.roadmap_id != action.roadmap_id:
                    raise ValidationError(
                        self.env._(
                            "'%(action)s' is of %(client)s, but '%(other)s' is of another client."
                            " Choose one of the same client.",
                            action=action.name,
                            client=action.roadmap_id.name,
                            other=record.display_name,
                        )
                    )
            if action.side == "client" and not action._is_theirs(action.partner_id):
                raise ValidationError(
                    self.env._(
                        "%(contact)s is no contact of %(client)s. Choose one of the client's"
                        " people, or let one of us own '%(action)s'.",
                        contact=action.partner_id.name,
                        client=action.roadmap_id.name,
                        action=action.name,
                    )
                )

    def _is_theirs(self, partner):
        self.ensure_one()
        known = self.roadmap_id.stakeholder_ids.partner_id
        return partner.commercial_partner_id == self.roadmap_id.partner_id or partner in known

    @api.onchange("side")
    def _onchange_side(self):
        for action in self.filtered(lambda action: action.side == "ours"):
            action.user_id = action.user_id or self.env.user

    def _owner_name(self):
        """Who promised it, in a word that both sides may read."""
        self.ensure_one()
        action = self.sudo()
        owner = action.user_id.name if action.side == "ours" else action.partner_id.name
        return owner or ""

    def action_done(self):
        """It was done."""
        self.check_access("write")
        self.filtered(lambda action: action.state == "open").write({"state": "done"})
        return True

    def action_drop(self):
        """It is not needed any more."""
        self.check_access("write")
        self.filtered(lambda action: action.state == "open").write({"state": "dropped"})
        return True

    def action_reopen(self):
        """It is still to do."""
        self.check_access("write")
        self.filtered(lambda action: action.state != "open").write({"state": "open"})
        return True
