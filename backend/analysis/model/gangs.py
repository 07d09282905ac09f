"""What a run concludes about gangs: plain frozen records.

Persons are indices into ``Facts.person_ids``; evidence are row references.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Centrality:
    """Several measures of one member inside his gang; none of them alone says who leads (see docs of
    centrality).
    """

    degree: float
    strength: float
    betweenness: float
    closeness: float
    eigenvector: float
    reach_down: int  # members his goods may reach
    quadrant: str  # central | visible | broker | fringe


@dataclass(frozen=True)
class Member:
    person: int
    role: str  # organiser | wholesaler | retailer | runner | payee | user | unknown
    rank: int
    score: float
    reasons: tuple[tuple[str, str], ...]  # (code, detail)
    core: bool
    broker: bool
    centrality: Centrality | None
    also_in: tuple[str, ...] = ()  # other gangs he belongs to as well
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Payer:
    """Somebody who pays a gang's sellers like a buyer but has no drug fact: unclassified, not a member."""

    person: int
    seller: int  # the seller he pays most surely
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Gang:
    gang_id: str
    score: float
    cohesion: float  # share of the members' tie weight that stays inside
    stability: float  # mean best Jaccard over re-runs with dropped edges
    members: tuple[Member, ...]  # in order of rank
    payers: tuple[Payer, ...] = ()  # the surest first; they are not counted

    @property
    def size(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Previous:
    """Gangs of the run before, so that ids stay: gang id → person ids (strings, as persons are
    renumbered).
    """

    gangs: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cut:
    """How ties were partitioned into gangs: at the coarsest resolution at which no group has more than
    ``most`` persons, or at the finest one tried.
    """

    resolution: float
    tried: tuple[float, ...]
    largest: int
    most: int
