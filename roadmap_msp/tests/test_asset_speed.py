from odoo.tests import tagged

from .common import RoadmapCommon

FILL = """
    INSERT INTO roadmap_asset (name, roadmap_id, company_id, type_id, state, active, warranty_end,
           warranty_required, warranty_alert_from, replacement_due, replacement_alert_from)
    SELECT 'PC-' || n, CASE WHEN n %% 200 = 0 THEN %(one)s ELSE %(other)s END, %(company)s,
           %(kind)s, 'in_use', true, '2020-01-01'::date + (n %% 6000)::int, true,
           '2019-07-01'::date + (n %% 6000)::int, '2020-01-01'::date + (n %% 7000)::int,
           '2019-01-01'::date + (n %% 7000)::int
      FROM generate_series(1, 20000) n
"""


@tagged("post_install", "-at_install")
class TestAssetSpeed(RoadmapCommon):
    """The plans of the questions that are asked all day, on a table of some size."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        values = {
            "one": cls.roadmap.id,
            "other": cls.other_roadmap.id,
            "company": cls.roadmap.company_id.id,
            "kind": cls.env.ref("roadmap_msp.asset_type_laptop").id,
        }
        cls.env.cr.execute(FILL, values)
        cls.env.cr.execute("ANALYZE roadmap_asset")
        Asset = cls.env["roadmap.asset"].with_user(cls.user_all)
        cls.Asset = Asset.with_context(as_of="2020-02-01")

    def _plan(self, domain, order=None, limit=80):
        query = self.Asset._search(domain, order=order, limit=limit)
        sql = query.select()
        self.env.cr.execute(f"EXPLAIN {sql.code}", sql.params)
        return "\n".join(row[0] for row in self.env.cr.fetchall())

    def test_due_list_of_a_client_by_index(self):
        for fname, status in (
            ("lifecycle_status", "overdue"),
            ("warranty_status", "expired"),
            ("lifecycle_status", "due_soon"),
        ):
            domain = [("roadmap_id", "=", self.roadmap.id), (fname, "=", status)]
            plan = self._plan(domain, "replacement_due, id")
            self.assertNotIn("Seq Scan on roadmap_asset", plan, f"{status}:\n{plan}")

    def test_status_of_all_clients_by_index(self):
        for fname, status in (("lifecycle_status", "overdue"), ("warranty_status", "expired")):
            plan = self._plan([(fname, "=", status)], "replacement_due, id")
            self.assertNotIn("Seq Scan on roadmap_asset", plan, f"{status}:\n{plan}")

    def test_counts_are_one_query(self):
        self.env.invalidate_all()
        by = ["roadmap_id", "lifecycle_status"]
        self.Asset._read_group([], by, ["__count"])
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.Asset._read_group([], by, ["__count"])
