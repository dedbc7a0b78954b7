import unittest

from ..versions import Part, compare, keeps_answer


def part(page="AAA", weight=1, **choices):
    return Part(page, "Q?", {"weight": weight}, choices)


class TestVersions(unittest.TestCase):
    def kinds(self, old, new):
        return [(row.kind, row.code, row.what) for row in compare(old, new)]

    def test_nothing_changed(self):
        version = {"AAA-1": part(Yes={"name": "Yes", "score": 100})}
        self.assertEqual(compare(version, dict(version)), [])

    def test_added_removed_moved_changed(self):
        old = {"AAA-1": part(), "AAA-2": part(), "AAA-3": part()}
        new = {"AAA-4": part(), "AAA-1": part(weight=3), "AAA-3": part("BBB")}
        self.assertEqual(
            self.kinds(old, new),
            [
                ("added", "AAA-4", ""),
                ("changed", "AAA-1", "weight"),
                ("moved", "AAA-3", "page"),
                ("removed", "AAA-2", ""),
            ],
        )

    def test_choices(self):
        old = {"AAA-1": part(Yes={"name": "Yes", "score": 100}, No={"name": "No", "score": 0})}
        new = {"AAA-1": part(Yes={"name": "Yes", "score": 90}, Partly={"name": "Partly"})}
        changes = compare(old, new)
        self.assertEqual(
            [(row.kind, row.what) for row in changes],
            [("choice_changed", "Yes"), ("choice_added", "Partly"), ("choice_removed", "No")],
        )
        self.assertEqual((changes[0].old, changes[0].new), ({"score": 100}, {"score": 90}))

    def test_which_answers_survive(self):
        self.assertTrue(keeps_answer("text", "text", (), ()))
        self.assertTrue(keeps_answer("single", "single", {"Yes"}, {"Yes", "No"}))
        self.assertFalse(keeps_answer("single", "single", {"Maybe"}, {"Yes", "No"}))
        self.assertFalse(keeps_answer("single", "text", (), ()))
