import random
import unittest

from .. import conditions
from ..conditions import Given, Term


def shown(rules, answers, is_client=True):
    parsed = {code: conditions.parse(text) for code, text in rules.items()}
    return conditions.visible_codes(parsed, answers, is_client)


def took(*codes):
    return Given(choices=frozenset(codes))


class TestParse(unittest.TestCase):
    def test_empty_is_always_true(self):
        self.assertEqual(conditions.parse(""), ())
        self.assertEqual(conditions.parse(False), ())

    def test_and_binds_before_or(self):
        self.assertEqual(
            conditions.parse("client and AAA-1 = x or BBB-2 > 3"),
            ((Term("client"), Term("=", "AAA-1", "x")), (Term(">", "BBB-2", 3.0),)),
        )

    def test_choices_keep_commas_and_words(self):
        parsed = conditions.parse("INS-1 = Yes, limit not checked or AAA-1 has Salt and pepper")
        self.assertEqual(parsed[0][0].value, "Yes, limit not checked")
        self.assertEqual(parsed[1][0].value, "Salt and pepper")

    def test_each_kind_of_term(self):
        for text, term in {
            "client": Term("client"),
            "SRV-1 != None": Term("!=", "SRV-1", "None"),
            "GRO-8 > 1": Term(">", "GRO-8", 1.0),
            "AAA-1 has x": Term("has", "AAA-1", "x"),
        }.items():
            self.assertEqual(conditions.parse(text), ((term,),))

    def test_refuses_what_is_not_in_the_grammar(self):
        for text in ("clients", "SRV-1", "SRV-1 < 3", "SRV-1 > many", "srv-1 = x"):
            with self.subTest(text), self.assertRaises(conditions.ConditionError):
                conditions.parse(text)


