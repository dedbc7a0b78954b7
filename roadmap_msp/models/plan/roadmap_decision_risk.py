from odoo import api, fields, models
from odoo.fields import Domain


class RoadmapDecision(models.Model):
    """Risks that a client signed to live with, until it decides anew."""

    _inherit = "roadmap.decision"

    is_open_risk = fields.Boolean(
        "Open Accepted Risk", compute="_compute_is_open_risk", search="_search_is_open_risk"
    )

    @api.model
    def _open_risk_domain(self):
        """A signed refusal of an item that is still declined, and no newer one of the same item."""
        latest = self.sudo()._read_group(
            [("decision", "=", "declined"), ("content_hash", "!=", False)],
            ["item_id"],
            ["id:max"],
        )
        return Domain("id", "in", [row_id for _item, row_id in latest]) & Domain(
            "item_id.state", "=", "declined"
        )

    def _compute_is_open_risk(self):
        found = self.filtered_domain(self._open_risk_domain())
        for row in self:
            row.is_open_risk = row in found

    def _search_is_open_risk(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._open_risk_domain()
        return Domain.OR(domain if flag else ~domain for flag in value)
