"""What the tables say of precursors, as plain values: the rules see nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from backend.contract.district.chemicals import FaultKind
from backend.contract.district.common import Reason
from backend.district import reasons
from backend.district.days import day_of
from backend.district.deliveries import Delivery

Way = Literal["used", "lost", "back"]
Wording = tuple[str, str]
"""A sentence in Chinese and in English."""


class Firm(NamedTuple):
    """A firm of the table 企业, with what may tie it to others."""

    uscc: str
    name: str
    park: str | None = None
    address: str = ""
    phones: tuple[str, ...] = ()
    legal_ids: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    level: str | None = None
    owners: tuple[str, ...] = ()
    """Shareholders and managers: goods between firms of one owner stay in the group."""


class Permit(NamedTuple):
    """A certificate: whose, what for, how much of which chemical, from which day to which."""

    number: str
    kind: str
    holders: frozenset[str]
    partners: frozenset[str]
    allowed: dict[str, int]
    first: dt.date | None
    last: dt.date | None
    evidence: tuple[str, ...]

    def valid(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Count(NamedTuple):
    """A stocktake of one chemical; ``estimated``: its row says it was not weighed."""

    uscc: str
    chemical: str
    day: dt.date
    milligrams: int
    evidence: str
    estimated: bool = False


class Use(NamedTuple):
    """A withdrawal; ``way``: used, declared loss, or back to stock."""

    uscc: str
    chemical: str
    day: dt.date
    milligrams: int
    evidence: str
    way: Way = "used"


class Machine(NamedTuple):
    """A piece of equipment and what became of it."""

    number: str
    uscc: str
    kind: str
    status: str
    since: dt.date | None
    reported: dt.date | None
    partners: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class PrecursorBook:
    """Everything known on the day asked for."""

    firms: dict[str, Firm]
    deliveries: list[Delivery]
    permits: dict[str, Permit]
    counts: list[Count]
    uses: list[Use]
    machines: list[Machine] = field(default_factory=list)
    on: dt.date = dt.date.max


@dataclass
class Fault:
    """A finding before it becomes an item of the list."""

    kind: FaultKind
    company: str
    chemical: str | None
    first: dt.date | None
    last: dt.date | None
    mg: int
    limit_mg: int
    reasons: list[Reason]
    sigma_mg: int = 0
    path: tuple[str, ...] = ()
    mark: str = ""
    """What tells two findings of one kind, firm and chemical apart: a certificate, a chain, a machine."""
    at_stake: int | None = None
    """What a tier is asked for; None: the whole of ``mg``."""
    against: list[Reason] = field(default_factory=list)
    missing: list[Reason] = field(default_factory=list)

    @property
    def evidence(self) -> list[str]:
        told = (*self.reasons, *self.against, *self.missing)
        return list(dict.fromkeys(row for each in told for row in each["evidence"]))


@lru_cache(maxsize=65536)
def beijing_day(at: int) -> dt.date:
    """The Beijing day of an epoch time; remembered, as a year has few of them."""
    day = day_of(at)
    assert day is not None
    return day


def bought_on(delivery: Delivery) -> dt.date:
    """The day the buyer states, else the only day there is."""
    return beijing_day(delivery.rows[0].at)


def days_of(delivery: Delivery) -> list[dt.date]:
    """The days the one or two rows state."""
    return [beijing_day(row.at) for row in delivery.rows]


def first_said(delivery: Delivery, field_name: str) -> str:
    """What the rows say in a column: the buyer's word, else the seller's."""
    return next((text for row in delivery.rows if (text := str(getattr(row, field_name)))), "")


def reason(
    rule: str,
    words: Wording,
    evidence: Iterable[str],
    value: float | None = None,
    threshold: float | None = None,
    unit: str = "",
) -> Reason:
    """Why, why not or what is missing, about a firm."""
    return reasons.reason(rule, *words, evidence, value, threshold, unit, "firm")
