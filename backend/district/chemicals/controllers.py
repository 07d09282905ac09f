"""Firms under one controller: same legal person, phone, address, vehicle or agent.

Legal person, phone and address tie firms together; a vehicle or an agent ties only whom it serves itself. Whatever
serves many firms (an accountant, an agency, a haulier's lorry, a business address) ties nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from backend.district.chemicals.law import Law
from backend.district.chemicals.model import Firm, PrecursorBook
from backend.district.deliveries import Delivery

ControlTie = Literal["legal", "phone", "address", "plate", "agent"]
TIES: dict[ControlTie, tuple[str, str]] = {
    "legal": ("法定代表人相同", "the same legal representative"),
    "phone": ("电话相同", "the same phone"),
    "address": ("地址相同", "the same address"),
    "plate": ("运输车辆相同", "the same vehicle"),
    "agent": ("经办人或代办人相同", "the same agent"),
}


@dataclass(frozen=True)
class ControlGroup:
    """Firms under one controller, and by what."""

    firms: frozenset[str]
    ties: frozenset[ControlTie]
    brief: bool = False
    """A lorry of one seller: what it brought within a month may be one order, over a year it is his round."""


class Controllers:
    """The groups of a district."""

    def __init__(self, book: PrecursorBook, law: Law) -> None:
        many, plates = int(law.value("shared_firms")), int(law.value("shared_plates"))
        owned = _owned(book.firms.values())
        served, one_seller = _served(book)
        self.groups = _joined({key: firms for key, firms in owned.items() if len(firms) <= many})
        self._owners = {uscc: frozenset((*firm.legal_ids, *firm.owners)) for uscc, firm in book.firms.items()}
        self._of = {uscc: group for group in self.groups for uscc in group.firms}
        known = {group.firms for group in self.groups}
        for (tie, key), firms in sorted(served.items()):
            few = plates if tie == "plate" else many
            if 1 < len(firms) <= few and frozenset(firms) not in known:
                known.add(frozenset(firms))
                self.groups.append(
                    ControlGroup(frozenset(firms), frozenset({tie}), tie == "plate" and key in one_seller)
                )

    def within(self, delivery: Delivery) -> bool:
        """Whether goods stay in a group: its row says so (调拨), or the firms share legal person, phone, address or owner."""
        row = delivery.rows[0]
        if row.seller is None:
            return False
        if row.buyer == row.seller or "调拨" in row.use or "调拨" in delivery.rows[-1].use:
            return True
        in_group = row.buyer in self._of and row.seller in self._of[row.buyer].firms
        return in_group or bool(self._owners.get(row.buyer, NOBODY) & self._owners.get(row.seller, NOBODY))


NOBODY = frozenset[str]()
Keyed = dict[tuple[ControlTie, str], set[str]]


def _owned(firms: Iterable[Firm]) -> Keyed:
    found: Keyed = defaultdict(set)
    for firm in firms:
        for legal in firm.legal_ids:
            found["legal", legal].add(firm.uscc)
        for phone in firm.phones:
            found["phone", phone].add(firm.uscc)
        if firm.address:
            found["address", "".join(firm.address.split())].add(firm.uscc)
    return found


def _served(book: PrecursorBook) -> tuple[Keyed, set[str]]:
    """Whom a vehicle brings goods, and for whom an agent acts; a lorry of the seller or of a haulier is nobody's."""
    found: Keyed = defaultdict(set)
    sellers: dict[str, set[str | None]] = defaultdict(set)
    customers: dict[str | None, set[str]] = defaultdict(set)
    for each in book.deliveries:
        for row in each.rows:
            if row.buyer in book.firms:
                if row.plate:
                    found["plate", row.plate].add(row.buyer)
                    sellers[row.plate].add(row.seller)
                    customers[row.seller].add(row.buyer)
                if row.agent and row.direction != "销":
                    found["agent", row.agent].add(row.buyer)
    for firm in book.firms.values():
        for agent in firm.agents:
            found["agent", agent].add(firm.uscc)
    own = {
        plate
        for plate, by in sellers.items()
        if len(by) == 1 and customers[next(iter(by))] == found["plate", plate]
    }
    kept = {key: firms for key, firms in found.items() if key[0] != "plate" or key[1] not in own}
    return kept, {plate for plate, by in sellers.items() if len(by) == 1}


def _joined(keyed: Mapping[tuple[ControlTie, str], set[str]]) -> list[ControlGroup]:
    """Connected firms, by the smallest code of each component (union-find)."""
    parent: dict[str, str] = {}

    def root(uscc: str) -> str:
        while parent.setdefault(uscc, uscc) != uscc:
            parent[uscc] = parent[parent[uscc]]
            uscc = parent[uscc]
        return uscc

    for firms in keyed.values():
        first, *others = sorted(firms)
        for other in others:
            a, b = sorted((root(first), root(other)))
            parent[b] = a
    members: dict[str, set[str]] = defaultdict(set)
    ties: dict[str, set[ControlTie]] = defaultdict(set)
    for (tie, _), firms in keyed.items():
        if len(firms) > 1:
            members[root(min(firms))] |= firms
            ties[root(min(firms))].add(tie)
    return [ControlGroup(frozenset(members[key]), frozenset(ties[key])) for key in sorted(members)]
