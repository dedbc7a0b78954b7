from odoo import fields, models
from odoo.exceptions import UserError


class RoadmapItemTemplateLine(models.Model):
    """The grid that maps each line of the library to one of the MSP's own products."""

    _inherit = "roadmap.item.template.line"

    code = fields.Char(related="template_id.code")
    category_id = fields.Many2one(related="template_id.category_id", store=True, index=True)
    product_type = fields.Char(related="template_id.product_type")
    guide_price = fields.Monetary(compute="_compute_guide_price")
    product_price = fields.Float(
        "Sales Price", related="product_id.lst_price", digits="Product Price"
    )

    def _compute_guide_price(self):
        for line in self:
            line.guide_price = line._guide_price()

    def action_create_products(self):
        """Make a product for each selected line that has none, at the middle of its guide range.

        :raises UserError: all selected lines have a product already, or there is no exchange rate
        """
        self.check_access("write")
        lines = self.filtered(lambda line: not line.product_id)
        if not lines:
            raise UserError(
                self.env._(
                    "All selected lines have a product already. Filter by “Not mapped” to find the"
                    " others."
                )
            )
        products = self.env["product.product"].create(
            [line._prepare_product_values() for line in lines]
        )
        for line, product in zip(lines, products, strict=True):
            line.product_id = product
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%s products made. Check names and prices before you quote.", len(products)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _prepare_product_values(self):
        """Goods or service by the template's product type; sold by order, price in our currency."""
        self.ensure_one()
        company = self.env.company
        goods = self.kind == "one_off" and (self.product_type or "").startswith("goods")
        periods = {
            "month": self.env._("per month"),
            "quarter": self.env._("per quarter"),
            "year": self.env._("per year"),
        }
        name = f"{self.template_id.name}: {self.name}" if self.name else self.template_id.name
        if self.period:
            name = f"{name}, {periods[self.period]}"
        return {
            "name": name,
            "type": "consu" if goods else "service",
            "invoice_policy": "order",
            "sale_ok": True,
            "purchase_ok": goods,
            "default_code": f"{self.code}-{self.kind[0].upper()}",
            "company_id": self.company_id.id,
            "list_price": self._guide_list_price(company),
        }

    def _guide_list_price(self, company):
        price = self.currency_id._roadmap_convert(
            self._guide_price(), company.currency_id, company, fields.Date.context_today(self)
        )
        if price is None:
            raise UserError(
                self.env._(
                    "The guide price of %(line)s is in %(currency)s, for which there is no exchange"
                    " rate. Enter one under Currencies first.",
                    line=self.display_name,
                    currency=self.currency_id.name,
                )
            )
        return price
