from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.plan.roadmap_item_template_line import PERIODS

OF_CONTRACT = ("name", "seats", "price", "period", "date_start")


class RoadmapContractProposal(models.TransientModel):
    """Contracts that the invoices of the last twelve months give away: look, choose, make them."""

    _name = "roadmap.contract.proposal"
    _description = "Contracts from Invoices"

    row_ids = fields.One2many("roadmap.contract.proposal.row", "proposal_id", "Contracts")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "row_ids" in fields:
            values["row_ids"] = [Command.create(row) for row in self._proposed()]
        return values

    @api.model
    def _proposed(self):
        """Of the chosen clients, else of every one that the user may see."""
        domain = [("state", "!=", "ended")]
        if self.env.context.get("active_model") == "roadmap.roadmap":
            domain.append(("id", "in", self.env.context.get("active_ids", [])))
        elif self.env.context.get("default_roadmap_id"):
            domain.append(("id", "=", self.env.context["default_roadmap_id"]))
        return self.env["roadmap.roadmap"].search(domain)._contract_proposals()

    def action_apply(self):
        """Make the contracts that are ticked and open them.

        What has become a contract meanwhile, by a colleague or a second click, is left alone.

        :raises UserError: nothing is ticked, or everything is a contract already
        """
        self.ensure_one()
        rows = self.row_ids.filtered("take")
        rows.roadmap_id.check_access("write")
        # One after the other: the second click then finds the contracts of the first.
        rows.roadmap_id.sudo().lock_for_update(allow_referencing=True)
        open_keys = {
            (values["roadmap_id"], values["product_id"])
            for values in rows.roadmap_id._contract_proposals()
        }
        rows = rows.filtered(lambda row: (row.roadmap_id.id, row.product_id.id) in open_keys)
        if not rows:
            raise UserError(
                self.env._("Nothing is ticked, or all of it has become a contract already.")
            )
        contracts = self.env["roadmap.contract"].create(
            [
                {
                    "roadmap_id": row.roadmap_id.id,
                    "product_id": row.product_id.id,
                    **{name: row[name] for name in OF_CONTRACT},
                }
                for row in rows
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_contract_action"
        )
        return {**action, "domain": [("id", "in", contracts.ids)], "context": {}}


class RoadmapContractProposalRow(models.TransientModel):
    """A contract as the invoices show it; what is guessed wrong is corrected here."""

    _name = "roadmap.contract.proposal.row"
    _description = "Contracts from Invoices: Contract"

    proposal_id = fields.Many2one("roadmap.contract.proposal", required=True, ondelete="cascade")
    take = fields.Boolean("Make It", default=True)
    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    seats = fields.Float("Quantity")
    price = fields.Monetary()
    period = fields.Selection(PERIODS, "Billed per", required=True)
    date_start = fields.Date("Since", required=True)
    times = fields.Integer("Times Invoiced", readonly=True)
    last = fields.Date("Last Invoice", readonly=True)
