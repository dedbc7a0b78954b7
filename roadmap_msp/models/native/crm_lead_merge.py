from odoo import models


class CrmLead(models.Model):
    """Merging opportunities keeps what our records know about them."""

    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        """Re-point our links to the opportunity that stays; costs nothing without a roadmap."""
        result = super()._merge_dependences(opportunities)
        linked = (self | opportunities).sudo().filtered("roadmap_id")
        if linked:
            self.sudo()._roadmap_merge_links(opportunities.sudo())
        return result

    def _roadmap_merge_links(self, others):
        """`self` takes over roadmap and fiscal year of `others`, if it has none, and their links.

        The others give up theirs first: two open leads of one year would break the unique index.
        """
        roadmap = self.roadmap_id or others.roadmap_id[:1]
        of_same = (self | others).filtered(lambda lead: lead.roadmap_id == roadmap)
        years = [lead.roadmap_fiscal_year for lead in of_same if lead.roadmap_fiscal_year]
        others.write({"roadmap_id": False, "roadmap_fiscal_year": 0})
        others.flush_recordset(["roadmap_id", "roadmap_fiscal_year"])
        self.write({"roadmap_id": roadmap.id, "roadmap_fiscal_year": years[0] if years else 0})
        for model in ("roadmap.item", "roadmap.meeting"):
            rows = self.env[model].with_context(active_test=False)
            rows.search([("opportunity_id", "in", others.ids)]).write({"opportunity_id": self.id})
