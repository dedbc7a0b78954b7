from odoo import fields, models


class RoadmapAgendaLine(models.Model):
    """A point of an agenda template."""

    _name = "roadmap.agenda.line"
    _description = "Agenda Point"
    _order = "agenda_id, sequence, id"

    agenda_id = fields.Many2one("roadmap.agenda", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    minutes = fields.Integer()
    name = fields.Char(required=True, translate=True)
    output = fields.Char(translate=True)
