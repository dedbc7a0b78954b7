from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.asking import worst_risk


class RoadmapFindingClose(models.TransientModel):
    """Treats findings otherwise than by a new item: accept, dismiss, or link to an item."""

    _name = "roadmap.finding.close"
    _description = "Treat Findings"

    finding_ids = fields.Many2many("roadmap.finding", string="Findings", required=True)
    decision = fields.Selection(
        [
            ("accepted", "Accept the risk"),
            ("dismissed", "Dismiss"),
            ("planned", "Link to an item"),
        ],
        required=True,
        default="dismissed",
    )
    reason = fields.Char()
    until = fields.Date(
        "Accepted Until",
        default=lambda self: fields.Date.add(fields.Date.context_today(self), years=1),
        help="On that day the finding opens again.",
    )
    partner_id = fields.Many2one(
        "res.partner", "Accepted By", domain="[('id', 'in', decider_ids)]",
        help="Who of the client lives with the risk: it is kept as that person's decision.",
    )  # fmt: skip
    decider_ids = fields.Many2many("res.partner", compute="_compute_roadmap_id")
    is_signed = fields.Boolean(compute="_compute_roadmap_id")
    risk_text = fields.Text(compute="_compute_roadmap_id")
    signature = fields.Binary()
    signed_by = fields.Char(
        compute="_compute_signed_by", store=True, compute_sudo=False, readonly=False
    )
    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", compute="_compute_roadmap_id")
    item_ids = fields.Many2many(
        "roadmap.item", string="Items", domain="[('roadmap_id', '=', roadmap_id)]"
    )

    @api.depends("finding_ids")
    def _compute_roadmap_id(self):
        for wizard in self:
            roadmaps = wizard.finding_ids.roadmap_id
            wizard.roadmap_id = roadmaps if len(roadmaps) == 1 else False
            wizard.decider_ids = roadmaps._meeting_contacts(("decision_maker", "signer"))
            risk = worst_risk(*wizard.finding_ids.mapped("risk"))
            decisions = self.env["roadmap.decision"]
            asked = bool(roadmaps)
            wizard.is_signed = asked and decisions._is_signed_risk(roadmaps[0], risk)
            wizard.risk_text = asked and decisions._shown_risk_text(roadmaps[0], risk)

    @api.depends("partner_id")
    def _compute_signed_by(self):
        for wizard in self:
            wizard.signed_by = wizard.partner_id.name

    def action_confirm(self):
        """Carry out the decision.

        :raises UserError: without the reason, date or item that it needs
        """
        self.ensure_one()
        findings = self.finding_ids
        findings.check_access("write")
        if self.decision == "planned":
            if not self.item_ids:
                raise UserError(self.env._("Choose the items that treat the findings."))
            findings._link_items(self.item_ids)
        elif not self.reason:
            raise UserError(self.env._("Please give the reason: it is shown with the finding."))
        elif self.decision == "dismissed":
            findings._with_folded().write(
                {
                    "state": "dismissed",
                    "dismiss_reason": self.reason,
                    "closed_on": fields.Datetime.now(),
                }
            )
            findings._fold(findings.roadmap_id)
        else:
            self._accept(findings)
        return {"type": "ir.actions.act_window_close"}

    def _accept(self, findings):
        if not self.until or self.until <= fields.Date.context_today(self):
            raise UserError(
                self.env._("Choose a date in the future: on that day the finding opens again.")
            )
        findings._accept_risk(
            self.partner_id, self.reason, self.until, self.signature, self.signed_by
        )
