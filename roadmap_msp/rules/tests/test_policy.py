import unittest

from rules import policy
from rules.policy import NO_TYPE, Override, resolve, type_rule


class TestPolicy(unittest.TestCase):
    company = Override(warranty_days=180, replacement_days=365)
    laptop = type_rule(4, True, False)

    def test_type_alone(self):
        found = resolve(self.company, self.laptop)
        self.assertEqual((found.life_years, found.required, found.replace_uncovered), (4, True, 0))
        self.assertEqual((found.warranty_days, found.replacement_days), (180, 365))
        server = resolve(self.company, type_rule(5, True, True))
        self.assertTrue(server.required and server.replace_uncovered)
        monitor = resolve(self.company, type_rule(0, False, False))
        self.assertFalse(monitor.required or monitor.replace_uncovered)

    def test_client_wins_over_type_and_asset_over_both(self):
        client = Override(life_years=5, cover="optional", warranty_days=90)
        found = resolve(self.company, self.laptop, client)
        self.assertEqual((found.life_years, found.required, found.warranty_days), (5, False, 90))
        self.assertEqual(found.replacement_days, 365, "nobody said otherwise")
        own = Override(life_years=0, cover="replace")
        found = resolve(self.company, self.laptop, client, own)
        self.assertEqual((found.life_years, found.replace_uncovered), (0, True))

    def test_a_level_that_is_missing_or_silent(self):
        self.assertEqual(
            resolve(self.company, self.laptop, None, Override()),
            resolve(self.company, self.laptop),
        )
        self.assertTrue(resolve(self.company, NO_TYPE).required)

    def test_life(self):
        self.assertEqual(policy.life("years", 6), 6)
        self.assertEqual(policy.life("years", -1), 0)
        self.assertEqual(policy.life("never", 6), 0)
        self.assertIsNone(policy.life(False, 6))


if __name__ == "__main__":
    unittest.main()
