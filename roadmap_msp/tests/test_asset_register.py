import random
from datetime import timedelta
from itertools import product

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..rules import due_dates
from .common import RoadmapCommon

DAY = fields.Date.to_date("2026-06-15")


@tagged("post_install", "-at_install")
class TestAssetRegister(RoadmapCommon):
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

    # ------------------------------------------------------------------ identity

    def test_same_serial_is_refused_with_names(self):
        self._asset(serial="5CG-1234", maker="HP Inc.")
        with self.assertRaisesRegex(ValidationError, "5cg1234.*LAP-2.*LAP-1"):
            self._asset(name="LAP-2", serial="5cg1234", maker="Hewlett-Packard")
        with self.assertRaisesRegex(ValidationError, "LAP-1"):
            self._asset(name="LAP-2", serial="5cg1234")
        self._asset(name="LAP-2", serial="5cg1234", maker="Dell")
        other = self._asset(
            name="LAP-3", serial="5cg1234", maker="HP", roadmap_id=self.other_roadmap.id
        )
        with self.assertRaisesRegex(ValidationError, "LAP-1"):
            other.roadmap_id = self.roadmap
        for serial in (False, "", "N/A", "To be filled by O.E.M."):
            self._asset(serial=serial)

    def test_same_serial_twice_in_one_batch(self):
        vals = {"roadmap_id": self.roadmap.id, "serial": "ABC123"}
        with self.assertRaisesRegex(ValidationError, '"B".*"A"'):
            self.Asset.create([{"name": "A", **vals}, {"name": "B", **vals}])

    def test_retired_twin_is_named(self):
        self._asset(serial="ABC123")._retire("sold", DAY)
        with self.assertRaisesRegex(ValidationError, "retired or archived"):
            self._asset(name="LAP-2", serial="ABC123")

    @mute_logger("odoo.sql_db")
    def test_database_guards_serials_too(self):
        first, second = self._asset(serial="ABC123"), self._asset(name="LAP-2", serial="ABC124")
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE roadmap_asset SET serial_key = %s WHERE id = %s",
                [first.serial_key, second.id],
            )

    def test_source_id_stands_once(self):
        self._asset(import_source="rmm", import_ref="77")
        with self.assertRaisesRegex(ValidationError, "77.*LAP-2.*rmm.*LAP-1"):
            self._asset(name="LAP-2", import_source="rmm", import_ref="77")
        self._asset(name="LAP-3", import_source="psa", import_ref="77")

    def test_copy_is_another_device(self):
        twin = self._asset(serial="ABC123").copy()
        self.assertFalse(twin.serial)
        self.assertIn("copy", twin.name)

    # ------------------------------------------------------------------ access and speed

    def test_invoice_lines_are_for_accounting(self):
        self.assertNotIn("invoice_line_id", self.Asset.fields_get())
        self.user_technician.group_ids += self.env.ref("account.group_account_readonly")
        self.assertIn("invoice_line_id", self.Asset.fields_get())

    def test_technician_sees_no_money(self):
        self.assertTrue(self._asset().id)
        hidden = {"price_low", "price_high", "product_id", "labour_product_id"}
        seen = self.env["roadmap.asset.type"].with_user(self.user_technician).fields_get()
        self.assertFalse(hidden & seen.keys())
        self.assertFalse({"replacement_line_id", "item_ids"} & self.Asset.fields_get().keys())
        with self.assertRaises(AccessError):
            self.laptop.with_user(self.user_technician).life_years = 3
        self.Asset.get_views([(False, "list"), (False, "form"), (False, "search")])

    def test_users_see_their_clients_assets(self):
        asset = self._asset()
        Asset = self.env["roadmap.asset"]
        self.assertTrue(Asset.with_user(self.user_csm).search([("id", "=", asset.id)]))
        self.assertFalse(Asset.with_user(self.user_other_csm).search([("id", "=", asset.id)]))
        for user in (self.user_salesman, self.portal_owner):
            with self.assertRaises(AccessError):
                Asset.with_user(user).search([])

    def _rows(self, count, mark):
        return [
            {
                "name": f"{mark}-{n}",
                "roadmap_id": (self.roadmap, self.other_roadmap)[n % 2].id,
                "type_id": (self.laptop, self.monitor)[n % 2].id,
                "maker": "Dell Inc.",
                "serial": f"{mark}{n}",
                "operating_system": "Windows 11 Pro 24H2",
                "import_source": "rmm",
                "import_ref": f"{mark}{n}",
                "purchase_date": "2023-01-01",
                "warranty_end": "2026-01-01",
            }
            for n in range(count)
        ]

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_fast_create_says_what_the_computes_say(self):
        release = self.env.ref("roadmap_msp.lifecycle_windows_7_sp1")
        rows = [
            {"type_id": kind and kind.id, "purchase_date": bought, "warranty_end": cover, **more}
            for kind, bought, cover, more in product(
                (False, self.laptop, self.env.ref("roadmap_msp.asset_type_server")),
                (False, "2020-02-29"),
                (False, "2023-05-01", "2099-12-31"),
                (
                    {},
                    {"operating_system": "win srv 2016 std", "maker": "Dell Inc."},
                    {"operating_system": "Windows 11 Pro 24H2", "serial": False},
                    {"operating_system": "Mystery 5", "model": "Windows Server 2012 R2"},
                    {"operating_system": "Windows 11 Pro 24H2", "lifecycle_id": release.id},
                ),
            )
        ]
        for number, row in enumerate(rows):
            row.update(name=f"F{number}", roadmap_id=self.roadmap.id)
            row.setdefault("serial", f"F-{number}")
        assets = self.Asset.create(rows)
        names = [
            name
            for name, field in self.Asset._fields.items()
            if field.precompute and name not in ("lifecycle_id", "maker_key")
        ]
        self.assertIn("replacement_due", names)
        before = assets.read(names)
        for name in names:
            self.env.add_to_compute(assets._fields[name], assets)
        self.assertEqual(assets.read(names), before)

    def _random_row(self, dice, number):
        """Values as an import or a script gives them, each there or not."""
        days = [f"20{year}-{month:02}-28" for year in range(15, 32) for month in (1, 2, 12)]
        systems = ("win srv 2016 std", "Windows 11 Pro 24H2", "Foo 3", "macOS 13.2", " ")
        row = {
            "type_id": dice.choice((self.laptop, self.monitor, self.server)).id,
            "maker": dice.choice(("Dell Inc.", "HP", "Hewlett-Packard", "  ")),
            "model": dice.choice(("Latitude", "Windows Server 2012 R2", "Windows 7 Pro")),
            "operating_system": dice.choice(systems),
            "serial": dice.choice((f"R-{number}", "N/A", "To be filled by O.E.M.", "0000000")),
            "purchase_date": dice.choice(days),
            "warranty_end": dice.choice([*days, "2099-12-31"]),
            "maker_warranty_end": dice.choice(days),
            "own_life_rule": dice.choice(("years", "never")),
            "own_life_years": dice.randrange(9),
            "own_cover": dice.choice(("required", "optional", "replace")),
            "import_source": dice.choice(("rmm", "psa", "maker")),
        }
        kept = {name: value for name, value in row.items() if dice.random() < 0.6}
        ends = [kept[name] for name in ("warranty_end", "maker_warranty_end") if name in kept]
        if any(end < kept.get("purchase_date", "") for end in ends):
            kept.pop("import_source", None)  # refused of a source; a person may say so
        roadmap = dice.choice((self.roadmap, self.other_roadmap))
        return {"name": f"R{number}", "roadmap_id": roadmap.id, **kept}

    def test_random_assets_are_what_the_computes_say(self):
        """Every precomputed column of 300 random assets, under policies of three levels."""
        self.server = self.env.ref("roadmap_msp.asset_type_server")
        self.server.asset_properties_definition = [
            {"name": "rack", "string": "Rack", "type": "char", "default": "R1"}
        ]
        self.env["roadmap.asset.policy"].create(
            [
                {"roadmap_id": self.roadmap.id, "type_id": self.laptop.id, "life_rule": "never",
                 "cover": "replace", "warranty_days": "365"},
                {"roadmap_id": self.other_roadmap.id, "type_id": self.server.id,
                 "life_rule": "years", "life_years": 3, "replacement_days": "120"},
            ]
        )  # fmt: skip
        self.other_roadmap.warranty_alert_days = "180"
        dice = random.Random(4)
        assets = self.Asset.create([self._random_row(dice, number) for number in range(300)])
        self.env.flush_all()
        names = [name for name, field in self.Asset._fields.items() if field.precompute]
        self.assertLessEqual({"lifecycle_id", "warranty_alert_from", "date_conflict"}, {*names})
        before = assets.read(names)
        self.assertGreater(len({row["replacement_due"] for row in before}), 30)
        for name in names:
            self.env.add_to_compute(assets._fields[name], assets)
        for row, again in zip(before, assets.read(names), strict=True):
            self.assertEqual(row, again)

    def test_create_is_one_batch(self):
        Asset = self.Asset.with_context(tracking_disable=True)
        Asset.create(self._rows(2, "W"))
        few = self._count(lambda: Asset.create(self._rows(10, "A")))
        many = self._count(lambda: Asset.create(self._rows(100, "B")))
        self.assertLessEqual(many, few + 1, "rows are inserted by the hundred")
        thousand = self._count(lambda: Asset.create(self._rows(1000, "C")))
        self.assertLessEqual(thousand, 20, f"{few}, {many}, {thousand}")

    def test_reading_a_list_does_not_grow(self):
        self.Asset.with_context(tracking_disable=True).create(self._rows(100, "L"))
        spec = dict.fromkeys(
            ("name", "warranty_status", "lifecycle_status", "planned", "date_conflict"), {}
        )

        def read(limit):
            domain = [("name", "like", "L-")]
            return lambda: self.Asset.web_search_read(domain, spec, limit=limit)

        read(1)()
        self.assertEqual(self._count(read(10)), self._count(read(80)))

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
