"""Certificates: every delivery against the one it quotes; purchases without any; dealing without licence.

Per certificate Σ delivered ≤ quantity, inside validity, right substance, right parties (district reference C3).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt

from backend.contract.district.common import Reason
from backend.district.chemicals.law import KG, Law
from backend.district.chemicals.model import (
    Fault,
    Permit,
    PrecursorBook,
    Wording,
    bought_on,
    days_of,
    first_said,
    reason,
)
from backend.district.deliveries import SHARE, SOLD, Delivery

RULE = "certificate@1"
CARRY, DEAL, MAKE, BUY = "运输", "经营", "生产", "购买"


def certificates(book: PrecursorBook, law: Law) -> Iterator[Fault]:
    """Findings per certificate and firm: over its quantity, outside its days, of another substance or party."""
    quoted: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    carried: dict[str, list[Delivery]] = defaultdict(list)
    back: dict[str, int] = defaultdict(int)
    for each in book.deliveries:
        number = normal(first_said(each, "permit"))
        if each.returned:
            back[number] += each.milligrams
            continue
        if (
            number in book.permits
            and not _sellers_own(book.permits[number], each)
            and (company := blamed(each, book))
        ):
            quoted[number, company].append(each)
        trip = normal(first_said(each, "transport"))
        if trip in book.permits:
            carried[trip].append(each)
    total: dict[str, list[Delivery]] = defaultdict(list)
    for (number, _), found in quoted.items():
        total[number] += found
    for (number, company), found in sorted(quoted.items()):
        permit = book.permits[number]
        yield from _bought(permit, company, found, total[number], back[number], law)
    for number, found in sorted(carried.items()):
        yield from _carried(book.permits[number], found, book, law)


def _sellers_own(permit: Permit, each: Delivery) -> bool:
    """Whether a lone row of the seller names the licence it sells on: that says nothing of the buyer's."""
    return (
        permit.kind in (DEAL, MAKE)
        and each.rows[0].seller in permit.holders
        and each.rows[0].direction == SOLD
    )


def normal(number: str) -> str:
    """A certificate's number as it is compared."""
    return "".join(number.split()).upper()


def blamed(each: Delivery, book: PrecursorBook) -> str | None:
    """The buyer, who has to hold the certificate; else the seller, who has to look at it; only firms of the table."""
    row = each.rows[0]
    return next((uscc for uscc in (row.buyer, row.seller) if uscc is not None and uscc in book.firms), None)


def _bought(
    permit: Permit, company: str, found: Sequence[Delivery], total: Sequence[Delivery], back: int, law: Law
) -> Iterator[Fault]:
    reasons: list[Reason] = []
    wrong: dict[int, Delivery] = {}
    for test in (_kind, _party, _partner, _substance, _day):
        bad = [each for each in found if test(permit, each)]
        if bad:
            reasons.append(reason(RULE, _WORDS[test.__name__], _rows(bad, permit)))
            wrong |= {id(each): each for each in bad}
    # Goods of another substance or of whoever borrowed it take nothing from what it allows.
    counted = [each for each in total if not _substance(permit, each) and not _party(permit, each)]
    over, slack = over_quantity(permit, counted, back, law)
    if over and company in permit.holders:
        delivered, limit = sum(map(least, counted)) - back, sum(permit.allowed.values())
        words = (
            f"累计 {delivered / KG:,.1f} 千克，超过证载 {limit / KG:,.1f} 千克",
            f"{delivered / KG:,.1f} kg in all, the certificate allows {limit / KG:,.1f} kg",
        )
        said = reason(RULE, words, _rows(counted, permit), delivered / KG, limit / KG, "kg")
        fault = _fault(permit, company, counted, delivered, [said, *reasons], limit)
        fault.sigma_mg, fault.at_stake = round(slack), over
        yield fault
    elif reasons:
        bad = list(wrong.values())
        yield _fault(permit, company, bad, sum(each.milligrams for each in bad), reasons, 0)


