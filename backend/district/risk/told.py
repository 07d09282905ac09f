"""What the tables told, as the rules of the risk net take it: plain values, no region of anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

RowRefs = tuple[str, ...]


@dataclass(frozen=True)
class FirmMonth:
    """Power, water, discharge and declared output of a firm in one month (its first day)."""

    at: dt.date
    electricity: float | None = None
    water: float | None = None
    discharge: float | None = None
    output: float | None = None
    evidence: RowRefs = ()


@dataclass(frozen=True)
class Firm:
    """A firm of the table 企业."""

    uscc: str
    name: str | None = None
    industry: str | None = None
    park: str | None = None
    employees: int | None = None
    lon: float | None = None
    lat: float | None = None
    address: str | None = None
    founded: dt.date | None = None
    evidence: RowRefs = ()
    months: tuple[FirmMonth, ...] = ()


@dataclass(frozen=True)
class FirmTie:
    """A person's tie to a firm; open ends are None."""

    ident: str
    uscc: str
    role: str
    first: dt.date | None = None
    last: dt.date | None = None
    evidence: RowRefs = ()
    name: str | None = None


@dataclass(frozen=True)
class ListedPerson:
    """An entry of 重点人员 that counts on the day asked for."""

    ident: str
    name: str | None
    kind: str
    first: dt.date | None = None
    last: dt.date | None = None
    evidence: RowRefs = ()


@dataclass(frozen=True)
class Stay:
    """A night somewhere."""

    ident: str
    first: dt.date
    last: dt.date
    place: str | None = None
    lon: float | None = None
    lat: float | None = None
    address: str | None = None
    evidence: RowRefs = ()


@dataclass(frozen=True)
class Drive:
    """A vehicle of a person at a camera on a day."""

    ident: str
    plate: str
    day: dt.date
    lon: float | None
    lat: float | None
    evidence: RowRefs = ()


@dataclass(frozen=True)
class Car:
    """A vehicle a person owns or uses; ``uscc`` is the firm that owns it, where one does."""

    ident: str
    plate: str
    first: dt.date | None = None
    last: dt.date | None = None
    uscc: str | None = None
    evidence: RowRefs = ()


@dataclass(frozen=True)
class Deal:
    """One delivery of a chemical, counted once; negative mass is a return."""

    buyer: str
    seller: str | None
    chemical: str
    day: dt.date
    milligrams: int
    handlers: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    evidence: RowRefs = ()


@dataclass(frozen=True)
class StockMove:
    """A withdrawal (``what`` is its use) or a count of stock (``what`` is "counted") of a chemical."""

    uscc: str
    chemical: str
    day: dt.date
    milligrams: int
    what: str
    evidence: RowRefs = ()


@dataclass(frozen=True)
class Look:
    """An inspection, or a lead that was answered: what somebody found when he looked."""

    subject: str
    day: dt.date
    clean: bool
    zh: str
    en: str
    evidence: RowRefs = ()


@dataclass(frozen=True)
class District:
    """Everything the net looks at on a day."""

    on: dt.date
    firms: tuple[Firm, ...]
    ties: tuple[FirmTie, ...] = ()
    entries: tuple[ListedPerson, ...] = ()
    stays: tuple[Stay, ...] = ()
    drives: tuple[Drive, ...] = ()
    cars: tuple[Car, ...] = ()
    deals: tuple[Deal, ...] = ()
    moves: tuple[StockMove, ...] = ()
    looks: tuple[Look, ...] = ()
    capacity: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """One fact of a firm or of a person: the reason shown, the group it belongs to, when it held, what it weighs."""

    rule: str
    group: str
    value: float
    threshold: float
    unit: str
    zh: str
    en: str
    first: dt.date
    last: dt.date
    weight: float
    evidence: RowRefs = ()
    ident: str | None = None
    name: str | None = None
