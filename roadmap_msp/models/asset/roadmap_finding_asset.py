from odoo import api, fields, models

from ...rules import scoring

#: What a gap of the assets weighs beside the questions, which weigh 1 to 3.
ASSET_WEIGHT = 2
#: What follows the assets until a person changes it; name and description always follow.
FOLLOWED = ("risk", "asset_id")


class RoadmapFinding(models.Model):
    """Findings that assets raise follow them."""

    _inherit = "roadmap.finding"

    source = fields.Selection(
        selection_add=[("notice", "Dated event")], ondelete={"notice": "set default"}
    )

    told = fields.Json(
        readonly=True,
        copy=False,
        help="What the assets showed last; where the finding differs, a person changed it.",
    )

    @api.model
    def _raise_for_assets(self, vals_list):
        """New findings of what assets show, with what was told of them."""
        return self.create(
            [{**vals, "told": {name: vals[name] for name in FOLLOWED}} for vals in vals_list]
        )

    def _rank(self):
        """Give findings of assets their urgency and place among their clients' proposed lines."""
        factors = self.roadmap_id._business_dependences()
        groups = self.grouped(
            lambda finding: scoring.urgency(
                finding.risk, ASSET_WEIGHT, factors[finding.roadmap_id.id]
            )
        )
        for urgency, findings in groups.items():  # a handful of values, however many clients
            findings.urgency = urgency
        self._fold(self.roadmap_id)

    def _follow_assets(self, vals):
        """Bring a finding up to date with what its assets show now; None: nothing any more.

        :return: whether its place among the client's lines may be another one now
        """
        self.ensure_one()
        if self.state in ("accepted", "dismissed"):
            return False
        if vals is None:
            if self.state == "resolved":
                return False
            self.write({"state": "resolved", "closed_on": fields.Datetime.now()})
            return True
        now = {"risk": self.risk, "asset_id": self.asset_id.id}
        told = {**now, **(self.told or {})}
        changes = {name: vals[name] for name in ("name", "description") if self[name] != vals[name]}
        for name in FOLLOWED:
            if now[name] != vals[name] and now[name] == told[name]:
                changes[name] = vals[name]
        news = {name: vals[name] for name in FOLLOWED}
        if self.told != news:
            changes["told"] = news
        if self.state == "resolved":
            changes |= {"state": "open", "closed_on": False}
        if changes:
            self.write(changes)
        return bool({"risk", "state"} & changes.keys())
