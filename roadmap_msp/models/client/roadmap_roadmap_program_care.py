from odoo import models
from odoo.tools import SQL

from ...rules.program import ratio, share

DAYS_A_YEAR = 365.25
#: Types of devices at which people work, how old they may be on average, and how many past that.
COMPUTERS = ("desktop_pc", "laptop", "mac", "workstation_cad")
OLDEST, MOST_PAST = 3, 10


class RoadmapRoadmap(models.Model):
    """The owner's page: the clients' devices, what clients say, and whether they stay."""

    _inherit = "roadmap.roadmap"

    def _program_care(self):
        return [
            self._program_health(),
            self._program_rating(),
            self._program_retention(),
            self._program_cover(),
            self._program_age(),
            self._program_unsupported(),
            self._program_restore(),
        ]

    def _program_health(self):
        domain = [*self._program_clients_domain(), ("health_band", "!=", False)]
        groups = self._read_group(domain, ["health_band"], ["__count"])
        counts = dict(groups)
        return self._program_figure(
            "health",
            self.env._("Clients at risk"),
            self.env._("Running clients whose health is below 50"),
            self.env._("Signs of leaving, while there is time."),
            self._program_past("at_risk", counts.get("at_risk", 0)),
            unit="count",
            target=0,
            better="less",
            note=self.env._(
                "%(good)s thrive, %(watch)s to watch",
                good=counts.get("thriving", 0),
                watch=counts.get("watch", 0),
            ),
            action=self._program_action(
                self.env._("Clients at risk"),
                "roadmap.roadmap",
                [*domain, ("health_band", "=", "at_risk")],
                ("list", "form"),
            ),
        )

    def _program_rating(self):
        """Average rating of meetings, 1 to 5, over the twelve months before each day."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, AVG(x.rating)
                  FROM %s
                  JOIN rating_rating x ON x.res_model = 'roadmap.meeting' AND x.consumed
                   AND x.rating >= 1 AND x.write_date < d.day + 1
                   AND x.write_date >= d.day - interval '12 months'
                  JOIN roadmap_meeting m ON m.id = x.res_id
                 WHERE m.roadmap_id IN %s
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                self._program_everyone(),
            )
        )
        return self._program_figure(
            "rating",
            self.env._("Rating of meetings"),
            self.env._("Average of the ratings after meetings, 1 to 5, over twelve months"),
            self.env._("What clients say."),
            [average or None for (average,) in rows],
            unit="number",
            target=4.5,
            action=self._program_meeting_action(
                self.env._("Meetings that were rated"),
                (
                    "rating_ids",
                    "any",
                    [("consumed", "=", True), ("write_date", ">=", self._program_since())],
                ),
            ),
        )

    def _program_retention(self):
        """Of the clients who ran twelve months before a day, how many still ran on it."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, COUNT(*) FILTER (WHERE r.ended_on IS NULL OR r.ended_on > d.day),
                       COUNT(*)
                  FROM %s
                  JOIN roadmap_roadmap r ON r.started_on <= d.day - interval '12 months'
                   AND (r.ended_on IS NULL OR r.ended_on > d.day - interval '12 months')
                 WHERE r.id IN %s
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                self._program_everyone(),
            ),
            width=2,
        )
        return self._program_figure(
            "retention",
            self.env._("Clients kept"),
            self.env._("Clients of a year ago who are still clients"),
            self.env._("The purpose of it all."),
            [share(*row) for row in rows],
            target=95,
            action=self._program_action(
                self.env._("Ended clients"),
                "roadmap.roadmap",
                [
                    *self.env.context["roadmap_program_domain"],
                    ("ended_on", ">=", self._program_since()),
                ],
            ),
        )

    def _program_assets(self, *leaves):
        return self._program_of_clients(("state", "!=", "retired"), *leaves)

    def _program_cover(self):
        assets = self.env["roadmap.asset"]
        duty = self._program_assets(("warranty_required", "=", True))
        count = assets.search_count(duty)
        covered = assets.search_count([*duty, ("warranty_status", "in", ["covered", "due_soon"])])
        return self._program_figure(
            "cover",
            self.env._("Warranty cover"),
            self.env._("Devices under warranty / devices of types that should be"),
            self.env._("Cover that was bought with the device."),
            self._program_past_ratio("covered_count", "duty_count", share(covered, count), share),
            target=85,
            note=self.env._("%(covered)s of %(all)s devices", covered=covered, all=count),
            action=self._program_action(
                self.env._("Without cover"),
                "roadmap.asset",
                [*duty, ("warranty_status", "in", ["expired", "unknown"])],
            ),
        )

    def _program_age(self):
        """Average age in years of the computers, and the share past their life."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT AVG(%(today)s::date - a.purchase_date),
                       COUNT(*) FILTER (WHERE a.replacement_due < %(today)s), COUNT(*)
                  FROM roadmap_asset a
                  JOIN roadmap_asset_type t ON t.id = a.type_id AND t.code IN %(codes)s
                 WHERE a.roadmap_id IN %(clients)s AND a.active AND a.state <> 'retired'
                """,
                today=self._program_today(),
                codes=COMPUTERS,
                clients=self._program_clients(),
            )
        )
        days, past, count = rows[0]
        age, late = float(days) / DAYS_A_YEAR if days is not None else None, share(past, count)
        return self._program_figure(
            "age",
            self.env._("Average age of computers"),
            self.env._("Years since the purchase, where its date is known; past their life:"
                       " computers due for replacement / computers"),
            self.env._("Shows whether the renewal plan works."),
            self._program_past_ratio("computer_years", "computer_count", age, ratio),
            unit="number",
            target=self.env._("at most %(age)s, %(late)s past their life",
                              age=self._program_format(OLDEST, "number"),
                              late=self._program_format(MOST_PAST, "percent")),
            met=None if age is None else age <= OLDEST and late <= MOST_PAST,
            note=self.env._("%(past)s of %(all)s are past their life (%(share)s)",
                            past=past, all=count, share=self._program_format(late, "percent")),
            action=self._program_action(
                self.env._("Computers past their life"),
                "roadmap.asset",
                self._program_assets(
                    ("type_id.code", "in", COMPUTERS), ("lifecycle_status", "=", "overdue")
                ),
            ),
        )  # fmt: skip

    def _program_unsupported(self):
        domain = self._program_assets(("support_end", "<", self._program_today()))
        return self._program_figure(
            "unsupported",
            self.env._("Past support"),
            self.env._("Devices whose operating system or model lost its maker's support"),
            self.env._("No updates, no help."),
            self._program_past("unsupported_count", self.env["roadmap.asset"].search_count(domain)),
            unit="count",
            target=0,
            better="less",
            action=self._program_action(self.env._("Past support"), "roadmap.asset", domain),
        )
