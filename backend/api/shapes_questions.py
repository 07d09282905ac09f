"""Shapes of further questions: buyers, series of cases, measures of a gang; see ``shapes``."""

from __future__ import annotations

from typing import Literal

from backend.api.shapes import Gang, Person, Shape, SupplyEdge


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


class Link(Shape):
    """What several cases have in common."""

    basis: Literal["supplier", "batch", "handset", "account", "packaging", "code_word"]
    value: str
    cases: list[str]
    score: float | None
    evidence: list[str]


class OneSeries(Shape):
    """Cases that hang together, and by what."""

    cases: list[str]
    bases: list[str]


class Series(Shape):
    """Links and series of cases; ``left_out`` joins so many that it joins nothing."""

    links: list[Link]
    series: list[OneSeries]
    left_out: list[Link]
    run: str | None


class Means(Shape):
    """What a measure means and what is known against it."""

    zh: str
    en: str
    source: str


class Central(Shape):
    """The measures of one member, side by side."""

    person: str
    degree: float | None = None
    strength: float | None = None
    betweenness: float | None = None
    closeness: float | None = None
    eigenvector: float | None = None
    reach_down: int | None = None
    quadrant: str | None = None


class KeySet(Shape):
    """A key-player set: whose removal fragments most, or who reach most."""

    kind: Literal["fragment", "reach"]
    members: list[str]
    value: float


class RemovalShown(Shape):
    """The gang without some members."""

    removed: list[str]
    parts: int
    largest: int
    fragmentation: float
    fragmentation_before: float
    isolated: list[str]
    supply_lost: float
    orphaned: list[str]


class Month(Shape):
    """One month inside the gang."""

    month: str
    active: list[str]
    new: list[str]
    left: list[str]
    events: int
    fen: int
    pairs: int


class Measures(Shape):
    """One gang measured; no measure alone says who leads."""

    gang: Gang
    means: dict[str, Means]
    caveat: Means
    centrality: list[Central]
    key_players: list[KeySet]
    removals: list[RemovalShown]
    months: list[Month]
    truncated: bool
    run: str
