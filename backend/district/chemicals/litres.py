"""Kilograms and litres: two rows of one delivery, or use against purchases, that differ by the density of the table.

A density is never guessed: where the table has none, nothing is taken for litres.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from backend.district.chemicals.law import Law
from backend.district.deliveries import BOUGHT, SHARE, SOLD, WITHIN_MS, Delivery


def paired_by_density(found: Sequence[Delivery], law: Law) -> list[Delivery]:
    """The deliveries, with buyer's and seller's lone rows joined where one of them wrote litres."""
    lone: dict[tuple[str, str | None, str, bool], list[Delivery]] = defaultdict(list)
    for each in found:
        row = each.rows[0]
        if each.one_sided and row.direction in (BOUGHT, SOLD) and law.density(row.chemical) is not None:
            lone[row.buyer, row.seller, row.chemical, each.returned].append(each)
    joined: dict[int, Delivery] = {}
    gone: set[int] = set()
    for group in lone.values():
        sold = [each for each in group if each.rows[0].direction == SOLD]
        for each in group:
            twin = next((other for other in sold if id(other) not in gone and _same(each, other, law)), None)
            if twin is not None:
                gone.add(id(twin))
                joined[id(each)] = Delivery((each.rows[0], twin.rows[0]))
    return [joined.get(id(each), each) for each in found if id(each) not in gone]


def in_litres(each: Delivery, law: Law) -> bool:
    """Whether the two rows of a delivery differ by the density."""
    a, b = each.rows[0].milligrams, each.rows[-1].milligrams
    return (
        len(each.rows) == 2
        and abs(a - b) > SHARE * max(a, b)
        and _by_density(a, b, law.density(each.rows[0].chemical))
    )


def _same(each: Delivery, other: Delivery, law: Law) -> bool:
    a, b = each.rows[0], other.rows[0]
    near = a.direction == BOUGHT and abs(a.at - b.at) <= WITHIN_MS
    return near and _by_density(a.milligrams, b.milligrams, law.density(a.chemical))


def _by_density(a: int, b: int, density: float | None) -> bool:
    if density is None:
        return False
    return any(abs(kilos - litres * density) <= SHARE * kilos for kilos, litres in ((a, b), (b, a)))
