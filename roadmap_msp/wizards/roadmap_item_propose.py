from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.plan.roadmap_proposal import DECIDING_ROLES


class RoadmapItemPropose(models.TransientModel):
    """Preview of the proposals to several clients: what each gets, who is asked, what stays."""

    _name = "roadmap.item.propose"
    _description = "Propose to Several Clients"

    item_ids = fields.Many2many("roadmap.item")
    client_count = fields.Integer("Clients", compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("item_ids")
    def _compute_preview(self):
        for wizard in self:
            items = wizard.item_ids._origin
            behind = items._not_proposable()
            groups = (items - items.browse().union(*behind)).grouped("roadmap_id")
            wizard.client_count = len(groups)
            wizard.preview = self.env["ir.qweb"]._render(
                "roadmap_msp.item_propose_preview",
                {
                    "rows": [wizard._preview_row(*group) for group in groups.items()],
                    "behind": [
                        (item.roadmap_id.name, item.name, why) for item, why in behind.items()
                    ],
                },
            )

    def _preview_row(self, roadmap, items):
        """What this client would be shown, and who of it gets the mail."""
        once = sum(items.mapped("amount_one_off"))
        monthly = sum(items.mapped("amount_recurring"))
        rows = roadmap.stakeholder_ids.filtered(lambda row: row.role in DECIDING_ROLES)
        return {
            "client": roadmap.name,
            "points": items.mapped("name"),
            "one_off": roadmap._money(once) if once else "",
            "per_month": roadmap._money(monthly) if monthly else "",
            "unpriced": sum(items.mapped("price_unknown")),
            "asked": rows.partner_id.filtered("email_normalized").mapped("name"),
            "unreached": rows.partner_id.filtered(lambda row: not row.email_normalized).mapped(
                "name"
            ),
        }

    def action_apply(self):
        """One proposal to each client; mails wait in the outbox.

        :raises UserError: nothing of the selection can be proposed
        """
        self.ensure_one()
        items = self.item_ids
        items.check_access("write")
        ready = items - items.browse().union(*items._not_proposable())
        if not ready:
            raise UserError(
                self.env._("Nothing of this can be proposed: the preview says why. Choose others.")
            )
        return ready._propose_to_clients()
