"""Purchases without any certificate (``unfiled``), and dealing without licence (``unlicensed``)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from backend.contract.district.chemicals import FaultKind
from backend.district.chemicals.controllers import Controllers
from backend.district.chemicals.law import KG, Law
from backend.district.chemicals.model import (
    Fault,
    Permit,
    PrecursorBook,
    Wording,
    bought_on,
    first_said,
    reason,
)
from backend.district.chemicals.permits import CARRY, DEAL, MAKE, normal
from backend.district.deliveries import Delivery

UNFILED, UNLICENSED = "no-certificate@1", "no-licence@1"
PERMANGANATE = "高锰酸钾"
FILED_LATER = dt.timedelta(days=30)
"""Dealing in classes 2 and 3 is filed within thirty days of its beginning (条例第 13 条)."""
FEW = 5
"""So few firms without a licence may be told of, however small the register is."""


def unfiled(book: PrecursorBook, law: Law, groups: Controllers) -> Iterator[Fault]:
    """What a firm of the table bought of scheduled chemicals without certificate, per chemical.

    Goods within one group, small own use of 高锰酸钾, a hospital's medicines, and purchases a certificate of the buyer
    covers though its number is not written down are left alone. Where nobody's certificates are loaded nothing is said.
    """
    if not book.permits and not any(row.permit for each in book.deliveries for row in each.rows):
        return
    holding = held(book, dealing=False)
    found: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for each in book.deliveries:
        row = each.rows[0]
        if not each.sold or row.seller is None or row.buyer not in book.firms:
            continue  # of a purchase without seller the graph keeps no certificate
        if normal(first_said(each, "permit")):
            continue
        day = bought_on(each)
        if law.class_on(row.chemical, day) is None or groups.within(each):
            continue
        if law.needs_no_permit(row.chemical, book.firms[row.buyer].name, day):
            continue
        if not any(permit.valid(day) for permit in holding.get((row.buyer, row.chemical), ())):
            found[row.buyer, row.chemical].append(each)
    for (buyer, chemical), each_of in sorted(found.items()):
        bad = _beyond_own_use(chemical, each_of, law)
        if bad:
            words = ("购买时无许可证或备案证明", "bought without permit or filing")
            yield _fault("unfiled", UNFILED, buyer, chemical, bad, words)


HeldPermits = dict[tuple[str, str], list[Permit]]


def held(book: PrecursorBook, *, dealing: bool) -> HeldPermits:
    """Certificates by firm and chemical: those to deal or produce, or those to buy."""
    found: HeldPermits = defaultdict(list)
    for permit in book.permits.values():
        if permit.kind != CARRY and (permit.kind in (DEAL, MAKE)) == dealing:
            for uscc in permit.holders:
                for chemical in permit.allowed:
                    found[uscc, chemical].append(permit)
    return found


def _beyond_own_use(chemical: str, found: Sequence[Delivery], law: Law) -> list[Delivery]:
    """高锰酸钾 for own use is free up to 5 kg at a time and 50 kg a year."""
    if chemical != PERMANGANATE:
        return list(found)
    once, year = (law.value(name) * KG for name in ("own_use_once", "own_use_year"))
    by_year: dict[int, int] = defaultdict(int)
    for each in found:
        by_year[bought_on(each).year] += each.milligrams
    return [each for each in found if each.milligrams > once or by_year[bought_on(each).year] > year]


def unlicensed(book: PrecursorBook, law: Law, groups: Controllers) -> Iterator[Fault]:
    """Sales of scheduled chemicals by a firm without licence or filing to deal in them.

    Only where dealing licences are loaded. Where fewer than half of the sellers of a class have one the register
    cannot be whole: ``check`` says so, and nobody is blamed for it.
    """
    sales, licences = sales_by_class(book, law, groups), held(book, dealing=True)
    for cls, by_seller in sorted(sales.items()):
        bad = {
            key: found for key, found in by_seller.items() if not licensed(licences.get(key, []), found, cls)
        }
        if register_known(licences, len(bad), len(by_seller), law):
            for (seller, chemical), found in sorted(bad.items()):
                words = ("销售时无经营许可或备案", "sold without licence or filing to deal in it")
                yield _fault("unlicensed", UNLICENSED, seller, chemical, found, words)


Sales = dict[tuple[str, str], list[Delivery]]


def sales_by_class(book: PrecursorBook, law: Law, groups: Controllers) -> dict[int, Sales]:
    """Sales by class, seller and chemical."""
    sales: dict[int, Sales] = defaultdict(lambda: defaultdict(list))
    for each in book.deliveries:
        row = each.rows[0]
        if not each.sold or row.seller is None or row.seller not in book.firms:
            continue
        cls = law.class_on(row.chemical, bought_on(each))
        if cls is not None and not groups.within(each):
            sales[cls][row.seller, row.chemical].append(each)
    return sales


def register_known(licences: HeldPermits, bad: int, of: int, law: Law) -> bool:
    """Whether the register of licences can bear a finding that somebody has none."""
    return bool(licences) and (bad <= FEW or bad <= (1 - law.value("register_share")) * of)


def licensed(licences: Sequence[Permit], found: Sequence[Delivery], cls: int) -> bool:
    """Whether a licence of the seller for this chemical covers each day it sold."""
    later = FILED_LATER if cls > 1 else dt.timedelta()
    return all(
        any(permit.valid(day) or permit.valid(day + later) for permit in licences)
        for day in {bought_on(each) for each in found}
    )


def _fault(
    kind: FaultKind, rule: str, company: str, chemical: str, found: Sequence[Delivery], words: Wording
) -> Fault:
    days = sorted(bought_on(each) for each in found)
    mg = sum(each.milligrams for each in found)
    rows = [row for each in found for row in each.evidence]
    said = (f"{words[0]}，共 {mg / KG:,.1f} 千克", f"{words[1]}, {mg / KG:,.1f} kg in all")
    told = reason(rule, said, rows, mg / KG, 0.0, "kg")
    return Fault(kind, company, chemical, days[0], days[-1], mg, 0, [told])
