"""Online-sale clues joined into one seller's offers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from backend.contract.base import Shape
from backend.contract.district.common import Envelope, Item
from backend.contract.person import Person

JoinKey = Literal["account", "phone", "payee", "waybill", "text", "picture", "file", "judged"]
LegalStatus = Literal["controlled", "not_controlled", "unknown"]
Need = Literal[
    "account_holder", "deal", "delivery", "payment", "substance_tested", "evidence_preserved", "jurisdiction"
]


class OfferJoin(Shape):
    """Why two clues are one seller's; ``judged`` is what a person said."""

    a: str
    b: str
    key: JoinKey
    value: str
    score: float


class OfferSubstance(Shape):
    """A word of a clue, what it means where it means one thing, what was tested, and its status on the day of the act."""

    clue: str
    act_on: Annotated[str | None, Field(description="Day of Beijing")]
    word: str | None
    substance: str | None
    tested: str | None
    status: LegalStatus
    since: str | None


class CaseNeed(Shape):
    """What opening a case needs."""

    need: Need
    state: Literal["yes", "asked", "no"]
    evidence: list[str]


class OfferItem(Item):
    """The clues of one seller. ``score`` is their number."""

    clues: list[str]
    accounts: list[str]
    persons: list[Person]
    joined_by: list[OfferJoin]
    substances: list[OfferSubstance]
    case_needs: list[CaseNeed]
    last_on: str | None
    chains: list[str]
    gangs: list[str]


class Offers(Envelope):
    """Offers, the seller with most clues first."""

    items: list[OfferItem]
