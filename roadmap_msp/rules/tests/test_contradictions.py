import datetime as dt
import unittest

from .. import contradictions
from ..answers import Question, Value
from ..contradictions import Known
from ..prefill import Asset
from ..prefill_contracts import Contract
from ..scoring import Choice

TODAY = dt.date(2026, 5, 15)
YESTERDAY = TODAY - dt.timedelta(days=1)
WORDS = (
    "Yes, fully", "100 %", "None", "One", "Two to five", "More", "NAS", "No Wi-Fi", "Not needed",
    "Written and reviewed this year", "Planned cycle", "Decision maker joins",
    "Yes, limit fits our risk", "Never", "No",
)  # fmt: skip
CHOICES = tuple(Choice(code=word, key=key) for key, word in enumerate(WORDS, start=1))


def tick(*words):
    return Value(choices=frozenset(WORDS.index(word) + 1 for word in words))


def find(code, value, *assets, fact=None, **known):
    if isinstance(value, int | float):
        value = Value(number=float(value))
    elif isinstance(value, dt.date):
        value = Value(date=value)
    elif isinstance(value, str):
        value = tick(value) if value in WORDS else Value(text=value)
    question = Question(1, code, "text", fact=fact, choices=CHOICES)
    found = contradictions.find(question, value, Known(today=TODAY, assets=assets, **known))
    return found and found.reason


def device(kind="laptop", **values):
    return Asset(kind, **values)


