from odoo import api, models
from odoo.tools import format_date

from ...rules import smooth

QUARTERS = 12


class RoadmapAsset(models.Model):
    """What is due when, in the client's fiscal quarters; counts only, no money."""

    _inherit = "roadmap.asset"

    @api.model
    def _portal_timeline(self, roadmap):
        """Rows of the timeline: title, count and the devices by type, for three years.

        What should have been replaced already stands in the first row.
        """
        today = self._as_of()
        start = roadmap.fiscal_year_start
        now = smooth.quarter_number(today, start)
        rows = self._read_group(
            [
                ("roadmap_id", "=", roadmap.id),
                ("state", "!=", "retired"),
                ("replacement_due", "!=", False),
                ("replacement_due", "<=", smooth.quarter_days(now + QUARTERS - 1, start)[1]),
            ],
            ["replacement_due:month", "type_id"],
            ["__count", "replacement_due:min"],
        )
        found = {}
        for _month, kind, count, due in rows:
            number = max(smooth.quarter_number(due, start), now - 1 if due < today else now)
            number = now - 1 if number < now else number
            kinds = found.setdefault(number, {})
            name = kind.name or self.env._("Other")
            kinds[name] = kinds.get(name, 0) + count
        return [
            {
                "title": self._quarter_title(number, now, start),
                "late": number < now,
                "count": sum(kinds.values()),
                "kinds": [f"{count} × {name}" for name, count in sorted(kinds.items())],
            }
            for number, kinds in sorted(found.items())
        ]

    @api.model
    def _quarter_title(self, number, now, start):
        if number < now:
            return self.env._("Due by now")
        first, last = smooth.quarter_days(number, start)
        return "{} – {}".format(
            format_date(self.env, first, date_format="MMM y"),
            format_date(self.env, last, date_format="MMM y"),
        )
