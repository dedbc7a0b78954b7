from odoo import fields, models


class RoadmapAgenda(models.Model):
    """An agenda template."""

    _name = "roadmap.agenda"
    _description = "Agenda Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    attendees = fields.Char("Who Attends", translate=True)
    description = fields.Html(translate=True)
    line_ids = fields.One2many("roadmap.agenda.line", "agenda_id", copy=True)
