"""What ties a person to a vehicle, and from when to when: owning by the register, using on a stated basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.district.days import day_of
from backend.district.drivers.fit import Registered, registered
from graph_schema.store import Props

GONE = ("盗", "抢", "转出", "转让", "转移", "注销", "报废")
"""A vehicle of such a status is not its owner's any more, or not at his disposal."""
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Hold:
    """One row that ties somebody to a vehicle; days included, None is open."""

    kind: Literal["owner", "used"]
    person: str | None
    name: str | None
    basis: str | None
    first: dt.date | None
    last: dt.date | None
    evidence: tuple[str, ...]

    def covers(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Vehicle:
    """A vehicle as the register has it, with everybody who holds it."""

    id: str
    car: Registered
    status: str | None
    holds: tuple[Hold, ...]

    def of(self, person: str) -> list[Hold]:
        return [each for each in self.holds if each.person == person]

    def others(self, person: str) -> list[Hold]:
        return [each for each in self.holds if each.person != person]

    @property
    def gone(self) -> bool:
        return any(word in (self.status or "") for word in GONE)

    @property
    def disputed(self) -> bool:
        """Whether two owners stand in the register and no date tells who followed whom."""
        owners = {each.person or each.name for each in self.holds if each.kind == "owner"}
        undated = [each for each in self.holds if each.kind == "owner" and each.first is None]
        return len(owners) > 1 and bool(undated)


def vehicle(props: Props, ties: Sequence[Props]) -> Vehicle:
    """A vehicle from its node and the rows that name it; an owner's time ends where the next one's begins."""
    holds = [_hold(each) for each in ties]
    owners = sorted(
        (each for each in holds if each.kind == "owner" and each.first), key=lambda h: str(h.first)
    )
    ended = []
    for n, each in enumerate(owners):
        later = next((o for o in owners[n + 1 :] if (o.person, o.name) != (each.person, each.name)), None)
        last = later.first - _ONE_DAY if later and later.first else None
        ended.append(Hold(each.kind, each.person, each.name, each.basis, each.first, last, each.evidence))
    rest = [each for each in holds if each not in owners]
    return Vehicle(str(props["vehicle_id"]), registered(props), props.get("status"), (*ended, *rest))


def _hold(tie: Props) -> Hold:
    first, last = day_of(tie.get("from_at")), day_of(tie.get("to_at"))
    rows = tuple(tie.get("evidence") or ())
    return Hold(tie["tie"], tie.get("person"), tie.get("name"), tie.get("basis"), first, last, rows)
