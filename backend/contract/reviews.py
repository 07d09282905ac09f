"""Judgements: entries of the ledger, and what is put to a person."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from backend.contract.base import Found, Paged, Shape, Words
from backend.contract.person import Person

Kind = Literal[
    "identity",
    "chain",
    "hop",
    "gang",
    "member",
    "supply",
    "lead",
    "series",
    "tier",
    "mapping",
    "item",
    "care",
    "offer",
]


class ReviewShown(Shape):
    """One entry of the ledger; ``standing`` is false for one that was taken back."""

    id: str
    kind: Kind
    verdict: str
    subjects: list[str]
    reason: str
    author: str
    at: str
    undoes: str | None
    standing: bool
    seen: object


class ReviewsFound(Found):
    """Entries of the ledger."""

    reviews: list[ReviewShown]


class Reviews(ReviewsFound, Paged):
    """The ledger, newest first."""


class OneReview(Shape):
    """The entry that was written."""

    review: ReviewShown


class ReviewPage(OneReview):
    """One entry and every entry about the same subjects, oldest first."""

    history: list[ReviewShown]


class ProposalShown(Shape):
    """Two holders who may be one person, or whose evidence contradicts itself; a candidate until judged."""

    id: str
    question: Literal["same", "conflict"]
    one: Person
    other: Person
    score: float
    urgency: float
    because: list[Words]
    subjects: list[str]
    verdict: str | None
    last_review: str | None


class ProposalsFound(Found):
    """Open questions of a run."""

    proposals: list[ProposalShown]


class Proposals(ProposalsFound, Paged):
    """Open questions, most urgent first."""


class Value(Shape):
    """One value and the rows that give it."""

    value: str
    evidence: list[str]


Outcome = Literal["same", "near", "complement", "differ", "missing", "no_basis"]


class ComparedRow(Shape):
    """One line of the comparison."""

    field: str
    zh: str
    outcome: Outcome
    outcome_zh: str
    one: list[Value]
    other: list[Value]


class IdentitySignal(Words):
    """One reason for or against; weights add up as log-odds."""

    name: str
    level: str
    weight: float
    evidence: list[str]


What = Literal["persons", "identifiers", "records", "cases", "chains", "gang"]


class Change(Shape):
    """What is before, for each or in all, and after the two are judged one."""

    what: What
    zh: str
    before: list[int]
    after: int
    ids: list[str]


class Settles(Words):
    """What would settle the question."""

    identifier: str


_For = TypedDict("_For", {"for": list[IdentitySignal]})


class ProposalPage(_For, ProposalShown):
    """One question with everything needed to answer it."""

    rows: list[ComparedRow]
    against: list[IdentitySignal]
    consequences: list[Change]
    would_settle: list[Settles]
    history: list[ReviewShown]
    run: str | None
