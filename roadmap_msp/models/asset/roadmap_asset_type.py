from odoo import fields, models


class RoadmapAssetType(models.Model):
    """A kind of device: its life, its warranty rule and what replaces it."""

    _name = "roadmap.asset.type"
    _description = "Asset Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category_id = fields.Many2one("roadmap.category", ondelete="restrict")
    plan_from_years = fields.Integer(help="Age from which a replacement is planned.")
    life_years = fields.Integer("Replace After", help="Years from purchase; 0: no rule by age.")
    latest_years = fields.Integer("Replace at the Latest")
    warranty_norm_years = fields.Integer()
    warranty_years = fields.Integer("Warranty to Buy")
    must_be_covered = fields.Boolean(help="An ended warranty is a finding and makes it due.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    price_low = fields.Monetary()
    price_high = fields.Monetary()
    product_id = fields.Many2one("product.product", "Replacement", ondelete="restrict")
    labour_product_id = fields.Many2one("product.product", "Labour", ondelete="restrict")
    triggers = fields.Text("Replace Earlier If", translate=True)
    sure = fields.Selection(
        [("high", "High"), ("medium", "Medium"), ("low", "Low")], "How Sure", default="medium"
    )

    _code_uniq = models.UniqueIndex("(code)", "Each asset type needs a code of its own.")
