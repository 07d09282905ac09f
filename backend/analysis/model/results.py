"""Everything a run concludes: plain frozen records.

Persons are indices into ``Facts.person_ids``; evidence are row references.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.analysis.model.chains import CaseResult, PersonTier
from backend.analysis.model.gangs import Cut, Gang
from backend.analysis.model.supplies import OwnerLink, PayeeLink, RunnerLink, SupplyEdge, UnlikelyPairs


@dataclass(frozen=True)
class CountedAs:
    """A holder whose events a run counts for another holder, the reason (name | number | account | payments),
    and the common contacts. With ``number``, only the events of that number.
    """

    person: int
    counted_as: int
    contacts: tuple[int, ...]
    reason: str = "name"
    number: str | None = None  # reference


@dataclass(frozen=True)
class Damped:
    """One kind of common element and its damping. ``kind`` is platform (平台账户、服务号), hub (contact of too many
    people), name, batch, packaging or case. Each entry of ``named`` has the element (a person id, a name,
    a mark, a case number), how many share it, and the remaining weight (1 is full).
    """

    kind: str
    total: int
    named: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True)
class Results:
    rules: str  # version of the weights
    seed: int
    supplies: tuple[SupplyEdge, ...]  # score >= 0.05, best first
    unlikely: UnlikelyPairs  # the pairs below
    payees: tuple[PayeeLink, ...]
    runners: tuple[RunnerLink, ...]
    owners: tuple[OwnerLink, ...]
    gangs: tuple[Gang, ...]
    cases: tuple[CaseResult, ...]  # every case, in the order of Facts.cases
    persons: tuple[PersonTier, ...]
    cut: Cut | None  # None if there was nothing to partition
    damped: tuple[Damped, ...]  # common elements whose weight was reduced
    counted: tuple[CountedAs, ...] = ()  # holders counted for another
