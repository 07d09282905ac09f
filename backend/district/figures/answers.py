"""Answers about figures: the list, one figure with its members, what is wrong with what was reported."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from backend.contract.district.common import Checked, Finding, Rule
from backend.contract.district.figures import FigureItem, Figures
from backend.district.answering import Listing, asked_day, cut, envelope, plain
from backend.district.figures import checks, reports
from backend.district.figures.counting import WHOLE
from backend.district.figures.indicators import Indicator, indicators
from backend.district.figures.periods import Period, months
from backend.district.figures.survey import Choice, Survey, unknown
from backend.district.figures.told import told
from backend.district.reviewed import reviewed
from backend.district.rules import rules
from backend.security.audited import audited
from backend.security.rights import Right, rights
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer


@dataclass
class Sight:
    """What one viewer may count: indicators of his circle, units and reports of each."""

    survey: Survey
    indicators: list[Indicator]
    said: list[reports.Reported]
    units: dict[str, list[str]]
    first: dt.date | None

    @property
    def rules(self) -> list[Rule]:
        return [self.survey.rules.said(), self.survey.targets.said()]


def _sight(store: Store, viewer: Viewer, day: dt.date, choice: Choice | None = None) -> Sight:
    survey = Survey(told(store, viewer), rules("figures"), rules("targets"), day, choice or Choice())
    said = reports.reported(survey.facts())
    mine = rights(viewer)
    known = [
        each
        for each in indicators(survey.rules, day, [row.figure for row in said])
        if (Right.CARE if each.care else Right.CASES) in mine
    ]
    if Right.CASES not in mine:  # what an undefined figure is about nobody knows
        said = [row for row in said if any(row.figure in each.names for each in known)]
    units: dict[str, list[str]] = {}
    first: list[dt.date] = [row.month.first for row in said]
    for each in known:
        lists = (each.numerator, *((each.denominator,) if each.denominator else ()))
        entries = [entry for one in lists for entry in survey.ever(one)]
        named = {entry.unit for entry in entries}
        named |= {row.unit for row in said if row.figure in each.names}
        units[each.name] = sorted(named - {WHOLE, ""})
        first += [entry.day for entry in entries if not _of_stock(each)]
    return Sight(survey, known, said, units, min(first, default=None))


def _of_stock(indicator: Indicator) -> bool:
    """Whether an indicator looks at who there is at a moment, so that its oldest row begins no series."""
    return indicator.numerator.stock or bool(indicator.denominator and indicator.denominator.stock)


@audited("figures.list")
def figures_list(
    store: Store,
    viewer: Viewer,
    asked: Listing,
    *,
    figure: str | None = None,
    drug: str | None = None,
    kind: str | None = None,
) -> Figures:
    """Every figure of every month up to the day, the last complete one first; of a period, of that period alone."""
    day = asked_day(store, viewer, asked.on)
    sight = _sight(store, viewer, day, Choice(drug or "", kind or ""))
    kept = [
        each
        for period in _periods(asked, day, sight.first)
        for indicator in sight.indicators
        if (figure is None or figure in indicator.names) and sight.units[indicator.name]
        for each in sight.survey.items(indicator, period, sight.units[indicator.name], sight.said)
    ]
    if drug is None and kind is None:
        kept += _undefined(sight, asked, figure)
    kept = [each for each in kept if asked.unit in (None, each["unit"])]
    shown, left_out = cut(reviewed(store, viewer, "figures", kept, renumber=False), asked.limit)
    repeated = asked.asked(figure=figure, drug=drug, kind=kind)
    about = envelope(store, viewer, "figures list", repeated, day, sight.rules, len(shown), left_out)
    return {**about, "items": shown}


def _periods(asked: Listing, day: dt.date, first: dt.date | None) -> list[Period]:
    """The period asked for, else every month from the first row to the day: the last complete one comes first."""
    if asked.first or asked.last:
        last = asked.last or day
        return [Period(asked.first or dt.date(last.year, 1, 1), last)]
    found = list(months(first, day))[::-1] if first else []
    if len(found) > 1 and found[0].last > day:
        found[:2] = found[1::-1]  # a month just begun says little
    return found


def _undefined(sight: Sight, asked: Listing, figure: str | None) -> list[FigureItem]:
    return [
        each
        for each in unknown(sight.said, sight.indicators)
        if figure in (None, each["figure"]) and asked.within(each["from"]) and asked.within(each["to"])
    ]


@audited("figures.show", "figure_id")
def figures_show(store: Store, viewer: Viewer, figure_id: str, *, on: dt.date | None = None) -> Figures:
    """One figure, ``figure|unit|from|to``, with its members. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    name, unit, period, choice = _named(figure_id)
    sight = _sight(store, viewer, day, choice)
    found = _one(sight, name, unit, period)
    if found is None:
        raise _none(figure_id)
    items = reviewed(store, viewer, "figures", [found], renumber=False)
    about = envelope(
        store, viewer, "figures show", plain({"id": figure_id, "on": on}), day, sight.rules, 1, 0
    )
    return {**about, "items": items}


def _named(figure_id: str) -> tuple[str, str, Period, Choice]:
    parts = figure_id.split("|")
    try:
        name, unit, first, last, *choice = parts
        period = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    except ValueError as error:
        raise _none(figure_id) from error
    return name, unit, period, Choice.of("|".join(choice))


def _one(sight: Sight, name: str, unit: str, period: Period) -> FigureItem | None:
    for indicator in sight.indicators:
        if name in indicator.names and unit in (WHOLE, *sight.units[indicator.name]):
            return sight.survey.shown(indicator, period, sight.units[indicator.name], sight.said, unit)
    for each in unknown(sight.said, sight.indicators):
        if (each["figure"], each["unit"], each["from"]) == (name, unit, period.first.isoformat()):
            return {**each, "members": []}
    return None


def _none(figure_id: str) -> NotFound:
    return NotFound(
        Text(
            f"没有指标 {figure_id}，应写成 指标|单位|起|止。",
            f"There is no figure {figure_id}; write it as figure|unit|from|to.",
        )
    )


@audited("figures.check")
def figures_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Reported figures that differ from their lists or do not add up, undefined ones, rows that count nowhere."""
    day = asked_day(store, viewer, on)
    sight = _sight(store, viewer, day)
    by_month: dict[Period, list[reports.Reported]] = defaultdict(list)
    for row in sight.said:
        by_month[row.month].append(row)
    found: list[Finding] = []
    for month, rows in sorted(by_month.items()):
        for indicator in sight.indicators:
            if any(row.figure in indicator.names for row in rows):
                items = sight.survey.items(indicator, month, sight.units[indicator.name], sight.said)
                found += checks.differing(indicator, list(items))
                found += checks.not_adding_up(indicator, rows)
    found += checks.undefined(unknown(sight.said, sight.indicators))
    if Right.CASES in rights(viewer):
        found += checks.without_day(sight.survey.facts())
    about = envelope(store, viewer, "figures check", plain({"on": on}), day, sight.rules, len(found), 0)
    return {**about, "items": found}
