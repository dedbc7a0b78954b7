import unittest
from dataclasses import replace
from datetime import datetime, timedelta

from rules.item_state import Facts, OrderLine, item_state, order_stages

DAY = [datetime(2026, 1, 1) + timedelta(days=number) for number in range(10)]


def order(state, quantity=1.0, day=3):
    return OrderLine(quantity=quantity, order_state=state, at=DAY[day])


class TestItemState(unittest.TestCase):
    def check(self, expected, **facts):
        self.assertEqual(item_state(Facts(**facts)), expected)

    def test_nothing_happened(self):
        self.check("idea")

    def test_open_proposal(self):
        self.check("proposed", proposed_at=DAY[1])

    def test_each_decision_follows_its_proposal(self):
        for decision in ("approved", "declined", "deferred"):
            self.check(decision, proposed_at=DAY[1], decision=decision, decided_at=DAY[2])
            self.check(decision, proposed_at=DAY[1], decision=decision, decided_at=DAY[1])
            self.check(decision, decision=decision, decided_at=DAY[2])

    def test_talk_is_no_decision(self):
        self.check("proposed", proposed_at=DAY[1], decision="talk", decided_at=DAY[2])
        self.check("idea", decision="talk", decided_at=DAY[2])

    def test_new_proposal_asks_again(self):
        self.check("proposed", proposed_at=DAY[3], decision="declined", decided_at=DAY[2])

    def test_closing_reason_wins(self):
        for reason in ("done", "bought_elsewhere", "superseded"):
            self.check(reason, closing_reason=reason)
            self.check(
                reason,
                closing_reason=reason,
                proposed_at=DAY[1],
                decision="approved",
                decided_at=DAY[2],
                lines=(order("sale"),),
            )

    def test_quotation(self):
        for state in ("draft", "sent"):
            self.check("quoted", lines=(order(state),))
            self.check("quoted", decision="approved", decided_at=DAY[2], lines=(order(state),))
            self.check("quoted", decision="approved", decided_at=DAY[4], lines=(order(state),))

    def test_option_at_zero_in_an_open_quotation_is_still_quoted(self):
        self.check("quoted", lines=(order("sent", 0),))

    def test_refused_while_the_quotation_is_out(self):
        for decision in ("declined", "deferred"):
            facts = {"decision": decision, "decided_at": DAY[4], "lines": (order("sent"),)}
            self.check(decision, **facts)
            self.check("quoted", **{**facts, "decided_at": DAY[2]})
            self.check("quoted", **facts, proposed_at=DAY[5])

    def test_ordered(self):
        self.check("ordered", decision="approved", decided_at=DAY[2], lines=(order("sale"),))
        self.check("ordered", decision="declined", decided_at=DAY[5], lines=(order("sale"),))

    def test_ordered_with_one_line_at_zero(self):
        self.check("ordered", lines=(order("sale"), order("sale", 0)))
        self.check("ordered", lines=(order("sale"), order("draft", 0)))
        self.check("ordered", lines=(order("sale"), order("cancel")))

    def test_half_ordered_half_quoted_is_quoted(self):
        self.check("quoted", lines=(order("sale"), order("sent")))

    def test_left_out_of_the_confirmed_order(self):
        left_out = (order("sale", 0), order("sale", 0))
        self.check("proposed", decision="approved", decided_at=DAY[2], lines=left_out)
        self.check("proposed", lines=left_out)

    def test_declined_quotation_returns_to_proposed(self):
        self.check("proposed", decision="approved", decided_at=DAY[2], lines=(order("cancel"),))

    def test_decided_anew_after_being_left_out(self):
        for state, quantity in (("sale", 0), ("cancel", 1)):
            lines = (order(state, quantity),)
            self.check("approved", decision="approved", decided_at=DAY[5], lines=lines)
            self.check("declined", decision="declined", decided_at=DAY[5], lines=lines)
            self.check(
                "proposed",
                decision="approved",
                decided_at=DAY[5],
                proposed_at=DAY[6],
                lines=lines,
            )

    def test_cancelled_beside_an_open_quotation(self):
        self.check("quoted", lines=(order("cancel"), order("draft")))

    def test_stages_of_an_order(self):
        now = DAY[6]
        bought = {"delivered": True, "invoiced": True}
        self.assertEqual(order_stages([], now), {})
        self.assertEqual(order_stages([order("draft")], now), {"quoted_on": now})
        self.assertEqual(set(order_stages([order("sent")], now)), {"quoted_on", "sent_on"})
        done = order_stages([replace(order("sale"), **bought)], now)
        self.assertEqual(done["ordered_on"], order("sale").at)
        self.assertEqual((done["delivered_on"], done["invoiced_on"]), (now, now))

    def test_what_recurs_holds_no_delivery_back(self):
        recurring = replace(order("sale"), recurring=True)
        once = replace(order("sale"), delivered=True)
        self.assertIn("delivered_on", order_stages([recurring, once], DAY[6]))
        self.assertNotIn("delivered_on", order_stages([recurring], DAY[6]))

    def test_left_out_lines_hold_nothing_back(self):
        lines = [order("sale", 0), replace(order("sale"), delivered=True, invoiced=True)]
        self.assertIn("invoiced_on", order_stages(lines, DAY[6]))

    def test_the_first_signature_counts(self):
        lines = [replace(order("sale"), signed_at=DAY[day]) for day in (4, 2)]
        self.assertEqual(order_stages(lines, DAY[6])["signed_on"], DAY[2])


if __name__ == "__main__":
    unittest.main()