def over_quantity(permit: Permit, found: Sequence[Delivery], back: int, law: Law) -> tuple[int, float]:
    """How much more than allowed was delivered, beyond 3σ of weighing and the 2 % two scales may differ; and σ."""
    delivered = sum(least(each) for each in found) - back
    sigma = law.value("weighing") * sqrt(sum(float(each.milligrams) ** 2 for each in found))
    over = delivered - sum(permit.allowed.values())
    slack = max(law.value("sigmas") * sigma, SHARE * sum(permit.allowed.values()))
    return (over if permit.allowed and over > slack else 0), sigma


def least(each: Delivery) -> int:
    """What both rows bear out: where one of them wrote litres, no more than the other."""
    return min(row.milligrams for row in each.rows)


def _kind(permit: Permit, each: Delivery) -> bool:
    return permit.kind in (CARRY, DEAL, MAKE)


def _party(permit: Permit, each: Delivery) -> bool:
    return bool(permit.holders) and each.rows[0].buyer not in permit.holders


def _partner(permit: Permit, each: Delivery) -> bool:
    return bool(permit.partners) and each.rows[0].seller not in permit.partners | permit.holders


def _substance(permit: Permit, each: Delivery) -> bool:
    return bool(permit.allowed) and each.rows[0].chemical not in permit.allowed


def _day(permit: Permit, each: Delivery) -> bool:
    return not any(permit.valid(day) for day in days_of(each))


_WORDS: dict[str, Wording] = {
    "_kind": ("所用证件不是购买许可或备案", "the certificate quoted is none to buy"),
    "_party": ("所用证件属于其他单位", "the certificate belongs to another firm"),
    "_partner": ("销售单位不是证载对方单位", "the seller is not the one the certificate names"),
    "_substance": ("所购物质与证载不符", "the substance is not the one the certificate is for"),
    "_day": ("不在证件有效期内", "outside the validity of the certificate"),
}


def _carried(permit: Permit, found: Sequence[Delivery], book: PrecursorBook, law: Law) -> Iterator[Fault]:
    """Trips under a transport certificate: its days (class 2 at most twelve months), its substance, one trip in class 1."""
    bad = [each for each in found if out_of_trip(permit, each, law)]
    first_class = [each for each in found if law.class_on(each.rows[0].chemical, bought_on(each)) == 1]
    bad += first_class[1:]
    company = next((uscc for uscc in sorted(permit.holders) if uscc in book.firms), None)
    company = company or (blamed(bad[0], book) if bad else None)
    if bad and company:
        words = ("运输不合运输许可或备案", "carried against the transport certificate")
        bad = list({id(each): each for each in bad}.values())
        reasons = [reason(RULE, words, _rows(bad, permit))]
        yield _fault(permit, company, bad, sum(each.milligrams for each in bad), reasons, 0)


def out_of_trip(permit: Permit, each: Delivery, law: Law) -> bool:
    """Whether a trip is outside a transport certificate, or more than it allows at once."""
    day, chemical = bought_on(each), each.rows[0].chemical
    most = sum(permit.allowed.values())
    late = (
        law.class_on(chemical, day) == 2
        and permit.first is not None
        and day > _months_on(permit.first, int(law.value("trip_months_class_2")))
    )
    heavy = bool(most) and each.milligrams > most * 1.02
    return late or heavy or _substance(permit, each) or _day(permit, each)


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    last = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _rows(found: Iterable[Delivery], permit: Permit) -> list[str]:
    return [*(row for each in found for row in each.evidence), *permit.evidence]


def _fault(
    permit: Permit, company: str, found: Sequence[Delivery], mg: int, reasons: list[Reason], limit: int
) -> Fault:
    days = sorted(bought_on(each) for each in found)
    chemical = found[0].rows[0].chemical
    return Fault("permit", company, chemical, days[0], days[-1], mg, limit, reasons, mark=permit.number)
