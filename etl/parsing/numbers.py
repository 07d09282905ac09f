"""Money, durations and plain numbers, exactly: integer fen and seconds, never a binary fraction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np
import pyarrow as pa

from etl.parsing.digits import lengths
from etl.parsing.text import filled, visible
from graph_schema.arrays import Bools, Ints

_THOUSANDS = re.compile(r"^[(+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?[)-]?$")
_MONEY_JUNK = re.compile(r"[\s¥￥元圆$]|人民币|RMB|CNY", re.IGNORECASE)
_PLAIN = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?$")
_BRACKETED = re.compile(r"^\((.+)\)$")
_EXPONENT = re.compile(r"^(\d)\.(\d+)[eE]\+?(\d+)$")
_LIMIT = 10**17

FEN_PER = {
    "元": 100,
    "分": 1,
    "千元": 100_000,
    "万元": 1_000_000,
    "百万元": 100_000_000,
    "亿元": 10_000_000_000,
}
"""Fen in the unit a heading, or a line above it, names."""

MILLIGRAMS = {
    "吨": 10**9,
    "千克": 10**6,
    "公斤": 10**6,
    "kg": 10**6,
    "克": 1000,
    "g": 1000,
    "毫克": 1,
    "mg": 1,
}
"""Milligrams in the unit a heading or a cell names."""
_MASS = re.compile(rf"^(.{{1,40}}?)\s*({'|'.join(MILLIGRAMS)})$")

_WIDTH = 20
_LONGEST = 60
"""Characters of a written number; what is longer is none."""


@dataclass
class Numbers:
    """``value`` where ``known``; ``bad`` marks cells that are filled but no number of the wanted kind."""

    value: Ints
    known: Bools
    bad: Bools

    def arrow(self) -> pa.Array:
        return pa.array(self.value, pa.int64(), mask=~self.known)


def parse_money(cells: pa.StringArray, scale: int) -> Numbers:
    """Read amounts as integers of 1/``scale`` of the written unit: 100 for yuan to fen, 1 for fen.

    ``1,234.50``, ``¥28.16``, ``+100``, ``-5.00``, ``5.00-`` and full-width digits are read; more decimals than the scale
    has are an error unless they are zeros.
    """
    return _parse(cells, scale, lambda text: _exact(text, scale))


def parse_scaled(cells: pa.StringArray, scale: int) -> Numbers:
    """Read quantities whose unit has ``scale`` milligrams as integers of milligrams; ``0.9吨`` says its own unit."""
    return _parse(cells, scale, lambda text: _weighed(text, scale))


def parse_seconds(cells: pa.StringArray, unit: int = 1) -> Numbers:
    """Read durations: ``00:03:11``, ``3:11``, ``3分11秒``, ``1时2分3秒``, or a bare number of ``unit`` seconds."""
    if unit == 1:
        return _parse(cells, 1, duration)

    def single(text: str) -> int | None:
        bare = _exact(text, unit)
        return duration(text) if bare is None else bare

    return _parse(cells, unit, single)


def _parse(cells: pa.StringArray, scale: int, single: Callable[[str], int | None]) -> Numbers:
    n = len(cells)
    given = filled(cells)
    value, known = _plain_decimals(cells, scale)
    rest = np.flatnonzero(given & ~known)
    if len(rest):
        cache: dict[str, int | None] = {}
        for i, text in zip(rest.tolist(), cells.take(pa.array(rest)).to_pylist(), strict=True):
            number = cache[text] if text in cache else cache.setdefault(text, single(text))
            if number is not None:
                value[i], known[i] = number, True
    assert len(value) == n
    return Numbers(value, known, given & ~known)


def _plain_decimals(cells: pa.StringArray, scale: int) -> tuple[Ints, Bools]:
    """Read cells such as ``-1,234.50`` as columns of bytes; what is not of that shape stays unknown."""
    starts, size, data = lengths(cells)
    value = np.zeros(len(cells), np.int64)
    known = np.zeros(len(cells), bool)
    at = np.flatnonzero((size > 0) & (size <= _WIDTH))
    if not len(at):
        return value, known
    width = int(size[at].max())
    index = starts[at][:, None] + np.arange(width)
    inside = np.arange(width) < size[at][:, None]
    matrix = np.where(inside, data[np.minimum(index, len(data) - 1)], 0)
    digit = (matrix >= 48) & (matrix <= 57)
    dot = matrix == 46
    comma = matrix == 44
    sign = (matrix == 45) | (matrix == 43)
    good = (digit | dot | comma | sign | ~inside).all(axis=1) & (dot.sum(axis=1) <= 1) & digit.any(axis=1)
    good &= ~sign[:, 1:].any(axis=1) & (digit.sum(axis=1) <= 16)
    after = np.cumsum(dot, axis=1) > 0
    decimals = (digit & after).sum(axis=1)
    places = {1: 0, 10: 1, 100: 2, 1000: 3}.get(scale, -1)
    good &= (decimals <= places) & ~(comma & after).any(axis=1) & _grouped(comma, digit & ~after)
    total = np.zeros(len(at), np.int64)
    for i in range(width):
        total = np.where(digit[:, i], total * 10 + (matrix[:, i].astype(np.int64) - 48), total)
    total *= 10 ** np.maximum(places - decimals, 0)
    total = np.where(matrix[:, 0] == 45, -total, total)
    value[at[good]] = total[good]
    known[at[good]] = True
    return value, known


def _grouped(comma: Bools, whole: Bools) -> Bools:
    """Where commas, if any, separate thousands: ``12,5`` is no amount."""
    right = np.cumsum(whole[:, ::-1], axis=1)[:, ::-1]
    count = comma.sum(axis=1)
    fits = ~(comma & ((right % 3 != 0) | (right == 0))).any(axis=1) & ~(comma[:, 1:] & comma[:, :-1]).any(
        axis=1
    )
    return np.asarray((count == 0) | (fits & (count == (whole.sum(axis=1) - 1) // 3)))


def _exact(text: str, scale: int) -> int | None:
    if len(text) > _LONGEST:
        return None
    text = _MONEY_JUNK.sub("", unicodedata.normalize("NFKC", visible(text)))
    if "," in text:
        if not _THOUSANDS.match(text):
            return None
        text = text.replace(",", "")
    bracketed = _BRACKETED.match(text)
    negative = bracketed is not None
    if bracketed:
        text = bracketed[1]
    text = text.replace("−", "-")
    if text.endswith("-") and text[:1].isdigit():
        text = f"-{text[:-1]}"  # 100.00-, as booking systems write it
    if not _PLAIN.match(text):
        return None
    try:
        value = Decimal(text) * scale
    except InvalidOperation:
        return None
    if value != value.to_integral_value() or abs(value) > _LIMIT:
        return None
    return -int(value) if negative else int(value)


def _weighed(text: str, scale: int) -> int | None:
    """Milligrams of a written mass, in the unit it says, else in that of ``scale``; None when it is none."""
    said = _MASS.match(unicodedata.normalize("NFKC", visible(text)).strip().lower())
    return _exact(said[1], MILLIGRAMS[said[2]]) if said else _exact(text, scale)


_HMS = re.compile(r"^(?:(\d+):)?(\d+):(\d{1,2})(?:\.\d+)?$")
_WORDS = re.compile(
    r"^(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|m|'))?(?:(\d+)(?:秒钟|秒|s|\"|''))?$", re.IGNORECASE
)


def duration(text: str) -> int | None:
    """Seconds of one written duration, None when it is none."""
    if len(text) > _LONGEST:
        return None
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible(text)))
    if re.fullmatch(r"\d{1,18}(?:\.0+)?", text):
        return int(text.split(".")[0])
    found = _HMS.match(text) or (_WORDS.match(text) if text else None)
    if not found or not any(found.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= _LIMIT else None


def decimal_number(text: str) -> float | None:
    """A plain number such as a coordinate or a percentage; None when it is none."""
    if len(text) > _LONGEST:
        return None
    text = re.sub(r"[,\s%℃°]", "", unicodedata.normalize("NFKC", visible(text)))
    return float(text) if _PLAIN.match(text) else None


def expand_exponent(text: str) -> str:
    """``1.3800138000E+10`` → ``13800138000`` where every digit is there, else the text itself.

    A shorter fraction means that the digits after it are lost: such a number stays as it is, which no
    identifier accepts.
    """
    if "e" not in text and "E" not in text:  # nearly always: looked for in a third of the time
        return text
    found = _EXPONENT.match(text)
    return found[1] + found[2] if found and len(found[2]) == int(found[3]) else text
