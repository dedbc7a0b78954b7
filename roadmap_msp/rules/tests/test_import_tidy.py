import unittest
from datetime import date

from ..import_tidy import tidy


class TestTidy(unittest.TestCase):
    def test_what_says_nothing_is_left_out(self):
        row = tidy({"name": " A ", "serial": "Default string", "site": "n/a", "type_id": 7})
        self.assertEqual(row.values, {"name": "A", "type_id": 7})
        self.assertEqual((row.blank, row.problems), ({"serial", "site"}, []))

    def test_what_a_person_left_empty_stays(self):
        values = {"site": "", "serial": False, "warranty_end": None, "own_cover": "yes"}
        self.assertEqual(tidy(values).values, values)

    def test_what_the_engine_refuses(self):
        for values, key in (
            ({"warranty_end": date(1970, 1, 1)}, "no_real_date"),
            ({"purchase_date": "0001-01-01"}, "no_real_date"),
            ({"purchase_date": "2024-06-01", "warranty_end": date(2024, 5, 31)}, "before_purchase"),
            ({"purchase_cost": -0.5}, "negative"),
            ({"purchase_cost": "-1"}, "negative"),
            ({"purchase_cost": "much"}, "money"),
            ({"purchase_cost": 1e12}, "money"),
            ({"purchase_cost": float("nan")}, "money"),
            ({"model": "a\x00"}, "control"),
            ({"name": "x" * 250}, "too_long"),
        ):
            self.assertEqual([problem.key for problem in tidy(values).problems], [key], values)
        self.assertEqual(tidy({"serial": 12345678901}).values, {"serial": "12345678901"})

    def test_amounts(self):
        for value, amount in (
            (1234.5, 1234.5), (123.456, 123.456), (7, 7.0), (1e-05, 0.00001),
            ("1,234.50", 1234.5), ("€ 1.234,50", 1234.5), (0, 0), (0.0, 0.0),
        ):  # fmt: skip
            self.assertEqual(tidy({"purchase_cost": value}).values, {"purchase_cost": amount})


if __name__ == "__main__":
    unittest.main()
