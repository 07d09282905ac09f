"""Requests about judgements."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.api.schemas.base import Asked, Page, Text
from backend.contract.reviews import JudgementKind

About = Annotated[str, StringConstraints(max_length=300, pattern=r"^(Case|Chain|Gang|Person):\S")]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"\S")]


class ReviewsPage(Page):
    """One page of the ledger."""

    kind: JudgementKind | None = Field(None, description="Only reviews of this kind")
    subject: list[Text] = Field([], max_length=300, description="Only about one of these node references")
    standing: bool = Field(False, description="Only what has not been undone")


class _Judging(Asked):
    """What every judgement says."""

    reason: Reason = Field(description="理由 / why")
    seen: dict[str, object] | None = Field(
        None, description="What was on the screen; kept with the judgement"
    )
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
    verdict: _Decision | Literal["sent", "accepted", "answered"]
    subjects: _One


class SeriesJudged(_Judging):
    """Two cases belong together (confirmed) or are parted (rejected)."""

    kind: Literal["series"]
    verdict: Literal["confirmed", "rejected", "unsure", "comment"]
    subjects: _Two


class OfferJudged(_Judging):
    """Two clues are one seller's (confirmed) or are not (rejected)."""

    kind: Literal["offer"]
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


class ItemJudged(_Judging):
    """An item of a noun of the district: ``tasks:RW1``, ``risk:…``."""

    kind: Literal["item"]
    verdict: Literal["confirmed", "rejected", "unsure", "comment"]
    subjects: _One


class CareJudged(_Judging):
    """The class of care of a registered person, by resident id; for care staff."""

    kind: Literal["care"]
    verdict: Literal["A", "B", "C", "comment"]
    subjects: _One


Judged = Annotated[
    IdentityJudged
    | OneJudged
    | PairJudged
    | HopJudged
    | LeadJudged
    | SeriesJudged
    | OfferJudged
    | TierJudged
    | MappingJudged
    | CareJudged
    | ItemJudged,
    Field(discriminator="kind"),
]


class TakingBack(Asked):
    """Why a judgement is taken back."""

    reason: Reason = Field(description="理由 / why")


class ProposalsPage(Page):
    """One page of the queue."""

    answered: bool = Field(False, description="Also what has been answered since the run")


class NotesAsked(Asked):
    """Whose comments."""

    about: About = Field(description="Case:NUMBER, Chain:ID, Gang:ID or Person:ID")


class NoteAdded(Asked):
    """A comment; ``@name`` names a user."""

    about: About = Field(description="Case:NUMBER, Chain:ID, Gang:ID or Person:ID")
    text: Reason = Field(description="What one wants to say; @name names a user")
    due: date | None = Field(
        None, description="By when it is to be done; a task of one's own where nobody is named"
    )
