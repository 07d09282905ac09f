"""Times: what sources write, read exactly or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parsing.text import clean
from etl.parsing.times import PRECISIONS, join_date_and_clock, parse_time, parse_times

BEIJING = timezone(timedelta(hours=8))


def one(text: str) -> tuple[str, str] | None:
    """The time as Beijing wall clock, and its precision."""
    times = parse_times(clean(pa.array([text, "2024-05-05 05:05:05"])))
    if not times.known[0]:
        assert times.bad[0]
        return None
    moment = datetime.fromtimestamp(int(times.at[0]) / 1000, BEIJING)
    return moment.strftime("%Y-%m-%d %H:%M:%S"), PRECISIONS[times.precision[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05 21:14:07", ("2024-03-05 21:14:07", "second")),
        ("2024/3/5 1:4", ("2024-03-05 01:04:00", "minute")),
        ("20240305", ("2024-03-05 00:00:00", "day")),
        ("20240305211407", ("2024-03-05 21:14:07", "second")),
        ("2024-03-05-21.14.07.123456", ("2024-03-05 21:14:07", "second")),
        ("2024年3月5日", ("2024-03-05 00:00:00", "day")),
        ("2024年3月5日 21时14分7秒", ("2024-03-05 21:14:07", "second")),
        ("20060102 150405", ("2006-01-02 15:04:05", "second")),
        ("1709644447", ("2024-03-05 21:14:07", "second")),
        ("1709644447000", ("2024-03-05 21:14:07", "second")),
        ("45356.5", ("2024-03-05 12:00:00", "second")),
        ("2024-03-05T13:14:07Z", ("2024-03-05 21:14:07", "second")),
        ("2026-01-27 11:53:50 +0800 CST", ("2026-01-27 11:53:50", "second")),
        ("２０２４－０３－０５", ("2024-03-05 00:00:00", "day")),
        ("2024/3/5 下午 9:14:07", ("2024-03-05 21:14:07", "second")),
        ("2024/3/5 上午 12:14:07", ("2024-03-05 00:14:07", "second")),
        ("2024-03-05 00:00:00", ("2024-03-05 00:00:00", "second")),
        ("12月3日", None),
        ("03-05 21:14:07", None),
        ("2024-02-30", None),
        ("2023-02-29 10:00:00", None),
        ("2024-13-01 00:00:00", None),
        ("2024-03-05 25:00:00", None),
        ("1970-01-01 00:00:00", None),
        ("9999-12-31 00:00:00", None),
        ("abc", None),
        ("0", None),
    ],
)
def test_forms(text: str, expected: tuple[str, str] | None) -> None:
    """Trap: a date without year or an impossible one must be refused, never guessed or rolled over."""
    assert one(text) == expected


def test_a_column_of_midnights_has_no_clock() -> None:
    """Trap: 2024-03-05 00:00:00 in every row is a date; as a time it would count as night."""
    times = parse_times(pa.array(["2024-03-05 00:00:00", "2024-03-06 00:00:00", None]))
    assert [PRECISIONS[p] for p in times.precision[:2]] == ["day", "day"]


@given(
    st.datetimes(min_value=datetime(1981, 1, 1), max_value=datetime(2099, 12, 31)),
    st.sampled_from(
        [
            "%Y-%m-%d %H:%M:%S",
            "%Y/%m/%d %H:%M:%S",
            "%Y%m%d%H%M%S",
            "%Y年%m月%d日 %H:%M:%S",
            "%Y-%m-%dT%H:%M:%S",
        ]
    ),
)
def test_columns_agree_with_the_library(moment: datetime, form: str) -> None:
    """Property: the columnar reading gives what ``datetime`` gives, leap years included."""
    at = int(moment.replace(microsecond=0, tzinfo=BEIJING).timestamp() * 1000)
    text = moment.strftime(form)
    assert parse_times(pa.array([text])).at[0] == at
    found = parse_time(text)
    assert found is not None and found[0] == at


def test_date_and_clock_in_two_columns() -> None:
    """Trap: 93005 is 09:30:05 whose leading zero a spreadsheet dropped; a full time in the clock column wins."""
    dates = pa.array(["20240305", "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05", "x", None])
    clocks = pa.array(["211407", "93005", "21:14", None, "99:99", "10:00", "2024-03-06 10:00:00"])
    times = join_date_and_clock(dates, clocks)
    shown = [
        datetime.fromtimestamp(int(at) / 1000, BEIJING).strftime("%d %H:%M:%S") + PRECISIONS[p][0]
        if known
        else None
        for at, p, known in zip(times.at, times.precision, times.known, strict=True)
    ]
    assert shown == [
        "05 21:14:07s",
        "05 09:30:05s",
        "05 21:14:00m",
        "05 00:00:00d",
        None,
        None,
        "06 10:00:00s",
    ]
    assert times.bad.tolist() == [False, False, False, False, True, True, False]
