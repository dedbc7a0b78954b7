from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestPlanUpdate(RoadmapCommon):
    """Versions of the library, items brought up to them, many items scheduled at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["roadmap.item.template"].create(
            {
                "name": "Firewall",
                "code": "T-FW",
                "summary": "Keeps strangers out.",
                "category_id": cls.env["roadmap.category"].search([], limit=1).id,
                "line_ids": [
                    (0, 0, {"name": "Device", "price_low": 900, "price_high": 1100}),
                    (0, 0, {"name": "Work", "price_low": 500, "price_high": 500}),
                ],
            }
        )
        cls.items = cls.env["roadmap.item"].with_user(cls.user_csm)
        cls.item = cls.items._create_from_templates(
            cls.roadmap.with_user(cls.user_csm), cls.template.with_user(cls.user_csm)
        )

    def wizard(self):
        update = self.env["roadmap.item.update"].with_user(self.user_csm)
        return Form(update.with_context(default_item_id=self.item.id)).save()

    def change(self):
        device, work = self.template.line_ids
        self.template.with_user(self.user_manager).action_new_version()
        self.template.write({"summary": "Watches all traffic.", "risk": "high"})
        device.write({"price_low": 1900, "price_high": 2100})
        work.unlink()
        self.template.line_ids = [(0, 0, {"name": "Licence", "price_low": 100, "price_high": 100})]

    def test_items_keep_their_version(self):
        self.template.with_user(self.user_manager).action_new_version()
        old = self.item.template_id
        self.assertEqual((old.version, old.active, old.newest_id), (1, False, self.template))
        self.assertEqual((old.code, self.template.version), ("T-FW", 2))
        self.assertEqual(self.item.line_ids.template_line_id, old.line_ids)
        self.assertEqual(old.line_ids.origin_id, self.template.line_ids)
        self.assertEqual(self.template.older_ids, old)

    def test_nothing_differs(self):
        self.assertFalse(self.wizard().row_ids)

    def test_take_over(self):
        self.change()
        self.item.summary = "Olive asked for it."
        wizard = self.wizard()
        ticked = dict(wizard.row_ids.mapped(lambda row: (row.what, row.take)))
        self.assertEqual(
            ticked,
            {
                "Summary": False,
                "Risk": True,
                "Device: Price Unit": True,
                "New line": True,
                "No longer in the template": False,
            },
        )
        price = wizard.row_ids.filtered(lambda row: row.field_name == "price_unit")
        self.assertEqual((price.ours, price.theirs), ("$1,000", "$2,000"))
        wizard.action_apply()
        self.assertEqual((self.item.summary, self.item.risk), ("Olive asked for it.", "high"))
        self.assertEqual(self.item.line_ids.mapped("name"), ["Device", "Work", "Licence"])
        self.assertEqual(self.item.amount_one_off, 2600)
        self.assertEqual(self.item.template_id, self.template)
        left = self.wizard()
        self.assertEqual(left.row_ids.mapped("what"), ["Summary", "No longer in the template"])
        left.row_ids.take = True
        left.action_apply()
        self.assertEqual(self.item.summary, "Watches all traffic.")
        self.assertEqual(self.item.line_ids.mapped("name"), ["Device", "Licence"])

    def test_what_was_changed_by_hand_stays(self):
        self.change()
        device = self.item.line_ids[0]
        device.write({"name": "Olive's device", "price_unit": 1500})
        self.item.risk = "critical"
        self.template.line_ids[0].name = "Appliance"
        wizard = self.wizard()
        ticked = dict(wizard.row_ids.mapped(lambda row: (row.what, row.take)))
        self.assertEqual(
            ticked,
            {
                "Summary": False,
                "Risk": False,
                "Olive's device: Name": False,
                "Olive's device: Price Unit": False,
                "New line": True,
                "No longer in the template": False,
            },
        )
        wizard.action_apply()
        self.assertEqual((device.name, device.price_unit), ("Olive's device", 1500))

    def test_areas_and_switches_are_shown_in_words(self):
        areas = self.env["roadmap.category"].create([{"name": "Edge"}, {"name": "Cloud"}])
        self.item.category_id = areas[0]
        self.template.write({"category_id": areas[1].id, "client_visible": False})
        rows = self.wizard().row_ids
        shown = {row.field_name: (row.ours, row.theirs) for row in rows}
        self.assertEqual(shown["category_id"], ("Edge", "Cloud"))
        self.assertEqual(shown["client_visible"], ("yes", "no"))

    def test_a_count_of_ours_stays(self):
        device, work = self.item.line_ids
        device.quantity = 4
        self.template.line_ids.quantity = 2
        rows = self.wizard().row_ids.filtered(lambda row: row.field_name == "quantity")
        self.assertEqual(rows.line_id, work, "nobody counted the other one")

    def test_words_of_a_line_stay(self):
        self.template.with_user(self.user_manager).action_new_version()
        self.template.line_ids[0].name = "Appliance"
        row = self.wizard().row_ids
        self.assertEqual((row.field_name, row.take), ("name", False))

    def test_our_own_price_stays(self):
        self.item.line_ids[0].write({"price_unit": 1234, "price_source": "manual"})
        row = self.wizard().row_ids
        self.assertEqual((row.field_name, row.take), ("price_unit", False))

    def test_lines_of_others_are_not_reached(self):
        self.change()
        wizard = self.wizard()
        foreign = self.env["roadmap.item"].create(
            {
                "name": "Other",
                "roadmap_id": self.other_roadmap.id,
                "line_ids": [(0, 0, {"name": "Theirs", "price_unit": 7})],
            }
        )
        wizard.sudo().row_ids.write({"line_id": foreign.line_ids.id, "take": True})
        wizard.action_apply()
        self.assertEqual(foreign.line_ids.price_unit, 7)

    def test_not_from_the_library_or_closed(self):
        self.item.action_done()
        with self.assertRaisesRegex(UserError, "closed already"):
            self.wizard()
        self.item = self.items.create({"name": "Own", "roadmap_id": self.roadmap.id})
        with self.assertRaisesRegex(UserError, "library"):
            self.wizard()

    def schedule(self, items, user=None, **values):
        wizard = self.env["roadmap.item.schedule"].with_user(user or self.user_csm)
        return wizard.with_context(active_model="roadmap.item", active_ids=items.ids).create(values)

    @freeze_time("2026-08-10")
    def test_schedule(self):
        self.roadmap.fiscal_year_start = "7"
        risks = ("low", "critical", "medium", "high")
        items = self.items.create(
            [{"name": risk, "roadmap_id": self.roadmap.id, "risk": risk} for risk in risks]
        )
        wizard = self.schedule(items, quarter="FY2027 Q2", quarter_count=2)
        self.assertIn("critical, high", wizard.preview)
        wizard.action_apply()
        self.assertEqual(
            dict(zip(risks, items.mapped("fiscal_period"), strict=True)),
            {
                "critical": "FY2027 Q2",
                "high": "FY2027 Q2",
                "medium": "FY2027 Q3",
                "low": "FY2027 Q3",
            },
        )
        self.schedule(items, quarter="FY2027 Q1", quarter_count=1).action_apply()
        self.assertEqual(set(items.mapped("target_date")), {items[0].target_date})
        self.assertEqual(str(items[0].target_date), "2026-09-30")
        with self.assertRaisesRegex(UserError, "Select the items"):
            self.schedule(self.items, quarter=items[0].fiscal_period).action_apply()
