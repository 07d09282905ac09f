"""Times as sources write them (Beijing time) to epoch milliseconds UTC and a precision."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.parsing.digits import by_length, number
from etl.parsing.text import filled, visible
from graph_schema.arrays import Bools, Ints
from graph_schema.beijing import AHEAD, AHEAD_MS

DAY, MINUTE, SECOND = 0, 1, 2
PRECISIONS = ("day", "minute", "second")
_DAY_MS = 86_400_000
_EARLIEST = int(datetime(1980, 1, 1, tzinfo=UTC).timestamp() * 1000) - AHEAD_MS
_EXCEL_BASE = date(1899, 12, 30)

_WRITTEN = re.compile(
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s-]*(上午|下午|AM|PM)?\s*(\d{1,2})[:时点.](\d{1,2})分?(?:[:.]?(\d{1,2})秒?)?(?:[.,:]\d{1,9})?\s*(AM|PM)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?(?:\s*(?:CST|UTC|GMT))?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:[T\s_-]?(\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d{1,9})?)?$")
_CLOCK = re.compile(
    r"^(上午|下午|AM|PM)?\s*(\d{1,2})[:时点.](\d{1,2})(?:[:分.](\d{1,2})秒?)?(?:[.,]\d+)?分?\s*(AM|PM)?$",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"^(?:1899[-/]12[-/]3[01]|1900[-/]0?1[-/]0?[01])[T\s]+(?=\d)")
"""The day a spreadsheet shows before a time that has none."""


@dataclass
class Times:
    """``at`` is epoch ms (0 where ``known`` is false); ``bad`` marks cells that are filled but no time."""

    at: Ints
    precision: npt.NDArray[np.int8]
    known: Bools
    bad: Bools

    def arrow(self) -> pa.Array:
        return pa.array(self.at, pa.int64(), mask=~self.known)

    def precisions(self) -> pa.StringArray:
        table = pa.array([*PRECISIONS, None], pa.string())
        return table.take(pa.array(np.where(self.known, self.precision, 3)))


def _epoch_days(year: Ints, month: Ints, day: Ints) -> Ints:
    """Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, days_from_civil)."""
    y = year - (month <= 2)
    era = y // 400
    yoe = y - era * 400
    doy = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1
    return np.asarray(era * 146_097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719_468)


_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def _days_in(year: Ints, month: Ints) -> Ints:
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    return np.asarray(_MONTH_DAYS[np.clip(month, 0, 12)] + ((month == 2) & leap))


# Byte length of the fixed shapes: positions of year, month, day, hour, minute, second and the separators.
_SHAPES: dict[int, tuple[tuple[slice, ...], dict[int, bytes]]] = {
    19: (
        (slice(0, 4), slice(5, 7), slice(8, 10), slice(11, 13), slice(14, 16), slice(17, 19)),
        {4: b"-/.", 7: b"-/.", 10: b" T-", 13: b":.", 16: b":."},
    ),
    16: (
        (slice(0, 4), slice(5, 7), slice(8, 10), slice(11, 13), slice(14, 16)),
        {4: b"-/.", 7: b"-/.", 10: b" T", 13: b":"},
    ),
    14: ((slice(0, 4), slice(4, 6), slice(6, 8), slice(8, 10), slice(10, 12), slice(12, 14)), {}),
    10: ((slice(0, 4), slice(5, 7), slice(8, 10)), {4: b"-/.", 7: b"-/."}),
    8: ((slice(0, 4), slice(4, 6), slice(6, 8)), {}),
}


def parse_times(cells: pa.StringArray, whole_days: bool = True) -> Times:
    """Read a column of dates and times; cells are cleaned, null where blank.

    Fixed shapes are read as columns of digits, the rest once per distinct value. Where every time of the
    column is exactly midnight the clock was never recorded, and the precision is the day.
    """
    n = len(cells)
    out = Times(np.zeros(n, np.int64), np.zeros(n, np.int8), np.zeros(n, bool), np.zeros(n, bool))
    given = filled(cells)
    for length, at, matrix in by_length(cells, tuple(_SHAPES)):
        _read_shape(length, at, matrix, out)
    rest = np.flatnonzero(given & ~out.known)
    if len(rest):
        cache: dict[str, tuple[int, int] | None] = {}
        for i, text in zip(rest.tolist(), cells.take(pa.array(rest)).to_pylist(), strict=True):
            found = cache.get(text, ...) if text in cache else cache.setdefault(text, parse_time(text))
            if found is not None and found is not ...:
                out.at[i], out.precision[i] = found
                out.known[i] = True
    out.known &= out.at >= _EARLIEST
    out.at[~out.known] = 0
    out.bad = given & ~out.known
    if whole_days and out.known.any():
        timed = out.known & (out.precision != DAY)
        if timed.any() and not ((out.at[timed] + AHEAD_MS) % _DAY_MS).any():
            out.precision[timed] = DAY
    return out


def _read_shape(length: int, at: Ints, matrix: npt.NDArray[np.uint8], out: Times) -> None:
    slices, separators = _SHAPES[length]
    good = np.ones(len(at), bool)
    for position, allowed in separators.items():
        good &= np.isin(matrix[:, position], np.frombuffer(allowed, np.uint8))
    parts = []
    for part in slices:
        value, digits = number(matrix, part)
        good &= digits
        parts.append(value)
    zeros = np.zeros(len(at), np.int64)
    year, month, day, hour, minute, second = [*parts, zeros, zeros, zeros][:6]
    good &= (year >= 1900) & (year <= 2100) & (month >= 1) & (month <= 12) & (day >= 1)
    good &= (day <= _days_in(year, month)) & (hour <= 23) & (minute <= 59) & (second <= 59)
    value = _epoch_days(year, month, day) * _DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 - AHEAD_MS
    rows = at[good]
    out.at[rows] = value[good]
    out.precision[rows] = {3: DAY, 5: MINUTE, 6: SECOND}[len(slices)]
    out.known[rows] = True


def parse_time(text: str) -> tuple[int, int] | None:
    """Read one date or time: (epoch ms, precision), None when it is none; a missing year is never guessed."""
    text = unicodedata.normalize("NFKC", visible(text)).strip()
    found = _WRITTEN.match(text)
    if found:
        return _written(found)
    found = _COMPACT.match(text)
    if found:
        year, month, day, hour, minute, second = found.groups()
        return _build(int(year), int(month), int(day), hour, minute, second, None)
    if re.fullmatch(r"\d{10}|\d{13}", text):
        value = int(text) * (1000 if len(text) == 10 else 1)
        return (value, SECOND) if value < 4_102_444_800_000 else None
    if re.fullmatch(r"[2-6]\d{4}(?:\.\d+)?", text):
        days = float(text)
        seconds = round((days - int(days)) * 86_400)
        base = datetime.combine(_EXCEL_BASE + timedelta(days=int(days)), datetime.min.time(), UTC)
        at = int(base.timestamp() * 1000) + seconds * 1000 - AHEAD_MS
        return at, SECOND if "." in text else DAY
    return None


def _written(found: re.Match[str]) -> tuple[int, int] | None:
    year, month, day, half, hour, minute, second, half_after, zone = found.groups()
    if hour is not None:
        hour = str(_of_day(int(hour), half or half_after))
    return _build(int(year), int(month), int(day), hour, minute, second, zone)


def _of_day(hour: int, half: str | None) -> int:
    """The hour of the day, where it may be one of its half: 下午 3, 12 AM."""
    word = (half or "").upper()
    if word in {"下午", "PM"} and hour < 12:
        return hour + 12
    return 0 if word in {"上午", "AM"} and hour == 12 else hour


def _build(
    year: int,
    month: int,
    day: int,
    hour: str | None,
    minute: str | None,
    second: str | None,
    zone: str | None,
) -> tuple[int, int] | None:
    offset = AHEAD
    if zone:
        sign = -1 if zone[0] == "-" else 1
        bare = zone[1:].replace(":", "")
        offset = timedelta() if zone in "Zz" else sign * timedelta(hours=int(bare[:2]), minutes=int(bare[2:]))
    of_day = (int(hour or 0), int(minute or 0), int(second or 0))
    last = of_day == (24, 0, 0)  # the end of the day is the beginning of the next
    try:
        moment = datetime(year, month, day, *((0, 0, 0) if last else of_day), tzinfo=timezone(offset))
    except ValueError:
        return None
    moment += timedelta(days=int(last))
    if not 1900 <= year <= 2100:
        return None
    precision = DAY if hour is None else SECOND if second is not None else MINUTE
    return round(moment.timestamp() * 1000), precision


def parse_clock(text: str) -> tuple[int, bool] | None:
    """Read a time of day: (seconds since midnight, whether it has seconds)."""
    text = _NO_DAY.sub("", unicodedata.normalize("NFKC", visible(text)).strip())
    found = _CLOCK.match(text)
    if re.fullmatch(r"0?\.\d+", text):  # a part of the day, as a spreadsheet counts: 0.5 is noon
        total = round(float(text) * 86_400)
        hour, minute, second = total // 3600, total // 60 % 60, total % 60
        has_seconds = True
    elif found:
        hour, minute, second = _of_day(int(found[2]), found[1] or found[5]), int(found[3]), int(found[4] or 0)
        has_seconds = found[4] is not None
    elif re.fullmatch(r"\d{1,6}", text):
        # 93005 is 09:30:05 whose leading zero a spreadsheet dropped.
        digits = text.zfill(6)
        hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        has_seconds = True
    else:
        return None
    if (hour > 23 or minute > 59 or second > 59) and (hour, minute, second) != (24, 0, 0):
        return None
    return hour * 3600 + minute * 60 + second, has_seconds


def join_date_and_clock(dates: pa.StringArray, clocks: pa.StringArray) -> Times:
    """Add a column of times of day to a column of dates; a date that carries its own time keeps it.

    Midnight is no time of its own: many programs write a date so.
    """
    days = parse_times(dates, whole_days=False)
    midnight = days.known & ((days.at + AHEAD_MS) % _DAY_MS == 0)
    cache: dict[str, tuple[int, bool] | None] = {}
    whole = parse_times(clocks, whole_days=False)
    for i, text in enumerate(clocks.to_pylist()):
        if text is None:
            continue
        if whole.known[i] and len(text) > 8:
            # The "time" column holds date and time together.
            days.at[i], days.precision[i], days.known[i], days.bad[i] = (
                whole.at[i],
                whole.precision[i],
                True,
                False,
            )
            continue
        if not midnight[i]:
            continue
        clock = cache[text] if text in cache else cache.setdefault(text, parse_clock(text))
        if clock is None:
            days.known[i], days.bad[i] = False, True
        else:
            days.at[i] += clock[0] * 1000
            days.precision[i] = SECOND if clock[1] else MINUTE
    days.at[~days.known] = 0
    return days
