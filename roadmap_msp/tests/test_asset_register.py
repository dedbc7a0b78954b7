from datetime import timedelta
from itertools import product

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from ..rules import due_dates
from .common import RoadmapCommon

DAY = fields.Date.to_date("2026-06-15")


class AssetRegisterCommon(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.laptop = cls.env.ref("roadmap_msp.asset_type_laptop")
        cls.monitor = cls.env.ref("roadmap_msp.asset_type_monitor")
        cls.Asset = cls.env["roadmap.asset"].with_user(cls.user_technician)

    def _asset(self, **vals):
        return self.Asset.create(
            {"name": "LAP-1", "roadmap_id": self.roadmap.id, "type_id": self.laptop.id, **vals}
        )


@tagged("post_install", "-at_install")
class TestAssetRegister(AssetRegisterCommon):
    # ------------------------------------------------------------------ dates by source

    def test_effective_dates_and_due(self):
        asset = self._asset(
            date_ids=[
                (0, 0, {"kind": "purchase", "source": "rmm", "date": "2022-03-01"}),
                (0, 0, {"kind": "purchase", "source": "psa", "date": "2022-01-10"}),
                (0, 0, {"kind": "warranty_end", "source": "rmm", "date": "2025-01-10"}),
                (0, 0, {"kind": "warranty_end", "source": "psa", "date": "2027-01-10"}),
            ]
        )
        self.assertEqual(str(asset.purchase_date), "2022-01-10")
        self.assertEqual(str(asset.warranty_end), "2027-01-10")
        self.assertTrue(asset.date_conflict)
        self.assertEqual(str(asset.replacement_due), "2026-01-10", "four years")
        self.assertEqual(
            asset.warranty_end - asset.warranty_alert_from,
            timedelta(days=self.roadmap.company_id.roadmap_warranty_alert_days),
        )
        asset.date_ids.filtered(lambda r: r.source == "rmm" and r.kind != "purchase").locked = True
        self.assertEqual(str(asset.warranty_end), "2025-01-10")
        self.assertEqual(str(asset.replacement_due), "2026-01-10", "cover can be renewed")
        self.laptop.replace_uncovered = True
        self.assertEqual(str(asset.replacement_due), "2025-01-10", "must never be uncovered")

    def test_lifetime_is_not_cover(self):
        asset = self._asset(warranty_end="2099-12-31")
        self.assertFalse(asset.warranty_end)
        self.assertTrue(asset.date_ids.lifetime)
        self.assertEqual(asset.warranty_status, "unknown")

    def test_typed_date_stays(self):
        asset = self._asset(import_source="rmm", warranty_end="2025-01-10")
        self.assertEqual(asset.date_ids.source, "rmm")
        asset.warranty_end = "2024-06-30"
        self.assertEqual(str(asset.warranty_end), "2024-06-30", "what a person types wins")
        manual = asset.date_ids.filtered(lambda row: row.source == "manual")
        self.assertTrue(manual.locked)
        asset.warranty_end = False
        self.assertEqual(str(asset.warranty_end), "2025-01-10", "the source is back")
        self.assertEqual(asset.date_ids.source, "rmm")

    def test_an_emptied_date_gives_way_and_what_follows_from_it_follows(self):
        asset = self._asset(
            date_ids=[
                (0, 0, {"kind": "purchase", "source": "rmm", "date": "2022-03-01"}),
                (0, 0, {"kind": "warranty_end", "source": "rmm", "date": "2025-03-01"}),
            ]
        )
        derived = ("replacement_due", "replacement_alert_from", "warranty_alert_from")
        before = [str(asset[name]) for name in derived]
        asset.write({"purchase_date": "2024-05-05", "warranty_end": "2028-05-05"})
        self.env.flush_all()
        for typed, name in zip(before, derived, strict=True):
            self.assertNotEqual(typed, str(asset[name]), name)
        asset.write({"purchase_date": False, "warranty_end": False})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((str(asset.purchase_date), str(asset.warranty_end)),
                         ("2022-03-01", "2025-03-01"))  # fmt: skip
        self.assertEqual([str(asset[name]) for name in derived], before)

    def test_form_edits_dates(self):
        asset = self._asset()
        with Form(asset) as form:
            form.purchase_date = "2020-02-29"
        self.assertEqual(str(asset.replacement_due), "2024-02-29")
        self.assertEqual(asset.date_ids.mapped("source"), ["manual"])

    def test_policy_and_threshold_changes_follow(self):
        asset = self._asset(purchase_date="2024-01-01")
        self.laptop.life_years = 5
        self.assertEqual(str(asset.replacement_due), "2029-01-01")
        self.roadmap.company_id.roadmap_replacement_alert_days = 10
        self.assertEqual(str(asset.replacement_alert_from), "2028-12-22")

    def test_support_end_counts(self):
        asset = self._asset(purchase_date="2026-01-01", operating_system="win srv 2016 std")
        self.assertEqual(str(asset.replacement_due), "2027-01-12")
        asset.lifecycle_id.sudo().support_end = "2026-12-31"
        self.assertEqual(str(asset.replacement_due), "2026-12-31")
        asset.operating_system = "Windows Server 2025"
        self.assertEqual(str(asset.replacement_due), "2030-01-01")

    # ------------------------------------------------------------------ statuses

    def test_python_and_sql_agree(self):
        """Every combination of dates, duty and state, on three days."""
        days = [False, *(DAY + timedelta(days=n) for n in (-400, -1, 0, 1, 179, 180, 181, 900))]
        types = (self.laptop, self.monitor, self.laptop.browse())
        ends = (-1, 0, 1, 179, 180, 181, 900)
        releases = self.env["roadmap.lifecycle"].create(
            [{"name": f"R{n}", "support_end": DAY + timedelta(days=n)} for n in ends]
            + [{"name": "No fixed end"}]
        )
        releases = [self.env["roadmap.lifecycle"], *releases]
        assets = self.Asset.create(
            [
                {
                    "name": f"A{n}",
                    "roadmap_id": self.roadmap.id,
                    "type_id": kind.id,
                    "state": state,
                    "purchase_date": bought and bought - timedelta(days=4 * 365),
                    "warranty_end": cover,
                    "lifecycle_id": releases[n % len(releases)].id,
                }
                for n, (kind, state, bought, cover) in enumerate(
                    product(types, ("in_use", "spare", "retired"), days, days)
                )
            ]
        )
        for day, fname in product(
            (DAY, DAY + timedelta(days=365), DAY - timedelta(days=1)),
            ("warranty_status", "lifecycle_status", "support_status"),
        ):
            assets = assets.with_context(as_of=day)
            expected = {asset.id: self._by_rules(asset, fname, day) for asset in assets}
            self.assertEqual({asset.id: asset[fname] for asset in assets}, expected)
            scope = [("id", "in", assets.ids)]
            groups = dict(assets._read_group(scope, [fname], ["id:array_agg"]))
            by_sql = {asset_id: status for status, ids in groups.items() for asset_id in ids}
            self.assertEqual(by_sql, expected)
            for status in set(expected.values()):
                found = assets.search([*scope, (fname, "=", status)])
                self.assertEqual(
                    set(found.ids), {key for key, value in expected.items() if value == status}
                )
            rest = assets.search([*scope, (fname, "!=", "unknown")])
            self.assertEqual(
                set(rest.ids), {key for key, value in expected.items() if value != "unknown"}
            )
            ordered = assets.search(scope, order=f"{fname}, id")
            self.assertEqual(len(ordered), len(assets))

    def _by_rules(self, asset, fname, day):
        retired = asset.state == "retired"
        if fname == "support_status":
            return due_dates.support_status(
                day, bool(asset.lifecycle_id), asset.support_end, retired
            )
        if fname == "lifecycle_status":
            return due_dates.lifecycle_status(
                day, asset.replacement_due, asset.replacement_alert_from, retired
            )
        return due_dates.warranty_status(
            day, asset.warranty_required, asset.warranty_end, asset.warranty_alert_from, retired
        )

    def test_status_is_groupable(self):
        info = self.Asset.fields_get(["warranty_status", "lifecycle_status"])
        for name in ("warranty_status", "lifecycle_status"):
            self.assertTrue(info[name]["groupable"], name)
            self.assertTrue(info[name]["searchable"], name)

    def test_status_follows_today(self):
        asset = self._asset(purchase_date="2022-06-15", warranty_end="2026-06-15")
        with freeze_time("2025-01-01"):
            self.assertEqual(asset.warranty_status, "covered")
        asset.invalidate_recordset(["warranty_status"])
        with freeze_time("2026-06-16"):
            self.assertEqual(asset.warranty_status, "expired")
            self.assertEqual(asset.lifecycle_status, "overdue")

    # ------------------------------------------------------------------ access and speed

    def test_retire_with_a_reason(self):
        asset = self._asset(purchase_date="2015-01-01")
        wizard = (
            self.env["roadmap.asset.retire"]
            .with_user(self.user_technician)
            .create({"asset_ids": [(6, 0, asset.ids)], "reason": "recycled", "day": DAY})
        )
        wizard.action_retire()
        self.assertEqual(
            (asset.state, asset.retire_reason, asset.retired_on), ("retired", "recycled", DAY)
        )
        self.assertEqual(asset.lifecycle_status, "ok")
        asset.action_return_to_use()
        self.assertEqual((asset.state, asset.retired_on), ("in_use", False))

    def test_two_sources_of_one_row(self):
        asset = self._asset(
            import_source="rmm",
            purchase_date="2023-05-01",
            warranty_end="2026-05-01",
            maker_warranty_end="2024-05-01",
        )
        found = {(row.kind, row.source): str(row.date) for row in asset.date_ids}
        self.assertEqual(
            found,
            {
                ("purchase", "rmm"): "2023-05-01",
                ("warranty_end", "rmm"): "2026-05-01",
                ("warranty_end", "maker"): "2024-05-01",
            },
        )
        self.assertTrue(asset.date_conflict)
        self.assertEqual(asset.date_ids.company_id, self.roadmap.company_id)
        before = (asset.purchase_date, asset.warranty_end, asset.replacement_due)
        self.env.add_to_compute(asset._fields["purchase_date"], asset)
        self.env.add_to_compute(asset._fields["date_conflict"], asset)
        self.env.add_to_compute(asset._fields["replacement_due"], asset)
        self.assertEqual(before, (asset.purchase_date, asset.warranty_end, asset.replacement_due))
        self.assertTrue(asset.date_conflict, "the fast way and the compute say the same")
