from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.health import Facts

RATING_MONTHS = 12


class RoadmapRoadmap(models.Model):
    """What the health of clients is judged by: one grouped query for each fact."""

    _inherit = "roadmap.roadmap"

    def _health_facts(self):
        """{roadmap id: Facts} of all these clients."""
        found = {
            "slips": self._health_slips(),
            "days_overdue": self._health_overdue(),
            "refused_risks": self._health_refused(),
            "days_form_late": self._health_forms(),
            "rating": self._health_ratings(),
            "critical_findings": self._health_findings(),
        }
        untapped = set(self._search(self._untapped_domain() & Domain("id", "in", self.ids)))
        return {
            roadmap.id: Facts(
                untapped=roadmap.id in untapped,
                **{key: rows[roadmap.id] for key, rows in found.items() if roadmap.id in rows},
            )
            for roadmap in self
        }

    def _health_slips(self):
        groups = self.env["roadmap.meeting"]._read_group(
            [("roadmap_id", "in", self.ids), ("state", "in", ("to_book", "booked"))],
            ["roadmap_id"],
            ["slip_count:max"],
        )
        return {roadmap.id: slips for roadmap, slips in groups if slips}

    def _health_overdue(self):
        """Days since the oldest due date of an unpaid invoice of the client in the company."""
        today = fields.Date.context_today(self)
        groups = (
            self.env["account.move"]
            .sudo()
            ._read_group(
                [
                    ("commercial_partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                    ("invoice_date_due", "<", today),
                ],
                ["commercial_partner_id", "company_id"],
                ["invoice_date_due:min"],
            )
        )
        oldest = {(partner, company): (today - due).days for partner, company, due in groups}
        return {
            roadmap.id: oldest[key]
            for roadmap in self
            if (key := (roadmap.partner_id, roadmap.company_id)) in oldest
        }

    def _health_refused(self):
        """Critical risks that the client refused to close: declined items, accepted findings."""
        critical = [("roadmap_id", "in", self.ids), ("risk", "=", "critical")]
        counts = {}
        for model, state in (("roadmap.item", "declined"), ("roadmap.finding", "accepted")):
            groups = self.env[model]._read_group(
                [*critical, ("state", "=", state)], ["roadmap_id"], ["__count"]
            )
            for roadmap, count in groups:
                counts[roadmap.id] = counts.get(roadmap.id, 0) + count
        return counts

    def _health_forms(self):
        today = fields.Date.context_today(self)
        groups = self.env["roadmap.assessment"]._read_group(
            [
                ("roadmap_id", "in", self.ids),
                ("state", "in", ("sent", "in_progress")),
                ("deadline", "<", today),
            ],
            ["roadmap_id"],
            ["deadline:min"],
        )
        return {roadmap.id: (today - deadline).days for roadmap, deadline in groups}

    def _health_ratings(self):
        """The average of the ratings of meetings in the last twelve months."""
        self.env["rating.rating"].flush_model()
        self.env["roadmap.meeting"].flush_model(["roadmap_id"])
        since = fields.Date.subtract(fields.Date.context_today(self), months=RATING_MONTHS)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT meeting.roadmap_id, avg(rating.rating)
                  FROM rating_rating rating
                  JOIN roadmap_meeting meeting ON meeting.id = rating.res_id
                 WHERE rating.res_model = 'roadmap.meeting'
                   AND rating.consumed AND rating.rating >= 1 AND rating.write_date >= %s
                   AND meeting.roadmap_id IN %s
                 GROUP BY meeting.roadmap_id
                """,
                since,
                tuple(self.ids) or (0,),
            )
        )
        return {roadmap_id: round(average, 1) for roadmap_id, average in rows}

    def _health_findings(self):
        groups = self.env["roadmap.finding"]._read_group(
            [
                ("roadmap_id", "in", self.ids),
                ("risk", "=", "critical"),
                ("kind", "!=", "check"),
                ("state", "=", "open"),
            ],
            ["roadmap_id"],
            ["__count"],
        )
        return {roadmap.id: count for roadmap, count in groups}
