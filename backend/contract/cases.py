"""Cases: the list, one with its people and seizures, and the quantities the law goes by."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from backend.contract.base import Found, Paged, Provisional, Shape
from backend.contract.chains import Chain, ChainRef
from backend.contract.person import Person
from graph_schema.dictionaries.tiers import Tier
from graph_schema.shown import Case, Seizure

_From = TypedDict("_From", {"from": str | None})


class TierRule(_From, Shape):
    """A rule of the table of quantities that was applied; ``from`` is the day it came into force."""

    id: str
    substance: str
    law: str
    article: str
    large_g: float
    major_g: float


class TierExample(_From, Shape):
    """An example quantity (示例) that stands in for a rule the law does not have."""

    id: str
    substance: str
    large_g: float
    major_g: float


class ProvisionalBasis(Shape):
    """What a case is ranked by where the law has no quantity; no tier."""

    tier: Tier
    heroin_equivalent_g: float
    examples: list[TierExample]


class TierBasis(Shape):
    """What a tier rests on: the quantity as heroin, the rules applied, and the substances without a rule."""

    heroin_equivalent_g: float
    rules: list[TierRule]
    unrated: list[str]
    provisional: ProvisionalBasis | None


class RatedBy(Shape):
    """What the run keeps of a case's tier, in words."""

    text: str


class CaseShown(Case, Shape):
    """A case with its tier; what it has no value for is absent."""

    tier: Tier
    provisional: Provisional
    tier_basis: RatedBy | None


class SeizureShown(Seizure, Shape):
    """A seizure with the persons it was taken from."""

    persons: list[str]
    evidence: list[str] | None


class CasesFound(Found):
    """Cases the viewer may see."""

    cases: list[CaseShown]


class Cases(CasesFound, Paged):
    """Cases, by number."""


class Involved(Shape):
    """A person recorded in a case."""

    person: Person | None
    record: str
    name: str | None
    role: str | None
    role_class: str | None
    arrested_at: str | None
    measure: str | None
    evidence: list[str]


class CasePage(Shape):
    """One case."""

    case: CaseShown
    people: list[Involved]
    seizures: list[SeizureShown]
    chains: list[Chain]
    reached_by: list[ChainRef]
    run: str | None


class NextTier(Shape):
    """What is missing for the next tier, as heroin and as the substances found."""

    tier: Tier
    heroin_equivalent_g: float
    of_substance_g: dict[str, float]


Lack = Literal["unweighed", "unnamed", "unrated", "no_seizure", "several"]


class MissingEvidence(Shape):
    """A kind of evidence that is not there and would count."""

    kind: Lack
    count: int
    about: list[str]
    zh: str
    en: str


class Rated(Shape):
    """A quantity, its legal tier, and what is missing for the next one."""

    tier: Tier
    grams: dict[str, float]
    on: str
    basis: TierBasis
    next: NextTier | None
    missing: list[MissingEvidence]
    evidence: list[str]


class PersonQuantities(Rated):
    """Legal tier of a person over all his cases."""

    person_id: str
    run: str | None


class CaseQuantities(Rated):
    """Legal tier of a case."""

    case_no: str
    run: str | None
