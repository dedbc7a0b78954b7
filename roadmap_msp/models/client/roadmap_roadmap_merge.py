from odoo import models

from .record_merge import merge_record

# A roadmap that is alive wins over one that is not.
LIVELINESS = ["ended", "prospect", "onboarding", "paused", "running"]
TAKEN_OVER = [
    "tier_id",
    "account_manager_id",
    "vcio_id",
    "service_manager_id",
    "seat_count",
    "started_on",
]


class RoadmapRoadmap(models.Model):
    """Merge the roadmaps of clients that turn out to be one."""

    _inherit = "roadmap.roadmap"

    def _merge_for_partners(self, src_partners, dst_partner):
        """Per company, leave one roadmap for partners that are about to be merged."""
        partners = src_partners | dst_partner
        roadmaps = self.search([("partner_id", "in", partners.ids)])
        for same in roadmaps.grouped("company_id").values():
            if len(same) > 1:
                kept = same.filtered(lambda r: r.partner_id == dst_partner)
                kept = kept or same.sorted(lambda r: LIVELINESS.index(r.state), reverse=True)[:1]
                kept._absorb(same - kept)

    def _absorb(self, others):
        """Take over all that belongs to `others`, which vanish; our own values win."""
        self.ensure_one()
        names = ", ".join(others.mapped("name"))
        values = {}
        for other in others:
            for name in TAKEN_OVER:
                if not self[name] and other[name] and name not in values:
                    values[name] = other._fields[name].convert_to_write(other[name], other)
        liveliest = max((self | others).mapped("state"), key=LIVELINESS.index)
        if liveliest != self.state:
            values.update(state=liveliest, ended_on=False)
        self._merge_year_opportunities(others)
        self.write(values)
        for other in others:
            merge_record(self.env, self._name, other.id, self.id)
        self._message_log(body=self.env._("Merged with the roadmap of %(clients)s.", clients=names))

    def _merge_year_opportunities(self, others):
        """Two open opportunities of one fiscal year become one, by Odoo's own merge."""
        leads = self.env["crm.lead"].search(
            [
                ("roadmap_id", "in", (self | others).ids),
                ("roadmap_fiscal_year", ">", 0),
                ("won_status", "=", "pending"),
                ("active", "=", True),
            ]
        )
        for same_year in leads.grouped("roadmap_fiscal_year").values():
            if len(same_year) > 1:
                same_year._merge_opportunity(max_length=0)
