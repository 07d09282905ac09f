"""Measures of the district: each with what it counts, of what, and in which window (district reference E3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from backend.contract.district.care import Measure
from backend.district.care.conventions import Conventions
from backend.district.care.dates import anniversary
from backend.district.care.person import InCare
from backend.district.care.told import FOLLOWED
from graph_schema.language import Text

LOST = ("失控", "脱失", "去向不明", "下落不明")
YEAR = 12
Name = Literal["relapse", "clean_three_years", "lost", "tests_on_time", "visits_on_time"]
_WORDS: dict[Name, Text] = {
    "relapse": Text(
        "复吸率：期初在社区戒毒、社区康复的人员中，期内再次发现吸毒的比例",
        "Relapse: share of those under a regime in the community when the window began, found using in it",
    ),
    "clean_three_years": Text(
        "戒断三年未发现复吸率：登记在册、在世、在境内的人员中，满三年未发现吸毒的比例；未发现不等于未吸",
        "Not found using for three years: share of the registered, alive and in the country; not found is not clean",
    ),
    "lost": Text("失控率：失控 ÷（在控 + 失控）", "Lost: lost ÷ (under control + lost)"),
    "tests_on_time": Text("检测按期率：按期检测 ÷ 应检", "Tests on time: tested in time ÷ due"),
    "visits_on_time": Text("走访按期率：按期走访 ÷ 应访", "Visits on time: visited in time ÷ due"),
}


def measures(
    people: Sequence[InCare], conventions: Conventions, first: dt.date, last: dt.date
) -> list[Measure]:
    """Figures from ``first`` to ``last``, both included, of people as of ``last``."""
    window = first, last
    at_start = [each for each in people if _followed(each, first)]
    again = [each for each in at_start if any(first <= found.day <= last for found in each.uses)]
    here = [each for each in people if each.gone is None]
    clean = [each for each in here if each.exit_on is not None and each.exit_on <= last]
    now = [each for each in here if each.counted]
    lost = [each for each in now if any(word in row.status for row in each.told.entries for word in LOST)]
    return [
        _measure("relapse", len(again), len(at_start), window),
        _measure("clean_three_years", len(clean), len(here), window),
        _measure("lost", len(lost), len(now), window),
        _on_time("tests_on_time", people, conventions, window),
        _on_time("visits_on_time", people, conventions, window),
    ]


def window(first: dt.date | None, last: dt.date | None, on: dt.date) -> tuple[dt.date, dt.date]:
    """The window asked for; without one the year up to the day of the answer. Nothing later than that day is known."""
    end = min(last or on, on)
    return first or anniversary(end, -YEAR) + dt.timedelta(days=1), end


def _followed(person: InCare, first: dt.date) -> bool:
    return any(each.row.kind in FOLLOWED and each.runs(first) for each in person.spells)


def _on_time(
    name: Literal["tests_on_time", "visits_on_time"],
    people: Sequence[InCare],
    conventions: Conventions,
    window: tuple[dt.date, dt.date],
) -> Measure:
    """Those whose time was over within the window; done later is not in time."""
    what, word = ("test", "检测") if name == "tests_on_time" else ("visit", "走访")
    days = conventions.number("视同完成天数", word, window[1]) or 0
    last = window[1] - dt.timedelta(days=days)
    dues = [
        due for person in people for due in person.dues if due.what == what and window[0] <= due.on <= last
    ]
    kept = [due for due in dues if due.done is not None and due.done <= due.on + dt.timedelta(days=days)]
    return _measure(name, len(kept), len(dues), window)


def _measure(name: Name, numerator: int, denominator: int, window: tuple[dt.date, dt.date]) -> Measure:
    words = _WORDS[name]
    return {
        "measure": name,
        "zh": words.zh,
        "en": words.en,
        "numerator": numerator,
        "denominator": denominator,
        "value": numerator / denominator if denominator else None,
        "from": window[0].isoformat(),
        "to": window[1].isoformat(),
    }
