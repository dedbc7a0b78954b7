import unittest

from rules.health import WEIGHTS, Facts, Part, band, fell, health, parts


def scores(**facts):
    return {part.key: part.score for part in parts(Facts(**facts))}


class TestHealth(unittest.TestCase):
    def test_nothing_wrong(self):
        rows = parts(Facts())
        self.assertEqual(health(rows), 100)
        self.assertIsNone(scores()["ratings"], "nobody rated: left out, neither good nor bad")

    def test_each_part(self):
        for facts, key, expected in (
            ({"slips": 1}, "meetings", 75),
            ({"slips": 9}, "meetings", 0),
            ({"untapped": True}, "meetings", 0),
            ({"days_overdue": 1}, "invoices", 70),
            ({"days_overdue": 14}, "invoices", 70),
            ({"days_overdue": 15}, "invoices", 40),
            ({"days_overdue": 30}, "invoices", 40),
            ({"days_overdue": 31}, "invoices", 15),
            ({"days_overdue": 60}, "invoices", 15),
            ({"days_overdue": 61}, "invoices", 0),
            ({"refused_risks": 2}, "risks", 50),
            ({"days_form_late": 1}, "forms", 60),
            ({"days_form_late": 14}, "forms", 60),
            ({"days_form_late": 15}, "forms", 30),
            ({"days_form_late": 30}, "forms", 30),
            ({"days_form_late": 31}, "forms", 0),
            ({"rating": 5.0}, "ratings", 100),
            ({"rating": 1.0}, "ratings", 0),
            ({"rating": 3.0}, "ratings", 50),
            ({"critical_findings": 3}, "findings", 40),
        ):
            with self.subTest(**facts):
                self.assertEqual(scores(**facts)[key], expected)
                others = {k: v for k, v in scores(**facts).items() if k != key and v is not None}
                self.assertEqual(set(others.values()), {100}, "one fact lowers one part")

    def test_weights(self):
        rows = [Part("meetings", 0, 1), Part("invoices", 100, 3), Part("ratings", None, 9)]
        self.assertEqual(health(rows), 75)
        self.assertEqual(health(parts(Facts(untapped=True))), 67, "meetings weigh 3 of 9")
        self.assertEqual(health(parts(Facts(days_overdue=61))), 78, "invoices weigh 2 of 9")
        self.assertEqual(health(parts(Facts(refused_risks=4))), 89, "risks weigh 1 of 9")
        off = {**WEIGHTS, "invoices": 0}
        self.assertEqual(health(parts(Facts(days_overdue=99), off)), 100, "switched off")
        self.assertIsNone(health(parts(Facts(), {})), "everything switched off")

    def test_bands(self):
        self.assertEqual(
            [band(value) for value in (100, 75, 74, 50, 49, 0)],
            ["thriving", "thriving", "watch", "watch", "at_risk", "at_risk"],
        )

    def test_fell(self):
        self.assertTrue(fell(80, 65, 15))
        self.assertFalse(fell(80, 66, 15))
        self.assertFalse(fell(None, 10, 15), "the first figure is no drop")
        self.assertTrue(fell(80, 79, 1), "the least drop that can be set")
        self.assertFalse(fell(80, 0, 0), "switched off")
