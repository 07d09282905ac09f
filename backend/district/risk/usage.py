"""Firm facts from power, water, discharge and output: own history, against output, discharge, use without output."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from backend.district.risk.measure import deviations, line, modified_z, month_end, months_before
from backend.district.risk.net import Net
from backend.district.risk.told import Fact, Firm

DayValues = Mapping[dt.date, float]
MEASURES = {"electricity": ("用电", "power", "kWh"), "water": ("用水", "water", "t")}
AS_MUCH = 1.1
"""Use may rise a tenth more than output and still be explained by it."""
WINDOW = 3
"""Months whose use and output are summed: output is declared by the quarter, or late."""


def series(firm: Firm, measure: str) -> dict[dt.date, float]:
    """A measure by month, in order."""
    told = {month.at: getattr(month, measure) for month in sorted(firm.months, key=lambda each: each.at)}
    return {day: value for day, value in told.items() if value is not None}


def looked_at(firm: Firm, days: Iterable[dt.date], on: dt.date, net: Net) -> list[dt.date]:
    """The months the net looks back on."""
    first = months_before(on, net.whole("look_back"))
    return [day for day in days if first <= day <= on]


def rows(firm: Firm, days: Iterable[dt.date]) -> tuple[str, ...]:
    """The rows of these months."""
    wanted = set(days)
    return tuple(row for month in firm.months if month.at in wanted for row in month.evidence)


def own_history(firm: Firm, on: dt.date, net: Net) -> list[Fact]:
    """Power and water of single months against the firm's own history."""
    found = []
    for measure, (zh, en, _) in MEASURES.items():
        scores = deviations(series(firm, measure), net.whole("least_months"), net.threshold("floor"))
        scores = {day: z for day, z in (scores or {}).items() if not explained(firm, measure, day)}
        if scores and (fact := _flagged(firm, "own_history", scores, on, net, (zh, en))):
            found.append(fact)
    return found


def discharge(firm: Firm, on: dt.date, net: Net) -> list[Fact]:
    """Discharge per tonne of water against its own history; discharge itself only where water does not explain it."""
    water, out = series(firm, "water"), series(firm, "discharge")
    share = {day: value / water[day] for day, value in out.items() if water.get(day)}
    known = {day: value for day, value in out.items() if day not in water}
    values, words = (share, ("排污与用水之比", "discharge per water"))
    if len(share) < net.whole("least_months"):
        values, words = (known, ("排污", "discharge"))
    scores = deviations(values, net.whole("least_months"), net.threshold("floor"))
    fact = _flagged(firm, "discharge", scores, on, net, words) if scores else None
    return [fact] if fact else []


def _flagged(
    firm: Firm, rule: str, scores: DayValues, on: dt.date, net: Net, words: tuple[str, str]
) -> Fact | None:
    limit = net.threshold(rule)
    days = [day for day in looked_at(firm, scores, on, net) if scores[day] > limit]
    if not days:
        return None
    top = max(days, key=lambda day: (scores[day], day))
    weight = net.weight(rule) * (net.threshold("one_month") if len(days) == 1 else 1.0)
    zh, en = words
    return Fact(
        rule,
        net.group(rule),
        round(scores[top], 2),
        limit,
        "z",
        f"{zh}高于自身历史：{len(days)} 个月，最高 {top:%Y-%m}",
        f"{en} above its own history in {len(days)} months, most in {top:%Y-%m}",
        min(days),
        month_end(max(days)),
        weight,
        rows(firm, days),
    )


def sums(firm: Firm, measure: str) -> dict[dt.date, tuple[float, float]]:
    """Use and output of each three months that end with a month; windows whose output is not all declared are left out.

    A firm that declares by the quarter has one figure in three months; one that declares monthly has three.
    """
    use, output = series(firm, measure), series(firm, "output")
    quarterly = 0 < len(output) <= len(use) * 0.45
    found = {}
    days = sorted(use)
    for i in range(WINDOW - 1, len(days)):
        window = days[i - WINDOW + 1 : i + 1]
        if months_before(window[-1], WINDOW - 1) != window[0].replace(day=1):
            continue
        told = [output[day] for day in window if day in output]
        if len(told) >= (1 if quarterly else WINDOW):
            found[days[i]] = (sum(use[day] for day in window), sum(told))
    return found


