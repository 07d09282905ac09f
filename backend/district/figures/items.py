"""From a counted figure to its item: reasons, what speaks against it, what is missing, its members."""

from __future__ import annotations

from dataclasses import dataclass

from backend.contract.district.common import Reason
from backend.contract.district.figures import CountedEntry, FigureItem
from backend.district.figures.counting import WHOLE, Figure, change, completion
from backend.district.figures.entries import NO_UNIT, Entry
from backend.district.figures.indicators import PERCENT_FROM, Indicator
from backend.district.figures.periods import Period
from backend.district.figures.reports import Reported, agrees
from backend.district.reasons import reason

DIFFERS = "figure_reported@1"
COUNTED = "figure_list@1"
SMALL = "figure_base@1"
LATE = "figure_late@1"


@dataclass(frozen=True)
class FigureContext:
    """What stands beside a figure: the period before, the load that first reported it, the report, target and rank."""

    before: Figure | None
    first: Figure | None
    first_load: int | None
    reported: Reported | None
    target: float | None
    rank: int | None
    over: bool  # the period has ended
    choice: str = ""


def item_id(indicator: str, unit: str, period: Period, choice: str = "") -> str:
    """``figure|unit|from|to``, and what it is narrowed to, where it is."""
    return "|".join(filter(None, (indicator, unit, f"{period.first}", f"{period.last}", choice)))


def item(
    indicator: Indicator, figure: Figure, period: Period, beside: FigureContext, rule: str
) -> FigureItem:
    """One figure with everything that stands beside it; ``members`` are added where one figure is shown."""
    value = figure.value(indicator.least)
    before = beside.before.value(indicator.least) if beside.before else None
    first = beside.first.value(indicator.least) if beside.first else None
    said = beside.reported
    reasons = [_counted(indicator, figure, value, rule)]
    if said and not agrees(said.value, figure.value(0), indicator.measure):
        reasons.insert(0, _differs(indicator, said, value, figure))
    moved = change(value, before, share=indicator.denominator is not None)
    return {
        "id": item_id(indicator.name, figure.unit, period, beside.choice),
        "rank": beside.rank,
        "score": abs(said.value - (value or 0.0)) if said and len(reasons) > 1 else 0.0,
        "subjects": [{"label": "Unit", "id": figure.unit, "name": figure.unit}],
        "reasons": reasons,
        "against": _against(indicator, figure, beside, value, first),
        "missing": _missing(indicator, figure, beside, value),
        "review": None,
        "evidence": list(dict.fromkeys([*(said.evidence if said else ()), *figure.evidence])),
        "figure": indicator.name,
        "unit": figure.unit,
        "measure": indicator.measure,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "value": value,
        "numerator": figure.n,
        "denominator": figure.d,
        "before": before,
        "change": moved,
        "target": beside.target,
        "completion": completion(value, beside.target),
        "first_reported": first,
        "first_load": beside.first_load,
        "reported": said.value if said else None,
    }


def members(figure: Figure) -> list[CountedEntry]:
    """The lists themselves: what is counted, and what it is divided by."""
    return [
        *(_member(each, "numerator") for each in figure.numerator),
        *(_member(each, "denominator") for each in figure.denominator or ()),
    ]


def _member(entry: Entry, of: str) -> CountedEntry:
    return {
        "id": entry.id,
        "label": entry.label,
        "name": entry.name,
        "unit": entry.unit,
        "on": entry.day.isoformat(),
        "count": entry.count,
        "of": "numerator" if of == "numerator" else "denominator",
        "evidence": list(entry.evidence),
    }


