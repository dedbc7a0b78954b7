"""Every button that leads somewhere, pressed by a manager: what it opens can be opened.

A model that gains such a button without a record here fails the build.
"""

import re

from lxml import etree

from odoo.tests import HttpCase, tagged
from odoo.tools.safe_eval import safe_eval, time

from . import access_configuration, access_records
from .common import RoadmapCommon

LEADS_SOMEWHERE = re.compile(
    r"action_(open|view|print)(_\w+)?|action_preview(_results)?|action_(present|workbook|download)"
)
# The name of a button that leads nowhere.
ELSEWHERE = {"roadmap.import.action_preview": "a step of the import: test_import_files"}


@tagged("post_install", "-at_install")
class TestButtons(RoadmapCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shared = access_configuration.configuration(cls.env)
        own = access_records.of_client(cls.env, cls.roadmap, cls.contact_owner, shared)
        cls.records = {**shared, **own}
        cls._link_records()
        cls.env.flush_all()

    @classmethod
    def _link_records(cls):
        """What must be there for the button to be shown."""
        get, env = cls.records.get, cls.env
        event = env["calendar.event"].create(
            {
                "name": "Matrix",
                "start": "2026-06-01 09:00:00",
                "stop": "2026-06-01 10:00:00",
                "roadmap_meeting_id": get("roadmap.meeting").id,
            }
        )
        document = env["ir.attachment"].create(
            {"name": "b.pdf", "res_model": "roadmap.book", "res_id": get("roadmap.book").id}
        )
        for model, values in {
            "roadmap.assessment": {"previous_id": get("roadmap.assessment:cancelled").id},
            "roadmap.asset": {"replacement_line_id": get("roadmap.item.line").id},
            "roadmap.book": {"document_id": document.id},
            "roadmap.budget.line": {"item_id": get("roadmap.item").id},
            "roadmap.contract": {"sale_line_id": get("sale.order.line").id},
            "roadmap.meeting": {"opportunity_id": get("crm.lead").id, "minutes": "<p>Done</p>"},
        }.items():
            get(model).write(values)
        cls.records |= {"res.partner": cls.client, "calendar.event": event}
        for model, values in {
            "roadmap.assessment.sheet": {"assessment_id": get("roadmap.assessment").id},
            "roadmap.asset.as.of": {},
            "roadmap.meeting.booking": {"meeting_id": get("roadmap.meeting").id},
        }.items():
            cls.records[model] = env[model].with_user(cls.user_manager).create(values)

    def _buttons(self):
        """[(model, name)] of our public methods that lead somewhere."""
        return [
            (model, name)
            for model, kind in sorted(self.env.registry.items())
            if not kind._abstract
            for name in sorted(
                {
                    name
                    for part in kind.mro()
                    if part.__module__.startswith("odoo.addons.roadmap_msp.")
                    for name in vars(part)
                    if LEADS_SOMEWHERE.fullmatch(name)
                }
            )
            if f"{model}.{name}" not in ELSEWHERE
        ]

    def test_every_button_opens(self):
        buttons = self._buttons()
        self.assertGreater(len(buttons), 50, "The models were read")
        self.authenticate(self.user_manager.login, self.user_manager.login)
        for model, name in buttons:
            with self.subTest(button=f"{model}.{name}"):
                self.assertTrue(self.records.get(model), "No record to press it on")
                record = self.records[model].with_user(self.user_manager)
                action = getattr(record, name)()
                self.assertIsInstance(action, dict, "It leads nowhere")
                getattr(self, "_check_" + action["type"].rpartition(".")[2])(action)

    def _value(self, value):
        """A domain or context as the web client reads it."""
        if isinstance(value, str):
            names = {"uid": self.user_manager.id, "time": time, "allowed_company_ids": []}
            return safe_eval(value or "{}", names)
        return value or {}

    def _check_act_window(self, action):
        env = self.env(user=self.user_manager)
        model = env[action["res_model"]]
        views = action.get("views") or [
            (False, mode) for mode in (action.get("view_mode") or "form").split(",")
        ]
        context = self._value(action.get("context"))
        search = (action.get("search_view_id") or [False])[0]
        model = model.with_context(**context)
        shown = model.get_views([*map(tuple, views), (search, "search")])["views"]
        self.assertEqual(set(shown), {kind for _, kind in views} | {"search"})
        if action.get("res_id"):
            record = model.browse(action["res_id"])
            self.assertTrue(record.exists().has_access("read"))
        else:
            self.assertIn("domain", action, "Neither a record nor a list of some")
            model.search(self._value(action["domain"]) or [], limit=1)
        names = {node.get("name") for node in etree.fromstring(shown["search"]["arch"]).iter()}
        filters = {key[15:] for key in context if key.startswith("search_default_")}
        self.assertLessEqual(filters, names, "A filter that the search does not have")

    def _check_act_url(self, action):
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200, action["url"])

    def _check_client(self, action):
        known = self.env["ir.actions.client"].sudo().search([("tag", "=", action["tag"])])
        self.assertTrue(known)

    def _check_report(self, action):
        self.assertTrue(self.env.ref(action["report_name"]))
