from odoo import api, fields, models
from odoo.tools import SQL

from .roadmap_roadmap_program_care import COMPUTERS, DAYS_A_YEAR


class RoadmapSnapshot(models.Model):
    """What the owner's page shows as it stands today, kept month by month for its trends."""

    _inherit = "roadmap.snapshot"

    @api.model
    def _selection_measure(self):
        return [
            *super()._selection_measure(),
            ("critical_count", self.env._("Open critical findings")),
            ("asked_count", self.env._("Questions asked")),
            ("answered_count", self.env._("Questions answered")),
            ("duty_count", self.env._("Devices that should be covered")),
            ("covered_count", self.env._("Devices covered as they should")),
            ("unsupported_count", self.env._("Devices past support")),
            ("computer_count", self.env._("Computers of known age")),
            ("computer_years", self.env._("Years of age of the computers")),
        ]

    @api.model
    def _snapshot_measures(self):
        return {
            **super()._snapshot_measures(),
            "critical_count": SQL(
                """
                SELECT r.id, COUNT(f.id)
                  FROM roadmap_roadmap r
                  LEFT JOIN roadmap_finding f ON f.roadmap_id = r.id AND f.risk = 'critical'
                       AND f.state = 'open' AND f.kind <> 'check'
                 WHERE r.active AND r.state <> 'ended'
                 GROUP BY r.id
                """
            ),
            "asked_count": self._sql_answers(SQL("TRUE")),
            "answered_count": self._sql_answers(SQL("a.state IN ('answered', 'verified')")),
            **self._asset_measures(),
        }

    def _sql_answers(self, condition):
        """Answers of questionnaires that were sent, by client."""
        return SQL(
            """
            SELECT a.roadmap_id, COUNT(*) FILTER (WHERE %s)
              FROM roadmap_answer a
              JOIN roadmap_assessment run ON run.id = a.assessment_id
                   AND run.state NOT IN ('draft', 'cancelled')
             WHERE a.hidden IS NOT TRUE
             GROUP BY a.roadmap_id
            """,
            condition,
        )

    def _asset_measures(self):
        today = fields.Date.context_today(self)
        years = SQL("SUM((%s - a.purchase_date) / %s::float)", today, DAYS_A_YEAR)
        computer = SQL("t.code IN %s AND a.purchase_date IS NOT NULL", COMPUTERS)
        covered = SQL("a.warranty_required AND a.warranty_end >= %s", today)
        return {
            measure: SQL(
                """
                SELECT a.roadmap_id, COALESCE(%s FILTER (WHERE %s), 0)
                  FROM roadmap_asset a
                  JOIN roadmap_asset_type t ON t.id = a.type_id
                 WHERE a.active AND a.state <> 'retired'
                 GROUP BY a.roadmap_id
                """,
                value,
                condition,
            )
            for measure, value, condition in (
                ("duty_count", SQL("COUNT(*)"), SQL("a.warranty_required")),
                ("covered_count", SQL("COUNT(*)"), covered),
                ("unsupported_count", SQL("COUNT(*)"), SQL("a.support_end < %s", today)),
                ("computer_count", SQL("COUNT(*)"), computer),
                ("computer_years", years, computer),
            )
        }
