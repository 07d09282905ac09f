"""What is true of an invented district: kept beside its files, never among them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

TruthJson = dict[str, Any]  # what a maker planted, as a file gives it back
NounTruth = Any  # of one noun, as its maker tells it: fields by name, or a list of them


@dataclass
class PersonTruth:
    """One person: every identifier he has, and whether any delivered row shows one of them."""

    id: str
    name: str
    resident_id: str
    phones: list[str]
    accounts: list[str]  # bare: cards, account numbers, wallet, 2088 id
    visible: bool = False
    uses: bool = False
    registered_user: bool = False
    wanted: bool = False


@dataclass
class OrganisationTruth:
    id: str
    shape: str
    organiser: str
    members: dict[str, str]  # person id → role
    major_cases: list[str]
    collector: str | None = None  # who takes the money for the organiser


@dataclass
class SupplyTruth:
    """A supplier and a buyer, with what the delivered rows show of it."""

    supplier: str
    buyer: str
    first: str  # local time
    last: str
    deals: int
    grams: float
    fen: int
    payments: int = 0  # delivered payments for it, to whomever
    own: int = 0  # of these, to the supplier's own account
    near_call: int = 0  # of these, with a delivered call of the two within two hours

    @property
    def shown(self) -> bool:
        """Whether the data can show this hop."""
        return (self.payments >= 4 and self.near_call >= 3) or self.own >= 4


@dataclass
class CaseTruth:
    case_no: str
    kind: str  # packet | small | major
    organisation: str | None  # None: linked to no organisation
    suspect: str
    supplier: str | None  # the true main supplier of the one arrested
    suppliers: list[str]
    payee: str | None  # who collects for that supplier
    organiser: str | None
    major_cases: list[str]
    shown: bool  # the data can show every hop up to the organiser
    path: list[str] = field(default_factory=list)  # such hops, from the case upward
    others: list[str] = field(default_factory=list)  # arrested in it besides the suspect, witnesses left out


@dataclass
class FileTruth:
    """How a file reconciles: ``rows`` is the sum of the six kinds of row."""

    path: str
    kind: str
    rows: int
    fine: int
    repeats: int = 0
    failed_queries: int = 0
    failed_payments: int = 0
    bad_directions: int = 0
    bad_times: int = 0
    declared: int | None = None
    refused: bool = False
    overlaps: str | None = (
        None  # the file whose rows are delivered again here; which of the two repeats is open
    )


@dataclass
class Truth:
    seed: int
    preset: str
    size: float
    persons: list[PersonTruth]
    organisations: list[OrganisationTruth]
    supplies: list[SupplyTruth]
    cases: list[CaseTruth]
    files: list[FileTruth]
    calls: int  # distinct voice calls with at least one sound row
    messages: int
    payments: int
    payments_apart: int  # of these, with two rows that nothing in them ties to each other
    nouns: dict[str, NounTruth] = field(default_factory=dict)  # of the district's nouns

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Truth:
        """Read what :meth:`save` wrote."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))  # fields by name
        data["persons"] = [PersonTruth(**p) for p in data["persons"]]
        data["organisations"] = [OrganisationTruth(**o) for o in data["organisations"]]
        data["supplies"] = [SupplyTruth(**s) for s in data["supplies"]]
        data["cases"] = [CaseTruth(**c) for c in data["cases"]]
        data["files"] = [FileTruth(**f) for f in data["files"]]
        return cls(**data)

    def identifiers(self) -> dict[str, str]:
        """Every identifier with the person it belongs to."""
        pairs: dict[str, str] = {}
        for person in self.persons:
            for identifier in (person.resident_id, *person.phones, *person.accounts):
                pairs[identifier] = person.id
        return pairs
