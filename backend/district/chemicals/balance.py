"""Stock balance of a firm and a chemical: MUF = (PB + X − Y) − PE between two counts, singly and cumulated.

Method and worked example: district reference C3 and C4. σ² = Σ(u·m)² over opening stock, receipts, sales, use and
closing stock; a period alarms beyond 3σ, the whole since the first count beyond 3√Σσ² (3σ√n for n equal periods).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from backend.contract.district.common import Reason
from backend.district.chemicals.law import KG, Law
from backend.district.chemicals.model import Count, Fault, PrecursorBook, Use, beijing_day, reason
from backend.district.deliveries import Delivery

RULE = "stock-balance@1"
TEN_KG = 10 * KG
WAYS = ("received", "sold", "used", "lost")
SIGN = {"received": 1, "sold": -1, "used": -1, "lost": -1}


class Move(NamedTuple):
    """Goods in or out on a day. Back to stock is use of a negative amount, a return a sale or receipt of one."""

    day: dt.date
    way: str
    milligrams: int
    evidence: str


@dataclass(frozen=True)
class BalancePeriod:
    """What is missing (or over) between two counts, and how uncertain that is."""

    first: Count
    last: Count
    muf: int
    sigma: float
    told: dict[str, int] = field(default_factory=dict)

    def ratio(self, sigmas: float) -> float:
        return abs(self.muf) / (sigmas * self.sigma) if self.sigma else 0.0


def muf(opening: int, told: dict[str, int], closing: int, share: float) -> tuple[int, float]:
    """MUF and its σ, both in milligrams; ``told`` holds received, sold, used and lost."""
    terms = (opening, *told.values(), closing)
    missing = opening + sum(SIGN[way] * amount for way, amount in told.items()) - closing
    return missing, share * sqrt(sum(float(term) ** 2 for term in terms))


def balances(book: PrecursorBook, law: Law) -> Iterator[Fault]:
    """One finding per firm and scheduled chemical: its worst period, or the whole since the first count."""
    counted: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for count in book.counts:
        if count.uscc in book.firms and not count.estimated:
            counted[count.uscc, count.chemical].append(count)
    moved = moves_of(book, set(counted))
    for key, counts in counted.items():
        weighed = [count for count in counts if not guessed(count, counts)]
        scheduled = any(law.class_on(key[1], count.day) is not None for count in weighed)
        if len(weighed) > 1 and scheduled:
            yield from judge(sorted(weighed, key=lambda each: each.day), moved.get(key, []), law)


def guessed(count: Count, counts: Sequence[Count]) -> bool:
    """Whether a count of the year's end is a round guess among counts that were weighed."""
    others = [each for each in counts if each is not count]
    round_ones = sum(each.milligrams % TEN_KG == 0 for each in others)
    at_end = (count.day.month, count.day.day) == (12, 31)
    return (
        at_end and count.milligrams % (5 * TEN_KG) == 0 and len(others) > 1 and round_ones * 4 <= len(others)
    )


def judge(counts: Sequence[Count], moves: list[Move], law: Law) -> list[Fault]:
    """An alarm that lasts whether goods moved on the day of a count were counted or not."""
    found = [worst(periods(counts, moves, law.value("weighing"), at_end), law) for at_end in (True, False)]
    if any(each is None for each in found) or in_litres(counts, moves, law):
        return []
    best = min((each for each in found if each is not None), key=lambda each: each.ratio(law.value("sigmas")))
    return [_fault(best, moves, law)]


def in_litres(counts: Sequence[Count], moves: Sequence[Move], law: Law) -> bool:
    """Whether no period alarms once the withdrawals are read in litres by the density of the table."""
    density = law.density(counts[0].chemical)
    if density is None:
        return False
    read = [
        move._replace(milligrams=round(move.milligrams * density)) if move.way == "used" else move
        for move in moves
    ]
    return worst(periods(counts, read, law.value("weighing"), True), law) is None


def periods(
    counts: Sequence[Count], moves: Sequence[Move], share: float, at_end: bool
) -> list[BalancePeriod]:
    """All periods between counts; ``at_end``: a count stands at the end of its day, else at its beginning."""
    by_way: dict[str, list[Move]] = {way: [] for way in WAYS}
    for move in sorted(moves, key=lambda each: each.day):
        by_way[move.way].append(move)
    days = {way: [move.day for move in each] for way, each in by_way.items()}
    sums = {way: [0, *accumulate(move.milligrams for move in each)] for way, each in by_way.items()}
    side = bisect_right if at_end else bisect_left
    cuts = {way: [side(days[way], count.day) for count in counts] for way in WAYS}
    found = []
    for i in range(len(counts) - 1):
        told = {way: sums[way][cuts[way][i + 1]] - sums[way][cuts[way][i]] for way in WAYS}
        missing, sigma = muf(counts[i].milligrams, told, counts[i + 1].milligrams, share)
        found.append(BalancePeriod(counts[i], counts[i + 1], missing, sigma, told))
    return found


def worst(found: Sequence[BalancePeriod], law: Law) -> BalancePeriod | None:
    """The alarm furthest beyond its limit; a count put right by the next one is a wrong count, no loss."""
    sigmas = law.value("sigmas")
    alarms = [
        each for i, each in enumerate(found) if each.ratio(sigmas) > 1 and not _undone(found, i, sigmas)
    ]
    if len(found) > 1:
        whole = together(found)
        alarms += [whole] if whole.ratio(sigmas) > 1 else []
    return max(alarms, key=lambda each: each.ratio(sigmas), default=None)


