"""What is wrong with figures: reports that differ from the lists, do not add up or are undefined; rows without a day."""

from __future__ import annotations

from collections.abc import Sequence

from backend.contract.district.common import Finding
from backend.contract.district.figures import FigureItem
from backend.district.figures.counting import WHOLE
from backend.district.figures.indicators import Indicator
from backend.district.figures.items import DIFFERS
from backend.district.figures.reports import Reported
from backend.district.figures.told import FactsAsOf


def differing(indicator: Indicator, items: Sequence[FigureItem]) -> list[Finding]:
    """Reported values their own lists do not give."""
    return [
        {
            "code": "reported_differs",
            "zh": f"{indicator.name}：{reason['zh']}",
            "en": f"{indicator.name}: {reason['en']}",
            "id": each["id"],
            "evidence": reason["evidence"],
        }
        for each in items
        for reason in each["reasons"]
        if reason["rule"] == DIFFERS
    ]


def not_adding_up(indicator: Indicator, rows: Sequence[Reported]) -> list[Finding]:
    """A reported whole that is not the sum of the reported units; shares and persons need not be."""
    if indicator.denominator or indicator.numerator.persons:
        return []
    mine = [row for row in rows if row.figure in indicator.names]
    whole = [row for row in mine if row.unit == WHOLE]
    units = [row for row in mine if row.unit != WHOLE]
    total = sum(row.value for row in units)
    if not whole or not units or whole[0].value == total:
        return []
    said = whole[0]
    return [
        {
            "code": "reported_sum",
            "zh": f"{indicator.name}：月报全区为 {said.value:g}，各单位合计 {total:g}",
            "en": f"{indicator.name}: {said.value:g} reported for the whole, {total:g} for the units together",
            "id": f"{indicator.name}|{WHOLE}|{said.month.first}|{said.month.last}",
            "evidence": [*said.evidence, *(row for unit in units for row in unit.evidence)],
        }
    ]


def undefined(items: Sequence[FigureItem]) -> list[Finding]:
    """Figures reported under a name no rule defines: once each."""
    by_name: dict[str, list[str]] = {}
    for each in items:
        by_name.setdefault(each["figure"], []).extend(each["evidence"])
    return [
        {
            "code": "undefined_figure",
            "zh": f"指标“{name}”没有定义",
            "en": f"No rule defines the figure {name}",
            "id": name,
            "evidence": rows,
        }
        for name, rows in sorted(by_name.items())
    ]


def without_day(facts: FactsAsOf) -> list[Finding]:
    """Rows of prevention without a date: they belong to no period."""
    return [
        {
            "code": "no_day",
            "zh": "未写日期，不计入任何期间",
            "en": "No date: it counts in no period",
            "id": str(each.props.get("title")),
            "evidence": list(each.rows),
        }
        for each in facts.kind("prevention")
        if each.props.get("at") is None
    ]
