"""Splitting: what firms under one controller bought together in 30 or 365 days passes a limit none of them passes alone.

China has no general quantity threshold for filing; the limits that matter are the quantity at which a tier of
法释〔2016〕8号 begins, the own use of 高锰酸钾 that is free, and the certificate all buy on (district reference C3).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.district.chemicals.controllers import TIES, ControlGroup, Controllers
from backend.district.chemicals.filing import PERMANGANATE, HeldPermits, held
from backend.district.chemicals.law import KG, Law
from backend.district.chemicals.model import Fault, PrecursorBook, bought_on, first_said, reason
from backend.district.deliveries import Delivery

RULE = "split-purchases@1"


@dataclass(frozen=True)
class Sum:
    """What a group bought within a window."""

    found: tuple[Delivery, ...]
    mg: int
    days: int


def splits(book: PrecursorBook, law: Law, groups: Controllers) -> Iterator[Fault]:
    """One finding per firm of a group and chemical, all naming the group; the clearest window."""
    bought: dict[str, dict[str, list[Delivery]]] = defaultdict(lambda: defaultdict(list))
    for each in book.deliveries:
        row = each.rows[0]
        scheduled = law.class_on(row.chemical, bought_on(each)) is not None and not each.disposed
        if row.buyer in book.firms and scheduled and not each.returned and not groups.within(each):
            bought[row.buyer][row.chemical].append(each)
    told: set[tuple[str, str]] = set()
    certificates = held(book, dealing=False)
    for group in groups.groups:
        for chemical in sorted({name for uscc in group.firms for name in bought.get(uscc, ())}):
            every = [each for uscc in sorted(group.firms) for each in bought.get(uscc, {}).get(chemical, ())]
            for fault in _split(law, group, chemical, every, certificates):
                if (fault.company, chemical) not in told:
                    told.add((fault.company, chemical))
                    yield fault


def _split(
    law: Law, group: ControlGroup, chemical: str, every: list[Delivery], certificates: HeldPermits
) -> Iterator[Fault]:
    if len({each.rows[0].buyer for each in every}) < 2:
        return
    every.sort(key=bought_on)
    best: tuple[float, Sum, int] | None = None
    for limit, windows, counted in _limits(law, group, chemical, every, certificates):
        for days in windows:
            found = summed(counted, limit, days, law.value("split_each"))
            if found is not None and (best is None or found.mg / limit > best[0]):
                best = (found.mg / limit, found, limit)
    if best is not None:
        yield from _faults(group, chemical, best[1], best[2], law)


def _limits(
    law: Law, group: ControlGroup, chemical: str, every: Sequence[Delivery], certificates: HeldPermits
) -> Iterator[tuple[int, tuple[int, ...], Sequence[Delivery]]]:
    """Each limit with the windows it is asked for, and what counts towards it."""
    short, long = int(law.value("split_days_short")), int(law.value("split_days_long"))
    long = short if group.brief else long
    for n, bound in enumerate(law.bounds(chemical, bought_on(every[-1]))):
        # Plants of one owner buy much in small lots: above the least quantity no firm may pass the bound alone.
        if n == 0 or not _alone(every, bound, law.value("split_each")):
            yield bound, (short, long), every
    if chemical == PERMANGANATE:
        free = [each for each in every if not first_said(each, "permit")]
        yield round(law.value("own_use_year") * KG), (long,), free
    own = [certificates.get((uscc, chemical), []) for uscc in {each.rows[0].buyer for each in every}]
    if any(own) and not all(own):
        yield max(permit.allowed[chemical] for each in own for permit in each), (short, long), every


def _alone(every: Sequence[Delivery], bound: int, share: float) -> bool:
    mine: dict[str, int] = defaultdict(int)
    for each in every:
        mine[each.rows[0].buyer] += each.milligrams if each.milligrams < share * bound else 0
    return max(mine.values(), default=0) > bound


def summed(every: Sequence[Delivery], limit: int, days: int, share: float) -> Sum | None:
    """The largest sum above ``limit`` within ``days``, each purchase below its ``share`` and each firm within it."""
    if any(each.milligrams >= share * limit for each in every):
        every = [each for each in every if each.milligrams < share * limit]
    best: Sum | None = None
    first, total = 0, 0
    mine: dict[str, int] = defaultdict(int)
    for last, each in enumerate(every):
        total += each.milligrams
        mine[each.rows[0].buyer] += each.milligrams
        while bought_on(each) - bought_on(every[first]) > dt.timedelta(days=days):
            total -= every[first].milligrams
            mine[every[first].rows[0].buyer] -= every[first].milligrams
            first += 1
        several = sum(amount > 0 for amount in mine.values()) > 1
        if several and total > limit and max(mine.values()) <= limit and (best is None or total > best.mg):
            best = Sum(tuple(every[first : last + 1]), total, days)
    return best


def _faults(group: ControlGroup, chemical: str, found: Sum, limit: int, law: Law) -> Iterator[Fault]:
    firms = sorted({each.rows[0].buyer for each in found.found})
    rows = [row for each in found.found for row in each.evidence]
    ties_zh = "、".join(TIES[tie][0] for tie in TIES if tie in group.ties)
    ties_en = ", ".join(TIES[tie][1] for tie in TIES if tie in group.ties)
    words = (
        f"{len(firms)} 家企业（{ties_zh}）{found.days} 天内共购 {found.mg / KG:,.1f} 千克，"
        f"超过 {limit / KG:,.1f} 千克，每笔均低于其 {law.value('split_each'):.0%}",
        f"{len(firms)} firms ({ties_en}) bought {found.mg / KG:,.1f} kg in {found.days} days, above "
        f"{limit / KG:,.1f} kg, each purchase below {law.value('split_each'):.0%} of it",
    )
    days = [bought_on(each) for each in found.found]
    covered = all(any(row.permit for row in each.rows) for each in found.found)
    for uscc in firms:
        told = reason(RULE, words, rows, found.mg / KG, limit / KG, "kg")
        against = []
        if covered:
            own = ("每笔均写有许可备案证号", "each purchase quotes a certificate")
            against.append(reason(RULE, own, rows))
        yield Fault(
            "split",
            uscc,
            chemical,
            days[0],
            days[-1],
            found.mg,
            limit,
            [told],
            path=tuple(firms),
            against=against,
        )
