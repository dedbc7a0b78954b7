from odoo import fields, models


class RoadmapFinding(models.Model):
    """Findings that assets raise follow them."""

    _inherit = "roadmap.finding"

    def _follow_assets(self, vals):
        """Bring a finding up to date with what its assets show now; None: nothing any more."""
        self.ensure_one()
        if self.state in ("accepted", "dismissed"):
            return
        if vals is None:
            if self.state != "resolved":
                self.write({"state": "resolved", "closed_on": fields.Datetime.now()})
            return
        changes = {name: vals[name] for name in ("name", "description") if self[name] != vals[name]}
        if self.state == "resolved":
            changes |= {"state": "open", "closed_on": False}
        if changes:
            self.write(changes)