def together(found: Sequence[BalancePeriod]) -> BalancePeriod:
    """Consecutive periods as one: their MUF added, their σ added in squares."""
    told = {way: sum(each.told.get(way, 0) for each in found) for way in WAYS}
    sigma = sqrt(sum(each.sigma**2 for each in found))
    return BalancePeriod(found[0].first, found[-1].last, sum(each.muf for each in found), sigma, told)


def _undone(found: Sequence[BalancePeriod], i: int, sigmas: float) -> bool:
    """Whether the period beside it misses the opposite: the count between was wrong (an estimate at year's end)."""
    beside = [found[j] for j in (i - 1, i + 1) if 0 <= j < len(found)]
    return any(
        each.muf * found[i].muf < 0
        and each.ratio(sigmas) > 1
        and together([each, found[i]]).ratio(sigmas) <= 1
        for each in beside
    )


def moves_of(book: PrecursorBook, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[Move]]:
    """Receipts, sales and withdrawals by firm and chemical; each firm's own row where it reports one."""
    found: dict[tuple[str, str], list[Move]] = defaultdict(list)
    sold: dict[tuple[str | None, str, str], dt.date] = {}
    for each in book.deliveries:
        row = each.rows[0]
        if each.returned:
            _returned(each, sold, wanted, found)
            continue
        sold.setdefault((row.seller, row.buyer, row.chemical), beijing_day(row.at))
        if (row.buyer, row.chemical) in wanted:
            found[row.buyer, row.chemical].append(_move(each, 0, "received", 1))
        if row.seller is not None and (row.seller, row.chemical) in wanted:
            found[row.seller, row.chemical].append(_move(each, -1, "sold", 1))
    for use in book.uses:
        if (use.uscc, use.chemical) in wanted:
            found[use.uscc, use.chemical].append(_use(use))
    return found


def _returned(
    each: Delivery,
    sold: dict[tuple[str | None, str, str], dt.date],
    wanted: set[tuple[str, str]],
    found: dict[tuple[str, str], list[Move]],
) -> None:
    """Goods sent back. Its row names the parties as the sale did, or as the goods went: the sale before tells which."""
    row = each.rows[0]
    as_went = (row.seller, row.buyer, row.chemical) not in sold and (
        row.buyer,
        row.seller,
        row.chemical,
    ) in sold
    back, giver = (0, -1) if as_went else (-1, 0)
    taker_id, giver_id = (row.buyer, row.seller) if as_went else (row.seller, row.buyer)
    if taker_id is not None and (taker_id, row.chemical) in wanted:
        found[taker_id, row.chemical].append(_move(each, back, "sold", -1))
    if giver_id is not None and (giver_id, row.chemical) in wanted:
        found[giver_id, row.chemical].append(_move(each, giver, "received", -1))


def _move(each: Delivery, side: int, way: str, sign: int) -> Move:
    row = each.rows[side]
    return Move(beijing_day(row.at), way, sign * row.milligrams, row.evidence)


def _use(use: Use) -> Move:
    way = "lost" if use.way == "lost" else "used"
    return Move(use.day, way, -use.milligrams if use.way == "back" else use.milligrams, use.evidence)


def _fault(period: BalancePeriod, moves: Sequence[Move], law: Law) -> Fault:
    limit = law.value("sigmas") * period.sigma
    rows = [move.evidence for move in moves if period.first.day <= move.day <= period.last.day]
    evidence = [period.first.evidence, period.last.evidence, *rows]
    gap, bound = period.muf / KG, limit / KG
    zh, en = ("少", "less") if period.muf > 0 else ("多", "more")
    words = (
        f"实物比账面{zh} {abs(gap):,.1f} 千克，超过 {bound:,.1f} 千克",
        f"{abs(gap):,.1f} kg {en} in stock than the books say, beyond {bound:,.1f} kg",
    )
    told = reason(RULE, words, evidence, abs(gap), bound, "kg")
    return Fault(
        "balance",
        period.first.uscc,
        period.first.chemical,
        period.first.day,
        period.last.day,
        period.muf,
        round(limit),
        [told],
        round(period.sigma),
        at_stake=max(period.muf, 0),
        against=_against(period, moves, law),
        missing=_missing(period, moves),
    )


def _against(period: BalancePeriod, moves: Sequence[Move], law: Law) -> list[Reason]:
    near = [
        move
        for move in moves
        if move.way in ("received", "sold")
        and min(abs((move.day - count.day).days) for count in (period.first, period.last)) <= 7
        and abs(period.muf - SIGN[move.way] * move.milligrams) <= law.value("sigmas") * period.sigma
    ]
    words = (
        "盘点前后 7 天内有一笔数量相当的购销，可能在途",
        "a delivery of that size lies within seven days of a count: it may have been on the way",
    )
    return [reason(RULE, words, [move.evidence for move in near])] if near else []


def _missing(period: BalancePeriod, moves: Sequence[Move]) -> list[Reason]:
    if any(move.way == "used" for move in moves):
        return []
    words = ("无领用记录，先查领用台账", "no withdrawal is recorded: ask for the ledger first")
    return [reason(RULE, words, [period.first.evidence, period.last.evidence])]
