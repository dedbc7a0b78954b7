from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..client.roadmap_tied import with_defaults
from ..plan.roadmap_item_template_line import PERIODS


class SaleOrder(models.Model):
    """A quotation made from roadmap items."""

    _inherit = "sale.order"

    roadmap_id = fields.Many2one(
        "roadmap.roadmap",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="base.group_user",
    )
    roadmap_amount_one_off = fields.Monetary("One-off", compute="_compute_roadmap_amounts")
    roadmap_amount_month = fields.Monetary("Per Month", compute="_compute_roadmap_amounts")
    roadmap_amount_quarter = fields.Monetary("Per Quarter", compute="_compute_roadmap_amounts")
    roadmap_amount_year = fields.Monetary("Per Year", compute="_compute_roadmap_amounts")

    @api.constrains("roadmap_id")
    def _check_roadmap_id(self):
        for order in self:
            if order.roadmap_id and order.roadmap_id.company_id != order.company_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s belongs to another company than the roadmap of %(client)s.",
                        order=order.name,
                        client=order.roadmap_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        said = with_defaults(self, vals_list, ["roadmap_id"])
        self.env["roadmap.roadmap"]._check_ties(said)
        return super().create(vals_list)

    def write(self, vals):
        self.env["roadmap.roadmap"]._check_ties([vals])
        return super().write(vals)

    @api.depends("order_line.price_subtotal", "order_line.roadmap_item_line_id.period")
    def _compute_roadmap_amounts(self):
        for order in self:
            amounts = dict.fromkeys(["one_off", *dict(PERIODS)], 0.0)
            for line in order.order_line:
                period = line.sudo().roadmap_item_line_id.period
                amounts[period or "one_off"] += line.price_subtotal
            for key, amount in amounts.items():
                order[f"roadmap_amount_{key}"] = amount

    def _roadmap_totals(self):
        """[(label, amount)] without tax, one-off and recurring apart; empty where nothing recurs.

        For the client's eyes: order page, PDF and signature show it.
        """
        self.ensure_one()
        if not self.roadmap_id or not any(line._roadmap_is_recurring() for line in self.order_line):
            return []
        labels = {
            "one_off": self.env._("One-off"),
            "month": self.env._("Recurring, per month"),
            "quarter": self.env._("Recurring, per quarter"),
            "year": self.env._("Recurring, per year"),
        }
        offered = {
            line.sudo().roadmap_item_line_id.period
            for line in self.order_line
            if line._roadmap_is_recurring()
        }
        return [
            (label, self[f"roadmap_amount_{key}"])
            for key, label in labels.items()
            if key == "one_off" or key in offered
        ]

    def _roadmap_section_period(self, section):
        """The period of a section of recurring lines, None for any other section."""
        for line in self.order_line.sorted(lambda line: (line.sequence, line.id)):
            if line.parent_id == section and not line.display_type:
                return line.sudo().roadmap_item_line_id.period or None
        return None

    def action_open_roadmap(self):
        """Open the client's roadmap behind the quotation."""
        self.ensure_one()
        return self.roadmap_id._get_records_action(name=self.env._("Roadmap"))

    def action_open_in_sales(self):
        """Open the quotation in Sales, where it is edited and sent."""
        self.ensure_one()
        return self._get_records_action(
            name=self.name, views=[(self.env.ref("sale.view_order_form").id, "form")]
        )

    # === Hooks: they look at one field of the order and leave other orders alone ===

    def _action_confirm(self):
        result = super()._action_confirm()
        orders = self.filtered("roadmap_id").sudo()
        if orders:
            orders._roadmap_adopt_lines()
            orders._roadmap_note_left_out()
            orders._roadmap_update_contracts()
        return result

    def _action_cancel(self):
        ordered = self.filtered(lambda order: order.roadmap_id and order.state == "sale")
        result = super()._action_cancel()
        orders = self.filtered("roadmap_id").sudo()
        if orders:
            ordered.sudo()._roadmap_end_contracts()
            orders.opportunity_id._roadmap_update_revenue()
        return result

    def _roadmap_items(self):
        """The items on these orders, left out or not."""
        lines = self.order_line
        return lines.roadmap_item_line_id.item_id | lines.roadmap_item_id

    # === What the client does not want ===

    def _roadmap_note_left_out(self):
        """Keep a record of every item that the client left out of a confirmed order."""
        decisions = []
        for order in self:
            lines = order.order_line.filtered("roadmap_item_line_id")
            for item, group in lines.grouped(
                lambda line: line.roadmap_item_line_id.item_id
            ).items():
                if not any(group.mapped("product_uom_qty")):
                    reason = self.env._("Left out of %(order)s.", order=order.name)
                    decisions.append(order._prepare_roadmap_return(item, reason))
        self._roadmap_return(decisions)

    def _roadmap_declined(self, reason):
        """The client rejected the quotation: its items are proposed again, with the reason."""
        decisions = [
            order._prepare_roadmap_return(item, reason)
            for order in self.sudo()
            for item in order._roadmap_items()
        ]
        self._roadmap_return(decisions)

    def _roadmap_return(self, decisions):
        """Keep what the client did not want; a quotation of it waits for nobody any more."""
        returned = self.env["roadmap.decision"].sudo().create(decisions)
        returned.item_id._end_quote_request()

    def _prepare_roadmap_return(self, item, reason):
        """Values of the decision that returns an item to "proposed"."""
        self.ensure_one()
        return {
            "roadmap_id": item.roadmap_id.id,
            "item_id": item.id,
            "decision": "talk",
            "partner_id": self.partner_id.id,
            "user_id": False if self.env.user._is_public() else self.env.uid,
            "reason": reason,
            "signed_by": self.signed_by,
        }
