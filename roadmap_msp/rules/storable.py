"""Texts from outside, as a database can hold them."""


def storable(text):
    """The text without zero bytes and halves of characters, neither of which can be stored."""
    return text.encode(errors="ignore").decode().replace("\x00", "")
