"""统一社会信用代码 (GB 32100): 18 characters without I, O, S, V, Z; the last one is a check character.

``stdnum.cn.uscc`` gives the check character; its own validation refuses registrars that are letters.
"""

from __future__ import annotations

import re

from stdnum.cn import uscc

from graph_schema.identifiers.common import (
    accepts,
    bad_check,
    bad_shape,
    clean,
    hide,
    refuse_float,
)

KIND = "uscc"
_SHAPE = re.compile(r"^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$", re.ASCII)


def normalise(raw: str) -> str:
    """Return the code in capitals without spaces and hyphens."""
    return clean(raw).upper().replace(" ", "").replace("-", "")


def validate(raw: str) -> str:
    """Return the normalised code or raise InvalidIdentifier."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if not _SHAPE.match(text):
        raise bad_shape(KIND, text)
    if text[-1] != uscc.calc_check_digit(text[:-1]):
        raise bad_check(KIND, text)
    return text


is_valid = accepts(validate, "Say whether the code is valid.")


def format(raw: str) -> str:
    """Return the code as it is printed: in one piece."""
    return normalise(raw)


def mask(raw: str) -> str:
    """Return the code with its middle hidden."""
    return hide(normalise(raw), 4, 4)
