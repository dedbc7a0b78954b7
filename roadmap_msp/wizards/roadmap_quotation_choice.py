from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RoadmapQuotationChoice(models.TransientModel):
    """How the selected items are quoted: together or apart, and from which quotation template."""

    _name = "roadmap.quotation.choice"
    _description = "Quote with Choices"

    item_ids = fields.Many2many("roadmap.item", string="Items")
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    split = fields.Selection(
        [
            ("client", "One per client"),
            ("category", "One per client and technology area"),
            ("item", "One per item"),
        ],
        "Quotations",
        required=True,
        default="client",
    )
    template_id = fields.Many2one(
        "sale.order.template",
        "Quotation Template",
        domain="[('company_id', 'in', [company_id, False])]",
        help="Its lines stand first; its terms, validity, signature and deposit apply. Empty: the"
        " template of the company, and new items join a draft.",
    )
    order_count = fields.Integer("Quotations to Make", compute="_compute_preview")
    problems = fields.Text("Stays Behind", compute="_compute_preview")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "item_ids" in fields and self.env.context.get("active_model") == "roadmap.item":
            values["item_ids"] = [Command.set(self.env.context.get("active_ids", []))]
        return values

    @api.depends("item_ids")
    def _compute_company_id(self):
        for choice in self:
            choice.company_id = choice.item_ids.company_id[:1]

    @api.depends("item_ids", "split")
    def _compute_preview(self):
        for choice in self:
            items = choice.item_ids._origin
            problems = {item: item.sudo()._quotation_problems() for item in items}
            ready = items.filtered(lambda item, problems=problems: not problems[item])
            choice.order_count = len(ready._quotation_groups(choice.split or "client"))
            choice.problems = "\n".join(line for lines in problems.values() for line in lines)

    def action_apply(self):
        """Make the quotations and open them; items with a problem are left out.

        :raises UserError: no item can be quoted, or the template is another company's
        """
        self.ensure_one()
        self.item_ids.check_access("write")
        template = self.template_id
        if template:
            template.check_access("read")
        if template.company_id and template.company_id != self.item_ids.company_id:
            raise UserError(
                self.env._(
                    "%s is a quotation template of another company than the items.", template.name
                )
            )
        ready = self.item_ids.filtered(lambda item: not item.sudo()._quotation_problems())
        if not ready:
            raise UserError(self.problems or self.env._("Select items to quote."))
        orders = ready._create_quotations(self.split, template.sudo())
        return ready._action_open_orders(orders)
