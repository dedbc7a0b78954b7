import datetime as dt
import unittest

from .. import prefill_contacts, prefill_contracts
from ..answers import Question, Value
from ..prefill_contacts import Contacts
from ..prefill_contracts import Contract
from ..scoring import Choice

TODAY = dt.date(2026, 5, 15)
MONTHLY = Choice(code="Month to month", key=7)
LINE = Contract("Line", "connectivity", "Fibre Ltd", amount=290, end=dt.date(2026, 9, 1))


def ask(code, *contracts, kind="number", choices=()):
    question = Question(1, code, kind, choices=choices)
    return prefill_contracts.answer(question, contracts, TODAY)


class TestPrefillContracts(unittest.TestCase):
    def test_nothing_on_file_tells_nothing(self):
        for code in prefill_contracts.CODES:
            for kind in ("number", "date", "text", "single"):
                self.assertIsNone(ask(code, kind=kind), code)
        self.assertIsNone(ask("XXX-1", LINE, kind="text"))

    def test_lines_by_name_and_provider_the_dearest_first(self):
        spare = Contract("Mobile back-up", "connectivity", amount=40)
        other = Contract("Phones", "telecom", "Tel Ltd", amount=500)
        over = Contract("Old line", "connectivity", end=dt.date(2026, 1, 1), renews=False)
        ahead = Contract("New line", "connectivity", start=dt.date(2026, 6, 1))
        found = ask("ISP-1", spare, other, LINE, over, ahead, kind="text")
        self.assertEqual(found, Value(text="Line, Fibre Ltd\nMobile back-up"))

    def test_the_end_of_the_main_contract(self):
        for code, category in (
            ("ISP-2", "connectivity"),
            ("TEL-7", "telecom"),
            ("PRT-7", "printing"),
        ):
            main = Contract("Main", category, amount=2, end=dt.date(2027, 1, 31))
            small = Contract("Small", category, amount=1, end=dt.date(2026, 6, 1))
            self.assertEqual(ask(code, small, main, kind="date"), Value(date=dt.date(2027, 1, 31)))
            self.assertIsNone(ask(code, Contract("Other", "cloud", end=TODAY), kind="date"))
        open_end = Contract("Line", "connectivity")
        found = ask("ISP-2", open_end, kind="date", choices=(MONTHLY,))
        self.assertEqual(found, Value(choices=frozenset([7])))
        self.assertIsNone(ask("ISP-2", open_end, kind="date"))
        renewed = Contract("Line", "connectivity", end=dt.date(2026, 1, 1))
        self.assertIsNone(ask("ISP-2", renewed, kind="date"), "until when it renewed is not known")

    def test_renewals_within_six_months(self):
        later = Contract("Later", end=dt.date(2026, 11, 16))
        last = Contract("Last day", end=dt.date(2026, 11, 15))
        ends = Contract("Ends", end=dt.date(2026, 9, 1), renews=False)
        self.assertEqual(ask("VEN-2", LINE, later, last, ends), Value(number=2.0))
        self.assertIsNone(ask("VEN-2", later, ends), "there may be others")

    def test_seats_of_the_largest_agreement(self):
        care, office = Contract("Care", seats=24), Contract("Office", "licensing", seats=26)
        phones = Contract("Phones", "telecom", seats=40)
        self.assertEqual(ask("GRO-9", care, office, phones), Value(number=26.0))
        self.assertEqual(ask("GRO-9", Contract("Pair", seats=2)), Value(number=2.0))
        self.assertIsNone(ask("GRO-9", Contract("Care"), Contract("Half", seats=2.5)))

    def test_a_contract_runs_from_its_first_to_its_last_day(self):
        day = dt.timedelta(days=1)

        def runs(**values):
            row = Contract("Line", "connectivity", **values)
            return ask("ISP-1", row, kind="text") is not None

        self.assertTrue(runs(start=TODAY))
        self.assertFalse(runs(start=TODAY + day))
        self.assertTrue(runs(end=TODAY, renews=False))
        self.assertFalse(runs(end=TODAY - day, renews=False))
        self.assertTrue(runs(end=TODAY - day), "it renewed")
        ends = Contract("Line", "connectivity", end=TODAY)
        self.assertEqual(ask("ISP-2", ends, kind="date"), Value(date=TODAY))
        self.assertEqual(prefill_contracts.ends([ends], "connectivity", TODAY), [TODAY])


class TestPrefillContacts(unittest.TestCase):
    def test_sites_from_different_addresses(self):
        question = Question(1, "GRO-8", "number")
        two, three = Value(number=2.0), Value(number=3.0)
        for addresses, value in ((0, None), (1, None), (2, two), (3, three)):
            found = prefill_contacts.answer(question, Contacts(addresses=addresses), TODAY)
            self.assertEqual(found, value)

    def test_a_named_person_and_a_stand_in(self):
        choices = (
            Choice(code="Yes, with a stand-in", key=1),
            Choice(code="Yes, no stand-in", key=2),
        )
        question = Question(1, "GOV-1", "single", choices=choices)
        for technical, value in ((0, None), (1, {2}), (2, {1}), (3, {1})):
            found = prefill_contacts.answer(question, Contacts(technical=technical), TODAY)
            self.assertEqual(found, value and Value(choices=frozenset(value)))
        self.assertIsNone(
            prefill_contacts.answer(Question(1, "GOV-1", "text"), Contacts(technical=1), TODAY)
        )
        self.assertIsNone(
            prefill_contacts.answer(Question(1, "XXX-1", "text"), Contacts(9, 9), TODAY)
        )
