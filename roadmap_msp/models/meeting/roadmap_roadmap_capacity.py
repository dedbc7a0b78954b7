from collections import defaultdict

from odoo import models

from ...rules.spread import hours_in_a_year


class RoadmapRoadmap(models.Model):
    """How many hours the meetings of clients take, by person and month."""

    _inherit = "roadmap.roadmap"

    def _capacity(self, tiers=None):
        """What the cadences of running, entitled clients ask of each host.

        :param tiers: {roadmap: tier} as it would be; without an entry the client's own tier
        :return: {user: {"clients", "meetings", "hours"}}, meetings and hours a month with
            preparation; clients whose host nobody is under the empty user
        """
        loads = defaultdict(lambda: {"clients": 0, "meetings": 0.0, "hours": 0.0})
        yearly = {}
        for roadmap in self.filtered(lambda row: row.state == "running"):
            tier = (tiers or {}).get(roadmap, roadmap.tier_id)
            own = roadmap.cadence_ids.filtered("active")
            entitlement = tier.entitlement if tiers and roadmap in tiers else roadmap.entitlement
            if not own and not tier or entitlement != "entitled":
                continue
            key = own or tier
            if key not in yearly:
                rows = own or tier.cadence_ids.filtered("active")
                yearly[key] = hours_in_a_year(
                    [(12 / row.yearly, row.duration, row.preparation) for row in rows if row.yearly]
                )
            meetings, hours = yearly[key]
            load = loads[roadmap._meeting_host()]
            load["clients"] += 1
            load["meetings"] += meetings / 12
            load["hours"] += hours / 12
        return dict(loads)
