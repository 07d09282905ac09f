"""Campaigns by post: listed ⊇ tested ⊇ positive, and the upper bound that so many tests allow."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from scipy.stats import beta

from backend.contract.district.care import Campaign
from backend.district.care.results import positives, verdict
from backend.district.care.told import CareRecord, DrugTest
from backend.district.rules import Rules

LEVEL = 0.95


def upper_bound(positive: int, tested: int) -> float | None:
    """One-sided upper 95 % bound of the true share (Clopper–Pearson); with no positive 1 − .05^(1/n).

    None where nobody was tested: nothing is known then.
    """
    if tested == 0:
        return None
    if positive == tested:
        return 1.0
    if positive == 0:
        return float(1.0 - (1.0 - LEVEL) ** (1.0 / tested))
    return float(beta.ppf(LEVEL, positive + 1, tested - positive))


def campaigns(people: Iterable[CareRecord], cut_offs: Rules, on: dt.date, near: int) -> list[Campaign]:
    """Figures of each campaign and post; a person listed twice counts once."""
    states: dict[tuple[str, str], list[str]] = defaultdict(list)
    for told in people:
        for (campaign, post), lines in _listed(told).items():
            states[campaign, post].append(_state(lines, told, cut_offs, on, near))
    return [_figures(campaign, post, found) for (campaign, post), found in sorted(states.items())]


def _listed(told: CareRecord) -> dict[tuple[str, str], list[DrugTest]]:
    lines: dict[tuple[str, str], list[DrugTest]] = defaultdict(list)
    for test in told.tests:
        if test.campaign:
            lines[test.campaign, test.post].append(test)
    return lines


def _state(lines: Sequence[DrugTest], told: CareRecord, cut_offs: Rules, on: dt.date, near: int) -> str:
    mine = [test for test in told.tests if not test.campaign and test.at is not None and test.at <= on]
    hits = [test for test in mine if any(answers(test, line, near) for line in lines)]
    valid = [test for test in hits if verdict(test, cut_offs) in ("positive", "negative")]
    if not valid:
        return "missing"
    rechecks = [test for test in mine if test not in valid]
    found = positives([*valid, *rechecks], cut_offs)
    return "positive" if any(test in valid for test in found) else "negative"


def answers(test: DrugTest, line: DrugTest, near: int) -> bool:
    """Whether a test is the one a list asks for.

    It names the day of the list, or lies near it; a list without a day is answered by a test of its post.
    """
    if line.due is None:
        return test.post in ("", line.post)
    if test.due is not None:
        return test.due == line.due
    return test.at is not None and abs((test.at - line.due).days) <= near


def _figures(campaign: str, post: str, states: Sequence[str]) -> Campaign:
    listed, missing, positive = len(states), states.count("missing"), states.count("positive")
    tested = listed - missing
    return {
        "campaign": campaign,
        "post": post,
        "listed": listed,
        "tested": tested,
        "positive": positive,
        "missing": missing,
        "upper_95": upper_bound(positive, tested),
    }
