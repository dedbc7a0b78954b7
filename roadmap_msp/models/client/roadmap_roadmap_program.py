from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...rules import program as rules


class RoadmapRoadmap(models.Model):
    """The owner's page: is every client met, does what was agreed get quoted, does it pay."""

    _inherit = "roadmap.roadmap"

    @api.model
    @api.readonly
    def get_program(self, filters=None):
        """The figures of the roadmap program over the clients that the user may see.

        A figure has `key`, `title`, `value` (formatted), `note`, `target`, `met` (True, False or
        None), `formula`, `why`, `trend` (thirteen numbers, the last one of today) and `action`,
        the records behind it. The first eight carry `main`. `hosts` are the ratings of meetings by
        who held them, for managers only; `unrated` says which money no figure holds, or is False.

        :param filters: `user_id` of a team member and `tier_id`, to narrow the clients
        """
        if not self.env.user.has_group("roadmap_msp.group_roadmap_user"):
            raise AccessError(self.env._("The program's figures are for the roadmap team."))
        self.env.flush_all()
        today = fields.Date.context_today(self)
        scope = self.with_context(
            roadmap_program_days=rules.month_ends(today),
            roadmap_program_domain=list(self._program_domain(filters or {})),
            roadmap_program_unrated=set(),
        )
        scope = scope.with_context(roadmap_program_snapshots=scope._program_snapshots())
        figures = [
            *scope._program_meetings(held := scope._program_held()),
            *scope._program_habits(held),
            *scope._program_sales(),
            *scope._program_advice(),
            *scope._program_care(),
            *scope._program_return(),
            *scope._program_day(),
        ]
        figures.sort(key=lambda figure: not figure["main"])
        return {
            "clients": self.search_count(scope._program_clients_domain()),
            "days": [
                format_date(self.env, day, date_format="MMM y")
                for day in scope.env.context["roadmap_program_days"]
            ],
            "figures": figures,
            "hosts": scope._program_hosts(),
            "people": self._program_people(),
            "tiers": self._program_tiers(),
            "unrated": scope._program_unrated_text(),
        }

    @api.model
    def _program_domain(self, filters):
        domain = Domain.TRUE
        if filters.get("user_id"):
            domain &= Domain("member_ids", "in", int(filters["user_id"]))
        if filters.get("tier_id"):
            domain &= Domain("tier_id", "=", int(filters["tier_id"]))
        return domain

    def _program_people(self):
        """Everybody who is in the team of a client, by name."""
        groups = self._read_group([("state", "=", "running")], ["member_ids"])
        users = self.env["res.users"].union(*(user for (user,) in groups if user))
        return [{"id": user.id, "name": user.name} for user in users.sorted("name")]

    def _program_tiers(self):
        groups = self._read_group(
            [("state", "=", "running"), ("tier_id", "!=", False)], ["tier_id"]
        )
        return [{"id": tier.id, "name": tier.name} for (tier,) in groups]

    # -- the clients and days that a figure is about ---------------------------------------------

    def _program_clients_domain(self, *more):
        """Running clients of the filters, narrowed further."""
        domain = Domain("state", "=", "running") & Domain(
            self.env.context["roadmap_program_domain"]
        )
        return domain & Domain.AND([Domain(*leaf) for leaf in more])

    def _program_clients(self, *more):
        """The same as a subselect of ids, with the user's own record rules."""
        return self._search(self._program_clients_domain(*more)).subselect()

    def _program_everyone(self):
        """Clients of any state, for what happened in the past."""
        domain = Domain(self.env.context["roadmap_program_domain"])
        return self.with_context(active_test=False)._search(domain).subselect()

    def _program_today(self):
        return self.env.context["roadmap_program_days"][-1]

    def _program_sql_days(self):
        """A table `d(day)` of the days of the trend."""
        days = self.env.context["roadmap_program_days"]
        return SQL("(SELECT unnest(%s::date[]) AS day) d", days)

    def _program_by_day(self, query, width=1):
        """Rows (day, figure ...) as a list in the order of the days; zeros where there is none."""
        found = {day: tuple(rest) for day, *rest in self.env.execute_query(query)}
        return [found.get(day, (0,) * width) for day in self.env.context["roadmap_program_days"]]

    def _program_by_month(self, query, width=1):
        """Rows (month, figure ...) summed over the twelve months before each day of the trend."""
        rows = {month: tuple(rest) for month, *rest in self.env.execute_query(query)}
        return rules.trailing(rows, self.env.context["roadmap_program_days"], width)

    # -- a figure --------------------------------------------------------------------------------

    def _program_figure(
        self, key, title, formula, why, trend, unit="percent", target=None, better="more",
        note="", action=None, main=False, met=None,
    ):  # fmt: skip
        """A figure as plain values; the last number of the trend is its value.

        A target in words comes with `met`.
        """
        words = isinstance(target, str)
        value = trend[-1]
        return {
            "key": key,
            "title": title,
            "value": self._program_format(value, unit),
            "number": value,
            "note": note,
            "target": target if words else self._program_target(target, unit, better),
            "met": met if words else rules.met(value, target, better),
            "formula": formula,
            "why": why,
            "trend": trend if len(trend) > 1 else [],
            "action": action,
            "main": main,
        }

    def _program_format(self, value, unit):
        if value is None:
            return "–"
        if unit == "percent":
            return f"{round(value)} %"
        if unit == "money":
            return self.env.company.currency_id.format(round(value))
        if unit == "days":
            days = round(value)
            return self.env._("1 day") if days == 1 else self.env._("%s days", days)
        if unit == "workdays":
            days = round(value)
            return self.env._("1 working day") if days == 1 else self.env._("%s working days", days)
        return f"{value:.1f}" if unit == "number" else str(round(value))

    def _program_target(self, target, unit, better):
        if target is None:
            return ""
        text = self._program_format(target, unit)
        if better == "more":
            return self.env._("at least %s", text)
        return self.env._("at most %s", text)

    def _program_action(self, name, model, domain, views=("list", "form")):
        """Opens the records behind a figure; the domain is the user's to narrow further."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "domain": list(domain),
            "views": [[False, view] for view in views],
        }

    def _program_of_clients(self, *leaves):
        """A domain on records of the clients of the filters."""
        clients = self.env.context["roadmap_program_domain"]
        mine = [("roadmap_id", "any", clients)] if clients else []
        return [*mine, *leaves]
