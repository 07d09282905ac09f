"""Judgements: entries of the ledger, and what is put to a person."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from backend.contract.base import Decision, Found, Paged, Shape, Words
from backend.contract.person import Person

JudgementKind = Literal[
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
    "case",
    "person",
]


class ReviewShown(Shape):
    """One entry of the ledger; ``standing`` is false for one that was taken back."""

    id: str
    kind: JudgementKind
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


class NoteShown(Shape):
    """A comment on a case, chain, gang or person: whom it names, and what is to be done by when.

    ``about`` is its node reference, ``label`` what people call it, ``href`` its page in the workbench. ``due`` is a day.
    """

    id: str
    about: str
    label: Words
    href: str
    text: str
    by: str
    at: str
    names: list[str]
    due: str | None
    done: Decision | None


class Notes(Shape):
    """The comments on one object, newest first, and who may be named in one."""

    notes: list[NoteShown]
    people: list[str]


class OneNote(Shape):
    """The comment that was written or is done."""

    note: NoteShown


class DecisionChanged(Shape):
    """Something the viewer decided that others see otherwise now, or the present run does.

    ``was`` and ``now`` are strengths of a chain, or how many of a gang's members are the same.
    """

    id: str
    about: str
    label: Words
    href: str
    verdict: str
    what: Literal["overruled", "gone", "weaker", "stronger", "members"]
    by: str | None
    was: float | None
    now: float | None


class Mine(Shape):
    """What waits for the viewer: comments that name him, open ones by deadline first, and what changed of his decisions."""

    tasks: list[NoteShown]
    changed: list[DecisionChanged]
