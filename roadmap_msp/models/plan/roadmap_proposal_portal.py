from odoo import models
from odoo.tools import format_date

from .roadmap_proposal_line_portal import SILENT


class RoadmapProposal(models.Model):
    """One proposal as a page."""

    _inherit = "roadmap.proposal"

    def _prepare_portal_values(self, partner, roles):
        """Values of the page of this proposal."""
        self.ensure_one()
        lines = self.sudo().line_ids.filtered("is_open").sorted("covered")
        cards = lines._prepare_portal_values(partner, roles)
        cards = [card for card in cards if card["state"] not in SILENT]
        return {
            "number": self.name,
            "shown_on": format_date(self.env, self.proposed_on, date_format="d MMM y"),
            "note": self.note or "",
            "cards": cards,
            "tickable": self.roadmap_id.sudo()._tickable(cards),
            **self.roadmap_id.sudo()._portal_plan_frame(partner, roles),
        }
