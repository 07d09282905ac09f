"""The case board, the lanes of a chain over time, and what is new."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Ends, Period, Provisional, Role, Shape, Status, Words
from backend.contract.chains import Chain
from backend.contract.person import Person
from backend.contract.supplies import Signal
from graph_schema.dictionaries.tiers import Tier


class Seized(Shape):
    """What was seized of one substance."""

    substance: str | None
    net_g: float | None
    packets: int | None


class BesideCase(Shape):
    """Another case below the same upstream: the person both first chains lead up to, and how surely."""

    case_no: str
    name: str | None
    person: Person
    score: float
    status: Literal["candidate", "confirmed", "unsure"]


class BoardLine(Shape):
    """A packet case: its best chain, the gang candidate that chain comes to, the major case it reaches."""

    case_no: str
    name: str | None
    provisional: Provisional
    status: str | None
    unit: str | None
    opened_at: str | None
    deadline: str | None
    seized: list[Seized]
    taken_from: Person | None
    supplier: Person | None
    supplier_role: Role
    chain: Chain | None
    chains: int
    gang: str | None
    major: str | None


ReadyState = Literal["ready", "lacking", "decided", "without"]


class Gain(Shape):
    """What one request (``ask`` numbers those of the chain from 0) may lift the strength of the chain to.

    ``then``: if the return adds what such returns add in the middle of the ``alike`` supplies of this run that have one.
    """

    ask: int
    now: float
    then: float
    alike: int


class Readiness(Shape):
    """Whether a case can be decided: ready, records missing, decided already, or no chain; with the reasons."""

    state: ReadyState
    speaks_for: list[Words]
    speaks_against: list[Words]
    gains: list[Gain]


class BoardRow(BoardLine):
    """A packet case: its best chain, the gang candidate that chain comes to, the major case it reaches."""

    tier: Tier
    beside: list[BesideCase]
    readiness: Readiness


class GangInShort(Shape):
    """A gang candidate by its figures."""

    id: str
    status: Status
    size: int | None
    cohesion: float | None
    stability: float | None


class BoardGang(GangInShort):
    """A gang candidate that cases of the board lead to."""

    roles: dict[str, int]
    rows: int


class BoardMajor(Shape):
    """A case that cases of the board reach."""

    case_no: str
    name: str | None
    tier: Tier
    provisional: Provisional
    seized: list[Seized]
    status: str | None
    rows: int


class Board(Shape):
    """The case board; ``truncated`` says that there are more cases."""

    rows: list[BoardRow]
    gangs: list[BoardGang]
    majors: list[BoardMajor]
    total: int
    truncated: bool
    run: str | None


class LaneEvent(Shape):
    """One event between the two persons of a hop; ``up`` is from the buyer's side to the supplier's."""

    id: str
    kind: Literal["CALLED", "MESSAGED", "PAID", "SENT"]
    up: bool
    at: str | None
    precision: str | None
    fen: int | None
    seconds: int | None
    evidence: list[str]


class LaneWeek(Shape):
    """What happened on a hop in the week from Monday ``at``, or undated; ``_down`` is from supplier to buyer."""

    at: str | None
    paid: int
    fen: int
    paid_down: int
    fen_down: int
    talks: int
    parcels: int


class LaneHop(Ends, Shape):
    """The events of a hop, newest first, and the signals its supply rests on; all of them by ``weeks`` where
    ``truncated``.
    """

    events: list[LaneEvent]
    truncated: bool
    weeks: list[LaneWeek]
    signals: list[Signal]


class LanePerson(Shape):
    """What a lane says of its person beside his name."""

    id: str
    role: Role
    gang: str | None
    registered_user: bool
    fugitive: bool


class LaneSeizure(Shape):
    """A seizure of a case the chain begins at or reaches; ``person`` where it was taken from one of the chain."""

    id: str
    case_no: str
    at: str | None
    substance: str | None
    net_g: float | None
    packets: int | None
    person: str | None
    evidence: list[str]


class Addressed(Period, Shape):
    """A request as a letter needs it: to whom, whose account, for what, why. A draft; nothing is chosen or sent."""

    holder: Person
    identifier: str
    hop: int
    body: Words
    content: Words
    reason: Words


class Lanes(Shape):
    """One chain as lanes over time."""

    case_no: str
    tier: Tier
    provisional: Provisional
    chain: Chain
    beside: list[BesideCase]
    persons: list[LanePerson]
    hops: list[LaneHop]
    seizures: list[LaneSeizure]
    requests: list[Addressed]
    run: str | None


class OpenedCase(Shape):
    """A case opened since."""

    case_no: str
    name: str | None
    opened_at: str | None


class ReachedCase(Shape):
    """A case whose chains reach others now and reached none before."""

    case_no: str
    reaches: list[str]
    score: float


class WeakerCase(Shape):
    """A case whose best chain scores less, or more, than before; 0 where it had none or has none any more."""

    case_no: str
    before: float
    now: float


class News(Shape):
    """What is new; ``before`` is the run it is held against, null where none is kept from then.

    ``runs``: how many runs of this view are kept that began since.
    """

    since: str | None
    before: str | None
    opened: list[OpenedCase]
    reached: list[ReachedCase]
    weaker: list[WeakerCase]
    stronger: list[WeakerCase]
    runs: int
    run: str | None
