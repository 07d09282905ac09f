"""What a drawing shows: plain data, laid out beforehand, independent of where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]
"""Where something stands, px."""


@dataclass(frozen=True)
class Evidence:
    """One line of proof: the row reference (``sha256[:12]/sheet/row``) and what the row says."""

    row: str
    text: str = ""
    file: str = ""


@dataclass(frozen=True)
class Node:
    """A person or thing of the picture.

    ``caption`` is a short second line beside the name. ``level`` overrides the row the layout would choose:
    in a chain 0 is the packet case and up is upstream; in the role hierarchy 0 is the top row.
    ``inside`` puts the node into the hull of the gang; ``place`` is where it stands on a layout "placed".
    ``pen`` and ``icon`` are the colour and icon somebody gave it by hand.
    """

    id: str
    label: str
    kind: str = "person"  # person | case | seizure | gang | phone | account …
    role: str = "unknown"  # organiser | wholesaler | retailer | runner | payee | user | unknown
    named: bool = True  # False: 持有人未知
    confirmed: bool = False
    rank: int | None = None
    remarks: tuple[str, ...] = ()  # short sentences for the side panel
    evidence: tuple[Evidence, ...] = ()
    caption: str = ""
    level: int | None = None
    inside: bool = False
    place: Point | None = None
    pen: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Edge:
    """A fact (payment, call, parcel …) or a conclusion (``derived``: supply …) between two nodes.

    ``fen`` (integer fen) and ``count`` set the width; without them ``weight`` is read as yuan for
    payments and as a count for the rest. ``first`` and ``last`` are texts as shown; ``hop`` numbers the
    hops of a chain from 1.
    """

    source: str
    target: str
    kind: str  # supply | payment | call | parcel | statement | seizure | same_batch | involvement
    label: str = ""
    weight: float = 1.0
    score: float | None = None
    confirmed: bool = False  # derived edges only
    derived: bool = False
    weakest: bool = False
    remarks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fen: int | None = None
    count: int | None = None
    first: str = ""
    last: str = ""
    hop: int | None = None


@dataclass(frozen=True)
class Request:
    """What to ask for next so that a hop gets stronger (补证清单)."""

    holder: str
    identifier: str
    period: str
    content: str
    hop: int | None = None


@dataclass(frozen=True)
class HandMark:
    """One thing drawn by hand: px, y downwards; see ``backend.contract.charts.Mark``."""

    kind: str
    x: float
    y: float
    w: float
    h: float
    text: str
    pen: str
    size: float
    icon: str = ""
    on: str | None = None
    to: str | None = None
    id: str = ""


@dataclass(frozen=True)
class Drawing:
    """A gang, chain or neighbourhood. ``layout`` is "chain" (upstream on top).

    "roles" (hierarchy), "force", or "placed" (each node where its ``place`` says).

    ``banner`` is the sentence that says candidate or confirmed, by whom; ``run`` names the run, its rules
    version and the data cut-off. ``status`` is candidate, confirmed, rejected or unsure. ``frame`` labels the
    hull around the nodes that are ``inside``; ``hulls`` are those of a canvas: label, confirmed, members by
    place. ``twin`` is the same drawing (same nodes and edges in the same order) in the other language; the
    page switches between the two. ``by_hand`` is what somebody drew over it.
    """

    title: str
    banner: str
    nodes: list[Node]
    edges: list[Edge]
    layout: str = "roles"
    run: str = ""
    language: str = "zh"
    notes: list[str] = field(default_factory=list)
    status: str = "candidate"
    frame: str = ""
    hulls: tuple[tuple[str, bool, tuple[int, ...]], ...] = ()
    requests: tuple[Request, ...] = ()
    twin: Drawing | None = None
    by_hand: tuple[HandMark, ...] = ()
