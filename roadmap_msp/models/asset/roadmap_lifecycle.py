from odoo import fields, models


class RoadmapLifecycle(models.Model):
    """A product release and the dates on which its maker's support ends."""

    _name = "roadmap.lifecycle"
    _description = "Product Lifecycle"
    _order = "name, id"

    name = fields.Char("Product", required=True, index="trigram")
    code = fields.Char(index=True)
    active = fields.Boolean(default=True)
    release_on = fields.Date()
    mainstream_end = fields.Date()
    support_end = fields.Date(index=True)
    sure = fields.Selection(
        [("a", "Two sources agree"), ("b", "One source"), ("c", "Approximate")],
        "How Sure",
        required=True,
        default="b",
    )
    source = fields.Char()
    note = fields.Char()
    aliases = fields.Text(help="Other spellings that mean this release, one a line.")
