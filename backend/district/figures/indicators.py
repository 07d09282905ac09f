"""Indicators as the rule file 指标 defines them: which list over which, how they are called, what the target is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from backend.district.figures import care, cases, supervision
from backend.district.figures.entries import Counted
from backend.district.figures.periods import Period
from backend.district.rules import RuleError, Rules
from graph_schema.language import Text

LISTS = {each.name: each for each in (*cases.LISTS, *supervision.LISTS, *care.LISTS)}
PERCENT_FROM = 20
"""No per cent on a smaller base."""
RANK_FROM = 5
"""No rank on a smaller base."""


@dataclass(frozen=True)
class Indicator:
    """One row of the rule file; ``name`` is what the site's reports call it."""

    name: str
    names: frozenset[str]
    measure: str
    numerator: Counted
    denominator: Counted | None
    least: int
    better: str
    note: str
    source: str

    @property
    def care(self) -> bool:
        return self.numerator.care


def indicators(rules: Rules, on: dt.date, reported: Iterable[str] = ()) -> list[Indicator]:
    """The indicators in force on a day, each under the name the reports use. Raises ``RuleError``."""
    used = list(reported)
    found = []
    for row in rules.on(on):
        own = row.text("figure")
        names = frozenset({own, *re.split("[；;]", row.text("aliases"))} - {""})
        said = max(sorted(names), key=lambda name: (used.count(name), name == own))
        below = row.text("denominator")
        found.append(
            Indicator(
                said,
                names,
                row.text("unit"),
                _list(rules, row.text("numerator"), row.line),
                _list(rules, below, row.line) if below else None,
                int(row.number("least_denominator") or (PERCENT_FROM if below else 0)),
                row.text("better"),
                row.note,
                row.source,
            )
        )
    return found


def _list(rules: Rules, name: str, line: int) -> Counted:
    if name not in LISTS:
        raise RuleError(
            Text(
                f"{rules.file.name}.csv 第 {line} 行：没有清单“{name}”，可用：{'、'.join(LISTS)}",
                f"{rules.file.name}.csv line {line}: no list {name}; there are {', '.join(LISTS)}",
            )
        )
    return LISTS[name]


def target_of(rules: Rules, indicator: Indicator, unit: str, period: Period) -> float | None:
    """The target of a unit for a period of that kind; the newest row in force holds."""
    rows = [
        row
        for row in rules.on(period.last)
        if row.text("figure") in indicator.names
        and row.text("for_unit") == unit
        and row.text("period") == period.kind
    ]
    return rows[-1].number("target") if rows else None
