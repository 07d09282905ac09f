"""What all identifier modules share: cleaning of a cell, the error they raise, masking."""

from __future__ import annotations

import re
import unicodedata

from graph_schema.errors import InputError

_JUNK = dict.fromkeys(
    map(ord, "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u00ad\t\r\n\v\f")
)
_EXCEL_TEXT = re.compile(r'^=?"(.*)"$')
_FLOAT = re.compile(r"^[+-]?\d(?:\.\d+)?[Ee]\+?\d+$")
_POINT_ZERO = re.compile(r"^(\d+)\.0+$")
_EMPTY = frozenset(
    {
        "",
        "/",
        "\\",
        "\\n",
        "nan",
        "none",
        "nat",
        "null",
        "<nil>",
        "<null>",
        "n/a",
        "na",
        "空",
        "(空)",
        "无",
        "不详",
    }
)
EXACT_DIGITS = 15
"""A spreadsheet holds at most this many digits of a number; longer ones were changed by it."""


class InvalidIdentifier(InputError):
    """A value is no valid identifier of its kind; ``reason`` is a stable word, ``value`` what was given."""

    code = "E-IDENTIFIER"

    def __init__(self, kind: str, value: str, reason: str, zh: str, en: str) -> None:
        super().__init__(f"“{value}”{zh} / {kind} “{value}” {en}")
        self.kind = kind
        self.value = value
        self.reason = reason


class TruncatedNumber(InvalidIdentifier):
    """A spreadsheet turned the number into floating point and lost its last digits for good."""

    code = "err.float"

    def __init__(self, kind: str, value: str) -> None:
        super().__init__(
            kind,
            value,
            "float",
            "已被表格软件截断，需向来源重新调取文本格式",
            "was truncated by a spreadsheet; ask its source for a text export",
        )


def bad_shape(kind: str, value: str) -> InvalidIdentifier:
    """Return the error for a value whose length or characters do not fit; it says so when it is masked."""
    if "*" in value:
        return InvalidIdentifier(
            kind, value, "masked", "已打码，按未核实保存", "is masked; kept as unverified"
        )
    return InvalidIdentifier(
        kind, value, "shape", "格式不符，按未核实保存", "has an unknown shape; kept as unverified"
    )


def bad_check(kind: str, value: str) -> InvalidIdentifier:
    """Return the error for a wrong check digit."""
    return InvalidIdentifier(
        kind, value, "check", "校验位不符，按未核实保存", "fails its check digit; kept as unverified"
    )


def clean(raw: str) -> str:
    """Return a cell without what exports add: full-width forms, invisible characters, quotes, apostrophes.

    ``13800000000.0`` loses its ``.0`` where the number is short enough to be exact.
    """
    text = unicodedata.normalize("NFKC", raw).translate(_JUNK).strip().lstrip("|'’‘`").strip()
    quoted = _EXCEL_TEXT.match(text)
    if quoted:
        text = quoted.group(1).strip()
    whole = _POINT_ZERO.match(text)
    if whole and len(whole.group(1)) <= EXACT_DIGITS:
        text = whole.group(1)
    return text


def is_blank(raw: str | None) -> bool:
    """Say whether a cell holds nothing, in any of the ways exports write nothing."""
    if raw is None:
        return True
    text = clean(raw)
    return text.casefold() in _EMPTY or not text.strip("-_—–*·. ")


def is_float(text: str) -> bool:
    """Say whether a cleaned cell is a number a spreadsheet has cut: 6.22202E+18 or 622202…000.0."""
    return bool(_FLOAT.match(text) or _POINT_ZERO.match(text))


def refuse_float(kind: str, raw: str) -> None:
    """Raise TruncatedNumber where the cell is a number a spreadsheet has cut."""
    text = clean(raw)
    if is_float(text):
        raise TruncatedNumber(kind, text)


def hide(text: str, head: int, tail: int) -> str:
    """Return the text with its middle as stars; short texts keep only their last character."""
    if len(text) <= head + tail:
        return "*" * (len(text) - 1) + text[-1:]
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
