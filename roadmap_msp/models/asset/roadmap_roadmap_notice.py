from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

NEAR_DAYS = 120


class RoadmapRoadmap(models.Model):
    """Dated events as findings of the clients that they touch."""

    _inherit = "roadmap.roadmap"

    def _notice_findings(self):
        """Values of findings, one a client and event; a query for each event, whatever the
        number of clients."""
        on = self.env["roadmap.asset"]._as_of()
        category = self.env.ref("roadmap_msp.category_lifecycle", raise_if_not_found=False)
        values = []
        for notice in self.env["roadmap.notice"]._current(on):
            for roadmap, assets in self._touched_by(notice):
                lines = [notice.effect or "", assets._finding_lines("support_end")]
                values.append(
                    {
                        "name": self.env._(
                            "%(event)s (%(date)s)",
                            event=notice.name,
                            date=format_date(self.env, notice.date, date_format="d MMM y"),
                        ),
                        "description": "\n".join(line for line in lines if line),
                        "roadmap_id": roadmap.id,
                        "source": "notice",
                        "source_key": f"notice:{notice.id}",
                        "risk": "high" if (notice.date - on).days <= NEAR_DAYS else "medium",
                        "category_id": category.id if category else False,
                        "asset_id": assets.id if len(assets) == 1 else False,
                    }
                )
        return values

    def _touched_by(self, notice):
        """(roadmap, assets in question) of these clients."""
        Asset = self.env["roadmap.asset"].sudo()
        if notice.scope == "all":
            return [(roadmap, Asset) for roadmap in self]
        rows = Asset._read_group(
            notice._asset_domain() & Domain("roadmap_id", "in", self.ids),
            ["roadmap_id"],
            ["id:recordset"],
        )
        return self._read_together(rows)
