import datetime as dt
import unittest

from .. import prefill
from ..answers import Question, Value
from ..prefill import Asset
from ..scoring import Choice

TODAY = dt.date(2026, 5, 15)


def choices(*codes, kind="number"):
    return tuple(Choice(code=code, kind=kind, key=key) for key, code in enumerate(codes, start=1))


UNKNOWN = Choice(code="Do not know", kind="special", special="unknown", key=99)
COVERAGE = (*choices("100 %", "75-99 %", "25-74 %", "under 25 %", kind="option"), UNKNOWN)
AGE = (*choices("under 3", "3-5", "5-7", "over 7"), UNKNOWN)
QUESTIONS = {
    "WKS-1": Question(1, "WKS-1", "number"),
    "WKS-2": Question(
        2, "WKS-2", "number",
        choices=(*choices("up to 10 %", "up to 25 %", "up to 50 %", "over 50 %"), UNKNOWN),
    ),
    "WKS-3": Question(3, "WKS-3", "single", choices=COVERAGE),
    "WKS-7": Question(4, "WKS-7", "single", choices=COVERAGE),
    "SRV-2": Question(5, "SRV-2", "number", choices=AGE),
    "FWL-1": Question(6, "FWL-1", "text"),
    "FWL-2": Question(7, "FWL-2", "number", choices=AGE),
    "SRV-1": Question(
        10, "SRV-1", "single",
        choices=choices("None", "One", "Two to five", "More", "Not sure", kind="option"),
    ),
    "OSS-1": Question(11, "OSS-1", "number", choices=(*choices("0", "1", "2 or more"), UNKNOWN)),
    "STO-3": Question(12, "STO-3", "number", choices=AGE),
    "NET-3": Question(13, "NET-3", "number", choices=AGE),
    "WIF-5": Question(14, "WIF-5", "number", choices=AGE),
    "MOB-1": Question(15, "MOB-1", "number"),
    "MOB-4": Question(16, "MOB-4", "single", choices=COVERAGE),
    "PRT-1": Question(17, "PRT-1", "number"),
    "PRT-2": Question(18, "PRT-2", "number", choices=AGE),
    "PWR-2": Question(19, "PWR-2", "number", choices=AGE),
}  # fmt: skip


def ask(code, *assets):
    return prefill.answer(QUESTIONS[code], assets, TODAY)


def bought(year, month=1, day=1, kind="laptop", **values):
    return Asset(kind, purchase=dt.date(year, month, day), **values)


