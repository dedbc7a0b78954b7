import unittest
from datetime import date

from .. import import_amounts, import_columns, import_dates, import_rows
from ..import_match import Device, Seen, find

KNOWN = import_rows.Known({"acme": [7], "twins": [1, 2]}, {"laptop": 3}, order="dmy")


def clean(known=KNOWN, **cells):
    return import_rows.clean(2, {"roadmap_id": "ACME", "name": "A", **cells}, known)


def problem(known=KNOWN, **cells):
    return [(p.key, p.field) for p in clean(known, **cells).problems]


class TestImportDates(unittest.TestCase):
    def test_orders(self):
        day = date(2024, 3, 4)
        for text, order in (
            ("2024-03-04", None),
            ("2024/03/04", "dmy"),
            ("2024-03-04T10:11:12Z", None),
            ("2024-03-04 10:11", None),
            ("04/03/2024", "dmy"),
            ("4.3.24", "dmy"),
            ("03/04/2024", "mdy"),
            ("3/4/2024 10:22 AM", "mdy"),
            ("4-Mar-2024", None),
            ("Mar 4, 2024", None),
            ("March 4 2024", None),
        ):
            self.assertEqual(import_dates.read_date(text, order), day, text)

    def test_refused(self):
        for text, order, key in (
            ("03/04/2024", None, "no_order"),
            ("2024-02-30", None, "impossible"),
            ("30/02/2024", "dmy", "impossible"),
            ("13/05/2024", "mdy", "wrong_order"),
            ("05/13/2024", "dmy", "wrong_order"),
            ("1970-01-01", None, "no_real_date"),
            ("0000-00-00", None, "no_real_date"),
            ("00/00/0000", "dmy", "no_real_date"),
            ("soon", None, "not_a_date"),
            ("45123", None, "not_a_date"),
            ("4 Foo 2024", None, "not_a_date"),
        ):
            with self.assertRaises(import_dates.DateRefused, msg=text) as caught:
                import_dates.read_date(text, order)
            self.assertEqual(caught.exception.key, key, text)

    def test_order_is_guessed_only_where_one_is_left(self):
        self.assertEqual(import_dates.guess_order(["2024-01-02", ""]), "ymd")
        self.assertEqual(import_dates.guess_order(["01/02/2024", "13/02/2024"]), "dmy")
        self.assertEqual(import_dates.guess_order(["01/02/2024", "02/13/2024"]), "mdy")
        self.assertIsNone(import_dates.guess_order(["01/02/2024"]))
        self.assertIsNone(import_dates.guess_order(["12/11/2024"]), "December or November")
        self.assertIsNone(import_dates.guess_order(["11/12/2024"]))
        self.assertIsNone(import_dates.guess_order(["13/02/2024", "02/13/2024"]))


class TestImportColumns(unittest.TestCase):
    def test_headings_of_common_tools(self):
        for head, fields in (
            (
                "Customer Name|S/N|Installed|Support Until",
                "roadmap_id serial purchase_date warranty_end",
            ),
            ("Service Tag|Ship Date|Warranty_End_Date", "serial purchase_date warranty_end"),
            (
                "Hostname|OS|Last Logged-In User|RAM (GB)",
                "name operating_system user_name memory_gb",
            ),
        ):
            self.assertEqual(import_columns.guess(head.split("|"))[-2:], fields.split()[-2:], head)

    def test_no_field_twice_and_the_better_name_wins(self):
        self.assertEqual(
            import_columns.guess(["Device", "Device Name", "Serial", "Serial Number", "?"]),
            [None, "name", None, "serial", None],
        )

    def test_what_was_chosen_is_remembered(self):
        chosen = {"host": "name", "name": None}
        self.assertEqual(import_columns.guess(["Host", "Name"], chosen), ["name", None])


