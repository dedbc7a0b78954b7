"""Which files a client may attach: by ending and by content, so that a name cannot lie."""

SIZE_LIMIT = 10 * 1024 * 1024  # bytes
# Of all files that are stored for one answer, earlier values included; bytes.
TOTAL_LIMIT = 10 * SIZE_LIMIT
OFFICE = "application/vnd.openxmlformats-officedocument."
ZIP = (b"PK\x03\x04",)
# Ending: (mimetype it is stored with, how the content must begin; empty: plain text)
TYPES = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "webp": ("image/webp", (b"RIFF",)),
    "heic": ("image/heic", (b"\x00\x00\x00",)),
    "docx": (f"{OFFICE}wordprocessingml.document", ZIP),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", ZIP),
    "pptx": (f"{OFFICE}presentationml.presentation", ZIP),
    "txt": ("text/plain", ()),
    "csv": ("text/plain", ()),
}
# What stands at byte 4 or 8 of formats whose first bytes say too little.
INNER = {"webp": (8, b"WEBP"), "heic": (4, b"ftyp")}
NAME_LIMIT = 120


def check(name, content, stored=0):
    """Return `(clean name, mimetype)` of an upload.

    :param stored: bytes that are stored for the same answer already
    :raises ValueError: with the reason: `empty`, `size`, `total`, or `kind` (the ending is not
        allowed or the content is not what the ending says)
    """
    name = clean_name(name)
    ending = name.rpartition(".")[2].lower()
    if not content:
        raise ValueError("empty")
    if len(content) > SIZE_LIMIT:
        raise ValueError("size")
    if stored + len(content) > TOTAL_LIMIT:
        raise ValueError("total")
    if "." not in name or ending not in TYPES or not _matches(ending, content):
        raise ValueError("kind")
    return name, TYPES[ending][0]


def clean_name(name):
    """A file name without folders and control characters, of bounded length."""
    name = str(name or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if char.isprintable()).strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: NAME_LIMIT - len(ending) - 1]}{dot}{ending}" if dot else name[:NAME_LIMIT]


def _matches(ending, content):
    signatures = TYPES[ending][1]
    if not signatures:
        try:
            return "\x00" not in content.decode()
        except UnicodeDecodeError:
            return False
    if ending in INNER:
        offset, word = INNER[ending]
        if content[offset : offset + len(word)] != word:
            return False
    return content.startswith(signatures)
