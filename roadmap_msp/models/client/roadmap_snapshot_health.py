from odoo import api, models
from odoo.tools import SQL

from ...rules import health as rules


class RoadmapSnapshot(models.Model):
    """Health, its parts and the score of the questionnaires, month by month."""

    _inherit = "roadmap.snapshot"

    @api.model
    def _selection_measure(self):
        titles = self.env["roadmap.roadmap"]._health_titles()
        return [
            *super()._selection_measure(),
            ("score", self.env._("Score")),
            ("health", self.env._("Health")),
            *((f"health_{key}", self.env._("Health: %s", titles[key])) for key in rules.WEIGHTS),
        ]

    @api.model
    def _snapshot_measures(self):
        return {
            **super()._snapshot_measures(),
            "score": SQL(
                """
                SELECT DISTINCT ON (roadmap_id) roadmap_id, score
                  FROM roadmap_assessment
                 WHERE is_scored AND state IN ('submitted', 'in_review', 'closed')
                 ORDER BY roadmap_id, id DESC
                """
            ),
            "health": SQL(
                """
                SELECT id, health
                  FROM roadmap_roadmap
                 WHERE active AND state = 'running' AND health_band IS NOT NULL
                """
            ),
            **self._health_part_measures(),
        }

    def _health_part_measures(self):
        """The parts as they were scored last night."""
        found = {f"health_{key}": {} for key in rules.WEIGHTS}
        roadmaps = self.env["roadmap.roadmap"].search_fetch(
            [("state", "=", "running"), ("health_band", "!=", False)], ["health_facts"]
        )
        for roadmap in roadmaps:
            for part in rules.parts(rules.Facts(**roadmap.health_facts)):
                if part.score is not None:
                    found[f"health_{part.key}"][roadmap.id] = part.score
        return found
