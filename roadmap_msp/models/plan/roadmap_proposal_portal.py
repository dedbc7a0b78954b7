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
            "pdf_url": self._portal_pdf_url(),
            "tickable": self.roadmap_id.sudo()._tickable(cards),
            **self.roadmap_id.sudo()._portal_plan_frame(partner, roles),
        }

    def _portal_pdf_url(self):
        return f"/my/roadmap/proposal/{self.id}/pdf"

    def _portal_papers(self):
        """[(number, day, address of the PDF)] of these proposals, the newest first."""
        return [
            (
                row.name,
                format_date(self.env, row.proposed_on, date_format="d MMM y"),
                row._portal_pdf_url(),
            )
            for row in self.sudo().sorted("id", reverse=True)
        ]
