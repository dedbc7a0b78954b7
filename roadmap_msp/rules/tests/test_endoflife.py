import json
import unittest
from datetime import date

from rules import endoflife

PRODUCT = {
    "name": "windows-server",
    "label": "Windows Server",
    "releases": [
        {
            "name": "2016",
            "label": "2016 (LTSC)",
            "releaseDate": "2016-10-15",
            "eoasFrom": "2022-01-11",
            "eolFrom": "2027-01-12",
        },
        {"name": "2030", "label": "Windows Server 2030", "eolFrom": None},
    ],
}


class TestEndOfLife(unittest.TestCase):
    def test_a_product(self):
        first, second = endoflife.from_text(json.dumps({"result": PRODUCT}))
        self.assertEqual(first.names, ("Windows Server 2016 (LTSC)", "Windows Server 2016"))
        self.assertEqual((first.product, first.release), ("windows-server", "2016"))
        self.assertEqual(first.support_end, date(2027, 1, 12))
        self.assertEqual(first.mainstream_end, date(2022, 1, 11))
        self.assertEqual(second.names, ("Windows Server 2030",))
        self.assertIsNone(second.support_end)

    def test_editions_of_windows(self):
        labels = ("11 24H2 (W)", "11 24H2 (E)", "11 24H2 LTS (E)")
        rows = [{"name": "x", "label": text, "eolFrom": "2027-01-01"} for text in labels]
        product = {"name": "windows", "label": "Microsoft Windows", "releases": rows}
        names = [row.names for row in endoflife.from_answer({"result": product})]
        self.assertEqual(
            names,
            [("Microsoft Windows 11 24H2 Pro",), ("Microsoft Windows 11 24H2 Enterprise",), ()],
        )

    def test_products_of_our_names(self):
        self.assertEqual(endoflife.product_of("Windows Server 2016"), "windows-server")
        self.assertEqual(endoflife.product_of("Windows 11 24H2 Home/Pro"), "windows")
        self.assertIsNone(endoflife.product_of("Windows 7 SP1"))

    def test_all_products(self):
        text = json.dumps({"result": [PRODUCT, {"name": "x", "label": "X", "releases": []}]})
        self.assertEqual(len(endoflife.from_text("\ufeff" + text)), 2)

    def test_a_table(self):
        text = "product,release,mainstream_end,end_of_support\nTillOS 5,2020-01-01,,2029-06-30\n"
        (release,) = endoflife.from_text(text)
        self.assertEqual((release.names, release.support_end), (("TillOS 5",), date(2029, 6, 30)))

    def test_nonsense_is_told(self):
        for text, words in (
            ("", "empty"),
            ("{", "JSON"),
            ("{}", "no product"),
            ("[1]", "no product"),
            ("a,b\n1,2", "columns"),
            ("product,end_of_support\nX,13/05/2024", "Line 2, end_of_support: 13/05/2024"),
        ):
            with self.assertRaisesRegex(ValueError, words):
                endoflife.from_text(text)


if __name__ == "__main__":
    unittest.main()
