import random
from itertools import product

from odoo.tests import tagged

from .test_asset_register import AssetRegisterCommon


@tagged("post_install", "-at_install")
class TestAssetCreate(AssetRegisterCommon):
    """Creating many assets in one go says what the computes say."""

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
        few = self.queries_of(lambda: Asset.create(self._rows(10, "A")))
        many = self.queries_of(lambda: Asset.create(self._rows(100, "B")))
        self.assertLessEqual(many, few + 1, "rows are inserted by the hundred")
        thousand = self.queries_of(lambda: Asset.create(self._rows(1000, "C")))
        self.assertLessEqual(thousand, 20, f"{few}, {many}, {thousand}")

    def test_types_are_read_once(self):
        types = self.env["roadmap.asset.type"].search([], limit=12)
        self.assertEqual(len(types), 12)
        Asset = self.Asset.with_context(tracking_disable=True)

        def create(kinds, mark):
            rows = self._rows(12, mark)
            for row, number in zip(rows, range(12), strict=True):
                row["type_id"] = kinds[number % len(kinds)].id
            return lambda: Asset.create(rows)

        create(types, "W")()
        one, twelve = self.queries_of(create(types[:1], "A")), self.queries_of(create(types, "B"))
        self.assertLessEqual(twelve, one)

    def test_reading_a_list_does_not_grow(self):
        self.Asset.with_context(tracking_disable=True).create(self._rows(100, "L"))
        spec = dict.fromkeys(
            ("name", "warranty_status", "lifecycle_status", "planned", "date_conflict"), {}
        )

        def read(limit):
            domain = [("name", "like", "L-")]
            return lambda: self.Asset.web_search_read(domain, spec, limit=limit)

        read(1)()
        self.assertEqual(self.queries_of(read(10)), self.queries_of(read(80)))
