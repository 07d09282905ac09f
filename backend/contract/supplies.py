"""Supplies: who probably supplies whom, the signals it rests on, and who else buys there."""

from __future__ import annotations

from backend.contract.base import Decision, Found, Paged, Period, Shape, Status, Words
from backend.contract.person import Person


class Weighed(Shape):
    """One reason for or against a pair; weights add up as log-odds."""

    name: str
    weight: float
    n: int


class Signal(Weighed):
    """One reason for a supply; weights add up as log-odds."""

    evidence: list[str]


class SupplyMonth(Shape):
    """Payments of a supply in one calendar month (Beijing)."""

    month: str
    count: int
    fen: int


class SupplyScored(Period, Shape):
    """A supply candidate as the run scored it."""

    supplier: Person
    buyer: Person
    score: float
    signals: list[Signal]
    months: list[SupplyMonth]


class SupplyEdge(SupplyScored):
    """A supply candidate."""

    status: Status
    review: Decision | None


class SuppliesFound(Found):
    """Supply candidates of a run."""

    edges: list[SupplyEdge]


class Supplies(SuppliesFound, Paged):
    """Supply candidates, strongest first."""


class SignalWord(Shape):
    """A signal: its weights, what it is called, why it counts and where that is from."""

    name: str
    retail: float
    restock: float
    zh: str
    en: str
    source: Words
    reason: Words


class SignalWords(Shape):
    """All signals of one version of the rules."""

    version: str
    signals: list[SignalWord]


class OtherBuyer(Shape):
    """Somebody else who buys from a supplier."""

    buyer: Person
    score: float


class SupplierOf(SupplyEdge):
    """A supplier with his other buyers and, where he sells to and buys from others, their market."""

    others: list[OtherBuyer]
    market: list[str]


class Buyers(Shape):
    """Who else buys where a person buys; all supplies are candidates."""

    person: Person
    suppliers: list[SupplierOf]
    market: list[str]
    run: str