class TestVisible(unittest.TestCase):
    def test_unanswered_gate_is_false_for_every_operator(self):
        rules = {
            "AAA-1": "",
            "AAA-2": "AAA-1 = x",
            "AAA-3": "AAA-1 != x",
            "AAA-4": "AAA-1 has x",
            "AAA-5": "AAA-1 > 0",
        }
        self.assertEqual(shown(rules, {}), {"AAA-1"})

    def test_not_applicable_gate_is_false(self):
        rules = {"AAA-1": "", "AAA-2": "AAA-1 != x"}
        self.assertEqual(shown(rules, {"AAA-1": Given(na=True)}), {"AAA-1"})

    def test_unknown_and_not_sure_fulfil_unequal(self):
        rules = {"AAA-1": "", "AAA-2": "AAA-1 != None"}
        for word in ("Do not know", "Not sure"):
            self.assertIn("AAA-2", shown(rules, {"AAA-1": took(word)}))

    def test_multiple_choice(self):
        rules = {"AAA-1": "", "AAA-2": "AAA-1 has x", "AAA-3": "AAA-1 != x"}
        self.assertEqual(shown(rules, {"AAA-1": took("x", "y")}), {"AAA-1", "AAA-2"})
        self.assertEqual(shown(rules, {"AAA-1": took("y")}), {"AAA-1", "AAA-3"})

    def test_above_is_strict(self):
        rules = {"AAA-1": "", "AAA-2": "AAA-1 > 1"}
        self.assertNotIn("AAA-2", shown(rules, {"AAA-1": Given(number=1)}))
        self.assertIn("AAA-2", shown(rules, {"AAA-1": Given(number=1.5)}))

    def test_other_than_takes_a_figure_or_a_choice(self):
        rules = {"AAA-1": "", "AAA-2": "AAA-1 != x"}
        self.assertIn("AAA-2", shown(rules, {"AAA-1": Given(number=0)}))
        self.assertNotIn("AAA-2", shown(rules, {"AAA-1": Given()}), "a text is no choice")

    def test_hidden_gate_counts_as_unanswered(self):
        rules = {"AAA-1": "", "AAA-2": "AAA-1 = x", "AAA-3": "AAA-2 != z"}
        answers = {"AAA-1": took("y"), "AAA-2": took("w")}
        self.assertEqual(shown(rules, answers), {"AAA-1"})

    def test_gate_outside_the_run_is_false(self):
        self.assertEqual(shown({"AAA-2": "ZZZ-9 != x"}, {"ZZZ-9": took("y")}), set())

    def test_gate_on_a_later_page(self):
        rules = {"AAA-1": "ZZZ-1 = x", "ZZZ-1": ""}
        self.assertIn("AAA-1", shown(rules, {"ZZZ-1": took("x")}))

    def test_client_and_prospect(self):
        rules = {"AAA-1": "client", "AAA-2": ""}
        self.assertEqual(shown(rules, {}, is_client=True), {"AAA-1", "AAA-2"})
        self.assertEqual(shown(rules, {}, is_client=False), {"AAA-2"})

    def test_loop_is_found_and_refused(self):
        rules = {
            "AAA-1": conditions.parse("AAA-2 = x"),
            "AAA-2": conditions.parse("AAA-1 = y"),
        }
        self.assertEqual(conditions.find_loop(rules), ("AAA-1", "AAA-2", "AAA-1"))
        with self.assertRaises(conditions.ConditionLoop):
            conditions.visible_codes(rules, {}, True)
        self.assertIsNone(conditions.find_loop({"AAA-1": (), "AAA-2": rules["AAA-2"]}))

    def test_what_depends_on_what(self):
        rules = {
            "AAA-1": "",
            "AAA-2": "AAA-1 = x",
            "AAA-3": "AAA-2 = x or BBB-1 > 2",
            "BBB-1": "CCC-1 = y",
            "CCC-1": "",
        }
        parsed = {code: conditions.parse(text) for code, text in rules.items()}
        self.assertEqual(conditions.dependents(parsed, {"AAA-1"}), {"AAA-2", "AAA-3"})
        self.assertEqual(conditions.dependents(parsed, {"AAA-3", "nothing"}), set())
        self.assertEqual(
            conditions.sources(parsed, {"AAA-3"}), {"AAA-1", "AAA-2", "BBB-1", "CCC-1"}
        )
        self.assertEqual(conditions.sources(parsed, {"CCC-1"}), set())

    def test_a_part_of_the_run_decides_as_the_whole(self):
        """Only what depends on a changed answer is decided anew, from what that needs."""
        draw = random.Random(7)
        for _round in range(200):
            codes = [f"AAA-{number}" for number in range(1, 9)]
            parsed = {
                code: conditions.parse(
                    " or ".join(
                        f"{draw.choice(codes[:place])} = {draw.choice('xy')}"
                        for _term in range(draw.randrange(3) if place else 0)
                    )
                )
                for place, code in enumerate(codes)
            }
            answers = {code: took(draw.choice("xy")) for code in draw.sample(codes, 6)}
            changed = draw.choice(codes)
            before = conditions.visible_codes(parsed, answers, True)
            answers[changed] = took(draw.choice("xy"))
            after = conditions.visible_codes(parsed, answers, True)
            turning = conditions.dependents(parsed, {changed})
            self.assertLessEqual(before ^ after, turning)
            needed = turning | conditions.sources(parsed, turning)
            part = {code: parsed[code] for code in needed}
            self.assertEqual(
                conditions.visible_codes(part, answers, True) & turning, after & turning
            )

    def test_may_apply(self):
        self.assertFalse(conditions.may_apply(conditions.parse("client"), False))
        self.assertTrue(conditions.may_apply(conditions.parse("client or AAA-1 = x"), False))
        self.assertTrue(conditions.may_apply((), False))

    def test_json_keeps_the_structure(self):
        parsed = conditions.parse("client and AAA-1 = x or AAA-2 > 3")
        self.assertEqual(
            conditions.to_json(parsed, lambda term: True if term.op == "client" else term.code),
            [[True, "AAA-1"], ["AAA-2"]],
        )
