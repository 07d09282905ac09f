"""Gang candidates: members with roles and reasons, what happens inside, and measures."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field

from backend.contract.base import Decision, Found, Paged, Period, Role, Shape, Status, Words
from backend.contract.person import Person
from backend.contract.persons import MemberReason
from backend.contract.supplies import Signal


class MemberFound(Shape):
    """A member as the run found him."""

    person: Person
    role: Role
    rank: int | None
    score: float | None
    reasons: list[MemberReason]
    settles: Annotated[Words | None, Field(description="What would settle an unknown role")]


class Member(MemberFound):
    """A member of a gang candidate; role and rank are inferred from behaviour."""

    status: Status
    review: Decision | None


class GangHead(Shape):
    """What a gang candidate is, without its members."""

    id: str
    status: Status
    score: float | None
    size: int | None
    payers: int
    cohesion: float | None
    stability: float | None


class GangFound(GangHead):
    """A gang candidate as the run found it."""

    members: list[MemberFound]


class Gang(GangHead):
    """A gang candidate, or a gang that was confirmed."""

    members: list[Member]
    review: Decision | None
    comments: int


class KeptGang(Gang):
    """A confirmed gang as it was then, in which run."""

    run: str


class GangsFound(Found):
    """Gang candidates of a run; ``kept`` are confirmed ones this run no longer finds."""

    gangs: list[Gang]
    kept: list[KeptGang]


class Gangs(GangsFound, Paged):
    """Gang candidates, strongest first; ``kept`` are confirmed ones this run no longer finds."""


class InnerSupply(Period, Shape):
    """A supply between two members, by id."""

    supplier: str
    buyer: str
    score: float
    status: Status
    signals: list[Signal]


class GangSeizure(Shape):
    """What was taken from a member."""

    id: str
    case_no: str | None
    at: str | None
    substance: str | None
    net_g: float | None
    packets: int | None
    person: str
    evidence: list[str]


class GangPayer(Shape):
    """Somebody who pays a seller of the gang like a buyer, with no fact about drugs known of him: no member."""

    person: Person
    seller: str
    score: float
    evidence: list[str]


class Centrality(Shape):
    """The measures of a member by behaviour; absent where the run did not measure him."""

    degree: NotRequired[float | None]
    strength: NotRequired[float | None]
    betweenness: NotRequired[float | None]
    closeness: NotRequired[float | None]
    eigenvector: NotRequired[float | None]
    reach_down: NotRequired[int | None]
    quadrant: NotRequired[str | None]


class MemberBody(Shape):
    """What the run keeps of a member beside his role; ``removal`` only runs of earlier versions."""

    person: str
    core: bool
    broker: bool
    centrality: Centrality | None
    also_in: list[str]
    evidence: list[str]
    removal: NotRequired[dict[str, object] | None]


class PayerBody(Shape):
    """What the run keeps of a payer."""

    person: str
    seller: str
    score: float
    evidence: list[str]


class GangBody(Shape):
    """What the run keeps of a gang candidate beside its figures."""

    members: NotRequired[list[MemberBody]]
    payers: NotRequired[list[PayerBody]]


class GangPage(Shape):
    """One gang candidate in full."""

    gang: Gang
    body: GangBody
    payers: list[GangPayer]
    supplies: list[InnerSupply]
    seizures: list[GangSeizure]
    run: str


class Means(Shape):
    """What a measure means and what is known against it."""

    zh: str
    en: str
    source: str


class Central(Centrality):
    """The measures of one member, side by side."""

    person: str


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
    pairs_cut: float
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
