"""The graph itself: hits of a search, paths, and what surrounds a node."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from backend.contract.base import Ends, Found, Paged, Shape
from backend.contract.person import Person


class Hit(Shape):
    """One hit of a search: what fits, who holds it, and why it fits; ``identifier`` where it is no person."""

    kind: str
    id: str
    label: str
    person: Person | None
    how: str
    why: str
    score: int
    identifier: NotRequired[str]


class HitsFound(Found):
    """Hits of a search."""

    query: str
    hits: list[Hit]
    truncated: bool


class Hits(HitsFound, Paged):
    """Hits, best first; ``truncated`` says that more fitted than was looked at."""


class Node(Shape):
    """A person or a node: how it is named and called."""

    id: str
    label: str
    caption: str


class Station(Node):
    """A person or a node nobody holds, on a path."""

    person: Person | None


class Link(Shape):
    """All events of one kind and direction between two stations."""

    kind: str
    direction: Literal["forward", "backward"]
    relation: str | None
    count: int
    first: str | None
    last: str | None
    fen: int | None
    currency: str | None
    score: float | None
    evidence: list[str]


class Step(Shape):
    """What a hop of a path goes along: its most frequent link, or in an ordered path the one event that is used."""

    kind: str
    evidence: list[str]
    direction: NotRequired[Literal["forward", "backward"]]
    relation: NotRequired[str | None]
    event: NotRequired[str]
    at_precision: NotRequired[str]
    count: NotRequired[int]
    first: NotRequired[str | None]
    last: NotRequired[str | None]
    fen: NotRequired[int | None]
    currency: NotRequired[str | None]
    score: NotRequired[float | None]
    links: NotRequired[list[Link]]


class PathHop(Ends, Step):
    """One hop of a path: its most frequent link, or in an ordered path the one event that is used."""


class Route(Shape):
    """One path."""

    length: int
    stations: list[Station]
    persons: list[Person]
    hops: list[PathHop]


class Hub(Shape):
    """What was too large to walk through."""

    id: str
    label: str
    events: int


_Stations = TypedDict("_Stations", {"from": Station, "to": Station})


class Paths(_Stations, Shape):
    """Paths between two stations; ``truncated`` says that a bound was reached."""

    ordered: bool
    max_hops: int
    paths: list[Route]
    truncated: bool
    hubs: list[Hub]
    run: str | None


class TypeCount(Shape):
    """How many relationships of one type there are."""

    type: str
    zh: str
    en: str
    hue: str
    count: int
    outward: int
    inward: int


class Counts(Shape):
    """What surrounds a node, in numbers."""

    node: Node
    counts: list[TypeCount]
    total: int
    run: str | None


class NodeColumns(Shape):
    """Nodes as columns of one length."""

    id: list[str]
    label: list[str]
    caption: list[str]
    person: list[str | None]


_Numbers = TypedDict("_Numbers", {"from": list[int], "to": list[int]})


class EdgeColumns(_Numbers, Shape):
    """Edges as columns of one length; ``from`` and ``to`` number the nodes."""

    id: list[str | None]
    type: list[str]
    at: list[str | None]
    at_precision: list[str | None]
    amount: list[int | None]
    score: list[float | None]
    via: list[list[str]]
    evidence: list[list[str]]


class Expansion(Shape):
    """What surrounds a node, newest first; ``truncated`` says that there is more."""

    node: Node
    nodes: NodeColumns
    edges: EdgeColumns
    shown: int
    total: int
    truncated: bool
    next: str | None
    order: Literal["newest", "sample"]
    run: str | None


class Links(Shape):
    """What links some nodes among themselves; ``unknown`` names those that are not there or may not be seen."""

    nodes: NodeColumns
    edges: EdgeColumns
    shown: int
    truncated: bool
    unknown: list[str]
    run: str | None
