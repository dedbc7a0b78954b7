from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Contact merge: the roadmaps of merged clients become one first."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Make one roadmap out of several before Odoo re-points partners in plain SQL.

        That SQL deletes rows, or fails, where two of them would break a unique index.
        """
        partners = src_partners | dst_partner
        Roadmap = self.env["roadmap.roadmap"].sudo().with_context(active_test=False)
        Roadmap._merge_for_partners(src_partners, dst_partner)
        self.env["roadmap.stakeholder"].sudo()._drop_twins(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # Plain SQL does not recompute what is stored from the partner.
        roadmaps = Roadmap.search([("partner_id", "in", partners.ids)])
        for name in ("name", "currency_id"):
            self.env.add_to_compute(roadmaps._fields[name], roadmaps)
        return result
