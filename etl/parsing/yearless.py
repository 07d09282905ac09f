"""Dates without a year (``03-01 08:00:00``): the period above the heading gives the year, or it stays unknown."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.parsing.text import to_mask, visible
from etl.parsing.times import parse_time
from graph_schema.arrays import Bools
from graph_schema.beijing import moment

_SHAPE = r"^\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:[\sT]+\d{1,2}[:时].*)?\s*$"
_PARTS = re.compile(r"^\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+(\d{1,2}[:时].*))?\s*$")
_DAY_MS = 86_400_000


def dated(cells: pa.StringArray, period: tuple[int, int] | None) -> tuple[pa.StringArray, Bools]:
    """The cells with their year put in where the period leaves one only, and which are left without."""
    missing = to_mask(pc.match_substring_regex(cells, _SHAPE))
    if not missing.any():
        return cells, missing
    known: dict[str, str | None] = {}
    out = cells.to_pylist()
    for i in np.flatnonzero(missing).tolist():
        text = out[i]
        if text not in known:
            known[text] = _with_year(text, period)
        found = known[text]
        if found is not None:
            out[i], missing[i] = found, False
    return pa.array(out, pa.string()), missing


def _with_year(text: str, period: tuple[int, int] | None) -> str | None:
    parts = _PARTS.match(visible(text))
    if parts is None or period is None:
        return None
    month, day, clock = parts.groups()
    years = range(_year(period[0]), _year(period[1]) + 1)
    fits = [
        year
        for year in years
        if (found := parse_time(f"{year}-{month}-{day}")) is not None
        and period[0] - _DAY_MS < found[0] <= period[1]
    ]
    return f"{fits[0]}-{month}-{day} {clock or ''}".rstrip() if len(fits) == 1 else None


def _year(at: int) -> int:
    return moment(at).year
