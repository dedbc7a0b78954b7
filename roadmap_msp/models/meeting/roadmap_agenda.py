from odoo import api, fields, models

from .roadmap_cadence import MEETING_TYPES


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
    meeting_type = fields.Selection(MEETING_TYPES, default="other", required=True)
    attendees = fields.Char("Who Attends", translate=True)
    description = fields.Html("Notes for Us", translate=True)
    line_ids = fields.One2many("roadmap.agenda.line", "agenda_id", "Points", copy=True)
    minutes = fields.Integer("Total Minutes", compute="_compute_minutes")

    @api.depends("line_ids.minutes")
    def _compute_minutes(self):
        for agenda in self:
            agenda.minutes = sum(agenda.line_ids.mapped("minutes"))

    def _prepare_portal_values(self):
        """The points as the client may read them: minutes and title, not what we make of them."""
        return [{"minutes": line.minutes, "name": line.name} for line in self.line_ids]
