from odoo import fields, models

DECISIONS = [
    ("approved", "Approved"),
    ("declined", "Declined"),
    ("deferred", "Not now"),
    ("talk", "Let us talk"),
]


class RoadmapDecision(models.Model):
    """A decision about exactly one item, finding or topic; it is never changed, only followed."""

    _name = "roadmap.decision"
    _description = "Decision"
    _order = "decided_on desc, id desc"

    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    item_id = fields.Many2one("roadmap.item", index="btree_not_null", ondelete="cascade")
    finding_id = fields.Many2one("roadmap.finding", index="btree_not_null", ondelete="cascade")
    topic_id = fields.Many2one("roadmap.meeting.topic", index="btree_not_null", ondelete="cascade")
    proposal_line_id = fields.Many2one(
        "roadmap.proposal.line", index="btree_not_null", ondelete="set null"
    )
    decision = fields.Selection(DECISIONS, required=True)
    decided_on = fields.Datetime(required=True, default=fields.Datetime.now)
    partner_id = fields.Many2one(
        "res.partner", "Decided By", index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "Recorded By")
    link_id = fields.Many2one("roadmap.link", index="btree_not_null", ondelete="set null")
    reason = fields.Char()
    until = fields.Date()
    risk_text = fields.Text()
    amount_one_off = fields.Monetary("One-off")
    amount_recurring = fields.Monetary("Per Month")
    signed_by = fields.Char()
    signature = fields.Binary(attachment=True)

    _exactly_one_subject = models.Constraint(
        "CHECK (num_nonnulls(item_id, finding_id, topic_id) = 1)",
        "A decision is about exactly one item, finding or topic.",
    )
