"""Published loads, means and classes of EUDA and SCORE, recomputed from the daily loads."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.district.water.campaigns import change, classed, means, weekdays

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "euda"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NEAR = 0.011


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _number(text: str) -> float | None:
    return None if text in ("", "NA") else float(text)


@pytest.mark.shared_data
@pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data/euda is not beside the checkout")
def test_published_means_follow_the_calendar_of_their_campaign() -> None:
    """Trap: Monday to Thursday as weekday, as a public README says; 2021 counted as the others (reference F4)."""
    good: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for row in _rows("ww2025-all-data.csv"):
        loads = {day: load for day, name in enumerate(DAYS) if (load := _number(row[name])) is not None}
        inside = weekdays(int(row["Year"]))
        outside = tuple(day for day in range(7) if day not in inside)
        for name, days in (("Weekday mean", inside), ("Weekend mean", outside), ("Daily mean", range(7))):
            published = _number(row[name])
            if published is not None and all(day in loads for day in days):
                seen[name] += 1
                good[name] += abs(sum(loads[day] for day in days) / len(days) - published) <= NEAR
    assert (good["Weekday mean"], seen["Weekday mean"]) == (4163, 4240)
    assert (good["Weekend mean"], seen["Weekend mean"]) == (4164, 4234)
    assert (good["Daily mean"], seen["Daily mean"]) == (4107, 4131)


@pytest.mark.shared_data
@pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data/euda is not beside the checkout")
def test_published_changes_and_classes() -> None:
    """Trap: 0 → 0 is no error and no change; from 0 upwards is infinite, not a division by zero (reference F4)."""
    classes: Counter[str] = Counter()
    from_nothing = 0
    for row in _rows("ww2025-changes-all-substances.csv"):
        now, before = _number(row["value_current"]), _number(row["value_previous"])
        if now is None or before is None:
            classes["none"] += 1
            continue
        found = change(now, before)
        assert classed(found) == row["change_percent2"]
        classes[classed(found)] += 1
        from_nothing += found is None
        published = _number(row["change_percent"])
        if found is not None and not math.isinf(found) and published is not None:
            assert found == pytest.approx(published, abs=1e-6)
    assert classes == {"stable": 88, "increase": 173, "decrease": 119, "none": 272}
    assert from_nothing == 13


@pytest.mark.parametrize(
    ("year", "loads", "told"),
    [
        (2021, (5.82, 4.53, 5.27, 16.56, 17.37, 10.14, 7.83), (5.86, 14.69, 9.64)),
        (2024, (8.82, 12.87, 12.45, 28.11, 26.8, 10.5, 9.13), (10.27, 19.47, 15.53)),
    ],
)
def test_mdma_in_graz(year: int, loads: tuple[float, ...], told: tuple[float, ...]) -> None:
    """Trap: the week starts on Wednesday (reference F4)."""
    by_day = {(2 + place) % 7: load for place, load in enumerate(loads)}
    found = means(by_day, year)
    assert found is not None and found == pytest.approx(told, abs=NEAR)
    by_day.pop(0)
    assert means(by_day, year) is None, "a day missing is no mean of six"


def test_changes_of_the_reference() -> None:
    """Trap: a rise from nothing is an error; ten per cent is a change."""
    assert change(15.53, 23.73) == pytest.approx(-34.56, abs=0.005)
    assert classed(change(15.53, 23.73)) == "decrease"
    assert change(114.15, 0) == math.inf and classed(math.inf) == "increase"
    assert change(0, 0) is None and classed(None) == "stable"
    assert classed(10.0) == classed(-10.0) == "stable"
