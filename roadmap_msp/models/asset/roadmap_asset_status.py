from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules import due_dates

WARRANTY_STATUSES = [
    ("covered", "Covered"),
    ("due_soon", "Ends soon"),
    ("expired", "Expired"),
    ("unknown", "Unknown"),
    ("not_required", "Not required"),
]
LIFECYCLE_STATUSES = [
    ("overdue", "Overdue"),
    ("due_soon", "Due soon"),
    ("ok", "Fine"),
    ("unknown", "Unknown"),
]
SUPPORT_STATUSES = [
    ("ended", "No longer supported"),
    ("ends_soon", "Support ends soon"),
    ("supported", "Supported"),
    ("unknown", "Unknown"),
    ("not_required", "Not required"),
]
STATUSES = ("warranty_status", "lifecycle_status", "support_status")


class RoadmapAsset(models.Model):
    """How the stored dates stand on a day: today, or the day of context ``as_of``.

    One domain for each status is the definition for filters, groups, portal and SQL; the records
    in memory ask ``rules/due_dates.py``, and a test holds the two together.
    """

    _inherit = "roadmap.asset"

    warranty_status = fields.Selection(
        WARRANTY_STATUSES,
        "Warranty",
        group_expand=True,
        compute="_compute_warranty_status",
        search="_search_warranty_status",
    )
    lifecycle_status = fields.Selection(
        LIFECYCLE_STATUSES,
        "Replacement",
        group_expand=True,
        compute="_compute_lifecycle_status",
        search="_search_lifecycle_status",
    )
    support_status = fields.Selection(
        SUPPORT_STATUSES,
        "Support",
        group_expand=True,
        compute="_compute_support_status",
        search="_search_support_status",
    )

    @api.model
    def _as_of(self):
        """The day that statuses are about."""
        day = self.env.context.get("as_of")
        return fields.Date.to_date(day) if day else fields.Date.context_today(self)

    @api.depends_context("as_of", "tz")
    @api.depends("state", "warranty_required", "warranty_end", "warranty_alert_from")
    def _compute_warranty_status(self):
        on = self._as_of()
        for asset in self:
            asset.warranty_status = due_dates.warranty_status(
                on,
                asset.warranty_required,
                asset.warranty_end,
                asset.warranty_alert_from,
                asset.state == "retired",
            )

    @api.depends_context("as_of", "tz")
    @api.depends("state", "replacement_due", "replacement_alert_from")
    def _compute_lifecycle_status(self):
        on = self._as_of()
        for asset in self:
            asset.lifecycle_status = due_dates.lifecycle_status(
                on,
                asset.replacement_due,
                asset.replacement_alert_from,
                asset.state == "retired",
            )

    @api.depends_context("as_of", "tz")
    @api.depends("state", "support_end", "lifecycle_id")
    def _compute_support_status(self):
        on = self._as_of()
        for asset in self:
            asset.support_status = due_dates.support_status(
                on, bool(asset.lifecycle_id), asset.support_end, asset.state == "retired"
            )

    @api.model
    def _support_domains(self, on):
        retired = Domain("state", "=", "retired")
        end, soon = "support_end", on + timedelta(days=due_dates.SUPPORT_SOON_DAYS)
        open_end = ~retired & Domain(end, "=", False)
        return {
            "not_required": retired,
            "unknown": open_end & Domain("lifecycle_id", "=", False),
            "ended": ~retired & Domain(end, "<", on),
            "ends_soon": ~retired & Domain(end, ">=", on) & Domain(end, "<=", soon),
            "supported": (open_end & Domain("lifecycle_id", "!=", False))
            | (~retired & Domain(end, ">", soon)),
        }

    @api.model
    def _status_domains(self, fname):
        """{status: domain}; together they cover every asset, and each asset once."""
        on = self._as_of()
        if fname == "support_status":
            return self._support_domains(on)
        retired = Domain("state", "=", "retired")
        if fname == "lifecycle_status":
            due, alert = "replacement_due", "replacement_alert_from"
            asked, free = ~retired, {"ok": retired}
            names = {"past": "overdue", "far": "ok"}
        else:
            due, alert = "warranty_end", "warranty_alert_from"
            required = Domain("warranty_required", "=", True)
            ahead = Domain(due, ">=", on)
            asked = ~retired & required
            none = Domain(due, "=", False) | Domain(due, "<", on)
            free = {
                "not_required": retired | (~required & none),
                "covered": ~retired & ~required & ahead,
            }
            names = {"past": "expired", "far": "covered"}
        domains = {
            "unknown": asked & Domain(due, "=", False),
            names["past"]: asked & Domain(due, "<", on),
            "due_soon": asked & Domain(due, ">=", on) & Domain(alert, "<=", on),
            names["far"]: asked & Domain(due, ">=", on) & Domain(alert, ">", on),
        }
        for status, domain in free.items():
            domains[status] = domains.get(status, Domain.FALSE) | domain
        return domains

    def _search_warranty_status(self, operator, value):
        return self._search_status("warranty_status", operator, value)

    def _search_lifecycle_status(self, operator, value):
        return self._search_status("lifecycle_status", operator, value)

    def _search_support_status(self, operator, value):
        return self._search_status("support_status", operator, value)

    def _search_status(self, fname, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._status_domains(fname)
        return Domain.OR(domains[status] for status in value if status in domains)

    def _field_to_sql(self, alias, field_expr, query=None):
        """A status as a column, so that lists group and sort by it."""
        if field_expr not in STATUSES or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        domains = self._status_domains(field_expr)
        # Every asset is in one of them, so the last one needs no look. Bytes are compared, for
        # these words sort alike in every language and a grouped list sorts all its assets by them.
        last = domains.popitem()[0]
        cases = [
            SQL("WHEN %s THEN %s", domain.optimize_full(self)._to_sql(self, alias, query), status)
            for status, domain in domains.items()
        ]
        return SQL('(CASE %s ELSE %s END COLLATE "C")', SQL(" ").join(cases), last)
