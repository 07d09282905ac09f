"""Number plates, incl. new-energy plates; a vehicle is told by plate and plate kind together."""

from __future__ import annotations

import re

from graph_schema.identifiers.common import InvalidIdentifier, accepts, bad_shape, clean, refuse_float

KIND = "plate"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NORMAL = re.compile(rf"^[{_PROVINCE}][A-Z][A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳超]$")
_SMALL_NEW_ENERGY = re.compile(rf"^[{_PROVINCE}][A-Z][A-HJK][A-HJ-NP-Z0-9]\d{{4}}$")
_LARGE_NEW_ENERGY = re.compile(rf"^[{_PROVINCE}][A-Z]\d{{5}}[A-HJK]$")
_SPECIAL = re.compile(
    rf"^(?:[{_PROVINCE}][A-Z]\d{{4,5}}领|[{_PROVINCE}]?\d{{6}}使|使\d{{6}}|WJ[{_PROVINCE}]?\d{{4,5}}[A-Z0-9]?|[A-Z]{{2}}\d{{5}})$"
)
_UNREAD = re.compile(r"[*?#_□■○〇×]|未|无|不")
_WHOLE = 7
"""A plate has at least so many signs; of a shorter one some were not read."""
_SEPARATORS = re.compile(r"[\s·•.．‧\-—]")


def normalise(raw: str) -> str:
    """Return the plate in capitals without dots, spaces and hyphens (浙B·12345 → 浙B12345)."""
    return _SEPARATORS.sub("", clean(raw)).upper()


def validate(raw: str) -> str:
    """Return the normalised plate or raise InvalidIdentifier."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if not any(shape.match(text) for shape in (_NORMAL, _SMALL_NEW_ENERGY, _LARGE_NEW_ENERGY, _SPECIAL)):
        if _UNREAD.search(text) or len(text) < _WHOLE:
            raise InvalidIdentifier(
                KIND, text, "partial", "号牌不全，不能认定是哪辆车", "is not read whole: it tells no vehicle"
            )
        raise bad_shape(KIND, text)
    return text


def kind_code(plate: str) -> str:
    """Return the plate kind a normalised plate proves by its shape: 52, 51 (new energy) or nothing."""
    if _SMALL_NEW_ENERGY.match(plate):
        return "52"
    return "51" if _LARGE_NEW_ENERGY.match(plate) else ""


is_valid = accepts(validate, "Say whether the plate has a known shape.")


def format(raw: str) -> str:
    """Return the plate as it is painted: 浙B·12345."""
    text = normalise(raw)
    return f"{text[:2]}·{text[2:]}" if is_valid(text) and text[0] in _PROVINCE else text


def mask(raw: str) -> str:
    """Return the plate with its middle hidden."""
    text = normalise(raw)
    return text[:2] + "*" * max(len(text) - 4, 0) + text[-2:] if len(text) > 4 else "*" * len(text)