def undefined(row: Reported) -> FigureItem:
    """A reported figure no rule defines: it is shown, and nothing is said of it."""
    why = reason(
        "figures",
        "没有这项指标的定义，无法核对",
        "No rule defines this figure; it cannot be compared",
        row.evidence,
    )
    return {
        "id": item_id(row.figure, row.unit, row.month),
        "rank": None,
        "score": 0.0,
        "subjects": [{"label": "Unit", "id": row.unit, "name": row.unit}],
        "reasons": [],
        "against": [],
        "missing": [why],
        "review": None,
        "evidence": list(row.evidence),
        "figure": row.figure,
        "unit": row.unit,
        "measure": "",
        "from": row.month.first.isoformat(),
        "to": row.month.last.isoformat(),
        "value": None,
        "numerator": None,
        "denominator": None,
        "before": None,
        "change": None,
        "target": None,
        "completion": None,
        "first_reported": None,
        "first_load": None,
        "reported": row.value,
    }


def _counted(indicator: Indicator, figure: Figure, value: float | None, rule: str) -> Reason:
    zh, en = f"{indicator.numerator.what.zh}：{figure.n}", f"{indicator.numerator.what.en}: {figure.n}"
    if indicator.denominator:
        zh = f"{zh} ÷ {indicator.denominator.what.zh}：{figure.d}"
        en = f"{en} ÷ {indicator.denominator.what.en}: {figure.d}"
    return reason(rule, zh, en, value=value, unit=indicator.measure)


def _differs(indicator: Indicator, said: Reported, value: float | None, figure: Figure) -> Reason:
    now = f"{figure.n} ÷ {figure.d}" if value is None else f"{value:g}"
    zh = f"统计月报为 {said.value:g}，清单为 {now}"
    en = f"Reported as {said.value:g}; the list gives {now}"
    rows = [*said.evidence, *figure.evidence]
    return reason(DIFFERS, zh, en, rows, said.value, value, indicator.measure)


def _against(
    indicator: Indicator, figure: Figure, beside: FigureContext, value: float | None, first: float | None
) -> list[Reason]:
    found = []
    if figure.d is not None and value is None:
        zh = f"分母 {figure.d} 不足 {indicator.least}，不列百分比"
        en = f"The base of {figure.d} is below {indicator.least}: no per cent"
        found.append(reason(SMALL, zh, en, (), float(figure.d), float(indicator.least)))
    if first is not None and beside.first and value is not None and first != value:
        zh = f"迟报：首次统计为 {first:g}（第 {beside.first_load} 批导入），现为 {value:g}"
        en = f"Late rows: {first:g} as first reported (load {beside.first_load}), {value:g} now"
        known = {each.key for each in beside.first.numerator}
        late = [row for each in figure.numerator if each.key not in known for row in each.evidence]
        found.append(reason(LATE, zh, en, late, first, value, indicator.measure))
    if figure.elsewhere:
        zh = f"另有 {figure.elsewhere} 人本期先由其他单位查处，计入该单位"
        en = f"{figure.elsewhere} more were first counted for another unit of this period"
        found.append(reason(COUNTED, zh, en, (), float(figure.elsewhere)))
    if figure.unit == WHOLE:
        nobodys = sum(each.count for each in figure.numerator if each.unit == NO_UNIT)
        if nobodys:
            zh, en = f"其中 {nobodys} 未注明单位", f"{nobodys} of these name no unit"
            found.append(reason(COUNTED, zh, en, (), float(nobodys)))
    return found


def _missing(
    indicator: Indicator, figure: Figure, beside: FigureContext, value: float | None
) -> list[Reason]:
    found = []
    if not beside.over:
        found.append(reason(LATE, "本期尚未结束", "The period has not ended"))
    if beside.target is not None and beside.target < PERCENT_FROM:
        zh = f"目标 {beside.target:g} 不足 {PERCENT_FROM}，不列完成率"
        en = f"The target of {beside.target:g} is below {PERCENT_FROM}: no completion in per cent"
        found.append(reason(SMALL, zh, en, (), beside.target, float(PERCENT_FROM)))
    if indicator.better == "zero" and value == 0:
        zh = "零为“无记录”，须注明来源、末次更新和核查人"
        en = "Zero means no record: state the source, its last update and who looked"
        found.append(reason(COUNTED, zh, en))
    return found
