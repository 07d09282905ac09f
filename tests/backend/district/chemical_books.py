"""Small invented books of precursors for tests: kilograms and ISO days in, a judged book out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.district.chemicals.judging import faults
from backend.district.chemicals.law import KG, Law, canonical
from backend.district.chemicals.litres import paired_by_density
from backend.district.chemicals.model import Count, Fault, Firm, Machine, Permit, PrecursorBook, Use, Way
from backend.district.deliveries import TradeRow, deliveries
from tests.backend.district.test_deliveries import at

ON = "2024-12-31"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass
class Books:
    """Collects rows; ``judged`` lets every rule look at them."""

    firms: list[Firm] = field(default_factory=list)
    rows: list[TradeRow] = field(default_factory=list)
    permits: list[Permit] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)

    def firm(self, uscc: str, **more: object) -> Books:
        self.firms.append(Firm(uscc, f"示例{uscc}厂", **more))  # type: ignore[arg-type]
        return self

    def trade(
        self, buyer: str, seller: str, kilos: float, on: str, chemical: str = "丙酮", **more: str
    ) -> Books:
        row = TradeRow(
            f"t{len(self.rows)}", buyer, seller, canonical(chemical), at(on), round(kilos * KG), **more
        )
        self.rows.append(row)
        return self

    def permit(
        self,
        number: str,
        holder: str,
        kilos: float,
        first: str,
        last: str,
        chemical: str = "丙酮",
        kind: str = "购买",
    ) -> Books:
        allowed = {canonical(chemical): round(kilos * KG)}
        holders, nobody = frozenset({holder}), frozenset[str]()
        self.permits.append(
            Permit(number, kind, holders, nobody, allowed, day(first), day(last), (f"p{number}",))
        )
        return self

    def count(
        self, uscc: str, kilos: float, on: str, chemical: str = "丙酮", estimated: bool = False
    ) -> Books:
        n = f"c{len(self.counts)}"
        self.counts.append(Count(uscc, canonical(chemical), day(on), round(kilos * KG), n, estimated))
        return self

    def use(self, uscc: str, kilos: float, on: str, way: Way = "used", chemical: str = "丙酮") -> Books:
        self.uses.append(
            Use(uscc, canonical(chemical), day(on), round(kilos * KG), f"u{len(self.uses)}", way)
        )
        return self

    def machine(self, uscc: str, status: str, since: str, reported: str | None) -> Books:
        told = day(reported) if reported else None
        self.machines.append(Machine("SB1", uscc, "反应釜", status, day(since), told, ("B",), ("e1",)))
        return self

    def book(self, on: str = ON) -> PrecursorBook:
        paired = paired_by_density(deliveries(self.rows), Law())
        firms = {firm.uscc: firm for firm in self.firms}
        permits = {permit.number: permit for permit in self.permits}
        return PrecursorBook(firms, paired, permits, self.counts, self.uses, self.machines, day(on))

    def judged(self, on: str = ON) -> list[Fault]:
        return list(faults(self.book(on), Law()))

    def kinds(self, on: str = ON) -> list[tuple[str, str]]:
        return sorted({(fault.kind, fault.company) for fault in self.judged(on)})


def books(*usccs: str, named: Iterable[Firm] = ()) -> Books:
    """Books with some firms, each its own legal person."""
    made = Books(list(named))
    for uscc in usccs:
        made.firm(uscc, legal_ids=(f"id-{uscc}",))
    return made
