"""Shapes of judgements: what is asked and what is answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from backend.api.models import Asked, Page, Text
from backend.api.shapes import Listed, Person, Shape, Words

Kind = Literal["identity", "chain", "hop", "gang", "member", "supply", "lead", "series", "tier", "mapping"]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"\S")]


class ReviewsPage(Page):
    """One page of the ledger."""

    kind: Kind | None = Field(None, description="Only reviews of this kind")
    subject: list[Text] = Field([], max_length=300, description="Only about one of these node references")
    standing: bool = Field(False, description="Only what has not been undone")


class _Judging(Asked):
    """What every judgement says."""

    reason: Reason = Field(description="理由 / why")
    seen: dict[str, Any] | None = Field(None, description="What was on the screen; kept with the judgement")
    after: str | None = Field(
        None, max_length=40, description='Newest entry about these subjects one has seen, "" for none'
    )


_One = Annotated[list[Text], Field(min_length=1, max_length=1)]
_Two = Annotated[list[Text], Field(min_length=2, max_length=2)]
_Three = Annotated[list[Text], Field(min_length=3, max_length=3)]
_Decision = Literal["confirmed", "rejected", "unsure", "under_review", "sent_back", "comment"]


class IdentityJudged(_Judging):
    """Two holders are the same person or not: person ids, or references of what they hold."""

    kind: Literal["identity"]
    verdict: Literal["same", "same_two_ids", "different", "unsure", "comment"]
    subjects: _Two


class OneJudged(_Judging):
    """A chain or a gang."""

    kind: Literal["chain", "gang"]
    verdict: _Decision
    subjects: _One


class PairJudged(_Judging):
    """Gang and person, or supplier and buyer."""

    kind: Literal["member", "supply"]
    verdict: _Decision
    subjects: _Two


class HopJudged(_Judging):
    """Chain, and the two persons of the hop."""

    kind: Literal["hop"]
    verdict: _Decision
    subjects: _Three


class LeadJudged(_Judging):
    """A lead."""

    kind: Literal["lead"]
    verdict: _Decision | Literal["sent", "answered"]
    subjects: _One


class SeriesJudged(_Judging):
    """Two cases belong together (confirmed) or are parted (rejected)."""

    kind: Literal["series"]
    verdict: Literal["confirmed", "rejected", "unsure", "comment"]
    subjects: _Two


class TierJudged(_Judging):
    """The tier of a case."""

    kind: Literal["tier"]
    verdict: Literal["packet", "small", "major", "comment"]
    subjects: _One


class MappingJudged(_Judging):
    """How a file was read."""

    kind: Literal["mapping"]
    verdict: Literal["confirmed", "rejected", "comment"]
    subjects: _One


Judged = Annotated[
    IdentityJudged
    | OneJudged
    | PairJudged
    | HopJudged
    | LeadJudged
    | SeriesJudged
    | TierJudged
    | MappingJudged,
    Field(discriminator="kind"),
]


class TakingBack(Asked):
    """Why a judgement is taken back."""

    reason: Reason = Field(description="理由 / why")


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
    seen: Any


class Reviews(Listed):
    """The ledger, newest first."""

    reviews: list[ReviewShown]


class OneReview(Shape):
    """The entry that was written."""

    review: ReviewShown


class ReviewPage(OneReview):
    """One entry and every entry about the same subjects, oldest first."""

    history: list[ReviewShown]


class ProposalsPage(Page):
    """One page of the queue."""

    answered: bool = Field(False, description="Also what has been answered since the run")


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


class Proposals(Listed):
    """Open questions, most urgent first."""

    proposals: list[ProposalShown]


class Value(Shape):
    """One value and the rows that give it."""

    value: str
    evidence: list[str]


class ComparedRow(Shape):
    """One line of the comparison."""

    field: str
    zh: str
    outcome: Literal["same", "near", "complement", "differ", "missing", "no_basis"]
    outcome_zh: str
    one: list[Value]
    other: list[Value]


class IdentitySignal(Words):
    """One reason for or against; weights add up as log-odds."""

    name: str
    level: str
    weight: float
    evidence: list[str]


class Change(Shape):
    """What is before, for each or in all, and after the two are judged one."""

    what: Literal["persons", "identifiers", "records", "cases", "chains", "gang"]
    zh: str
    before: list[int]
    after: int
    ids: list[str]


class Settles(Words):
    """What would settle the question."""

    identifier: str


class ProposalPage(ProposalShown):
    """One question with everything needed to answer it."""

    rows: list[ComparedRow]
    for_: list[IdentitySignal] = Field(alias="for")
    against: list[IdentitySignal]
    consequences: list[Change]
    would_settle: list[Settles]
    history: list[ReviewShown]
    run: str | None
