from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import matching
from .roadmap_lifecycle import SURE

SCOPES = [("all", "Every client"), ("assets", "Clients with such assets")]


class RoadmapNotice(models.Model):
    """A dated event that comes to many clients: a certificate's end, the end of a product."""

    _name = "roadmap.notice"
    _description = "Dated Event"
    _order = "date, id"

    name = fields.Char("Event", required=True)
    active = fields.Boolean(default=True)
    date = fields.Date(required=True, index=True)
    lead_days = fields.Integer(
        "Tell Ahead", default=365, help="Days before the event from which clients get a finding."
    )
    effect = fields.Char("What It Means", help="In the client's words.")
    source = fields.Char()
    sure = fields.Selection(SURE, "How Sure", required=True, default="b")
    note = fields.Char()
    scope = fields.Selection(SCOPES, "Touches", required=True, default="all")
    systems = fields.Text(
        help="Beginnings of names of operating systems or models, one a line: "
        '"Windows Server 2012" also means its R2.',
    )
    lifecycle_ids = fields.Many2many("roadmap.lifecycle", string="Product Releases")
    type_ids = fields.Many2many("roadmap.asset.type", string="Asset Types")
    client_count = fields.Integer("Clients Touched", compute="_compute_client_count")

    _lead_not_negative = models.Constraint(
        "CHECK (lead_days >= 0)", "The days to tell ahead cannot be negative."
    )

    def _compute_client_count(self):
        Roadmap = self.env["roadmap.roadmap"]
        alive = [("state", "in", ["onboarding", "running"])]
        everyone = Roadmap.search_count(alive)
        for notice in self:
            if notice.scope == "all":
                notice.client_count = everyone
                continue
            rows = self.env["roadmap.asset"]._read_group(
                notice._asset_domain() & Domain("roadmap_id", "any", alive), ["roadmap_id"]
            )
            notice.client_count = len(rows)

    def _asset_domain(self):
        """The assets in use that the event touches; without any condition none."""
        self.ensure_one()
        keys = [matching.system_key(line) for line in (self.systems or "").splitlines()]
        parts = [
            Domain(fname, "=like", f"{key}%")
            for key in keys
            if key
            for fname in ("system_key", "model_key")
        ]
        if self.lifecycle_ids:
            parts.append(Domain("lifecycle_id", "in", self.lifecycle_ids.ids))
        if self.type_ids:
            parts.append(Domain("type_id", "in", self.type_ids.ids))
        return Domain("state", "=", "in_use") & Domain.OR(parts)

    @api.model
    def _current(self, on):
        """The events that are to be told on a day: from so many days ahead on.

        What touches every client is told until a quarter after its date.
        """
        return (
            self.sudo()
            .search([("date", "<=", fields.Date.add(on, years=3))])
            .filtered(
                lambda notice: fields.Date.subtract(notice.date, days=notice.lead_days) <= on
                and (notice.scope == "assets" or fields.Date.add(notice.date, months=3) >= on)
            )
        )

    def action_reach_clients(self):
        """Open the findings at every client that is touched, now instead of tonight."""
        self.check_access("write")
        roadmaps = self.env["roadmap.roadmap"].search([("state", "in", ["onboarding", "running"])])
        roadmaps._raise_asset_findings()
        return self.action_open_findings()

    def action_open_findings(self):
        """The findings that these events raised."""
        keys = [f"notice:{notice.id}" for notice in self]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Findings"),
            "res_model": "roadmap.finding",
            "view_mode": "list,form",
            "domain": [("source_key", "in", keys)],
        }
