"""Diversion: goods that are resold again and again, or brought to a place of neither firm (district reference C3).

Resold: at least twice within thirty days, to a firm that neither uses nor keeps nor resells them. Ordinary
distribution ends with a user.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from backend.district.chemicals.controllers import Controllers
from backend.district.chemicals.filing import FEW
from backend.district.chemicals.law import KG, Law
from backend.district.chemicals.model import Fault, PrecursorBook, beijing_day, bought_on, days_of, reason
from backend.district.deliveries import Delivery

RULE, PLACE = "resale-chain@1", "other-place@1"
MOST = 50
"""So many ways on are tried from one lot; among dealers who all trade with one another there is no end of them."""
LENIENT = 1.02
"""A lot may be resold at its whole weight, as two scales tell it."""


class Flows:
    """Deliveries of one chemical by seller in time order, and who uses or keeps it."""

    def __init__(self, book: PrecursorBook, law: Law, groups: Controllers) -> None:
        self.book, self.law = book, law
        self.sold: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
        self.users = {(use.uscc, use.chemical) for use in book.uses if use.way == "used"}
        self.kept: dict[tuple[str, str], list[tuple[dt.date, int]]] = defaultdict(list)
        for count in book.counts:
            self.kept[count.uscc, count.chemical].append((count.day, count.milligrams))
        self.received: dict[tuple[str, str], int] = defaultdict(int)
        for each in book.deliveries:
            row = each.rows[0]
            if not each.returned:
                self.received[row.buyer, row.chemical] += row.milligrams
            scheduled = law.class_on(row.chemical, bought_on(each)) is not None
            if scheduled and each.sold and row.seller and not groups.within(each):
                self.sold[row.seller, row.chemical].append(each)
        for found in self.sold.values():
            found.sort(key=arrived)
        bought = {
            (each.rows[0].buyer, each.rows[0].chemical) for found in self.sold.values() for each in found
        }
        ends = {key for key in bought if key[0] in book.firms and key not in self.sold}
        idle = len(ends - self.users)
        self.told = idle <= FEW or idle <= (1 - law.value("register_share")) * len(ends)
        """Whether withdrawals are loaded so that a buyer without any can be said to use nothing."""
        self._next: dict[int, list[Delivery]] = {}
        self._days = {key: [arrived(each) for each in found] for key, found in self.sold.items()}

    def next(self, lot: Delivery) -> list[Delivery]:
        """Resales of a lot by its buyer: later as far as the rows can tell, not more than it, at least half of it."""
        if id(lot) not in self._next:
            row = lot.rows[0]
            key, share = (row.buyer, row.chemical), self.law.value("resale_share")
            until = arrived(lot) + dt.timedelta(days=self.law.value("resale_days"))
            days = self._days.get(key, [])
            window = range(bisect_left(days, min(days_of(lot))), bisect_right(days, until))
            least, most = share * row.milligrams, LENIENT * row.milligrams
            near = (self.sold[key][i] for i in window)
            self._next[id(lot)] = [each for each in near if least <= each.milligrams <= most]
        return self._next[id(lot)]

    def whole(self, chain: Sequence[Delivery]) -> bool:
        """Whether each passed on almost all of the lot."""
        share = self.law.value("whole_share")
        return all(after.milligrams >= share * before.milligrams for before, after in pairwise(chain))

    def goes_on(self, chain: Sequence[Delivery]) -> bool:
        """Whether the goods can be seen to be used, sold on or in stock; or nobody can tell (no firm of ours).

        A firm that deals in the chemical may still sell what came less than thirty days ago; of one that counts no
        stock nobody can tell, unless the lot came to it whole and is not to be seen among what it sold.
        """
        lot = chain[-1]
        row = lot.rows[0]
        key, day = (row.buyer, row.chemical), beijing_day(row.at)
        if row.buyer not in self.book.firms or key in self.users:
            return True
        if key not in self.sold and not self.told:
            return True
        half = self.law.value("resale_share") * row.milligrams
        counts = sorted(self.kept.get(key, ()))
        if counts and counts[-1][0] >= day and counts[-1][1] >= half:
            return True
        fresh = (self.book.on - day).days < self.law.value("resale_days")
        sales = self.sold.get(key, ())
        sold = sum(each.milligrams for each in sales)
        later = sum(each.milligrams for each in sales if arrived(each) >= day)
        if sold and not counts and not self.whole(chain):
            return True
        return bool(sold) and (fresh or (later >= half and self.received[key] - sold < half))


def arrived(delivery: Delivery) -> dt.date:
    """The later of the days the rows state: the two sides may be seven days apart."""
    return max(days_of(delivery))


def paths(book: PrecursorBook, law: Law, groups: Controllers) -> Iterator[Fault]:
    """One finding per reseller of a chain, all naming the chain; and goods brought elsewhere."""
    flows = Flows(book, law, groups)
    found: dict[tuple[str, ...], list[Delivery]] = {}
    for key in sorted(flows.sold):
        for lot in flows.sold[key]:
            for chain in chains(flows, lot):
                names = (*(str(each.rows[0].seller) for each in chain), chain[-1].rows[0].buyer)
                found.setdefault((*names, chain[0].rows[0].chemical), chain)
    told: set[tuple[str, str]] = set()
    for names, chain in sorted(found.items(), key=lambda each: (-len(each[0]), each[0])):
        for fault in _resold(names[:-1], chain, book):
            if (fault.company, str(fault.chemical)) not in told:
                told.add((fault.company, str(fault.chemical)))
                yield fault
    yield from _elsewhere(book, law, groups)


def chains(flows: Flows, start: Delivery) -> Iterator[list[Delivery]]:
    """Chains of a lot, the longest there are, with enough resales within the days and no user at the end."""
    law = flows.law
    until = arrived(start) + dt.timedelta(days=int(law.value("resale_days")))
    stack = [[start]]
    for _ in range(MOST):
        if not stack:
            return
        chain = stack.pop()
        seen = {each.rows[0].seller for each in chain} | {chain[-1].rows[0].buyer}
        further = [
            each
            for each in flows.next(chain[-1])
            if each.rows[0].buyer not in seen and arrived(each) <= until
        ]
        stack += [[*chain, each] for each in further]
        if not further and len(chain) > law.value("resales") and not flows.goes_on(chain):
            yield _one_lot(chain, flows)


def _one_lot(chain: list[Delivery], flows: Flows) -> list[Delivery]:
    """The chain without a dealer before it who passed on a part, or who has other customers: he sold from stock."""
    first = 0
    while len(chain) - first - 1 > flows.law.value("resales"):
        bought, sold = chain[first], chain[first + 1]
        key = (bought.rows[0].buyer, bought.rows[0].chemical)
        whole = sold.milligrams >= flows.law.value("whole_share") * bought.milligrams
        if whole and len({each.rows[0].buyer for each in flows.sold[key]}) == 1:
            break
        first += 1
    return chain[first:]


def _resold(names: Sequence[str], chain: Sequence[Delivery], book: PrecursorBook) -> Iterator[Fault]:
    first, last = bought_on(chain[0]), bought_on(chain[-1])
    rows = [row for each in chain for row in each.evidence]
    words = (
        f"{(last - first).days} 天内转售 {len(chain) - 1} 次，末端企业无使用、无转出、无库存",
        f"Resold {len(chain) - 1} times in {(last - first).days} days; the last firm neither uses, sells on "
        "nor keeps it",
    )
    resellers = [uscc for uscc in names[1:-1] if uscc in book.firms]
    for uscc in resellers or [names[-1]]:
        told = reason(RULE, words, rows, float(len(chain) - 1), 2.0, "resales")
        yield Fault(
            "path",
            uscc,
            chain[0].rows[0].chemical,
            first,
            last,
            chain[-1].milligrams,
            0,
            [told],
            path=tuple(names),
        )


def _elsewhere(book: PrecursorBook, law: Law, groups: Controllers) -> Iterator[Fault]:
    """Goods brought to a place of neither firm, where the places stated do otherwise agree with the addresses."""
    told = [(each, fits(each, book, groups)) for each in book.deliveries if each.sold]
    known = [(each, fit) for each, fit in told if fit is not None]
    wrong = [each for each, fit in known if not fit]
    if not known or len(wrong) > (1 - law.value("place_share")) * len(known):
        return
    by_firm: dict[tuple[str, str, str], list[Delivery]] = defaultdict(list)
    for each in wrong:
        row = each.rows[0]
        if law.class_on(row.chemical, bought_on(each)) is not None:
            by_firm[row.buyer, str(row.seller), row.chemical].append(each)
    for (buyer, seller, chemical), found in sorted(by_firm.items()):
        rows = [row for each in found for row in each.evidence]
        words = ("运入地与双方地址均不符", "brought to a place of neither firm")
        mg = sum(each.milligrams for each in found)
        days = sorted(bought_on(each) for each in found)
        other = reason(PLACE, ("可能是购买单位的另一处仓库", "it may be another store of the buyer"), rows)
        yield Fault(
            "path",
            buyer,
            chemical,
            days[0],
            days[-1],
            mg,
            0,
            [reason(PLACE, words, rows, mg / KG, None, "kg")],
            path=(seller, buyer),
            mark=PLACE,
            against=[other],
        )


def fits(each: Delivery, book: PrecursorBook, groups: Controllers) -> bool | None:
    """Whether the place stated is one of the two firms'; None where it or an address is not known."""
    places = [row.place for row in each.rows if row.place]
    row = each.rows[0]
    firms = [book.firms[uscc] for uscc in (row.buyer, row.seller) if uscc is not None and uscc in book.firms]
    if not places or len(firms) < 2 or not all(firm.address for firm in firms):
        return None
    near = [firm.address for firm in firms] + [firm.park for firm in firms if firm.park]
    return any(place in other or other in place for place in places for other in near)
