import unittest

from ..import_parents import Part, refused


class TestImportParents(unittest.TestCase):
    """Rows that are part of what the same file brings."""

    def test_a_tree_is_fine(self):
        parts = [Part(2, -2, row=3), Part(3, -3, parent=7), Part(4, -4, row=3), Part(5, 9, row=2)]
        self.assertEqual(refused(parts, {7: 8}), {})

    def test_circles(self):
        self.assertEqual(
            refused([Part(2, -2, row=3), Part(3, -3, row=2), Part(4, -4)], {}),
            {2: ("parent_loop", None), 3: ("parent_loop", None)},
        )
        self.assertEqual(refused([Part(2, 7, parent=8)], {8: 7}), {2: ("parent_loop", None)})
        self.assertEqual(refused([Part(2, -2, row=2)], {}), {2: ("parent_loop", None)})
        self.assertEqual(
            refused([Part(2, 7, row=3), Part(3, -3, parent=7)], {}),
            {2: ("parent_loop", None), 3: ("parent_loop", None)},
        )

    def test_a_row_that_moves_a_known_device_ends_its_old_circle(self):
        self.assertEqual(refused([Part(2, 7, parent=8), Part(3, 8, parent=9)], {8: 7}), {})

    def test_who_depends_on_a_refused_row(self):
        parts = [Part(2, -2, row=3), Part(3, -3, row=4), Part(4, -4, bad=True), Part(5, -5, row=6)]
        parts += [Part(6, -6, row=7), Part(7, -7, row=6)]
        self.assertEqual(
            refused(parts, {}),
            {
                2: ("parent_row", 3),
                3: ("parent_row", 4),
                5: ("parent_row", 6),
                6: ("parent_loop", None),
                7: ("parent_loop", None),
            },
        )

    def test_thousands_in_a_chain(self):
        parts = [Part(n, -n, row=n + 1) for n in range(1, 50_000)] + [Part(50_000, -50_000)]
        self.assertEqual(refused(parts, {}), {})
