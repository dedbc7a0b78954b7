from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import cadence as rule

MEETING_TYPES = [
    ("kickoff", "Kickoff"),
    ("monthly", "Monthly meeting"),
    ("quarterly", "Quarterly review"),
    ("annual", "Annual meeting"),
    ("other", "Other"),
]


class RoadmapCadence(models.Model):
    """One kind of meeting of a tier or of a client: how often, how long, which agenda.

    A client's own cadences replace those of its tier.
    """

    _name = "roadmap.cadence"
    _description = "Meeting Cadence"
    _inherit = "roadmap.tied"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    tier_id = fields.Many2one("roadmap.tier", index="btree_not_null", ondelete="cascade")
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    meeting_type = fields.Selection(MEETING_TYPES, required=True, default="quarterly")
    interval_months = fields.Integer("Every (months)", default=3, required=True)
    target_months = fields.Char(
        help="The months of the year in which this meeting is wanted, as numbers: 3, 9. Empty: so"
        " many months after the last one.",
    )
    agenda_id = fields.Many2one("roadmap.agenda", ondelete="restrict")
    duration = fields.Float("Length", default=1.0, help="Hours and minutes of the meeting.")
    preparation = fields.Float(default=1.0, help="Hours and minutes of our own preparation.")
    booking_days = fields.Integer(
        "Book Ahead (days)",
        default=21,
        help="So many days before a meeting is due the account manager is asked to book it.",
    )
    yearly = fields.Float("Meetings per Year", compute="_compute_yearly")

    _one_owner = models.Constraint(
        "CHECK (num_nonnulls(tier_id, roadmap_id) = 1)",
        "A cadence belongs to either a tier or a client: fill one of the two and empty the other.",
    )
    _interval_positive = models.Constraint(
        "CHECK (interval_months > 0)",
        "A cadence needs at least one month between two meetings: write 1 or more in"
        " 'Every (months)'.",
    )
    _duration_positive = models.Constraint(
        "CHECK (duration > 0 AND preparation >= 0 AND booking_days >= 0)",
        "A cadence needs a length above zero; preparation and days ahead may not be negative.",
    )

    @api.depends("roadmap_id.company_id", "tier_id.company_id")
    def _compute_company_id(self):
        for cadence in self:
            cadence.company_id = cadence.roadmap_id.company_id or cadence.tier_id.company_id

    @api.constrains("target_months")
    def _check_target_months(self):
        for cadence in self:
            try:
                rule.parse_months(cadence.target_months)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "'%(text)s' are no months: write their numbers with commas, as in 3, 9.",
                        text=cadence.target_months,
                    )
                ) from error

    def _targets(self):
        """The target months as numbers; none while the text is not right yet."""
        self.ensure_one()
        try:
            return rule.parse_months(self.target_months)
        except ValueError:
            return ()

    def _months(self):
        """The months between two meetings; with target months the average, at least one."""
        self.ensure_one()
        targets = self._targets()
        return max(1, 12 // len(targets)) if targets else self.interval_months

    def _rule(self):
        self.ensure_one()
        return rule.Cadence(self.id, self._months(), self._targets())

    @api.depends("interval_months", "target_months")
    def _compute_yearly(self):
        for cadence in self:
            targets, months = cadence._targets(), cadence.interval_months
            cadence.yearly = len(targets) or (12 / months if months else 0.0)

    def _prepare_meeting_values(self):
        """What a meeting takes over from its cadence when it is planned."""
        self.ensure_one()
        return {
            "name": self.name,
            "cadence_id": self.id,
            "meeting_type": self.meeting_type,
            "agenda_id": self.agenda_id.id,
            "duration": self.duration,
        }