class TestContradictions(unittest.TestCase):
    """Each rule: what is denied, and the nearest thing that is not."""

    def test_what_is_not_recorded_contradicts_nothing(self):
        for code in contradictions.CODES - {"BUS-2"}:
            for value in (Value(), 0, 5, TODAY, "words", *(tick(word) for word in WORDS)):
                if (code, value) == ("INS-2", TODAY):
                    continue
                self.assertIsNone(find(code, value), (code, value))
        self.assertIsNone(find("XXX-1", 3, device()))
        special = Value(choices=frozenset([1]), special="unknown")
        self.assertIsNone(find("SRV-3", special, device("server", warranty_end=YESTERDAY)))

    def test_warranty(self):
        for code, claim, kind in (("SRV-3", "Yes, fully", "server"), ("WKS-3", "100 %", "laptop")):
            ended = device(kind, warranty_end=YESTERDAY)
            self.assertEqual(find(code, claim, ended), "uncovered")
            self.assertIsNone(find(code, claim, device(kind, warranty_end=TODAY)))
            self.assertIsNone(find(code, claim, device(kind)))
            self.assertIsNone(
                find(code, claim, device(kind, warranty_end=YESTERDAY, state="spare"))
            )
            self.assertIsNone(find(code, "No", ended))

    def test_the_longest_ended_is_named_first(self):
        old = device("server", id=7, warranty_end=dt.date(2020, 1, 1))
        known = Known(TODAY, (device("server", id=8, warranty_end=YESTERDAY), old))
        question = Question(1, "SRV-3", "single", choices=CHOICES)
        found = contradictions.find(question, tick("Yes, fully"), known)
        self.assertEqual([asset.id for asset in found.assets], [7, 8])
        self.assertEqual((found.risk, found.details), ("high", {"date": dt.date(2020, 1, 1)}))

    def test_support_of_systems(self):
        past = device("server", support_end=YESTERDAY)
        for code, claim in (("OSS-1", 0), ("OSS-6", "Not needed")):
            self.assertEqual(find(code, claim, past), "unsupported")
            self.assertIsNone(find(code, claim, device("server", support_end=TODAY)))
        self.assertEqual(find("OSS-1", 1, past, past), "unsupported")
        self.assertIsNone(find("OSS-1", 1, past))
        self.assertIsNone(find("OSS-1", 5, past), "the register need not be complete")
        phone = device("tablet_or_phone", support_end=YESTERDAY)
        self.assertEqual(find("MOB-4", "100 %", phone), "unsupported")
        self.assertIsNone(find("MOB-4", "No", phone))

    def test_counts(self):
        for code, kind in (
            ("WKS-1", "mac"),
            ("MOB-1", "tablet_or_phone"),
            ("PRT-1", "printer_mfp"),
        ):
            rows = [device(kind)] * 40
            self.assertEqual(find(code, 35, *rows), "count")
            self.assertEqual(find(code, 45, *rows), "count")
            for near in (36, 40, 44):
                self.assertIsNone(find(code, near, *rows), (code, near))
            self.assertIsNone(find(code, 2, *rows[:3]), "one is no difference")
        server = device("server")
        for claim, count in (("None", 1), ("One", 2), ("Two to five", 6)):
            self.assertEqual(find("SRV-1", claim, *[server] * count), "count")
            self.assertIsNone(find("SRV-1", claim, *[server] * (count - 1)))
        self.assertIsNone(find("SRV-1", "More", server), "rented ones are not in the register")

    def test_ages(self):
        kinds = {
            "SRV-2": "server", "FWL-2": "firewall", "NET-3": "switch", "WIF-5": "access_point",
            "PRT-2": "printer_mfp", "STO-3": "nas", "PWR-2": "ups_battery",
        }  # fmt: skip
        for code, kind in kinds.items():
            old = device(kind, purchase=dt.date(2018, 5, 1))
            self.assertEqual(find(code, 3, old, device(kind)), "age")
            self.assertIsNone(find(code, 7.5, old))
            self.assertIsNone(find(code, 3, device(purchase=dt.date(2018, 5, 1))))

    def test_things_that_are_there(self):
        self.assertEqual(find("STO-1", "No", device("nas")), "exists")
        self.assertIsNone(find("STO-1", "NAS", device("nas")))
        self.assertEqual(find("WIF-1", "No Wi-Fi", device("access_point")), "exists")
        self.assertIsNone(find("WIF-1", "No", device("access_point")))

    def test_people_and_sites(self):
        named = [device(user=name, site=name) for name in ("Ann", "ann ", "Bob", "Cy", "")]
        self.assertEqual(find("GRO-1", 2, *named), "users")
        self.assertIsNone(find("GRO-1", 3, *named))
        self.assertEqual(find("GRO-8", 2, *named), "sites")
        self.assertIsNone(find("GRO-8", 3, *named))
        people = {"answers": {"GRO-1": Value(number=10.0)}}
        self.assertEqual(find("GRO-9", 11, **people), "logins")
        self.assertIsNone(find("GRO-9", 10, **people))

    def test_routines(self):
        bare, dated = device(), device(purchase=TODAY)
        claim = "Written and reviewed this year"
        self.assertEqual(find("DOC-1", claim, bare, bare, dated), "undated")
        self.assertIsNone(find("DOC-1", claim, bare, bare, *[dated] * 6))
        self.assertIsNone(find("DOC-1", "None", bare, bare))
        late, good = device(due=YESTERDAY), device(due=TODAY)
        self.assertEqual(find("BUD-7", "Planned cycle", late, late, good), "overdue")
        self.assertIsNone(find("BUD-7", "Planned cycle", late, good))
        self.assertEqual(find("GRO-6", "Yes, fully", good), "spare")
        self.assertIsNone(find("GRO-6", "Yes, fully", good, device(state="spare")))

    def test_decision_maker(self):
        names = {"decision_makers": ("Ann Lee",)}
        self.assertEqual(find("ANY-1", "Bob", fact="decision_maker", **names), "decision_maker")
        self.assertIsNone(find("ANY-1", "ann  lee", fact="decision_maker", **names))
        self.assertIsNone(find("ANY-1", "Bob", fact="decision_maker"))
        self.assertEqual(find("BUS-2", "Decision maker joins"), "nobody")
        self.assertIsNone(find("BUS-2", "Decision maker joins", **names))

    def test_insurance(self):
        self.assertEqual(find("INS-2", YESTERDAY), "renewal_past")
        self.assertIsNone(find("INS-2", TODAY))
        yes, past = "Yes, limit fits our risk", {"insurance_renewal": YESTERDAY}
        self.assertEqual(find("INS-1", yes, **past), "renewal_past")
        self.assertIsNone(find("INS-1", "No", **past))
        self.assertIsNone(find("INS-1", yes, insurance_renewal=TODAY))
        newer = {"answers": {"INS-2": Value(date=dt.date(2027, 1, 1))}}
        self.assertIsNone(find("INS-1", yes, **past, **newer), "the answer says more")

    def test_contracts(self):
        for code, category in (
            ("ISP-2", "connectivity"),
            ("TEL-7", "telecom"),
            ("PRT-7", "printing"),
        ):
            row = Contract("Main", category, end=dt.date(2027, 1, 31))
            self.assertEqual(find(code, dt.date(2026, 9, 1), contracts=(row,)), "contract_end")
            self.assertIsNone(find(code, dt.date(2027, 2, 28), contracts=(row,)))
            self.assertIsNone(find(code, dt.date(2026, 9, 1), contracts=(Contract("X", "cloud"),)))
        soon = Contract("Soon", end=dt.date(2026, 9, 1))
        self.assertEqual(find("VEN-2", 1, contracts=(soon, soon)), "renewals")
        self.assertIsNone(find("VEN-2", 2, contracts=(soon, soon)))

    def test_what_was_proven_later_last_time(self):
        before = {"earlier": {"BCK-4": Value(date=dt.date(2026, 3, 1))}}
        self.assertEqual(find("BCK-4", dt.date(2025, 12, 1), **before), "proven")
        self.assertEqual(find("BCK-4", "Never", **before), "proven")
        self.assertIsNone(find("BCK-4", dt.date(2026, 3, 1), **before))

    def test_every_reason_and_code_is_tried_here(self):
        text = open(__file__).read()
        for code in contradictions.CODES:
            self.assertIn(f'"{code}"', text)
