"""What a client's login reaches by RPC: some words of four models, and nothing behind them."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from . import access_configuration, access_records
from .common import RoadmapCommon

# Technical fields of Odoo's own mixins, the same on every document of the portal.
RECORD = {"create_date", "create_uid", "display_name", "id", "write_date", "write_uid"}
PORTAL = {"access_url", "access_warning"}
THREAD = {
    "has_message",
    "message_has_error",
    "message_has_error_counter",
    "message_has_sms_error",
    "message_ids",
    "message_is_follower",
    "message_needaction",
    "message_needaction_counter",
    "website_message_ids",
}
ACTIVITY = {"activity_exception_decoration", "activity_exception_icon", "activity_type_icon"}
RATING = {"rating_count", "rating_percentage_satisfaction"}
MIXINS = RECORD | PORTAL | THREAD | ACTIVITY

# The portal list: everything else on these models is for staff.
FIELDS = {
    "roadmap.assessment": MIXINS
    | {"deadline", "length", "name", "sent_on", "state", "submitted_on"},
    "roadmap.proposal": MIXINS
    | {"currency_id", "fiscal_year", "name", "note", "proposed_on", "withdrawn_on"},
    "roadmap.budget": MIXINS
    | {
        "approved_on",
        "currency_id",
        "fiscal_year",
        "name",
        "note",
        "proposed_on",
        "revision",
        "state",
        "superseded_on",
    },
    "roadmap.meeting": MIXINS
    | RATING
    | {"due_date", "duration", "meeting_type", "name", "start", "state", "stop"},
}
# Fields of ours on Odoo's own documents that a client's login may read.
NATIVE_FIELDS = {
    # The totals that stand on the quotation's page.
    "sale.order": {
        "roadmap_amount_month",
        "roadmap_amount_one_off",
        "roadmap_amount_quarter",
        "roadmap_amount_year",
    },
    "sale.order.line": set(),
    "calendar.event": set(),
    "res.partner": set(),
    # Words that are written for the client.
    "res.company": {"roadmap_amount_label", "roadmap_refusal_text"},
}
# Paths that lead from a document to what a client must not learn, even by guessing.
HIDDEN_PATHS = {
    "roadmap.assessment": [
        ("roadmap_id.tier_id.name", "ilike", "a"),
        ("score", ">", -1),
        ("answer_ids.value_text", "ilike", "a"),
        ("section_ids.answer_ids.note", "ilike", "a"),
        ("finding_ids.name", "ilike", "a"),
        ("user_id.login", "ilike", "a"),
        ("access_token", "!=", False),
    ],
    "roadmap.proposal": [
        ("roadmap_id.name", "ilike", "a"),
        ("line_ids.item_id.internal_note", "ilike", "a"),
        ("line_ids.item_id.margin", ">", -1),
        ("amount_one_off", ">", -1),
        ("access_token", "!=", False),
    ],
    "roadmap.budget": [
        ("roadmap_id.name", "ilike", "a"),
        ("line_ids.item_id.internal_note", "ilike", "a"),
        ("line_ids.amount", ">", -1),
        ("amount_one_off", ">", -1),
        ("previous_id.note", "ilike", "a"),
        ("access_token", "!=", False),
    ],
    "roadmap.meeting": [
        ("internal_note", "ilike", "a"),
        ("topic_ids.name", "ilike", "a"),
        ("opportunity_id.expected_revenue", ">", -1),
        ("event_id.name", "ilike", "a"),
        ("minutes", "ilike", "a"),
        ("access_token", "!=", False),
    ],
}


@tagged("post_install", "-at_install")
class TestAccessPortal(RoadmapCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shared = access_configuration.configuration(cls.env)
        cls.records = access_records.of_client(cls.env, cls.roadmap, cls.contact_owner, shared)
        cls.records["roadmap.meeting"].internal_note = "Dirty secret"
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.authenticate(self.portal_owner.login, self.portal_owner.login)

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def assertRefused(self, model, method, *args, **kwargs):
        with self.assertRaises(JsonRpcException, msg=f"{model}.{method}{args}"):
            self.call(model, method, *args, **kwargs)

    def test_fields_of_documents(self):
        for model, expected in FIELDS.items():
            shown = self.env[model].with_user(self.portal_owner).fields_get()
            self.assertEqual(set(shown), expected, model)

    def test_fields_on_native_models(self):
        for model, expected in NATIVE_FIELDS.items():
            shown = self.env[model].with_user(self.portal_owner).fields_get()
            ours = {name for name in shown if "roadmap" in name}
            self.assertEqual(ours, expected, model)

    def test_portal_reads_four_models_only(self):
        models = self.env["ir.model"].search([("model", "=like", "roadmap.%")]).mapped("model")
        readable = {
            name
            for name in models
            if not self.env[name]._abstract
            and self.env[name].with_user(self.portal_owner).has_access("read")
        }
        self.assertEqual(readable, set(FIELDS))

    @mute_logger("odoo.http")
    def test_listed_fields_can_be_read_and_others_cannot(self):
        for model, listed in FIELDS.items():
            record = self.records[model]
            row = self.call(model, "read", [record.id], sorted(listed - ACTIVITY))[0]
            self.assertEqual(row["name"], record.name)
            self.assertNotIn("Dirty secret", str(row))
            for name in sorted(set(record._fields) - listed):
                self.assertRefused(model, "read", [record.id], [name])

    @mute_logger("odoo.http")
    def test_hidden_fields_cannot_be_searched_grouped_or_exported(self):
        for model, leaves in HIDDEN_PATHS.items():
            record = self.records[model]
            self.assertEqual(self.call(model, "search", [("id", "=", record.id)]), [record.id])
            for leaf in leaves:
                path = leaf[0]
                self.assertRefused(model, "search", [leaf])
                self.assertRefused(model, "search_count", [leaf])
                self.assertRefused(model, "search", [], order=path)
                self.assertRefused(model, "formatted_read_group", [], [path], ["__count"])
                self.assertRefused(model, "web_search_read", [leaf], {"name": {}})
                self.assertRefused(model, "export_data", [record.id], [path.replace(".", "/")])
            self.assertRefused(model, "name_search", "", leaves[:1])

    @mute_logger("odoo.http")
    def test_nothing_can_be_changed(self):
        for model in FIELDS:
            record = self.records[model]
            self.assertRefused(model, "write", [record.id], {"name": "Mine"})
            self.assertRefused(model, "unlink", [record.id])
            self.assertRefused(model, "copy", [record.id])
            self.assertRefused(model, "message_post", [record.id], body="Mine")
            self.assertRefused(model, "activity_schedule", [record.id])

    @mute_logger("odoo.http")
    def test_buttons_of_staff_do_nothing_for_a_client(self):
        """Public methods of the four models, called by hand, change nothing."""
        for model in FIELDS:
            record = self.records[model]
            before = record.read(["state" if "state" in record._fields else "status"])
            buttons = [name for name in dir(type(record)) if name.startswith("action_")]
            self.assertTrue(buttons)
            for name in buttons:
                try:
                    result = self.call(model, name, [record.id])
                except JsonRpcException:
                    continue
                self.assertIsInstance(result, dict, f"{name} did something")
                self.assertIn("type", result)
            record.invalidate_recordset()
            self.assertEqual(record.read(list(before[0])), before)

    def test_messages_of_the_team_stay_with_the_team(self):
        for model in ("roadmap.assessment", "roadmap.proposal", "roadmap.budget"):
            record = self.records[model]
            record.with_user(self.user_csm).message_post(body="Dirty secret")
            seen = self.call("mail.message", "search_read", [("model", "=", model)], ["body"])
            self.assertNotIn("Dirty secret", str(seen))

    def test_calendar_of_a_meeting(self):
        """The event that a contact is invited to says nothing internal."""
        meeting = self.records["roadmap.meeting"]
        start = fields.Datetime.now() + timedelta(days=3)
        event = meeting._book(start, start + timedelta(hours=1), self.user_csm)
        event.partner_ids |= self.contact_owner
        self.assertNotIn("Dirty secret", str(event.read()))
