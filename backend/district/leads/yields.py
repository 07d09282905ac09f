"""What became of the leads of each rule: yield, precision with its Wilson interval, time to the answer."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from backend.contract.watches import RuleYield
from backend.district.leads.course import Course

Z95 = 1.959963984540054
RANDOM = "random_inspection"


def wilson(hits: int, n: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a share; None of nothing."""
    if n == 0:
        return None
    share, square = hits / n, Z95 * Z95 / n
    middle = (share + square / 2) / (1 + square)
    half = Z95 * math.sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def yields(sent: Iterable[tuple[Sequence[str], Course]], now: int) -> list[RuleYield]:
    """One row for each rule; a lead of several rules counts for each of them."""
    by_rule: dict[str, list[Course]] = defaultdict(list)
    for rules, way in sent:
        for rule in dict.fromkeys(rules):
            by_rule[rule].append(way)
    found = [_yield(rule, ways, now) for rule, ways in by_rule.items()]
    return sorted(found, key=lambda each: (-each["sent"], -each["answered"], each["rule"]))


def _yield(rule: str, ways: Sequence[Course], now: int) -> RuleYield:
    outcomes = [way.outcome for way in ways]
    confirmed = outcomes.count("confirmed") + outcomes.count("partly")
    refuted = outcomes.count("refuted")
    judged = confirmed + refuted
    bounds = wilson(confirmed, judged)
    persons = [way.persons for way in ways if way.persons is not None]
    hours = [way.hours for way in ways if way.hours is not None]
    return {
        "id": rule,
        "rule": rule,
        "sent": sum(way.sent_at is not None for way in ways),
        "answered": sum(way.answered_at is not None or way.outcome is not None for way in ways),
        "confirmed": confirmed,
        "refuted": refuted,
        "unclear": outcomes.count("unclear"),
        "duplicate": outcomes.count("duplicate"),
        "late": sum(way.accept_late(now) or way.answer_late(now) for way in ways),
        "precision": round(confirmed / judged, 4) if judged else None,
        "low": round(bounds[0], 4) if bounds else None,
        "high": round(bounds[1], 4) if bounds else None,
        "persons": sum(persons) if persons else None,
        "median_hours": round(median(hours), 2) if hours else None,
        "random": rule.startswith(f"{RANDOM}@"),
    }
