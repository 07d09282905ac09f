"""Case numbers: opaque text, written in many ways, so that only what is no number at all is refused."""

from __future__ import annotations

import re

from graph_schema.identifiers.common import (
    accepts,
    bad_shape,
    clean,
    hide,
    is_blank,
    is_float,
)

KIND = "case_no"
_STANDARD = re.compile(r"^[A-Z]?\d{12,24}$", re.ASCII)
_WIDE = {ord("！") + i: ord("!") + i for i in range(94)}
_BRACKETS = dict.fromkeys(map(ord, "（）［］｛｝〔〕【】"))
_HALF = {wide: half for wide, half in _WIDE.items() if wide not in _BRACKETS}
_SPACE = re.compile(r"[\s\u3000\ufeff\u200b]+")
MOST_CHARACTERS = 100


def normalise(raw: str) -> str:
    """Return the number without blanks, letters and digits half-width; brackets stay as written."""
    return _SPACE.sub("", raw.translate(_HALF)).strip("'’‘`")


def validate(raw: str) -> str:
    """Return the normalised number or raise InvalidIdentifier: blank, masked, overlong, float."""
    text = normalise(raw)
    if is_blank(raw) or len(text) > MOST_CHARACTERS or "*" in text or is_float(clean(raw)):
        raise bad_shape(KIND, text)
    return text


def is_standard(raw: str) -> bool:
    """Say whether it looks like a police case number: an optional letter and 12 to 24 digits."""
    return bool(_STANDARD.match(normalise(raw)))


is_valid = accepts(validate, "Say whether it can be a case number.")


def format(raw: str) -> str:
    """Return the number as written."""
    return normalise(raw)


def mask(raw: str) -> str:
    """Return the number with its middle hidden."""
    return hide(normalise(raw), 5, 4)