class TestPrefill(unittest.TestCase):
    def test_an_empty_register_tells_nothing(self):
        for code in QUESTIONS:
            with self.subTest(code):
                self.assertIsNone(ask(code))
                self.assertIsNone(ask(code, Asset("camera_recorder")))

    def test_every_rule_has_its_question_here(self):
        self.assertEqual(set(QUESTIONS), prefill.CODES)
        self.assertIsNone(prefill.answer(Question(8, "XXX-1", "number"), [Asset("mac")], TODAY))

    def test_computers_in_use_are_counted(self):
        computers = [Asset(kind) for kind in prefill.COMPUTERS]
        others = [Asset("laptop", state="spare"), Asset("mac", state="retired"), Asset("server")]
        self.assertEqual(ask("WKS-1", *computers, *others), Value(number=4.0))

    def test_share_of_old_computers(self):
        four_years = bought(2022, 5, 15)
        older = bought(2022, 5, 14)
        self.assertEqual(ask("WKS-2", four_years), Value(number=0.0))
        self.assertEqual(ask("WKS-2", older), Value(number=100.0))
        self.assertEqual(ask("WKS-2", older, four_years, four_years), Value(number=33.3))

    def test_unknown_dates_must_not_matter_for_the_band(self):
        new, old = [bought(2025)], [bought(2019)]
        self.assertIsNone(ask("WKS-2", Asset("mac")))
        self.assertIsNone(ask("WKS-2", *new * 9, Asset("mac"), Asset("mac")))
        self.assertEqual(ask("WKS-2", *new * 9, Asset("mac")), Value(number=0.0))
        self.assertEqual(ask("WKS-2", *old * 8, Asset("mac"), Asset("mac")), Value(number=100.0))
        self.assertIsNone(ask("WKS-2", bought(2027)), "bought in the future is not known")

    def test_share_under_warranty(self):
        covered = Asset("laptop", warranty_end=TODAY)
        ended = Asset("laptop", warranty_end=TODAY - dt.timedelta(days=1))
        self.assertEqual(ask("WKS-3", covered), Value(choices=frozenset([1])))
        self.assertEqual(ask("WKS-3", *[covered] * 199, ended), Value(choices=frozenset([2])))
        self.assertEqual(ask("WKS-3", covered, ended), Value(choices=frozenset([3])))
        self.assertEqual(ask("WKS-3", ended), Value(choices=frozenset([4])))
        self.assertIsNone(ask("WKS-3", covered, Asset("laptop")))

    def test_disk_and_memory_where_both_are_recorded(self):
        strong = Asset("laptop", memory=16, disk="ssd")
        self.assertEqual(ask("WKS-7", strong), Value(choices=frozenset([1])))
        for weak in (Asset("mac", memory=8, disk="ssd"), Asset("mac", memory=32, disk="hdd")):
            self.assertEqual(ask("WKS-7", strong, weak), Value(choices=frozenset([3])))
        for half in (Asset("mac", memory=32), Asset("mac", disk="ssd")):
            self.assertIsNone(ask("WKS-7", half))

    def test_age_of_the_oldest_server(self):
        old, new = bought(2018, 11, 15, "server"), bought(2024, 1, 1, "server")
        self.assertEqual(ask("SRV-2", new, old), Value(number=7.5))
        self.assertEqual(ask("SRV-2", new, bought(2018, 11, 16, "server")), Value(number=7.4))
        self.assertIsNone(ask("SRV-2", old, Asset("server")), "the undated one may be older")
        self.assertIsNone(ask("SRV-2", bought(2015, kind="virtual_machine")))
        self.assertEqual(ask("SRV-2", bought(2026, 5, 15, "server")), Value(number=0.0))

    def test_firewalls_by_name(self):
        one = Asset("firewall", maker="Acme", model="F-40", serial="S1")
        two = Asset("firewall", model="Edge 9")
        self.assertEqual(ask("FWL-1", one), Value(text="Acme F-40, S1"))
        self.assertEqual(ask("FWL-1", one, two), Value(text="Acme F-40, S1\nEdge 9"))
        self.assertIsNone(ask("FWL-1", one, Asset("firewall", serial="S2")))
        self.assertEqual(ask("FWL-2", bought(2021, 5, 15, "firewall")), Value(number=5.0))

    def test_a_question_of_another_type_is_left_alone(self):
        for code, kind in (("WKS-1", "text"), ("FWL-1", "number"), ("WKS-3", "date")):
            question = Question(9, code, kind, choices=COVERAGE)
            assets = [bought(2025, warranty_end=TODAY), Asset("firewall", model="Edge 9")]
            with self.subTest(code):
                self.assertIsNone(prefill.answer(question, assets, TODAY))

    def test_counts_of_servers_phones_and_printers(self):
        server = Asset("server")
        for count, key in ((1, 2), (2, 3), (5, 3), (6, 4)):
            self.assertEqual(ask("SRV-1", *[server] * count), Value(choices=frozenset([key])))
        self.assertIsNone(ask("SRV-1", Asset("laptop")), "none on file is not none at all")
        self.assertEqual(ask("MOB-1", *[Asset("tablet_or_phone")] * 3), Value(number=3.0))
        self.assertEqual(ask("PRT-1", Asset("printer_mfp")), Value(number=1.0))

    def test_systems_out_of_support(self):
        ended = Asset("server", support_end=TODAY - dt.timedelta(days=1), system_known=True)
        good = Asset("laptop", support_end=TODAY, system_known=True)
        unknown = Asset("laptop")
        self.assertEqual(ask("OSS-1", good, good), Value(number=0.0))
        self.assertEqual(ask("OSS-1", good, ended), Value(number=1.0))
        self.assertIsNone(ask("OSS-1", good, unknown), "it may be out of support")
        self.assertEqual(ask("OSS-1", ended, ended, unknown), Value(number=2.0), "the same band")
        phone = {"type": "tablet_or_phone", "system_known": True}
        self.assertEqual(ask("MOB-4", Asset(**phone)), Value(choices=frozenset([1])))
        late = Asset(**phone, support_end=TODAY - dt.timedelta(days=1))
        self.assertEqual(ask("MOB-4", late, Asset(**phone)), Value(choices=frozenset([3])))

    def test_ages_of_other_devices(self):
        kinds = {
            "STO-3": "nas", "NET-3": "switch", "WIF-5": "access_point", "PRT-2": "printer_mfp",
            "PWR-2": "ups_battery",
        }  # fmt: skip
        for code, kind in kinds.items():
            self.assertEqual(ask(code, bought(2021, 5, 15, kind)), Value(number=5.0), code)
            self.assertIsNone(ask(code, bought(2021, 5, 15, kind), Asset(kind)), code)
