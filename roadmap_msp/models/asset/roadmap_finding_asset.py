from odoo import fields, models

from ...rules import scoring

#: What a gap of the assets weighs beside the questions, which weigh 1 to 3.
ASSET_WEIGHT = 2


class RoadmapFinding(models.Model):
    """Findings that assets raise follow them."""

    _inherit = "roadmap.finding"

    source = fields.Selection(
        selection_add=[("notice", "Dated event")], ondelete={"notice": "set default"}
    )

    def _rank(self, roadmap):
        """Give this client's new findings their urgency and place among its proposed lines."""
        factor = roadmap._business_dependence()
        for risk, findings in (
            self.filtered(lambda f: f.roadmap_id == roadmap).grouped("risk").items()
        ):
            findings.urgency = scoring.urgency(risk, ASSET_WEIGHT, factor)
        self._fold(roadmap)

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
