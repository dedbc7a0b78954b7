from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.asset import roadmap_asset_import
from .import_common import ImportCommon

IGNORED = {"id", "roadmap_id", "create_uid", "create_date", "write_uid", "write_date", "asset_id"}


class ImportEngineCommon(ImportCommon):
    ROWS = (
        {},
        {"name": "SRV", "type_id": "Server", "serial": "S2", "import_ref": "R2"},
        {"name": "No dates", "serial": "S3", "import_ref": "", "purchase_date": "",
         "warranty_end": ""},
        {"name": "No type", "serial": "", "import_ref": "R4", "type_id": "", "maker": ""},
        {"name": "For life", "serial": "S5", "import_ref": "R5", "warranty_end": "2099-12-31"},
        {"name": "Two sources", "serial": "S6", "import_ref": "R6",
         "maker_warranty_end": "2028-01-31"},
        {"name": "Odd system", "serial": "S7", "import_ref": "R7", "operating_system": "Foo 3"},
    )  # fmt: skip


@tagged("post_install", "-at_install")
class TestImportEngine(ImportEngineCommon):
    def _columns(self, records):
        """All stored columns as the database has them, but for what must differ."""
        self.env.flush_all()
        names = [
            name
            for name, field in records._fields.items()
            if field.store and field.column_type and name not in IGNORED
        ]
        self.env.cr.execute(
            f"SELECT {', '.join(names)} FROM {records._table} WHERE id = ANY(%s) ORDER BY id",
            [records.ids],
        )
        return [dict(zip(names, row, strict=True)) for row in self.env.cr.fetchall()]

    def _twins(self):
        """What stands for the client of imports and the client of create() and write()."""
        pairs = []
        for roadmap in (self.roadmap, self.other_roadmap):
            assets = self.assets(roadmap)
            dates, refs = assets.date_ids.sorted("id"), assets.ref_ids.sorted("id")
            pairs.append(
                (
                    self._columns(assets),
                    sorted(map(str, self._columns(dates))),
                    sorted(map(str, self._columns(refs))),
                )
            )
        return pairs

    def _vals(self, row):
        kind = self.env["roadmap.asset.type"]._names().get(str(row.get("type_id", "")).lower())
        vals = {**row, "type_id": kind or False, "import_source": "rmm"}
        return {name: value for name, value in vals.items() if value}

    def test_new_assets_are_those_of_create(self):
        rows = [self.row(**row) for row in self.ROWS]
        self.assertEqual(self.load(*rows), ["new"] * len(rows))
        self.Asset.create([{**self._vals(r), "roadmap_id": self.other_roadmap.id} for r in rows])
        mine, theirs = self._twins()
        self.assertEqual(len(mine[0]), len(rows))
        self.assertEqual(mine, theirs)

    def test_changed_assets_are_those_of_write(self):
        rows = [self.row(**row) for row in self.ROWS]
        self.load(*rows)
        self.Asset.create([{**self._vals(r), "roadmap_id": self.other_roadmap.id} for r in rows])
        changes = (
            {"warranty_end": "2029-01-01", "model": "New"},
            {"operating_system": "Windows Server 2016", "type_id": "Laptop"},
            {"purchase_date": "2020-01-01", "warranty_end": "2021-01-01"},
            {"type_id": "Server", "serial": "S44"},
            {"name": "Renamed"},
            {"maker_warranty_end": "2030-01-31"},
            {"purchase_date": "2025-01-01"},
        )
        # Said by name or number, in the order of creation, so that both mean the same asset.
        said = [{**row, **change} for row, change in zip(rows, changes, strict=True)]
        self.assertEqual(self.load(*said), ["changed"] * len(rows))
        for asset, row in zip(self.assets(self.other_roadmap), said, strict=True):
            asset.with_user(self.user_technician).write(self._vals(row))
        mine, theirs = self._twins()
        self.assertEqual(mine, theirs)

    def test_the_same_rows_twice_change_nothing(self):
        rows = [self.row(**row) for row in self.ROWS]
        self.load(*rows)
        before = self._columns(self.assets()), self._columns(self.assets().date_ids)
        self.assertEqual(self.load(*rows), ["unchanged"] * len(rows))
        self.assertEqual(
            (self._columns(self.assets()), self._columns(self.assets().date_ids)), before
        )

    def test_matching_order(self):
        self.load(
            self.row(),
            self.row(name="LAP-2", serial="S2", import_ref="R2"),
            self.row(name="LAP-3", serial="", import_ref=""),
        )
        one, two, three = self.assets()
        verdicts = self.load(
            # A new agent on a known machine: another id, the same serial number.
            self.row(name="LAP-1", serial="7xk21q3", maker="DELL", import_ref="R9"),
            # Its board was replaced: another serial number, the same id.
            self.row(name="LAP-2", serial="S22", import_ref="R2"),
            self.row(name="lap-3", serial="S3", import_ref="R3", site="Attic"),
        )
        self.assertEqual(verdicts, ["changed"] * 3)
        self.assertEqual([j.asset_id for j in self.judged], [one.id, two.id, three.id])
        self.assertEqual(set(one.ref_ids.mapped("external_id")), {"R1", "R9"})
        self.assertEqual((two.serial, three.serial, three.site), ("S22", "S3", "Attic"))

    def test_conflicts_store_nothing(self):
        self.load(self.row(), self.row(name="LAP-2", serial="S2", import_ref="R2"))
        before = self._columns(self.assets())
        verdicts = self.load(
            self.row(import_ref="R2", site="X"),
            self.row(name="New", serial="S7", import_ref="R7"),
            self.row(name="Again", serial="s-7", import_ref="R8"),
        )
        self.assertEqual(verdicts, ["conflict", "new", "conflict"])
        self.assertEqual(self._columns(self.assets())[:2], before)
        self.assertEqual(len(self.assets()), 3)

    def test_blank_cells_leave_values_alone_unless_told(self):
        self.load(self.row(site="Attic"))
        blank = self.row(site="", model="", warranty_end="", purchase_date="")
        self.assertEqual(self.load(blank), ["unchanged"])
        self.assertEqual(self.load(blank, clear=True), ["changed"])
        asset = self.assets()
        self.assertFalse(asset.site or asset.model or asset.warranty_end or asset.purchase_date)
        self.assertFalse(asset.date_ids)
        self.assertEqual(asset.serial, "7XK-21Q3")
        self.assertEqual(self.load(blank, clear=True), ["unchanged"])

    def test_a_second_source_adds_and_a_lock_stays(self):
        self.load(self.row())
        self.assertEqual(
            self.load(self.row(warranty_end="2028-05-01", import_ref="77"), source="psa"),
            ["changed"],
        )
        asset = self.assets()
        self.assertEqual(str(asset.warranty_end), "2028-05-01")
        self.assertTrue(asset.date_conflict)
        row = asset.date_ids.filtered(lambda d: d.kind == "warranty_end" and d.source == "rmm")
        row.locked = True
        moved = self.row(warranty_end="2031-01-01")
        self.assertEqual(self.load(moved), ["unchanged"], "what a person locked stays")
        self.assertEqual(str(asset.warranty_end), "2027-03-04")

    def test_a_list_kept_by_hand(self):
        self.load(self.row())
        same = {k: v for k, v in self.row().items() if k != "import_ref"}
        self.assertEqual(self.load(same, source=""), ["unchanged"])
        self.assertEqual(self.load({**same, "warranty_end": "2026-01-01"}, source=""), ["changed"])
        asset = self.assets()
        self.assertEqual(str(asset.warranty_end), "2026-01-01", "as when typed on the form")
        self.assertTrue(asset.date_ids.filtered(lambda d: d.source == "manual").locked)

    def test_retired_and_archived_are_reported(self):
        self.load(self.row(), self.row(name="B", serial="S2", import_ref="R2"))
        one, two = self.assets()
        one._retire("Sold", date(2026, 1, 1))
        two.active = False
        rows = [self.row(), self.row(name="B", serial="S2", import_ref="R2", site="X")]
        self.assertEqual(self.load(*rows), ["unchanged", "archived"])
        reason = self.Asset._import_reason(
            self.Asset._import_start(self.roadmap, "rmm"), self.judged[1]
        )
        self.assertIn('"B" was retired or archived', reason)
        self.assertFalse(two.site)

    def test_all_or_none(self):
        rows = [self.row(), self.row(name="B", serial="S2", import_ref="", warranty_end="soon")]
        self.assertEqual(self.load(*rows, mode="all"), ["new", "refused"])
        self.assertFalse(self.assets())
        self.assertEqual(self.load(*rows), ["new", "refused"])
        self.assertEqual(self.assets().mapped("name"), ["LAP-1"], "exactly the good rows")

    def test_batches_know_of_each_other(self):
        self.patch(roadmap_asset_import, "BATCH", 2)
        rows = [self.row(name=f"N{n}", serial=f"S{n}", import_ref=f"R{n}") for n in range(4)]
        twin = self.row(name="Again", serial="S0", import_ref="R9")
        for mode in ("all", "good"):
            self.assertEqual(self.load(*rows, twin, mode=mode), ["new"] * 4 + ["conflict"])
            self.assertEqual(len(self.assets()), 0 if mode == "all" else 4)
        self.assets().unlink()
        self.assertEqual(self.load(*rows, mode="all"), ["new"] * 4)
        self.assertEqual(self.assets().mapped("name"), ["N0", "N1", "N2", "N3"])

    def test_no_value_leaks_into_another_row(self):
        rows = [
            self.row(site="Attic", model="X"),
            {"name": "Bare"},
            self.row(name="C", serial="S3", import_ref="R3", site="Cellar"),
        ]
        self.assertEqual(self.load(*rows), ["new"] * 3)
        bare = self.assets()[1]
        self.assertFalse(
            bare.site or bare.model or bare.serial or bare.warranty_end or bare.ref_ids
        )
        self.assertEqual(self.assets().mapped("site"), ["Attic", False, "Cellar"])

    def test_queries_do_not_grow_with_rows(self):
        def queries(start, number, **cells):
            rows = [
                self.row(name=f"N{n}", serial=f"Q{n}", import_ref=f"Q{n}", **cells)
                for n in range(start, start + number)
            ]
            return self.queries_of(self.load, *rows)

        queries(0, 5)  # fills caches
        few, many = queries(100, 10), queries(200, 300)
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 30, "at most 0.1 a row")
        queries(100, 10, site="A", warranty_end="2027-08-08")
        few = queries(100, 10, site="B", warranty_end="2027-09-09")
        many = queries(200, 300, site="B", warranty_end="2027-09-09")
        self.assertLessEqual(many, few + 2)

    def test_too_many_rows(self):
        with self.assertRaises(UserError):
            self.load(*[{}] * 50_001)
