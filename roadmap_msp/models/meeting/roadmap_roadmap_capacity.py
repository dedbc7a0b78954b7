from collections import defaultdict

from odoo import models

from ...rules.spread import BOOKING_HOURS, hours_in_a_year


class RoadmapRoadmap(models.Model):
    """How many hours the meetings of clients take, by person and month."""

    _inherit = "roadmap.roadmap"

    def _cadence_loads(self, tiers=None):
        """[(roadmap, meetings a year, hours a year)] of running, entitled clients by cadence.

        :param tiers: {roadmap: tier} as it would be; without an entry the client's own tier
        """
        rows, yearly = [], {}
        for roadmap in self.filtered(lambda row: row.state == "running"):
            tier = (tiers or {}).get(roadmap, roadmap.tier_id)
            own = roadmap.cadence_ids.filtered("active")
            entitlement = tier.entitlement if tiers and roadmap in tiers else roadmap.entitlement
            if not own and not tier or entitlement != "entitled":
                continue
            key = own or tier
            if key not in yearly:
                cadences = own or tier.cadence_ids.filtered("active")
                yearly[key] = hours_in_a_year(
                    [
                        (12 / row.yearly, row.duration, row.preparation)
                        for row in cadences
                        if row.yearly
                    ]
                )
            rows.append((roadmap, *yearly[key]))
        return rows

    def _capacity(self, tiers=None):
        """What the cadences of running, entitled clients ask of each host.

        :param tiers: {roadmap: tier} as it would be; without an entry the client's own tier
        :return: {user: {"clients", "meetings", "hours"}}, meetings and hours a month with
            preparation; clients whose host nobody is under the empty user
        """
        loads = defaultdict(lambda: {"clients": 0, "meetings": 0.0, "hours": 0.0})
        for roadmap, meetings, hours in self._cadence_loads(tiers):
            load = loads[roadmap._meeting_host()]
            load["clients"] += 1
            load["meetings"] += meetings / 12
            load["hours"] += hours / 12
        return dict(loads)

    def _booking_load(self):
        """What finding the times asks of each account manager.

        :return: {user: {"clients", "meetings", "hours"}}; all running clients of the user, and a
            month's meetings with the hours that booking them takes
        """
        loads = {
            user: {"clients": len(clients), "meetings": 0.0, "hours": 0.0}
            for user, clients in self.grouped("account_manager_id").items()
        }
        for roadmap, meetings, _hours in self._cadence_loads():
            load = loads[roadmap.account_manager_id]
            load["meetings"] += meetings / 12
            load["hours"] += meetings / 12 * BOOKING_HOURS
        return loads
