from odoo import api, fields, models
from odoo.fields import Domain


class RoadmapDecision(models.Model):
    """Risks that a client signed to live with, until it decides anew."""

    _inherit = "roadmap.decision"

    is_open_risk = fields.Boolean(
        "Open Accepted Risk", compute="_compute_is_open_risk", search="_search_is_open_risk"
    )

    subject = fields.Char("What We Advised", compute="_compute_subject")

    @api.depends("proposal_line_id", "item_id", "finding_id", "topic_id")
    def _compute_subject(self):
        for row in self:
            row.subject = row._subject_name()

    @api.model
    def _open_risk_domain(self):
        """A signed refusal that still holds, and no newer one of the same subject.

        It holds while the item is declined, while the finding is accepted, else until its date.
        """
        latest = self.sudo()._read_group(
            [("decision", "=", "declined"), ("content_hash", "!=", False)],
            ["item_id", "finding_id", "topic_id"],
            ["id:max"],
        )
        holds = (
            Domain("item_id.state", "=", "declined")
            | Domain("finding_id.state", "=", "accepted")
            | (
                Domain("topic_id", "!=", False)
                & Domain("until", ">=", fields.Date.context_today(self))
            )
        )
        return Domain("id", "in", [row[-1] for row in latest]) & holds

    @api.depends("item_id.state", "finding_id.state", "until")
    def _compute_is_open_risk(self):
        found = self.filtered_domain(self._open_risk_domain())
        for row in self:
            row.is_open_risk = row in found

    def _search_is_open_risk(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._open_risk_domain()
        return Domain.OR(domain if flag else ~domain for flag in value)
