from itertools import product

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestPlanDependency(RoadmapCommon):
    """Items that wait for each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server, cls.network, cls.phones = (
            cls.env["roadmap.item"]
            .with_user(cls.user_csm)
            .create(
                [
                    {"name": name, "roadmap_id": cls.roadmap.id, "target_date": day}
                    for name, day in (
                        ("Server", "2027-03-31"),
                        ("Network", "2027-06-30"),
                        ("Phones", "2027-09-30"),
                    )
                ]
            )
        )

    def test_planned_too_early(self):
        self.server.depends_on_ids = self.network
        self.phones.depends_on_ids = self.network
        self.assertEqual(self.server.planned_too_early, "Network")
        self.assertFalse(self.phones.planned_too_early)
        self.assertEqual(self.network.needed_by_ids, self.server | self.phones)
        self.network.target_date = False
        self.assertEqual(self.phones.planned_too_early, "Network", "it has no date at all")
        self.network.action_done()
        self.assertFalse(self.server.planned_too_early)

    def test_the_query_of_the_board_says_what_the_form_says(self):
        items = self.server | self.network | self.phones
        days = (False, "2027-03-31", "2027-09-30")
        self.server.depends_on_ids = self.network | self.phones
        self.network.depends_on_ids = self.phones
        late = set()
        for first, second, third in product(days, repeat=3):
            self.server.target_date, self.network.target_date = first, second
            self.phones.target_date = third
            items.invalidate_recordset()
            for item in items:
                self.assertEqual(item.planned_too_early, item._late_dependencies())
                late.add(bool(item.planned_too_early))
        self.assertEqual(late, {True, False})

    def test_a_form_without_a_date_waits_for_nothing(self):
        self.server.target_date = False
        self.user_csm.group_ids |= self.env.ref("roadmap_msp.group_roadmap_advanced")
        with Form(self.server.with_user(self.user_csm)) as form:
            form.depends_on_ids.add(self.network)
        self.assertEqual(self.server.depends_on_ids, self.network)
        self.assertFalse(self.server.planned_too_early)

    def test_no_circle(self):
        self.server.depends_on_ids = self.network
        self.network.depends_on_ids = self.phones
        with self.assertRaisesRegex(ValidationError, "wait for each other"):
            self.phones.depends_on_ids = self.server
        with self.assertRaisesRegex(ValidationError, "wait for each other"):
            self.server.depends_on_ids = self.server

    def test_own_client_only(self):
        stranger = self.env["roadmap.item"].create(
            {"name": "Elsewhere", "roadmap_id": self.other_roadmap.id}
        )
        with self.assertRaisesRegex(ValidationError, "own client, not on Elsewhere"):
            self.server.sudo().depends_on_ids = stranger

    def test_shown_to_advanced_planners_only(self):
        items = self.env["roadmap.item"].with_user(self.user_csm)
        names = ("depends_on_ids", "planned_too_early")
        for kind in ("form", "kanban"):
            plain = items.get_view(view_type=kind)["arch"]
            self.assertNotIn(names[1], plain)
        self.user_csm.group_ids |= self.env.ref("roadmap_msp.group_roadmap_advanced")
        form = items.get_view(view_type="form")["arch"]
        self.assertIn(names[0], form)
        self.assertIn(names[1], items.get_view(view_type="kanban")["arch"])
