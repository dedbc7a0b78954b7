import unittest
from collections import Counter
from datetime import date

from rules.fiscal import first_of_month, fiscal_year, month_index
from rules.scenario import Device, by_life, by_share

TODAY = date(2030, 5, 20)


class TestScenario(unittest.TestCase):
    def test_another_life_counts_from_the_purchase(self):
        devices = [Device(1, date(2028, 3, 1)), Device(2, date(2020, 1, 1)), Device(3)]
        devices.append(Device(4, None, date(2032, 7, 1)))
        self.assertEqual(
            by_life(devices, 4, TODAY),
            {
                1: [month_index(date(2032, 3, 1))],
                2: [month_index(TODAY)],
                4: [month_index(date(2032, 7, 1))],
            },
        )

    def test_a_quarter_each_year_goes_on_in_the_fifth(self):
        devices = [Device(n, None, date(2030, 1, 1)) for n in range(1, 41)]
        months = by_share(devices, 25, TODAY, 1)
        years = Counter(
            fiscal_year(first_of_month(month), 1) for found in months.values() for month in found
        )
        self.assertEqual(years, dict.fromkeys(range(2030, 2035), 10))
        # The fifth year begins again with those of the first.
        self.assertEqual([len(found) for found in months.values()].count(2), 10)

    def test_the_oldest_come_first_and_nothing_lies_in_the_past(self):
        devices = [
            Device(1, None, date(2033, 1, 1)),
            Device(2, None, date(2029, 1, 1)),
            Device(3),
        ]
        months = by_share(devices, 33, TODAY, 7, years=3)
        self.assertEqual(sorted(months, key=lambda key: months[key][0]), [2, 1, 3])
        self.assertTrue(all(m >= month_index(TODAY) for found in months.values() for m in found))

    def test_shares_round_up_and_spread_over_the_quarters(self):
        devices = [Device(n) for n in range(1, 10)]
        months = by_share(devices, 50, date(2030, 1, 5), 1, years=1)
        self.assertEqual(len(months), 5)
        self.assertEqual(
            sorted({first_of_month(found[0]).month for found in months.values()}), [1, 4, 7, 10]
        )

    def test_nothing_to_share(self):
        self.assertEqual(by_share([], 25, TODAY, 1), {})
        self.assertEqual(by_share([Device(1)], 0, TODAY, 1), {})