class TestImportRows(unittest.TestCase):
    def test_values(self):
        row = clean(
            type_id="Laptop",
            serial=" 7xk-21q3 ",
            maker="Dell Inc.",
            purchase_date="04/03/2024",
            memory_gb="16 GB",
            disk_type="NVMe SSD",
            purchase_cost="€ 1.234,50",
            note="=1+1 <script>alert(1)</script>",
            site="N/A",
        )
        self.assertFalse(row.problems)
        self.assertEqual((row.serial_key, row.maker_key), ("7XK21Q3", "dell"))
        self.assertEqual(row.blank, {"site"})
        self.assertEqual(
            row.values,
            {
                "roadmap_id": 7,
                "name": "A",
                "type_id": 3,
                "serial": "7xk-21q3",
                "maker": "Dell Inc.",
                "purchase_date": date(2024, 3, 4),
                "memory_gb": 16,
                "disk_type": "ssd",
                "purchase_cost": 1234.5,
                "note": "=1+1 <script>alert(1)</script>",
            },
        )

    def test_what_cannot_be_seen_is_no_part_of_a_name(self):
        row = clean(name="\u200bLAP-1\ufeff", note="two\nlines")
        self.assertEqual((row.values["name"], row.values["note"]), ("LAP-1", "two\nlines"))

    def test_memory_in_gigabytes_whatever_the_tool_counts(self):
        for text, size in (
            ("16", 16),
            ("7.8 GB", 8),
            ("16384 MB", 16),
            ("512 MB", 0),
            ("1024", 1),
            ("8192", 8),
            ("2048 GB", 2048),
            ("65536 GB", 65536),
        ):
            row = clean(memory_gb=text)
            self.assertEqual(row.values["memory_gb"], size, text)
        self.assertEqual([p.key for p in clean(memory_gb="65537 GB").problems], ["memory"])
        for size in (1, 16, 1023, 1024, 65_536):
            text = import_amounts.memory_text(size)
            self.assertEqual(clean(memory_gb=text).values["memory_gb"], size, text)

    def test_free_of_charge_and_bought_on_the_last_day_are_no_problem(self):
        row = clean(purchase_cost="0", purchase_date="2024-03-01", warranty_end="2024-03-01")
        self.assertFalse(row.problems)
        self.assertEqual(row.values["purchase_cost"], 0.0)

    def test_one_of_name_serial_and_own_id_is_enough(self):
        for cells in ({"serial": "5CG12345X"}, {"import_ref": "4711"}):
            self.assertFalse(clean(name="", **cells).problems, cells)

    def test_problems_name_key_and_column(self):
        for key, fname, cells in (
            ("client", "roadmap_id", {"roadmap_id": "Nobody"}),
            ("client_twice", "roadmap_id", {"roadmap_id": "Twins"}),
            ("no_client", "roadmap_id", {"roadmap_id": ""}),
            ("type", "type_id", {"type_id": "Flux capacitor"}),
            ("too_long", "name", {"name": "x" * 250}),
            ("lines", "name", {"name": "A,S1\nB,S2"}),
            ("lines", "serial", {"serial": "S1\rS2"}),
            ("impossible", "purchase_date", {"purchase_date": "2024-02-30"}),
            ("negative", "purchase_cost", {"purchase_cost": "-5.00"}),
            ("money", "purchase_cost", {"purchase_cost": "much"}),
            ("memory", "memory_gb", {"memory_gb": "lots"}),
            ("disk", "disk_type", {"disk_type": "drum"}),
            ("control", "note", {"note": "a\x00b"}),
            ("formula", "site", {"site": import_rows.FORMULA}),
            ("no_identity", "name", {"name": ""}),
            (
                "before_purchase",
                "warranty_end",
                {"purchase_date": "2024-03-01", "warranty_end": "2024-02-28"},
            ),
        ):
            self.assertEqual(problem(**cells), [(key, fname)], key)

    def test_one_client_for_all(self):
        known = import_rows.Known({"acme": [7], "other": [8]}, {}, roadmap_id=7)
        self.assertFalse(problem(known))
        self.assertFalse(problem(known, roadmap_id=""))
        self.assertEqual(problem(known, roadmap_id="Other"), [("other_client", "roadmap_id")])

    def test_unknown_type_left_empty_on_request(self):
        known = import_rows.Known({"acme": [7]}, {}, any_type=True)
        row = clean(known, type_id="Flux capacitor")
        self.assertFalse(row.problems)
        self.assertIn("type_id", row.blank)

    def test_a_serial_that_says_nothing_is_blank(self):
        self.assertIn("serial", clean(serial="To be filled by O.E.M.").blank)


class TestImportMatch(unittest.TestCase):
    def device(self, number, how, maker=None, serial=None, **more):
        return Device(number, f"D{number}", maker, serial, False, how, **more)

    def verdict(self, *devices, **cells):
        verdict = find(clean(**cells), devices)
        return verdict.kind, verdict.device and verdict.device.id, verdict.reason

    def test_serial_first_then_id_then_name(self):
        serial = self.device(1, "serial", "dell", "S1")
        ref, name = self.device(2, "ref"), self.device(3, "name")
        cells = {"serial": "S1", "maker": "Dell", "import_ref": "9"}
        self.assertEqual(self.verdict(serial, name, **cells), ("changed", 1, ""))
        self.assertEqual(self.verdict(serial, ref, **cells), ("conflict", 1, "two_devices"))
        self.assertEqual(self.verdict(ref, name, **cells), ("changed", 2, ""))
        self.assertEqual(self.verdict(name, **cells), ("changed", 3, ""))
        self.assertEqual(self.verdict(**cells), ("new", None, ""))

    def test_makers(self):
        dell, none = self.device(1, "serial", "dell", "S1"), self.device(2, "serial", None, "S1")
        self.assertEqual(self.verdict(dell, none, serial="S1", maker="Dell")[1], 1)
        self.assertEqual(self.verdict(dell, none, serial="S1", maker="HP")[1], 2)
        self.assertEqual(self.verdict(dell, serial="S1", maker="HP")[0], "new")
        self.assertEqual(self.verdict(dell, none, serial="S1")[2], "serial_twice")

    def test_a_name_alone_must_not_contradict(self):
        other = self.device(1, "name", "dell", "S2")
        self.assertEqual(self.verdict(other, serial="S1")[0], "new")
        known = self.device(1, "name", other_ref=True)
        self.assertEqual(self.verdict(known, import_ref="5")[0], "new")
        twins = self.device(1, "name"), self.device(2, "name")
        self.assertEqual(self.verdict(*twins)[2], "name_twice")
        self.assertEqual(self.verdict(name="", serial="S1")[::2], ("refused", "no_name"))

    def test_twins_in_a_file(self):
        def row(number, **cells):
            return import_rows.clean(number, {"roadmap_id": "ACME", "name": "A", **cells}, KNOWN)

        seen = Seen()
        for number, cells, twin in (
            (1, {"serial": "S1", "maker": "Dell"}, None),
            (2, {"serial": "s-1", "maker": "HP"}, None),
            (3, {"serial": "S1"}, 1),
            (4, {"import_ref": "1"}, None),
            (5, {"import_ref": "1", "name": "B"}, 4),
            (6, {}, None),
            (7, {"name": "a"}, 6),
        ):
            self.assertEqual(seen.twin(row(number, **cells), "rmm"), twin, number)
        device = self.device(5, "ref")
        self.assertIsNone(seen.twin(row(8, name="X"), "rmm", device))
        self.assertEqual(seen.twin(row(9, name="Y"), "rmm", device), 8)
