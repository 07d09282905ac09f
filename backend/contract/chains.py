"""Chains from a case upward: as the run found them, as they stand under the ledger, and named by their ids."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from backend.contract.base import Decision, Ends, Found, Paged, Period, Provisional, Shape, Status
from backend.contract.person import Person
from graph_schema.dictionaries.tiers import Tier

RowKind = Literal["payments", "calls", "parcels", "statements", "seizures"]
_Persons = TypedDict("_Persons", {"from": Person, "to": Person})


class RowsOf(_Persons, Shape):
    """Two persons."""


class Changed(Shape):
    """What of a confirmed chain the present run no longer has."""

    what: Literal["person_gone", "hop_gone", "hop_weaker", "other_way"]
    person: str | None
    hop: int | None
    was: float | None
    now: float | None


class HopFound(Ends, Shape):
    """One hop as the run found it."""

    kind: str
    first: str | None
    last: str | None
    count: int
    fen: int | None
    score: float
    evidence: list[str]
    rows: RowKind | None
    rows_of: RowsOf | None
    near: bool


class Hop(HopFound):
    """One hop of a chain, upward: ``count`` events of the kind ``rows``, ``fen`` together, are what ``evidence`` proves.

    They lie between ``from`` and ``to``, or, where somebody else paid, was paid or was rung, between the two of ``rows_of``.
    ``near``: calls, of all between these two those within three hours of a payment.
    """

    status: Status
    review: Decision | None


class IdentifierKind(TypedDict, total=False):
    """What kind of identifier it is: card, wechat, phone …; runs of earlier versions do not say it."""

    kind: str


class AskFor(IdentifierKind, Period, Shape):
    """A request that would strengthen a hop."""

    holder: str
    identifier: str
    content: str
    hop: int


class ChainHead(Shape):
    """What a chain is, without its persons and hops; ``weakest`` numbers a hop from 0."""

    id: str
    rank: int | None
    status: Status
    score: float
    strength: float
    reaches: list[str]
    fugitives: list[str]
    organiser_of: list[str]
    weakest: int | None
    ask_for: list[AskFor]


class ChainFound(ChainHead):
    """A chain as the run found it."""

    persons: list[Person]
    hops: list[HopFound]


class ChainJudged(ChainHead):
    """A chain under what the ledger says of it."""

    persons: list[Person]
    hops: list[Hop]
    review: Decision | None
    comments: int


class Chain(ChainJudged):
    """A chain from a packet case upward; ``weakest`` numbers a hop from 0.

    ``kept``: confirmed, and no longer found by this run; ``found_by``: the run that found it.
    """

    kept: bool
    found_by: str | None
    changed: list[Changed]


class CaseChains(Shape):
    """A case with its chains."""

    case_no: str
    name: str | None
    tier: Tier
    provisional: Provisional
    chains: list[Chain]


class ChainsFound(Found):
    """Cases with their chains, as the published run has them."""

    cases: list[CaseChains]


class Chains(ChainsFound, Paged):
    """Cases with their chains, also those with none."""


class OneCaseChains(Shape):
    """The chains of one case."""

    cases: list[CaseChains]
    run: str | None


class ChainRef(Shape):
    """A chain by its id."""

    id: str
    case_no: str
    rank: int | None
    status: Status
    score: float | None
    strength: float | None


class PassedChain(ChainRef):
    """A chain that passes a person, and at which place."""

    place: int
