"""What a run concludes: plain frozen records. Persons are indices into ``Facts.person_ids``; evidence are row
references.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.analysis.model.facts import Bools, Floats, Ints


@dataclass(frozen=True)
class CountedAs:
    """A holder whose events a run counts for another, why (name | number | account | payments), and the contacts both
    have. With ``number`` only the events of that number of his.
    """

    person: int
    counted_as: int
    contacts: tuple[int, ...]
    reason: str = "name"
    number: str | None = None  # reference


@dataclass(frozen=True)
class SignalFinding:
    name: str
    weight: float  # what it adds to the log-odds of this edge, signed
    n: int  # events it rests on
    evidence: tuple[str, ...]  # the newest rows, at most 20


@dataclass(frozen=True)
class Period:
    """One calendar month (Beijing) of a supply edge."""

    month: str  # "2024-05"
    count: int
    fen: int


@dataclass(frozen=True)
class SupplyEdge:
    """``supplier`` supplies ``buyer`` with probability ``score``; times are ms, None where no dated event
    shows it.
    """

    supplier: int
    buyer: int
    score: float
    first: int | None
    last: int | None
    count: int  # payments
    fen: int
    payee: int | None  # holder of the third account most of the money went to
    payer: int | None  # holder of the account it came from, where that is not the buyer's
    signals: tuple[SignalFinding, ...]
    evidence: tuple[str, ...]  # payments, newest
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, eq=False)
class UnlikelyPairs:
    """Pairs looked at and not listed, so that a run can say why: scored too low, or out of reach of a fact about drugs, where
    the score says only how regular their dealings are (往来规律; ``regular`` from a declared measure on). Their rows are those
    of the two persons.

    What moved pair i, strongest first: ``names[signal[j]]`` added ``part[j]`` from ``n[j]`` events, for j from
    ``start[i]`` to ``start[i + 1]``.
    """

    supplier: Ints
    buyer: Ints
    score: Floats
    reached: Bools
    regular: Bools
    names: tuple[str, ...]
    start: Ints
    signal: Ints
    part: Floats
    n: Ints


@dataclass(frozen=True)
class PayeeLink:
    """``payee`` collects for ``principal``, as seen from ``buyer``'s payments and calls, or from what the payee passed on."""

    payee: int
    principal: int
    buyer: int
    score: float
    count: (
        int  # payments that went along with a call; where no call shows the link, transfers to the principal
    )
    first: int | None
    last: int | None
    evidence: tuple[str, ...]
    fen: int = 0  # what these transfers come to; 0 where calls show the link


@dataclass(frozen=True)
class LotLink:
    """``buyer`` pays ``dealer``, who is recorded as dealing, in lots on ``days`` different days: the two belong together,
    whoever of them stands for whom.
    """

    buyer: int
    dealer: int
    score: float
    days: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class RunnerLink:
    """``seller`` is in touch with ``runner`` around the payments of several buyers; ``sent`` is the share of these
    calls the seller makes.
    """

    runner: int
    seller: int
    score: float
    sent: float
    count: int
    first: int | None
    last: int | None
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class OwnerLink:
    """``phone`` and ``account`` are probably in one hand, as calls around the account's payments to
    ``seen_by`` show.
    """

    phone: int
    account: int
    seen_by: int
    score: float
    count: int
    first: int | None
    last: int | None
    evidence: tuple[str, ...]


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
    """Somebody who pays a gang's sellers like a buyer and of whom no fact about drugs is known: not classified, no member."""

    person: int
    seller: int  # whom he pays most surely
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Gang:
    gang_id: str
    score: float
    cohesion: float  # share of the members' tie weight that stays inside
    stability: float  # mean best Jaccard over re-runs with dropped edges
    members: tuple[Member, ...]  # in order of rank
    payers: tuple[Payer, ...] = ()  # the surest first; they count in nothing

    @property
    def size(self) -> int:
        return len(self.members)


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
    """One step upward. kind: supply | payment | payee | paid_for | statement | same_batch | identifier | gang.

    ``count`` events, ``fen`` together, from ``first`` to ``last``, are what ``evidence`` proves (see ``between``).
    ``sources``: where these events are looked for, the first that has any is taken; its two persons are ``start`` and
    ``end``, or, where somebody else paid, was paid or was rung, those two.
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
    """A return that has not been asked for and would strengthen a hop."""

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
    organiser_of: tuple[str, ...]  # gangs whose organiser stands in the chain
    weakest: int
    hops: tuple[Hop, ...]
    ask_for: tuple[AskFor, ...]


@dataclass(frozen=True)
class CaseResult:
    case: int
    tier: str
    basis: str
    chains: tuple[Chain, ...]
    checked: tuple[str, ...]  # what was looked at, where no chain was found or it ends early
    missing: tuple[AskFor, ...] = ()
    provisional: str | None = None  # what it was ranked by, where the law has no quantity (示例)


@dataclass(frozen=True)
class PersonTier:
    """Cumulative quantity of a person over his cases, in heroin equivalents where a table gives them."""

    person: int
    grams: tuple[tuple[str, float], ...]
    tier: str
    cases: tuple[int, ...]


@dataclass(frozen=True)
class Previous:
    """Gangs of the run before, so that ids stay: gang id → person ids (strings, as persons are
    renumbered).
    """

    gangs: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Damped:
    """One kind of common element and what became of it.

    ``kind`` is platform (平台账户、服务号), hub (contact of very many), name, batch, packaging or case. Each of ``named``
    is what it is (a person id, a name, a mark, a case number), how many have it in common, and the weight left of 1.
    """

    kind: str
    total: int
    named: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True)
class Cut:
    """How ties were cut into gangs: at the coarsest resolution of those tried at which no group has more than ``most``
    persons, or at the finest.
    """

    resolution: float
    tried: tuple[float, ...]
    largest: int
    most: int


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
    cut: Cut | None  # None where there was nothing to cut
    damped: tuple[Damped, ...]  # common elements of which little or nothing was made
    counted: tuple[CountedAs, ...] = ()  # holders counted for another
