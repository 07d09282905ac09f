"""Shapes of answers, for the OpenAPI document: the JSON contract as models."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from graph_schema.declaration import load_declaration

Status = Literal["candidate", "under_review", "sent_back", "confirmed", "rejected", "unsure"]
Role = Literal["organiser", "wholesaler", "retailer", "runner", "payee", "user", "unknown"]
Tier = Literal["packet", "small", "major", "unknown"]
Provisional = Literal["packet", "small", "major"] | None
"""What a case is ranked by where the law has no quantity for what was seized: an example (示例), no tier."""
_TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "strings": list[str],
    "integers": list[int],
}


class Shape(BaseModel):
    """Base of all answers: what is not declared is not given out."""

    model_config = ConfigDict(extra="forbid")


def declared(name: str, **more: Any) -> type[Shape]:
    """A declared label as it is shown: times as text, JSON as values, nothing required but its key."""
    label = load_declaration().labels[name]
    fields: dict[str, Any] = {}
    for prop, spec in label.properties.items():
        kind = str if spec.unit == "ms" else Any if spec.unit == "JSON" else _TYPES[spec.type]
        fields[prop] = (kind, ...) if prop == label.key else (kind | None, None)
    return create_model(f"{name}Shown", __base__=Shape, __doc__=label.about.en, **{**fields, **more})


class Words(Shape):
    """A text in both languages."""

    zh: str
    en: str


class Person(Shape):
    """A person everywhere; an unnamed holder has name and resident_id null."""

    id: str
    name: str | None
    resident_id: str | None
    phones: list[str]
    accounts: list[str]


class Decision(Shape):
    """Who decided, when and why; ``id`` is the entry of the ledger."""

    id: str
    by: str
    at: str
    reason: str


class Changed(Shape):
    """What of a confirmed chain the present run no longer has."""

    what: Literal["person_gone", "hop_gone", "hop_weaker", "other_way"]
    person: str | None
    hop: int | None
    was: float | None
    now: float | None


class Signal(Shape):
    """One reason for a supply; weights add up as log-odds."""

    name: str
    weight: float
    n: int
    evidence: list[str]


class SupplyMonth(Shape):
    """Payments of a supply in one calendar month (Beijing)."""

    month: str
    count: int
    fen: int


class SupplyEdge(Shape):
    """A supply candidate."""

    supplier: Person
    buyer: Person
    score: float
    from_: str | None = Field(alias="from")
    to: str | None
    signals: list[Signal]
    months: list[SupplyMonth]
    status: Status = "candidate"
    review: Decision | None = None


class Listed(Shape):
    """A page: how many there are in all, of which run, and where the next page begins."""

    total: int
    run: str | None
    next: str | None


class Persons(Listed):
    """Persons."""

    persons: list[Person]


class SignalWord(Shape):
    """A signal: its weights, what it is called, why it counts and where that is from."""

    name: str
    retail: float
    restock: float
    zh: str
    en: str
    reason: Words
    source: str


class SignalWords(Shape):
    """All signals of one version of the rules."""

    version: str
    signals: list[SignalWord]


class Supplies(Listed):
    """Supply candidates, strongest first."""

    edges: list[SupplyEdge]


class Member(Shape):
    """A member of a gang candidate; role and rank are inferred from behaviour."""

    person: Person
    role: Role
    rank: int | None
    score: float | None
    reasons: list[Any]
    settles: Words | None = Field(None, description="What would settle an unknown role")
    status: Status = "candidate"
    review: Decision | None = None


class Gang(Shape):
    """A gang candidate, or a gang that was confirmed."""

    id: str
    status: Status
    score: float | None
    size: int | None
    payers: int = 0
    cohesion: float | None
    stability: float | None
    members: list[Member]
    review: Decision | None = None
    comments: int = 0
    run: str | None = None


class Gangs(Listed):
    """Gang candidates, strongest first; ``kept`` are confirmed ones this run no longer finds."""

    gangs: list[Gang]
    kept: list[Gang]


class InnerSupply(Shape):
    """A supply between two members, by id."""

    supplier: str
    buyer: str
    score: float
    status: Status = "candidate"
    from_: str | None = Field(alias="from")
    to: str | None
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
    """Somebody who pays a seller of the gang like a buyer but has no drug fact: not a member."""

    person: Person
    seller: str
    score: float
    evidence: list[str]


class GangPage(Shape):
    """One gang candidate in full."""

    gang: Gang
    payers: list[GangPayer]
    body: dict[str, Any]
    supplies: list[InnerSupply]
    seizures: list[GangSeizure]
    run: str


class RowsOf(Shape):
    """Two persons."""

    from_: Person = Field(alias="from")
    to: Person


class Hop(Shape):
    """One hop of a chain, upward: ``count`` events of the kind ``rows``, ``fen`` together, are what ``evidence`` proves.

    They lie between ``from`` and ``to``, or between the two of ``rows_of`` if somebody else paid, was paid or was called.
    ``near``: calls, of all between these two those within three hours of a payment.
    """

    kind: str
    from_: str = Field(alias="from")
    to: str
    first: str | None
    last: str | None
    count: int
    fen: int | None
    score: float
    evidence: list[str]
    rows: Literal["payments", "calls", "parcels", "statements", "seizures"] | None = None
    rows_of: RowsOf | None = None
    near: bool = False
    status: Status = "candidate"
    review: Decision | None = None


class AskFor(Shape):
    """A request that would strengthen a hop."""

    holder: str
    identifier: str
    kind: str | None = None
    from_: str | None = Field(alias="from")
    to: str | None
    content: str
    hop: int


class Chain(Shape):
    """A chain from a packet case upward; ``weakest`` numbers a hop from 0."""

    id: str
    rank: int | None
    status: Status
    score: float | None
    strength: float | None
    persons: list[Person]
    reaches: list[str]
    fugitives: list[str] = []
    organiser_of: list[str] = []
    weakest: int | None
    hops: list[Hop]
    ask_for: list[AskFor]
    review: Decision | None = None
    comments: int = 0
    kept: bool = Field(False, description="Confirmed, and no longer found by this run")
    found_by: str | None = Field(None, description="The run that found it")
    changed: list[Changed] = []


class CaseChains(Shape):
    """A case with its chains."""

    case_no: str
    name: str | None
    tier: Tier
    provisional: Provisional = None
    chains: list[Chain]


class Chains(Listed):
    """Cases with their chains, also those with none."""

    cases: list[CaseChains]


class OneCaseChains(Shape):
    """The chains of one case."""

    cases: list[CaseChains]
    run: str | None


class NextTier(Shape):
    """What is missing for the next tier, as heroin and as the substances found."""

    tier: Tier
    heroin_equivalent_g: float
    of_substance_g: dict[str, float]


class MissingEvidence(Shape):
    """A kind of evidence that is not there and would count."""

    kind: Literal["unweighed", "unnamed", "unrated", "no_seizure", "several"]
    count: int
    about: list[str]
    zh: str
    en: str


class Quantities(Shape):
    """Legal tier of a case, or of a person over all his cases."""

    person_id: str | None = None
    case_no: str | None = None
    tier: Tier
    grams: dict[str, float]
    on: str
    basis: dict[str, Any]
    next: NextTier | None
    missing: list[MissingEvidence]
    evidence: list[str]
    run: str | None


Case = declared("Case", tier=(Tier, ...), tier_basis=(Any, None), provisional=(Provisional, None))
Seizure = declared("Seizure", persons=(list[str], ...), evidence=(list[str] | None, None))
Record = declared("Record")


class Cases(Listed):
    """Cases, by number."""

    cases: list[Case]  # type: ignore[valid-type]


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


class ChainRef(Shape):
    """A chain by its id."""

    id: str
    case_no: str
    rank: int | None
    status: Status | None
    score: float | None
    strength: float | None


class PassedChain(ChainRef):
    """A chain that passes a person, and at which place."""

    place: int


class CasePage(Shape):
    """One case."""

    case: Case  # type: ignore[valid-type]
    people: list[Involved]
    seizures: list[Seizure]  # type: ignore[valid-type]
    chains: list[Chain]
    reached_by: list[ChainRef]
    run: str | None


class Held(Shape):
    """An identifier a person holds, and why."""

    identifier: str
    label: str
    verified: bool
    reason: str | None
    score: float | None
    evidence: list[str]


class CaseRole(Shape):
    """A person's recorded part in a case."""

    case_no: str
    name: str | None
    role: str | None
    role_class: str | None
    arrested_at: str | None
    measure: str | None
    evidence: list[str] | None


