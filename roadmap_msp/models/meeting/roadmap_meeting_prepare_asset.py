from odoo import fields, models
from odoo.tools import groupby


class RoadmapMeeting(models.Model):
    """Parts of the preparation: what expires within the horizon, dated events."""

    _inherit = "roadmap.meeting"

    def _prepare_part_expires(self, for_client):
        """Warranties, replacements, support and contracts that end, in the order of their dates."""
        devices = self._prepare_replacement_rows()
        rows = devices + self._prepare_support_rows() + self._prepare_contract_rows(for_client)
        rows.sort(key=lambda row: row["day"])
        [(fresh,)] = self.env["roadmap.asset"]._read_group(
            [("roadmap_id", "=", self.roadmap_id.id)], [], ["write_date:max"]
        )
        title = self.env._("Ends within 18 months")
        return {"title": title, "fresh": self._fresh(fresh or False), "rows": rows}

    def _prepare_part_events(self, for_client):
        """Dated events that touch the client: those of everybody, those that its devices raised.

        The client reads of an event of its own devices once that is on the plan.
        """
        today = fields.Date.context_today(self)
        notices = self.env["roadmap.notice"]._current(today)
        keys = [f"notice:{notice.id}" for notice in notices]
        findings = self.env["roadmap.finding"].search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("source_key", "in", keys),
                ("state", "in", ("planned",) if for_client else ("open", "planned", "accepted")),
            ]
        )
        raised = {finding.source_key: finding for finding in findings}
        rows = []
        for notice in notices:
            finding = raised.get(f"notice:{notice.id}", findings.browse())
            if finding or notice.scope == "all":
                words = [self._day(notice.date), notice.effect]
                rows.append(
                    {
                        "text": notice.name,
                        "detail": ", ".join(filter(None, words)),
                        "late": finding.state == "open" and notice.date < today,
                        "url": self._url(finding),
                    }
                )
        return {"title": self.env._("Dated events"), "fresh": self._fresh(None), "rows": rows}

    def _assets_ending(self, fname, groupby_field):
        """(group, count, first day) of assets whose date lies before the horizon."""
        return self.env["roadmap.asset"]._read_group(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "!=", "retired"),
                (fname, "!=", False),
                (fname, "<=", self._horizon()),
            ],
            [groupby_field],
            ["__count", f"{fname}:min"],
        )

    def _prepare_replacement_rows(self):
        today = fields.Date.context_today(self)
        rows = []
        for kind, count, first in self._assets_ending("replacement_due", "type_id"):
            rows.append(
                {
                    "day": first,
                    "text": self.env._("%(count)s × %(type)s", count=count, type=kind.name),
                    "detail": self.env._("to replace, the first %s", self._day(first)),
                    "late": first < today,
                }
            )
        for kind, count, first in self._warranties_ending():
            rows.append(
                {
                    "day": first,
                    "text": self.env._("%(count)s × %(type)s", count=count, type=kind.name),
                    "detail": self.env._("warranty ends, the first %s", self._day(first)),
                }
            )
        return rows

    def _warranties_ending(self):
        """Those that end from today on: what ran out long ago is told by replacement."""
        return self.env["roadmap.asset"]._read_group(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "!=", "retired"),
                ("warranty_end", ">=", fields.Date.context_today(self)),
                ("warranty_end", "<=", self._horizon()),
            ],
            ["type_id"],
            ["__count", "warranty_end:min"],
        )

    def _prepare_support_rows(self):
        today = fields.Date.context_today(self)
        groups = self._assets_ending("support_end", "lifecycle_id")
        return [
            {
                "day": first,
                "text": lifecycle.name or self.env._("Support of the maker"),
                "detail": self.env._(
                    "support ends %(day)s, devices: %(count)s", day=self._day(first), count=count
                ),
                "late": first < today,
                "url": self._url(lifecycle),
            }
            for lifecycle, count, first in groups
        ]

    def _prepare_contract_rows(self, for_client):
        contracts = self.env["roadmap.contract"].search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("date_end", ">=", fields.Date.context_today(self)),
                ("date_end", "<=", self._horizon()),
            ]
        )
        rows = []
        for name, group in groupby(contracts, lambda contract: contract.name):
            first = min(group, key=lambda contract: contract.date_end)
            words = self.env._("renews %s") if first.renews else self.env._("ends %s")
            notice = first.notice_date
            rows.append(
                {
                    "day": first.date_end,
                    "text": name,
                    "detail": words % self._day(first.date_end),
                    "internal": self.env._("notice by %s", self._day(notice)) if notice else "",
                    "url": self._url(first),
                }
            )
        return rows
