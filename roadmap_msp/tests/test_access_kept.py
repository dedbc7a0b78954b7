"""What only our own procedures set, and what a score or a promise would tell of hidden things."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from . import access_configuration, access_records
from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestAccessKept(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shared = access_configuration.configuration(cls.env)
        cls.own = access_records.of_client(cls.env, cls.roadmap, cls.contact_owner, shared)
        cls.other = access_records.of_client(cls.env, cls.other_roadmap, cls.other_contact, shared)
        cls.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "partner_id": cls.contact_office.id,
                "role": "finance",
            }
        )

    def _activity(self):
        return self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("roadmap.roadmap"),
                "res_id": self.other_roadmap.id,
                "summary": "Theirs",
                "user_id": self.user_other_csm.id,
            }
        )

    # ------------------------------------------------- set by procedures only
    def test_nobody_chooses_the_file_behind_a_book(self):
        """Its readers are given the file without asking for their rights on it."""
        secret = self.env["ir.attachment"].create({"name": "secret.pdf", "raw": b"%PDF-secret"})
        book = self.own["roadmap.book"]
        book.with_user(self.user_csm).write(
            {"document_id": secret.id, "made_on": "2026-01-05 10:00:00", "name": "Mine"}
        )
        self.assertEqual(book.name, "Mine")
        self.assertFalse(book.document_id or book.made_on)

    def test_nobody_chooses_the_activity_of_a_promise(self):
        activity = self._activity()
        promise = self.own["roadmap.action"].with_user(self.user_csm)
        with self.assertRaises(AccessError):
            promise.activity_id = activity
        with self.assertRaises(AccessError):
            promise.create(
                {
                    "name": "Mine",
                    "roadmap_id": self.roadmap.id,
                    "due_date": "2030-01-05",
                    "side": "ours",
                    "user_id": self.user_csm.id,
                    "activity_id": activity.id,
                }
            )
        self.assertEqual(activity.summary, "Theirs")

    def test_nobody_chooses_what_follows_a_meeting(self):
        event = self.env["calendar.event"].create(
            {"name": "Theirs", "start": "2030-01-05 10:00:00", "stop": "2030-01-05 11:00:00"}
        )
        lead = self.env["crm.lead"].create({"name": "Theirs", "type": "opportunity"})
        meeting = self.own["roadmap.meeting"].with_user(self.user_csm)
        for values in (
            {"event_id": event.id},
            {"booking_activity_id": self._activity().id},
            {"opportunity_id": lead.id},
        ):
            with self.assertRaises(AccessError):
                meeting.write(values)
            with self.assertRaises(AccessError):
                meeting.create({"roadmap_id": self.roadmap.id, "due_date": "2030-01-05", **values})
        meeting.write({"event_id": False, "opportunity_id": False})

    def test_what_nobody_chooses_comes_by_no_default_either(self):
        """Of the context, or of the user's own settings."""
        secret = self.env["ir.attachment"].create({"name": "secret.pdf", "raw": b"%PDF-secret"})
        books = self.env["roadmap.book"].with_user(self.user_csm)
        book = books.with_context(default_document_id=secret.id).create(
            {"roadmap_id": self.roadmap.id}
        )
        self.assertFalse(book.document_id)
        promises = self.env["roadmap.action"].with_user(self.user_csm)
        promise = {"name": "Mine", "roadmap_id": self.roadmap.id, "due_date": "2030-01-05",
                   "side": "ours", "user_id": self.user_csm.id}  # fmt: skip
        meetings = self.env["roadmap.meeting"].with_user(self.user_csm)
        event = self.env["calendar.event"].create(
            {"name": "Theirs", "start": "2030-01-05 10:00:00", "stop": "2030-01-05 11:00:00"}
        )
        with self.assertRaises(AccessError):
            promises.with_context(default_activity_id=self._activity().id).create(promise)
        with self.assertRaises(AccessError):
            meetings.with_context(default_event_id=event.id).create(
                {"roadmap_id": self.roadmap.id, "due_date": "2030-01-05"}
            )
        goals = self.env["roadmap.goal"].with_user(self.user_csm)
        with self.assertRaises(AccessError):
            goals.with_context(default_roadmap_id=self.other_roadmap.id).create({"name": "Grow"})
        self.env["ir.default"].with_user(self.user_csm).set(
            "roadmap.item", "goal_id", self.other["roadmap.goal"].id, user_id=True
        )
        with self.assertRaises(AccessError):
            self.env["roadmap.item"].with_user(self.user_csm).create(
                {"name": "Mine", "roadmap_id": self.roadmap.id}
            )

    def test_an_import_asks_for_the_client(self):
        rows = [{"name": "Matrix"}]
        devices = self.env["roadmap.asset"].with_user(self.user_csm)
        with self.assertRaises(AccessError):
            devices._import(
                self.other_roadmap.with_user(self.user_csm), rows, "", {"dry_run": True}
            )
        self.assertTrue(
            devices._import(self.roadmap.with_user(self.user_csm), rows, "", {"dry_run": True})
        )

    def test_a_context_asks_for_no_endless_forecast(self):
        forecast = self.env["roadmap.forecast"].with_user(self.user_csm)
        first, last = forecast.with_context(forecast_window=(0, 10**9))._forecast_window()
        self.assertLess(last - first, 1000)
        calendar = forecast.with_context(forecast_months=(0, 10**9, False))._sql_calendar()
        self.env.cr.execute(SQL("SELECT COUNT(*) FROM (%s) k", calendar))
        self.assertLess(self.env.cr.fetchone()[0], 10_000)

    def _references(self, record):
        """Fields by which the record refers to others of clients."""
        return [
            field
            for field in record._fields.values()
            if field.type in ("many2one", "many2many")
            and field.store
            and not field.related
            and field.comodel_name in self.foreign
        ]

    def test_nothing_is_handed_over_or_tied_to_a_client_of_others(self):
        """Whatever field of whatever record it is."""
        self.foreign = {}
        for record in self.other.values():
            self.foreign.setdefault(record._name, record)
        seen, tied = 0, []
        for model, record in self.own.items():
            record = record.with_user(self.user_csm)
            if model in access_records.NATIVE or not record.has_access("write"):
                continue
            for field in self._references(record):
                target = self.foreign[field.comodel_name]
                value = target.id if field.type == "many2one" else [Command.link(target.id)]
                seen += 1
                try:
                    with self.env.cr.savepoint():
                        record.write({field.name: value})
                        self.env.flush_all()
                except (AccessError, UserError):
                    self.env.invalidate_all()
                else:
                    tied += [str(field)] * (target in record.sudo()[field.name])
        self.assertFalse(tied)
        self.assertGreater(seen, 50)

    # ------------------------------------------------- told by what stands beside
    def _publish(self):
        """A page of an owner-only question alone, and one with a question for everybody."""
        run = self.own["roadmap.assessment"]
        mixed = self.own["roadmap.assessment.section"]
        alone = mixed.copy(
            {
                "section_id": self.env["roadmap.questionnaire.section"]
                .create(
                    {
                        "questionnaire_id": run.questionnaire_id.id,
                        "code": "OWN",
                        "name": "Sale of the firm",
                    }
                )
                .id
            }
        )
        self.own["roadmap.answer:owner_only"].assessment_section_id = alone
        (mixed | alone).write(
            {"published_on": "2026-01-05 10:00:00", "score": 20, "is_scored": True}
        )
        run.state = "closed"
        self.env.flush_all()
        return run, mixed, alone

    def test_the_score_of_an_owner_only_page_is_for_decision_makers(self):
        run, mixed, alone = self._publish()
        for roles, pages in (
            ({"decision_maker"}, mixed | alone),
            ({"finance"}, mixed),
            ({"contributor"}, mixed.browse()),
        ):
            names = [page["name"] for page in run._portal_published(roles)]
            self.assertCountEqual(names, pages.mapped("name"))

    def test_the_score_of_an_owner_only_page_stands_in_the_owners_book(self):
        _run, mixed, alone = self._publish()
        book = self.own["roadmap.book"]
        self.assertEqual([row["name"] for row in book._pages()], mixed.mapped("name"))
        book.write({"partner_ids": self.contact_owner.ids, "owner_copy": True})
        self.assertCountEqual(
            [row["name"] for row in book._pages()], (mixed | alone).mapped("name")
        )

    def test_a_promise_about_a_hidden_item_is_told_to_its_owner_only(self):
        item = self.own["roadmap.item"].copy({"client_visible": False})
        topic = self.own["roadmap.meeting.topic"].copy({"item_id": item.id, "finding_id": False})
        promise = self.own["roadmap.action"]
        promise.write({"topic_id": topic.id, "side": "client", "user_id": False,
                       "partner_id": self.contact_owner.id})  # fmt: skip
        self.assertFalse(promise._prepare_portal_values(self.contact_office, may_all=True))
        self.assertTrue(promise._prepare_portal_values(self.contact_owner))
        item.client_visible = True
        self.assertTrue(promise._prepare_portal_values(self.contact_office, may_all=True))
