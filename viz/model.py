"""What a drawing shows: plain data, laid out beforehand, independent of where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Evidence:
    """One line of proof: the row reference (``sha256[:12]/sheet/row``) and what the row says."""

    row: str
    text: str = ""
    file: str = ""


@dataclass(frozen=True)
class Node:
    id: str
    label: str
    kind: str = "person"  # person | case | seizure | gang | phone | account …
    role: str = "unknown"  # organiser | wholesaler | retailer | runner | payee | user | unknown
    named: bool = True  # False: 持有人未知
    confirmed: bool = False
    rank: int | None = None
    facts: tuple[str, ...] = ()  # short sentences for the side panel
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Edge:
    source: str
    target: str
    kind: str  # supply | payment | call | parcel | statement | seizure | same_batch | involvement
    label: str = ""
    weight: float = 1.0
    score: float | None = None
    confirmed: bool = False  # derived edges only
    derived: bool = False
    weakest: bool = False
    facts: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A gang, chain or neighbourhood. ``layout`` is "chain" (upstream on top), "roles" (hierarchy) or "force".

    ``banner`` is the sentence that says candidate or confirmed, by whom; ``run`` names the run, its rules
    version and the data cut-off.
    """

    title: str
    banner: str
    nodes: list[Node]
    edges: list[Edge]
    layout: str = "roles"
    run: str = ""
    language: str = "zh"
    notes: list[str] = field(default_factory=list)
