import unittest

from rules.uploads import SIZE_LIMIT, check, clean_name

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


class TestUploads(unittest.TestCase):
    def refuse(self, reason, name, content):
        with self.assertRaises(ValueError) as caught:
            check(name, content)
        self.assertEqual(str(caught.exception), reason)

    def test_allowed(self):
        self.assertEqual(check("Rack.PNG", PNG), ("Rack.PNG", "image/png"))
        self.assertEqual(check("a.csv", b"a;b\n1;2")[1], "text/plain")
        self.assertEqual(check("p.webp", b"RIFF1234WEBPVP8 ")[1], "image/webp")
        self.assertEqual(check("p.heic", b"\x00\x00\x00\x18ftypheic")[1], "image/heic")
        self.assertTrue(check("b.docx", b"PK\x03\x04....")[1].endswith("wordprocessingml.document"))

    def test_refused_by_ending(self):
        for name in ("x.svg", "x.html", "x.exe", "x", "x.png.html", ".png"):
            self.refuse("kind", name, PNG)

    def test_refused_by_content(self):
        self.refuse("kind", "x.png", b"<script>alert(1)</script>")
        self.refuse("kind", "x.pdf", PNG)
        self.refuse("kind", "x.txt", b"\xff\xfe\x00binary")
        self.refuse("kind", "x.webp", b"RIFF1234AVI ")

    def test_size(self):
        self.refuse("empty", "x.png", b"")
        largest = PNG.ljust(SIZE_LIMIT, b"0")
        self.assertEqual(SIZE_LIMIT, 10 << 20, "10 MB")
        self.assertTrue(check("x.png", largest))
        self.refuse("size", "x.png", largest + b"0")

    def test_total(self):
        room = 100 * 1024 * 1024 - len(PNG)
        self.assertTrue(check("x.png", PNG, room))
        with self.assertRaisesRegex(ValueError, "total"):
            check("x.png", PNG, room + 1)

    def test_names(self):
        self.assertEqual(clean_name("C:\\temp\\a b.pdf"), "a b.pdf")
        self.assertEqual(clean_name("../../etc/pass\x00wd.txt"), "passwd.txt")
        self.assertEqual(len(clean_name("x" * 500 + ".pdf")), 120)
        self.assertTrue(clean_name("x" * 500 + ".pdf").endswith(".pdf"))


if __name__ == "__main__":
    unittest.main()
