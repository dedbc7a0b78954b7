from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-10")
class TestAssetTimeline(RoadmapCommon):
    """When devices are due, by client or type and fiscal quarter, and the lists behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roadmap.fiscal_year_start = "7"
        cls.kind = cls.env["roadmap.asset.type"].create(
            {"name": "Due Box", "code": "due_box", "life_years": 4, "must_be_covered": True}
        )
        days = {
            "Late": "2022-05-01",
            "Now": "2022-09-30",
            "Next": "2023-10-01",
            "Far": "2026-01-01",
            "Unknown": False,
        }
        cls.assets = cls.env["roadmap.asset"].create(
            [
                {
                    "name": name,
                    "roadmap_id": roadmap.id,
                    "type_id": cls.kind.id,
                    "purchase_date": day,
                    "warranty_end": "2026-12-31" if name == "Now" else False,
                }
                for roadmap in (cls.roadmap, cls.other_roadmap)
                for name, day in days.items()
            ]
        )
        cls.env["roadmap.asset"].create(
            {"name": "Gone", "roadmap_id": cls.roadmap.id, "state": "retired"}
        )

    def timeline(self, user=None, **values):
        values = {"roadmap_id": self.roadmap.id, "by": "type_id", **values}
        model = self.env["roadmap.asset"].with_user(user or self.user_technician)
        return model.get_due_timeline(**values)

    def named(self, page, row):
        """{column's label: count}"""
        labels = {c["key"]: f"{c['label']} {c['year']}".strip() for c in page["columns"]}
        return {labels[key]: count for key, count in row["cells"].items()}

    def test_quarters_of_the_clients_year(self):
        page = self.timeline()
        [row] = page["rows"]
        self.assertEqual(
            self.named(page, row),
            {
                "Earlier": 1,
                "Jul – Sep FY2027": 1,
                "Oct – Dec FY2028": 1,
                "Later": 1,
                "No date": 1,
            },
        )
        self.assertEqual((row["name"], page["hidden"]), ("Due Box", 0))
        self.assertEqual(len([c for c in page["columns"] if c["year"]]), 12)

    def test_every_cell_is_a_list_of_that_many(self):
        """The bounds of a column find exactly what its cell counts."""
        page = self.timeline()
        [row] = page["rows"]
        found = {}
        for column in page["columns"]:
            domain = [*page["domain"], ("type_id", "=", row["id"])]
            if column["key"] == "none":
                domain.append(("replacement_due", "=", False))
            if column["from"]:
                domain.append(("replacement_due", ">=", column["from"]))
            if column["to"]:
                domain.append(("replacement_due", "<=", column["to"]))
            found[column["key"]] = self.env["roadmap.asset"].search_count(domain)
        self.assertEqual({key: count for key, count in found.items() if count}, row["cells"])

    def test_other_dates(self):
        page = self.timeline(kind="warranty_end")
        self.assertEqual(self.named(page, page["rows"][0]), {"Oct – Dec FY2027": 1, "No date": 4})
        self.kind.must_be_covered = False
        self.assertFalse(self.timeline(kind="warranty_end")["rows"], "no cover is asked of them")
        self.assertEqual(self.named(page, self.timeline(kind="support_end")["rows"][0]),
                         {"No date": 5})  # fmt: skip

    def test_by_client_and_own_clients_only(self):
        everyone = self.timeline(roadmap_id=False, by="roadmap_id")
        names = {self.roadmap.display_name, self.other_roadmap.display_name}
        self.assertLessEqual(names, {row["name"] for row in everyone["rows"]})
        mine = self.timeline(self.user_csm, roadmap_id=False, by="roadmap_id")
        self.assertEqual([row["id"] for row in mine["rows"]], self.roadmap.ids)
        with self.assertRaises(AccessError):
            self.timeline(self.user_salesman)

    def test_what_is_urgent_stands_first_and_the_rest_is_counted(self):
        from ..models.asset import roadmap_asset_timeline  # noqa: PLC0415

        self.other_roadmap.asset_ids.filtered(lambda a: a.name == "Late").unlink()
        self.patch(roadmap_asset_timeline, "MOST_ROWS", 1)
        page = self.timeline(roadmap_id=False, by="roadmap_id")
        self.assertEqual([row["id"] for row in page["rows"]], self.roadmap.ids)
        self.assertGreaterEqual(page["hidden"], 1)

    def test_only_known_rows_and_dates(self):
        for values in ({"by": "company_id"}, {"kind": "create_date"}):
            with self.assertRaises(UserError):
                self.timeline(**values)

    def test_queries_do_not_grow(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.timeline(roadmap_id=False, by="roadmap_id")
            return self.env.cr.sql_log_count - before

        first = count()
        self.assets.copy()
        self.assertLessEqual(count(), first)

    def test_button_of_a_client(self):
        action = self.roadmap.with_user(self.user_csm).action_open_due_timeline()
        self.assertEqual(action["params"], {"roadmap_id": self.roadmap.id})
        self.assertIn(self.roadmap.name, action["name"])
