"""IMSI (15 digits: country, network, subscriber) and ICCID (19 or 20 digits from 89): either tells a SIM."""

from __future__ import annotations

import re

from stdnum import imsi
from stdnum.exceptions import ValidationError

from graph_schema.identifiers.common import accepts, bad_shape, clean, hide, refuse_float

KIND = "imsi"
_CHINA = re.compile(r"^460\d{12}$", re.ASCII)
_ICCID = re.compile(r"^89\d{17}[0-9A-Z]?$", re.ASCII)


def normalise(raw: str) -> str:
    """Return the digits without separators."""
    return imsi.compact(clean(raw))


def validate(raw: str) -> str:
    """Return the normalised IMSI or ICCID, or raise InvalidIdentifier."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if _ICCID.match(text):
        return text
    if not text[5:].strip("0"):
        raise bad_shape(KIND, text)
    if _CHINA.match(text):
        return text
    try:
        return imsi.validate(text)
    except ValidationError:
        raise bad_shape(KIND, text) from None


is_valid = accepts(validate, "Say whether the IMSI or ICCID is valid.")


def format(raw: str) -> str:
    """Return the IMSI in its parts: 460 00 1234567890."""
    text = normalise(raw)
    return f"{text[:3]} {text[3:5]} {text[5:]}" if _CHINA.match(text) else text


def mask(raw: str) -> str:
    """Return the number with the subscriber hidden."""
    return hide(normalise(raw), 5, 4)
