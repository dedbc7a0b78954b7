"""Every entry of the menu, opened by each role that sees it: all views, filters and groupings."""

from datetime import date

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import datetime, safe_eval, time

from . import access_configuration, access_records
from .common import RoadmapCommon

#: How a field without an operator of its own is searched by what somebody types.
TYPED = {"integer": 1, "float": 1, "monetary": 1, "date": "2026-01-01", "datetime": "2026-01-01"}


@tagged("post_install", "-at_install")
class TestScreens(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shared = access_configuration.configuration(cls.env)
        access_records.of_client(cls.env, cls.roadmap, cls.contact_owner, shared)
        cls.env.flush_all()

    def test_every_menu_opens(self):
        for user in (self.user_csm, self.user_vcio, self.user_manager):
            windows = self.windows(user)
            self.assertGreater(len(windows), 20, "The menu was read")
            for action in windows:
                with self.subTest(role=user.login, window=action.name):
                    self.open_window(action, user)

    def windows(self, user):
        """The windows behind the entries of our menu that this user sees."""
        ours = self.env["ir.model.data"].search(
            [("module", "=", "roadmap_msp"), ("model", "=", "ir.ui.menu")]
        )
        Menu = self.env["ir.ui.menu"].with_user(user)
        shown = Menu.browse(Menu._visible_menu_ids()) & Menu.browse(ours.mapped("res_id"))
        actions = shown.sudo().mapped("action")
        return [action for action in actions if action and action._name == "ir.actions.act_window"]

    def value(self, text, user):
        """A domain or context as the web client reads it."""
        names = {
            "uid": user.id,
            "time": time,
            "datetime": datetime,
            "context_today": date.today,
            "relativedelta": relativedelta,
            "allowed_company_ids": user.company_ids.ids,
        }
        return safe_eval(text, names) if text else None

    def open_window(self, action, user):
        context = self.value(action.context, user) or {}
        model = self.env(user=user)[action.res_model].with_context(**context)
        domain = self.value(action.domain, user) or []
        views = [(view, kind) for view, kind in action.views]
        shown = model.get_views([*views, (action.search_view_id.id, "search")])["views"]
        for kind, view in shown.items():
            arch = etree.fromstring(view["arch"])
            if kind == "search":
                self.use_search(model, domain, arch, user)
            elif kind in ("pivot", "graph"):
                self.group(model, domain, arch)
            else:
                self.show(model, domain, arch)

    def show(self, model, domain, arch):
        """The records with all fields of the view; of a wizard, its defaults."""
        fields = [row.get("name") for row in arch.iter("field") if row.get("name") in model._fields]
        if model.is_transient():
            model.default_get(fields)
            return
        model.web_search_read(domain, dict.fromkeys(fields, {}), limit=5)
        if lanes := arch.get("default_group_by"):
            model.web_read_group(domain, lanes.split(","), ["__count"])

    def group(self, model, domain, arch):
        """The figures of a pivot or graph."""
        rows, figures = [], ["__count"]
        for row in arch.iter("field"):
            name = row.get("name")
            if row.get("type") == "measure" and name != "__count":
                figures.append(f"{name}:{model._fields[name].aggregator or 'sum'}")
            elif row.get("type") != "measure":
                rows.append(self.grouped(model, name, row.get("interval")))
        model.formatted_read_group(domain, rows, figures)

    def grouped(self, model, name, interval=None):
        """A field as the web client groups by it: dates by month."""
        name, _colon, given = name.partition(":")
        dated = model._fields[name].type in ("date", "datetime")
        return f"{name}:{interval or given or 'month'}" if dated else name

    def use_search(self, model, domain, arch, user):
        """Each filter, each grouping, and a word typed for each field."""
        for row in arch.iter("filter"):
            model.search(self.value(row.get("domain"), user) or [], limit=1)
            if row.get("date"):
                model.search([(row.get("date"), ">", "2026-01-01")], limit=1)
            by = (self.value(row.get("context"), user) or {}).get("group_by", [])
            for name in [by] if isinstance(by, str) else by:
                model.web_read_group(domain, [self.grouped(model, name)], ["__count"])
        for row in arch.iter("field"):
            if text := row.get("filter_domain"):
                model.search(safe_eval(text, {"self": "x", "raw_value": "x"}), limit=1)
                continue
            field = model._fields[row.get("name")]
            choices = field.type == "selection" and field.get_values(model.env)
            typed = choices[0] if choices else TYPED.get(field.type, "x")
            operator = "ilike" if typed == "x" else "="
            model.search([(row.get("name"), operator, typed)], limit=1)
