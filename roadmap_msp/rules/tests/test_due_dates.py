import unittest
from datetime import date

from rules import due_dates
from rules.due_dates import SourceDate

D = date


class TestDueDates(unittest.TestCase):
    def test_effective_dates(self):
        rows = [SourceDate("rmm", D(2021, 3, 1)), SourceDate("invoice", D(2021, 1, 15))]
        self.assertEqual(due_dates.effective_purchase(rows), D(2021, 1, 15))
        self.assertEqual(due_dates.effective_warranty_end(rows), D(2021, 3, 1))
        self.assertIsNone(due_dates.effective_purchase([]))
        self.assertIsNone(due_dates.effective_warranty_end([]))

    def test_locked_date_wins(self):
        rows = [SourceDate("a", D(2020, 1, 1)), SourceDate("b", D(2022, 1, 1), locked=True)]
        self.assertEqual(due_dates.effective_purchase(rows), D(2022, 1, 1))
        rows = [SourceDate("a", D(2030, 1, 1)), SourceDate("b", D(2022, 1, 1), locked=True)]
        self.assertEqual(due_dates.effective_warranty_end(rows), D(2022, 1, 1))

    def test_lifetime_is_no_cover(self):
        by_year = SourceDate("maker", D(2099, 12, 31))
        by_flag = SourceDate("maker", D(2040, 1, 1), lifetime=True)
        self.assertIsNone(due_dates.effective_warranty_end([by_year, by_flag]))
        real = SourceDate("psa", D(2026, 5, 1))
        self.assertEqual(due_dates.effective_warranty_end([by_year, real]), D(2026, 5, 1))
        self.assertFalse(due_dates.in_conflict([by_year, real]))

    def test_conflict(self):
        near = [SourceDate("a", D(2024, 1, 1)), SourceDate("b", D(2024, 2, 1))]
        far = [SourceDate("a", D(2024, 1, 1)), SourceDate("b", D(2024, 2, 2))]
        self.assertFalse(due_dates.in_conflict(near))
        self.assertTrue(due_dates.in_conflict(far))
        far[0] = SourceDate("a", D(2024, 1, 1), locked=True)
        self.assertFalse(due_dates.in_conflict(far), "a person has decided")
        self.assertFalse(due_dates.in_conflict(far[1:]))

    def test_add_years_on_leap_day(self):
        self.assertEqual(due_dates.add_years(D(2020, 2, 29), 4), D(2024, 2, 29))
        self.assertEqual(due_dates.add_years(D(2020, 2, 29), 5), D(2025, 2, 28))

    def test_replacement_due_is_the_earliest_reason(self):
        due = due_dates.replacement_due
        bought, cover, support = D(2022, 1, 1), D(2025, 1, 1), D(2027, 1, 12)
        self.assertEqual(due(bought, 4, cover, True, support), D(2025, 1, 1))
        self.assertEqual(due(bought, 4, cover, False, support), D(2026, 1, 1))
        self.assertEqual(due(bought, 9, cover, False, support), D(2027, 1, 12))
        self.assertEqual(due(bought, 0, None, True, None), None, "no rule by age")
        self.assertEqual(due(None, 4, None, True, None), None, "nothing is known")
        self.assertEqual(due(None, 4, cover, True, None), cover)

    def test_alert_from(self):
        self.assertEqual(due_dates.alert_from(D(2026, 1, 31), 31), D(2025, 12, 31))
        self.assertEqual(due_dates.alert_from(D(2026, 1, 31), 0), D(2026, 1, 31))
        self.assertIsNone(due_dates.alert_from(None, 30))

    def test_at_the_ends_of_the_calendar(self):
        self.assertEqual(due_dates.add_years(D(9999, 12, 31), 5), date.max)
        self.assertEqual(due_dates.add_years(D(2024, 2, 29), 100_000), date.max)
        self.assertEqual(due_dates.alert_from(D(1, 1, 2), 90), date.min)
        self.assertEqual(due_dates.alert_from(D(2026, 3, 31), 90), D(2025, 12, 31))

    def test_warranty_status(self):
        on, status = D(2026, 6, 1), due_dates.warranty_status
        self.assertEqual(status(on, True, None, None), "unknown")
        self.assertEqual(status(on, True, D(2026, 5, 31), D(2026, 1, 1)), "expired")
        self.assertEqual(status(on, True, on, D(2026, 1, 1)), "due_soon", "its last day is covered")
        self.assertEqual(status(on, True, D(2027, 6, 1), D(2026, 6, 2)), "covered")
        self.assertEqual(status(on, True, D(2026, 9, 1), on), "due_soon", "from the alert's day on")
        self.assertEqual(status(on, False, D(2020, 1, 1), D(2019, 1, 1)), "not_required")
        self.assertEqual(status(on, False, on, D(2019, 1, 1)), "covered")
        self.assertEqual(status(on, False, None, None), "not_required")
        self.assertEqual(status(on, True, D(2020, 1, 1), None, retired=True), "not_required")

    def test_lifecycle_status(self):
        on, status = D(2026, 6, 1), due_dates.lifecycle_status
        self.assertEqual(status(on, None, None), "unknown")
        self.assertEqual(status(on, D(2026, 5, 31), D(2025, 1, 1)), "overdue")
        self.assertEqual(status(on, D(2026, 6, 1), D(2025, 1, 1)), "due_soon")
        self.assertEqual(status(on, D(2028, 6, 1), D(2027, 6, 1)), "ok")
        self.assertEqual(status(on, D(2027, 6, 1), on), "due_soon", "from the alert's day on")
        self.assertEqual(status(on, D(2020, 1, 1), None, retired=True), "ok")

    def test_support_status(self):
        on, status = D(2026, 6, 1), due_dates.support_status
        self.assertEqual(status(on, False, None), "unknown")
        self.assertEqual(status(on, True, None), "supported")
        self.assertEqual(status(on, True, D(2026, 5, 31)), "ended")
        self.assertEqual(status(on, True, D(2026, 6, 1)), "ends_soon")
        self.assertEqual(status(on, True, D(2026, 11, 28)), "ends_soon")
        self.assertEqual(status(on, True, D(2026, 11, 29)), "supported")
        self.assertEqual(status(on, True, D(2020, 1, 1), retired=True), "not_required")

    def test_suggested(self):
        rows = [
            SourceDate("rmm", D(2026, 1, 1)),
            SourceDate("dell", D(2025, 6, 1)),
            SourceDate("psa", D(2027, 1, 1)),
            SourceDate("rmm2", D(2099, 1, 1), lifetime=True),
        ]
        self.assertEqual(due_dates.suggested(rows, ("dell",)).source, "dell")
        self.assertEqual(
            due_dates.suggested(rows, ("hp",)).source, "psa", "the latest, not for life"
        )
        self.assertEqual(due_dates.suggested(rows).source, "dell", "a purchase: the earliest")
        self.assertIsNone(due_dates.suggested([]))


if __name__ == "__main__":
    unittest.main()
