from odoo import fields, models


class RoadmapCategory(models.Model):
    """A technology area; questions, items, assets, contracts and budgets share the tree."""

    _name = "roadmap.category"
    _description = "Technology Area"
    _parent_store = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    parent_id = fields.Many2one("roadmap.category", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
