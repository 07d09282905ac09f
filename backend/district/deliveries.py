"""Deliveries of chemicals: what buyer and seller both report counts once, what one alone reports counts for both.

The two rows of one delivery lie within seven days and two per cent of each other (district reference C3). 用途 退货 is
no sale but a return.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WITHIN_MS = 7 * 86_400_000
SHARE = 0.02
BOUGHT, SOLD, RETURNED = "购", "销", "退货"
_WASTE = "(?:危废|危险废物|废液|废酸|废碱|废溶剂)"
_DISPOSED = re.compile(
    f"(?:委托|移交)处置|{_WASTE}[^，。；,;]{{0,4}}(?:处置|转移)|(?:处置|转移)[^，。；,;]{{0,4}}{_WASTE}|^{_WASTE}$"
)
_USED_FOR = re.compile("用于|用作|处置用|[药试]剂")
"""Bought to treat waste with (用于危废处置): that is no waste handed over."""


class TradeRow(NamedTuple):
    """One row of 化学品购销: who reports it (``direction``), the one name of the chemical, and what else it says."""

    evidence: str
    buyer: str
    seller: str | None
    chemical: str
    at: int
    milligrams: int
    direction: str = ""
    use: str = ""
    permit: str = ""
    plate: str = ""
    agent: str = ""
    transport: str = ""
    carrier: str = ""
    place: str = ""


class Delivery(NamedTuple):
    """One delivery, or one return: its row or its two rows; ``rows[0]`` is the buyer's where he reports."""

    rows: tuple[TradeRow, ...]

    @property
    def returned(self) -> bool:
        return RETURNED in self.rows[0].use

    @property
    def disposed(self) -> bool:
        """Whether it was handed over as hazardous waste: no sale, and whoever disposes of it needs no certificate.

        Not where one of the two says so and the other writes another use: no firm clears itself against the other's word.
        """
        uses = [use for row in self.rows if (use := row.use.strip())]
        return bool(uses) and all(_DISPOSED.search(use) and not _USED_FOR.search(use) for use in uses)

    @property
    def sold(self) -> bool:
        """Whether it is a sale: neither a return nor waste handed over."""
        return not (self.returned or self.disposed)

    @property
    def one_sided(self) -> bool:
        """Whether the other side is missing: to be asked for, no offence."""
        return len(self.rows) == 1

    @property
    def milligrams(self) -> int:
        """As the buyer weighed it, else as the only row says."""
        return self.rows[0].milligrams

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(row.evidence for row in self.rows)


def deliveries(rows: Iterable[TradeRow]) -> list[Delivery]:
    """Pair the reports of buyers and sellers one to one; every row is in exactly one delivery."""
    groups: dict[tuple[str, str | None, str, bool], list[TradeRow]] = defaultdict(list)
    for row in rows:
        groups[row.buyer, row.seller, row.chemical, RETURNED in row.use].append(row)
    found = [delivery for group in groups.values() for delivery in _paired(group)]
    return sorted(found, key=lambda each: (each.rows[0].at, each.evidence))


def _paired(group: Sequence[TradeRow]) -> list[Delivery]:
    bought: list[TradeRow] = []
    sold: list[TradeRow] = []
    other: list[TradeRow] = []
    for row in sorted(group, key=lambda each: (each.at, each.evidence)):
        mine = bought if row.direction == BOUGHT and row.seller is not None else other
        (sold if row.direction == SOLD else mine).append(row)
    if not bought or not sold:
        return [Delivery((row,)) for row in (*bought, *sold, *other)]
    times = [row.at for row in sold]
    choices = [_near(row, sold, times) for row in bought]
    partner: dict[int, int] = {}  # of a seller's row, the buyer's
    for i in range(len(bought)):
        _match(i, choices, partner, set())
    of = {i: j for j, i in partner.items()}
    pairs = [Delivery((row, sold[of[i]]) if i in of else (row,)) for i, row in enumerate(bought)]
    alone = [row for j, row in enumerate(sold) if j not in partner]
    return pairs + [Delivery((row,)) for row in (*alone, *other)]


def _near(row: TradeRow, sold: Sequence[TradeRow], times: Sequence[int]) -> list[int]:
    """The seller's rows that may be the same delivery, nearest first; ``times`` are theirs, in order."""
    window = range(bisect_left(times, row.at - WITHIN_MS), bisect_right(times, row.at + WITHIN_MS))
    near = [
        (abs(sold[j].at - row.at), abs(sold[j].milligrams - row.milligrams), j)
        for j in window
        if _same_quantity(sold[j].milligrams, row.milligrams)
    ]
    return [j for _, _, j in sorted(near)]


def _same_quantity(a: int, b: int) -> bool:
    return abs(a - b) <= SHARE * max(a, b)


def _match(i: int, choices: Sequence[Sequence[int]], partner: dict[int, int], seen: set[int]) -> bool:
    """Give buyer's row ``i`` a partner, moving others where that leaves nobody without (augmenting path)."""
    for j in choices[i]:
        if j not in seen:
            seen.add(j)
            if j not in partner or _match(partner[j], choices, partner, seen):
                partner[j] = i
                return True
    return False
