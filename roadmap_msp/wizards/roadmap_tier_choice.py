from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RoadmapTierChoice(models.TransientModel):
    """Choose tiers for many clients and see the hours per person before anything is promised."""

    _name = "roadmap.tier.choice"
    _description = "Choose Tiers"

    line_ids = fields.One2many("roadmap.tier.choice.line", "choice_id", "Clients")
    tier_id = fields.Many2one("roadmap.tier", "Set All To", store=False)
    hours_available = fields.Float(
        "Hours per Person and Month",
        default=40.0,
        help="So many hours a month one person can give to roadmap meetings; more is marked.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "line_ids" in fields and not values.get("line_ids"):
            domain = [("state", "=", "running")]
            if self.env.context.get("active_model") == "roadmap.roadmap":
                domain.append(("id", "in", self.env.context.get("active_ids", [])))
            roadmaps = self.env["roadmap.roadmap"].search(domain)
            values["line_ids"] = [
                Command.create({"roadmap_id": row.id, "tier_id": row.tier_id.id})
                for row in roadmaps
            ]
        return values

    @api.onchange("tier_id")
    def _onchange_tier_id(self):
        for line in self.line_ids if self.tier_id else ():
            line.tier_id = self.tier_id

    @api.depends("line_ids.tier_id", "hours_available")
    def _compute_preview(self):
        for choice in self:
            values = choice._preview_values()
            choice.preview = self.env["ir.qweb"]._render("roadmap_msp.tier_choice_preview", values)

    def _preview_values(self):
        """Clients, meetings and hours a month of each person, today and as chosen."""
        tiers = {line.roadmap_id._origin: line.tier_id._origin for line in self.line_ids}
        # People hold meetings of clients that are not in the list, too.
        roadmaps = self.env["roadmap.roadmap"].search([("state", "=", "running")])
        before, after = roadmaps._capacity(), roadmaps._capacity(tiers)
        nothing = {"clients": 0, "meetings": 0.0, "hours": 0.0}
        rows = [
            {
                "name": user.name or self.env._("Nobody yet"),
                "clients": after.get(user, nothing)["clients"],
                "meetings": round(after.get(user, nothing)["meetings"], 1),
                "before": round(before.get(user, nothing)["hours"], 1),
                "hours": round(after.get(user, nothing)["hours"], 1),
                "over": after.get(user, nothing)["hours"] > self.hours_available > 0,
            }
            for user in {*before, *after}
        ]
        rows.sort(key=lambda row: (-row["hours"], row["name"]))
        return {
            "rows": rows,
            "before": round(sum(load["hours"] for load in before.values()), 1),
            "hours": round(sum(load["hours"] for load in after.values()), 1),
            "changed": len(self._changed()),
        }

    def _changed(self):
        return self.line_ids.filtered(
            lambda line: line.tier_id._origin != line.roadmap_id._origin.tier_id
        )

    def action_apply(self):
        """Give the clients their tiers; meetings that are planned stay, the next follow."""
        self.ensure_one()
        changed = self._changed()
        if not changed:
            raise UserError(self.env._("No client would change: choose another tier for some."))
        for tier, lines in changed.grouped("tier_id").items():
            lines.roadmap_id.write({"tier_id": tier.id})
        return {"type": "ir.actions.act_window_close"}


class RoadmapTierChoiceLine(models.TransientModel):
    """The tier of one client, as it is and as it would be."""

    _name = "roadmap.tier.choice.line"
    _description = "Choose Tiers: Client"

    choice_id = fields.Many2one("roadmap.tier.choice", required=True, ondelete="cascade")
    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", required=True, ondelete="cascade")
    host_id = fields.Many2one("res.users", "Host", compute="_compute_host_id")
    current_id = fields.Many2one(related="roadmap_id.tier_id", string="Today")
    tier_id = fields.Many2one("roadmap.tier", "Tier")

    @api.depends("roadmap_id")
    def _compute_host_id(self):
        for line in self:
            line.host_id = line.roadmap_id._meeting_host()
