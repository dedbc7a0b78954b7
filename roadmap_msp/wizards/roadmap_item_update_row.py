from odoo import fields, models


class RoadmapItemUpdateRow(models.TransientModel):
    """One difference between an item and its template; it is taken over if it is ticked."""

    _name = "roadmap.item.update.row"
    _description = "Difference from the Template"
    _order = "id"

    update_id = fields.Many2one("roadmap.item.update", required=True, ondelete="cascade")
    take = fields.Boolean()
    what = fields.Char(readonly=True)
    ours = fields.Text("The Item", readonly=True)
    theirs = fields.Text("The Template", readonly=True)
    # What to do with it: a field of the item, or a field, the whole or the end of a line.
    field_name = fields.Char(readonly=True)
    line_id = fields.Many2one("roadmap.item.line", readonly=True, ondelete="cascade")
    template_line_id = fields.Many2one(
        "roadmap.item.template.line", readonly=True, ondelete="cascade"
    )
