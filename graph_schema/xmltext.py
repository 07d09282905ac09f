"""Text that XML 1.0 can hold, and back: what it has no place for is written ``_xHHHH_``, as spreadsheets do.

A text that looks like such an escape has its underscore escaped, so that ``unescaped`` gives back what ``escaped`` was
given.
"""

from __future__ import annotations

import re

NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document holds; the carriage return among them, because a parser makes it a line feed."""

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """The text with every character that XML has no place for as ``_xHHHH_``."""
    return NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def unescaped(text: str) -> str:
    """The text ``escaped`` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
