"""What a run concludes about cases and the chains that lead up from them: plain frozen records.

Persons are indices into ``Facts.person_ids``; evidence are row references.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Where a hop's rows come from: the events of one channel between two persons.

    Calls count both ways; ``around`` keeps those near payments from its first person to its second.
    """

    channel: str  # payments | calls | parcels | statements
    of: tuple[int, int]  # payer, payee | sender, receiver | speaker, person named
    around: tuple[int, int] | None = None


@dataclass(frozen=True)
class Hop:
    """One step upward. kind: supply | payment | payee | paid_for | statement | same_batch | identifier |
    gang.

    ``count`` events, their sum ``fen``, from ``first`` to ``last``, are what ``evidence`` proves (see
    ``between``). ``sources`` lists where these events are looked up; the first source with events is used.
    Its two persons are ``start`` and ``end``, or those who paid, were paid or were called in their place.
    """

    kind: str
    start: int
    end: int
    first: int | None
    last: int | None
    count: int
    fen: int
    score: float
    evidence: tuple[str, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class AskFor:
    """A return that has not been requested and would strengthen a hop."""

    holder: int
    identifier: str
    first: int | None
    last: int | None
    content: str
    hop: int


@dataclass(frozen=True)
class Chain:
    chain_id: str
    rank: int
    score: float
    strength: float
    persons: tuple[int, ...]  # from the packet case upward
    reaches: tuple[int, ...]  # cases
    fugitives: tuple[int, ...]
    organiser_of: tuple[str, ...]  # gangs whose organiser is in the chain
    weakest: int
    hops: tuple[Hop, ...]
    ask_for: tuple[AskFor, ...]


@dataclass(frozen=True)
class CaseResult:
    case: int
    tier: str
    basis: str
    chains: tuple[Chain, ...]
    checked: tuple[str, ...]  # what was checked, if no chain was found or it ends early
    missing: tuple[AskFor, ...] = ()
    provisional: str | None = None  # tier used for ranking if the law sets no quantity (示例)


@dataclass(frozen=True)
class PersonTier:
    """Cumulative quantity of a person over his cases, in heroin equivalents where a table gives them."""

    person: int
    grams: tuple[tuple[str, float], ...]
    tier: str
    cases: tuple[int, ...]
