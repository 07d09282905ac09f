"""Measurements below a limit: ``<2``, ``<LOQ``, ND, 未检出 and 0 lie between 0 and the limit; they are never zero."""

from __future__ import annotations

import re

from etl.parsing.numbers import decimal_number
from etl.parsing.text import folded

LOD, LOQ = "LOD", "LOQ"
_LESS = re.compile(r"^(?:<|≤|<=|＜|小于|低于)(.+)$")
_NOT_FOUND = {"nd", "n.d.", "n.d", "未检出", "未检测出", "notdetected", "lod", "检出限", "mdl"}
_NOT_MEASURED = {"loq", "定量限", "低于定量限", "blq", "bloq"}


def limit_in(text: str) -> str | None:
    """The limit a measurement lies below: a number, ``LOD`` or ``LOQ``; None where it is a plain value."""
    plain = folded(text)
    less = _LESS.match(plain)
    rest = less[1] if less else plain
    if rest in _NOT_FOUND:
        return LOD
    if rest in _NOT_MEASURED:
        return LOQ
    number = decimal_number(rest)
    if number is None:
        return None
    if number == 0:
        return LOQ
    return rest if less and number > 0 else None


def measured(text: str) -> float | None:
    """The value of a plain measurement; None below a limit and where it is no number."""
    return decimal_number(text) if limit_in(text) is None else None


def upper(limit: str | None, lod: float | None, loq: float | None) -> float | None:
    """The upper end of the interval in the unit of the table; None where no limit is stated anywhere."""
    if limit is None:
        return None
    if limit in (LOD, LOQ):
        first, second = (lod, loq) if limit == LOD else (loq, lod)
        return first if first is not None else second
    return decimal_number(limit)
