import unittest

from ..storable import storable


class TestStorable(unittest.TestCase):
    def test_what_no_database_holds_is_left_out(self):
        self.assertEqual(storable("a\x00b \ud83d? \udfff"), "ab ? ")

    def test_all_else_stays(self):
        for text in ("", " Łódź 東京 \U0001f600\n", "<b>"):
            self.assertEqual(storable(text), text)