class GangRole(Shape):
    """A person's place in a gang candidate."""

    id: str
    status: Status | None
    gang_score: float | None
    size: int | None
    role: Role
    rank: int | None
    score: float | None
    reasons: list[Any]


class CountedAs(Shape):
    """A holder whose events a run counts for another; ``contacts``: how many persons both deal with. With ``number`` only the
    calls of that number of his.
    """

    person: Person
    counted_as: Person
    reason: Literal["name", "number", "account", "payments"]
    contacts: int
    number: str | None


class DrugFact(Shape):
    """A kind of drug fact that stands for a person, in words, with its rows; ``of``: the holder counted for him whose fact
    it is.
    """

    kind: str
    zh: str
    en: str
    reason: Words
    of: Person | None
    cases: list[str]
    evidence: list[str]


class PersonPage(Shape):
    """One person with all that stands behind him."""

    person: Person
    names: list[str]
    registered_user: bool
    fugitive: bool
    platform: bool
    case_roles: list[str]
    holds: list[Held]
    records: list[Record]  # type: ignore[valid-type]
    records_total: int
    counted: list[CountedAs]
    drug_facts: list[DrugFact] | None = Field(description="Null where the run kept none yet")
    cases: list[CaseRole]
    supplies: list[SupplyEdge]
    gangs: list[GangRole]
    chains: list[PassedChain]
    run: str
