"""Cells as typed values of declared properties; what cannot be read is kept as text, never dropped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting.frame import Frame
from etl.converting.props import flag
from etl.converting.special import SPECIAL
from etl.layouts.registry import words
from etl.parsing.numbers import FEN_PER, MILLIGRAMS, decimal_number, parse_money, parse_scaled
from etl.parsing.text import folded, take
from etl.parsing.times import Times, parse_times
from graph_schema.arrays import Bools
from graph_schema.beijing import BEIJING
from graph_schema.dictionaries import role_class

_YES = {"1", "true", "yes", "y", "是", "已删除", "deleted"}
_SEX = {"男": "male", "男性": "male", "1": "male", "m": "male", "male": "male"}
_SEX |= {"女": "female", "女性": "female", "2": "female", "f": "female", "female": "female"}
_YEAR = re.compile(r"^(\d{4})(?:[-/.年]?(\d{1,2}))?[月年]?$", re.ASCII)


@dataclass
class Values:
    """``unread`` marks filled cells that are no value of the wanted type."""

    cells: pa.Array
    unread: Bools


def value_of(frame: Frame, name: str) -> Values:
    """The field as its declared type: times as epoch ms, money as fen, numbers, or text."""
    kind = frame.columns[name].type
    text = frame.text(name)
    if kind in {"time", "month"}:
        return _times(text)
    if kind == "money":
        money = parse_money(text, FEN_PER[frame.unit(name, "元")])
        return Values(money.arrow(), money.bad)
    if kind in {"number", "integer"}:
        return _numbers(text, kind)
    if kind in {"grams", "kilograms"}:
        usual, scale = ("克", 1e3) if kind == "grams" else ("千克", 1e6)
        exact = parse_scaled(text, MILLIGRAMS[frame.unit(name, usual)])
        return Values(pa.array(exact.value / scale, pa.float64(), mask=~exact.known), exact.bad)
    if kind in SPECIAL:
        return Values(*SPECIAL[kind](frame, name))
    if kind in {"flag", "sex", "yes", "role"}:
        return _words(frame, name, kind)
    return Values(text, np.zeros(frame.n, bool))


def _words(frame: Frame, name: str, kind: str) -> Values:
    """A field whose cells are words of a closed list."""
    if kind == "flag":
        coded = frame.coded(name)
        said = coded.mask([folded(value or "") in _YES for value in coded.values])
        return Values(flag(said), np.zeros(frame.n, bool))
    if kind == "sex":
        return _mapped(frame, name, lambda value: _SEX.get(folded(value)))
    if kind == "yes":
        meant = _mapped(frame, name, _yes)
        return Values(pc.equal(meant.cells, "yes"), meant.unread)
    return _mapped(frame, name, role_class)


def _times(text: pa.StringArray) -> Values:
    times = parse_months(text)
    return Values(times.arrow(), times.bad)


def _vague(text: str) -> int | None:
    """``2015年6月`` as its first day: good enough for "since when", never used for events."""
    found = _YEAR.match(unicodedata.normalize("NFKC", text).strip())
    if not found or not 1900 <= int(found[1]) <= 2100 or not 1 <= int(found[2] or 1) <= 12:
        return None
    return int(datetime(int(found[1]), int(found[2] or 1), 1, tzinfo=BEIJING).timestamp() * 1000)


def _numbers(text: pa.StringArray, kind: str) -> Values:
    found = [None if value is None else decimal_number(value) for value in text.to_pylist()]
    if kind == "integer":
        whole = [
            None if value is None or abs(value) > 1e15 or value != int(value) else int(value)
            for value in found
        ]
        cells = pa.array(whole, pa.int64())
    else:
        cells = pa.array(found, pa.float64())
    unread = np.asarray(text.is_valid()) & ~np.asarray(cells.is_valid())
    return Values(cells, unread)


def parse_months(text: pa.StringArray) -> Times:
    """Months (``2024-03``, ``202403``, ``2024年3月``) as the first day of each; whole dates are taken too."""
    times = parse_times(text)
    for i in np.flatnonzero(times.bad).tolist():
        at = _vague(text[i].as_py())
        if at is not None:
            times.at[i], times.known[i], times.bad[i] = at, True, False
    return times


def _yes(text: str) -> str | None:
    """Whether a cell says that there is something: ``有明细``, ``12``; or that there is not: ``无``, ``0``."""
    plain, listed = folded(text), words()
    if plain.isdigit():
        return "yes" if int(plain) else "no"
    if plain in {"无", "否", "n", "no"} or any(word in plain for word in listed["query_failed"]):
        return "no"
    return "yes" if "有" in plain or any(word in plain for word in listed["query_ok"]) else None


def _mapped(frame: Frame, name: str, meaning: Callable[[str], str | None]) -> Values:
    coded = frame.coded(name)
    mapped = [None if value is None else meaning(value) for value in coded.values]
    cells = take(mapped, coded.codes)
    return Values(cells, np.asarray(coded.codes >= 0) & ~np.asarray(cells.is_valid()))
