from odoo import fields, models


class RoadmapItemTemplate(models.Model):
    """An entry of the library: what may become a roadmap item, with guide prices."""

    _name = "roadmap.item.template"
    _description = "Item Template"
    _order = "code, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="The currency in which the guide prices are given.",
    )
    category_id = fields.Many2one("roadmap.category", required=True, index=True)
    summary = fields.Text(translate=True, help="The why, in the client's words.")
    product_type = fields.Char(
        help="What is sold, such as goods + labour, project or subscription."
    )
    due_days = fields.Integer(default=90, help="From the day on which the item is accepted.")
    may_be_covered = fields.Boolean(help="A managed-service agreement often includes it.")
    client_visible = fields.Boolean(default=True)
    line_ids = fields.One2many("roadmap.item.template.line", "template_id", copy=True)

    _code_uniq = models.UniqueIndex(
        "(code, company_id)", "Each template of the library needs a code of its own."
    )
