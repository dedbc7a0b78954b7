from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class RoadmapAsset(models.Model):
    """What an asset's record lacks; one domain a gap, for lists, the score and the pages alike."""

    _inherit = "roadmap.asset"

    gaps = fields.Char(
        "Missing",
        compute="_compute_gaps",
        search="_search_gaps",
        help="What is missing or unclear about this asset.",
    )
    gaps_accepted = fields.Boolean(
        "Nothing More to Find",
        help="Somebody looked and there is no more to know: it no longer counts as incomplete.",
    )

    @api.model
    def _gap_words(self):
        return {
            "type": self.env._("Type"),
            "serial": self.env._("Serial number"),
            "date": self.env._("Purchase date"),
            "model": self.env._("Model"),
            "user": self.env._("User"),
            "system": self.env._("Operating system not recognised"),
            "conflict": self.env._("Dates disagree"),
        }

    @api.model
    def _gap_domains(self):
        """{gap: domain}; what is retired or accepted as it is has no gap."""
        asked = Domain("state", "!=", "retired") & Domain("gaps_accepted", "=", False)
        gaps = {
            "type": Domain("type_id", "=", False),
            "serial": Domain("serial_key", "=", False)
            & (Domain("type_id", "=", False) | Domain("type_id.asks_serial", "=", True)),
            "date": Domain("purchase_date", "=", False),
            "model": Domain("model", "in", [False, ""]),
            "user": Domain("user_name", "in", [False, ""])
            & Domain("partner_id", "=", False)
            & Domain("type_id.asks_user", "=", True),
            "system": Domain("system_key", "!=", False) & Domain("lifecycle_id", "=", False),
            "conflict": Domain("date_conflict", "=", True),
        }
        return {key: asked & domain for key, domain in gaps.items()}

    @api.depends(
        "state", "gaps_accepted", "type_id", "serial_key", "purchase_date", "model", "user_name",
        "partner_id", "system_key", "lifecycle_id", "date_conflict",
    )  # fmt: skip
    def _compute_gaps(self):
        words = self._gap_words()
        found = {key: self.filtered_domain(domain) for key, domain in self._gap_domains().items()}
        for asset in self:
            asset.gaps = ", ".join(words[key] for key, assets in found.items() if asset in assets)

    def _search_gaps(self, operator, value):
        """Keys of :meth:`_gap_domains`; False: without any gap."""
        if operator != "in":
            return NotImplemented
        domains = self._gap_domains()
        found = Domain.OR(domains[key] for key in value if key in domains)
        return found | ~Domain.OR(domains.values()) if False in value else found

    @api.model
    def _gap_counts(self, domain):
        """{roadmap id: (assets, assets with a gap, gaps)} of these assets, in one query."""
        query = self._search(Domain(domain) & Domain("state", "!=", "retired"))
        alias = self._table
        columns = [
            SQL("COALESCE((%s), false)::int", gap.optimize_full(self)._to_sql(self, alias, query))
            for gap in self._gap_domains().values()
        ]
        query.groupby = self._field_to_sql(alias, "roadmap_id", query)
        rows = self.env.execute_query(
            query.select(
                self._field_to_sql(alias, "roadmap_id", query),
                SQL("COUNT(*)"),
                SQL("SUM(CASE WHEN %s > 0 THEN 1 ELSE 0 END)", SQL(" + ").join(columns)),
                SQL("SUM(%s)", SQL(" + ").join(columns)),
            )
        )
        return {roadmap_id: tuple(counts) for roadmap_id, *counts in rows}

    def action_accept_gaps(self):
        """Say that nothing more can be found out about these assets."""
        self.write({"gaps_accepted": True})
