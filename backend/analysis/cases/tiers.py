"""Legal tier of cases and, cumulated, of persons; the quantities themselves belong to the dictionaries."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from backend.analysis.model.chains import CaseResult, PersonTier
from backend.analysis.model.facts import Case, Facts
from graph_schema.beijing import AHEAD_MS
from graph_schema.dictionaries import rate

EPOCH = dt.datetime(1970, 1, 1)
RECORDED = ("packet", "small", "major")


def day_of(at: int) -> dt.date:
    """Beijing date of a time in ms."""
    return (EPOCH + dt.timedelta(milliseconds=at + AHEAD_MS)).date()


def case_tier(case: Case, latest: int) -> tuple[str, str]:
    """Tier of a case and its basis: target (目标案件), recorded (as in the input) or grams (computed).

    ``latest`` (ms) stands in for a case without a date, so that no clock is read.
    """
    if case.target_level:
        return "major", "target"
    if case.tier in RECORDED:
        return case.tier, "recorded"
    at = case.opened_at if case.opened_at is not None else latest
    return rate(case.grams, day_of(at)).tier, "grams"


def case_tiers(facts: Facts) -> list[tuple[str, str]]:
    """Tier and basis of every case, in the order of ``facts.cases``."""
    latest = latest_time(facts)
    return [case_tier(case, latest) for case in facts.cases]


def ranked_tiers(facts: Facts, tiers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What every case is ranked by: its tier, or, where the law sets no quantity, the tier from example quantities."""
    latest = latest_time(facts)
    ranked = []
    for case, (tier, basis) in zip(facts.cases, tiers, strict=True):
        if basis == "grams":
            at = case.opened_at if case.opened_at is not None else latest
            tier = rate(case.grams, day_of(at)).ranking
        ranked.append((tier, basis))
    return ranked


def told_by_law(cases: tuple[CaseResult, ...], tiers: list[tuple[str, str]]) -> tuple[CaseResult, ...]:
    """Ranked cases with their legal tier; the tier used for ranking is given separately where it differs."""
    return tuple(
        replace(each, tier=law, provisional=each.tier if each.tier != law else None)
        for each, (law, _) in ((case, tiers[case.case]) for case in cases)
    )


def latest_time(facts: Facts) -> int:
    """The newest time any input names, ms; 0 without any."""
    times = [int(events.at.max()) for events in (facts.calls, facts.payments, facts.parcels) if len(events)]
    times += [seizure.at for seizure in facts.seizures]
    times += [case.opened_at for case in facts.cases if case.opened_at is not None]
    return max([*times, 0])


def person_tiers(facts: Facts) -> tuple[PersonTier, ...]:
    """Quantities seized from each person over all his cases, and the tier of the sum (刑法 347 para 7: cumulated)."""
    latest = latest_time(facts)
    grams: dict[int, dict[str, float]] = {}
    cases: dict[int, set[int]] = {}
    for seizure in facts.seizures:
        if seizure.person >= 0:
            mine = grams.setdefault(seizure.person, {})
            mine[seizure.substance] = mine.get(seizure.substance, 0.0) + seizure.grams
            cases.setdefault(seizure.person, set()).add(seizure.case)
    found = []
    for person in sorted(grams):
        total = {substance: round(grams[person][substance], 6) for substance in sorted(grams[person])}
        tier = rate(total, day_of(latest)).tier
        found.append(PersonTier(person, tuple(total.items()), tier, tuple(sorted(cases[person]))))
    return tuple(found)
