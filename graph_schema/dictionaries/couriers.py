"""Couriers by name, code or waybill shape."""

from __future__ import annotations

import re
from functools import cache

from graph_schema.dictionaries.loader import load


@cache
def courier_shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return couriers with the shape of their waybills; a shape proposes and never decides."""
    rows = [entry for entry in load("couriers") if entry.extra["shape"]]
    return tuple((entry.value, re.compile(entry.extra["shape"], re.ASCII)) for entry in rows)


@cache
def _names() -> dict[str, str]:
    by_code = {entry.meaning: entry.value for entry in load("couriers") if entry.extra["shape"]}
    known = {entry.value.upper(): by_code.get(entry.meaning, entry.value) for entry in load("couriers")}
    return known | by_code


def courier_name(text: str) -> str | None:
    """Return the courier a source names (顺丰速运, SF …), or None."""
    return _names().get(text.strip().upper())
