import unittest

from rules import figures


class TestFigures(unittest.TestCase):
    def test_as_people_type_them(self):
        for text, expected in (
            ("", ""),
            ("12", "12"),
            ("1 200", "1200"),
            ("1\u202f200", "1200"),
            ("1'200.50", "1200.50"),
            ("1,200", "1200"),
            ("1,200,000", "1200000"),
            ("1,200.5", "1200.5"),
            ("1.200,5", "1200.5"),
            ("12,5", "12.5"),
            ("12.5", "12.5"),
            ("1.234", "1.234"),
            (",5", ".5"),
            ("-3,5", "-3.5"),
            ("1.200.000", "1200000"),
            ("1,2,3", "1,2,3"),
            ("1,2.3,4", "1,2.3,4"),
            ("many", "many"),
        ):
            self.assertEqual(figures.plain(text), expected, text)

    def test_where_the_comma_is_the_decimal_point(self):
        for text, expected in (
            ("12,5", "12.5"),
            ("1,234", "1.234"),
            ("1.200", "1200"),
            ("1.200.000", "1200000"),
            ("1.200,5", "1200.5"),
            ("12.5", "12.5"),
            ("1,200.5", "1200.5"),
        ):
            self.assertEqual(figures.plain(text, ","), expected, text)