def against_output(firms: Sequence[Firm], on: dt.date, net: Net) -> dict[str, list[Fact]]:
    """Use that the output does not explain: residual of the log-linear fit by industry, against the firm's own."""
    found: dict[str, list[Fact]] = defaultdict(list)
    by_industry: dict[str, list[Firm]] = defaultdict(list)
    for firm in firms:
        by_industry[firm.industry or ""].append(firm)
    for members in by_industry.values():
        for measure, (zh, en, _) in MEASURES.items():
            logs = {firm.uscc: _logs(sums(firm, measure)) for firm in members}
            slope, base = _fit(logs, len(members) >= net.whole("peers_least"))
            for firm in members:
                residuals = {day: y - (base + slope * x) for day, (x, y) in logs[firm.uscc].items()}
                if len(residuals) < net.whole("least_months"):
                    continue
                values = list(residuals.values())
                scores = {
                    day: modified_z(value, values, 0.0, net.threshold("floor"))
                    for day, value in residuals.items()
                }
                fact = _flagged(
                    firm, "against_output", scores, on, net, (f"{zh}与产值之比", f"{en} per output")
                )
                if fact:
                    found[firm.uscc].append(fact)
    return found


def _logs(told: Mapping[dt.date, tuple[float, float]]) -> dict[dt.date, tuple[float, float]]:
    return {
        day: (math.log(output), math.log(use))
        for day, (use, output) in told.items()
        if use > 0 and output > 0
    }


def _fit(logs: Mapping[str, Mapping[dt.date, tuple[float, float]]], enough: bool) -> tuple[float, float]:
    """Slope within the firms of an industry; in proportion where there are too few of them.

    The firms' own levels are taken out first: what is wanted is how use follows output, not which firm is large.
    """
    if not enough:
        return 1.0, 0.0
    points: list[tuple[float, float]] = []
    for told in logs.values():
        if told:
            x = median(a for a, _ in told.values())
            y = median(b for _, b in told.values())
            points += [(a - x, b - y) for a, b in told.values()]
    slope, _ = line(points) if points else (1.0, 0.0)
    return min(max(slope, 0.0), 1.0), 0.0


def no_output(firm: Firm, on: dt.date, net: Net) -> list[Fact]:
    """Months on end with declared output of zero and power as in working months."""
    use, output = series(firm, "electricity"), series(firm, "output")
    working = [use[day] for day, value in output.items() if value > 0 and day in use]
    least = net.whole("no_output")
    if len(working) < least or len(output) <= len(use) * 0.45:
        return []
    usual = median(working)
    days = [
        day for day in looked_at(firm, output, on, net) if output[day] == 0 and use.get(day, 0.0) >= usual / 2
    ]
    run = _longest(days)
    if len(run) < least:
        return []
    zh = f"连续 {len(run)} 个月申报产值为零，用电不减"
    en = f"{len(run)} months on end of zero output with power as before"
    weight, evidence = net.weight("no_output"), rows(firm, run)
    return [
        Fact("no_output", net.group("no_output"), float(len(run)), float(least), "个月", zh, en,
             run[0], month_end(run[-1]), weight, evidence)
    ]  # fmt: skip


def _longest(days: Sequence[dt.date]) -> list[dt.date]:
    """The longest run of months that follow each other."""
    best: list[dt.date] = []
    run: list[dt.date] = []
    for day in sorted(days):
        run = [*run, day] if run and months_before(day, 1) == run[-1] else [day]
        best = max(best, run, key=len)
    return best


def explained(firm: Firm, measure: str, day: dt.date) -> bool:
    """Whether output rose in a month as much as use did: a firm that sells more uses more."""
    use, output = grown(firm, measure, [day]), grown(firm, "output", [day])
    return use is not None and output is not None and 1 < use <= output * AS_MUCH


def grown(firm: Firm, measure: str, days: Iterable[dt.date]) -> float | None:
    """How many times its usual a measure is in these months; None where that cannot be told."""
    told = series(firm, measure)
    inside = set(days)
    now = [value for day, value in told.items() if day in inside]
    usual = [value for day, value in told.items() if day not in inside]
    if not now or len(usual) < WINDOW or median(usual) <= 0:
        return None
    return median(now) / median(usual)
