from odoo import fields, models

from .roadmap_roadmap_forecast import KINDS

ADVANCED = "roadmap_msp.group_roadmap_advanced"


class RoadmapRoadmap(models.Model):
    """Scenarios of a client beside its plan."""

    _inherit = "roadmap.roadmap"

    scenario_ids = fields.One2many(
        "roadmap.scenario", "roadmap_id", groups="roadmap_msp.group_roadmap_user"
    )

    def _five_year_scenarios(self, years, scenario_ids):
        """The scenarios to choose from; for each kind of money the plan and the chosen ones."""
        if not self.env.user.has_group(ADVANCED):
            return {"advanced": False, "scenarios": [], "compared": []}
        own = self.env["roadmap.scenario"].search([("roadmap_id", "=", self.id)])
        chosen = own.filtered(lambda scenario: scenario.id in set(scenario_ids))
        compared = self._compare_scenarios(years, chosen) if chosen else []
        return {
            "advanced": True,
            "scenarios": [{"id": scenario.id, "name": scenario.name} for scenario in own],
            "compared": compared,
        }

    def _compare_scenarios(self, years, scenarios):
        """[{"kind", "lines": [{"id", "name", "years", "total", "difference"}]}], the plan first."""
        sums = {False: self._scenario_sums(years)}
        sums |= {scenario.id: self._scenario_sums(years, scenario.id) for scenario in scenarios}
        names = {False: self.env._("The plan"), **{s.id: s.name for s in scenarios}}
        return [
            {
                "kind": kind,
                "lines": [
                    {
                        "id": scenario_id,
                        "name": names[scenario_id],
                        "years": by_kind[kind],
                        "total": sum(by_kind[kind]),
                        "difference": sum(by_kind[kind]) - sum(sums[False][kind]),
                    }
                    for scenario_id, by_kind in sums.items()
                ],
            }
            for kind in KINDS
        ]

    def _scenario_sums(self, years, scenario_id=False):
        """{kind: amounts by fiscal year}, with the overrides of a scenario or as planned."""
        Forecast = self.env["roadmap.forecast"]
        Forecast = Forecast.with_context(
            forecast_roadmap_ids=self.ids,
            forecast_scenario_id=scenario_id,
            **Forecast._window_of_years(years),
        )
        groups = Forecast._read_group(
            [
                ("roadmap_id", "=", self.id),
                ("date", ">=", years[0]["from"]),
                ("date", "<=", years[-1]["to"]),
            ],
            ["fiscal_year"],
            [f"{kind}_total:sum" for kind in KINDS],
        )
        amounts = {year: values for year, *values in groups}
        nothing = [0.0] * len(KINDS)
        return {
            kind: [amounts.get(year["year"], nothing)[number] for year in years]
            for number, kind in enumerate(KINDS)
        }
