from odoo import models
from odoo.tools import format_date

LISTED = 20


class RoadmapAsset(models.Model):
    """How assets stand in the text of a finding."""

    _inherit = "roadmap.asset"

    def _finding_lines(self, fname):
        """One line an asset: its name, its user, the date that ended."""
        lines = [
            ", ".join(
                part
                for part in (
                    asset.name,
                    asset.user_name,
                    format_date(self.env, asset[fname], date_format="d MMM y"),
                )
                if part
            )
            for asset in self[:LISTED].with_prefetch(self._prefetch_ids)
        ]
        if len(self) > LISTED:
            lines.append(self.env._("and %s more", len(self) - LISTED))
        return "\n".join(lines)
