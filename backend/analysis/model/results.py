"""What a run concludes: plain frozen records. Persons are indices into ``Facts.person_ids``; evidence are row
references.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.analysis.model.facts import Bools, Floats, Ints


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
    """Pairs that were examined but are not listed, so that a run can explain why: their score is too low, or
    no drug fact is within reach and the score only shows how regular the dealings are (往来规律; ``regular``
    from a declared measure on). Their rows are those of the two persons.

    Signals of pair i, strongest first: ``names[signal[j]]`` added ``part[j]`` from ``n[j]`` events, for j
    from ``start[i]`` to ``start[i + 1]``.
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
    count: int  # payments that coincide with a call; if no call shows the link, transfers to the principal
    first: int | None
    last: int | None
    evidence: tuple[str, ...]
    fen: int = 0  # what these transfers come to; 0 where calls show the link


@dataclass(frozen=True)
class LotLink:
    """``buyer`` pays ``dealer``, a recorded dealer, for whole lots on ``days`` different days: the two belong
    together, whoever of them acts for the other.
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
    """``phone`` and ``account`` probably belong to one person, by calls around the account's payments to ``seen_by``."""

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


@dataclass(frozen=True)
class Previous:
    """Gangs of the run before, so that ids stay: gang id → person ids (strings, as persons are
    renumbered).
    """

    gangs: dict[str, frozenset[str]] = field(default_factory=dict)


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
class Cut:
    """How ties were partitioned into gangs: at the coarsest resolution at which no group has more than
    ``most`` persons, or at the finest one tried.
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
    cut: Cut | None  # None if there was nothing to partition
    damped: tuple[Damped, ...]  # common elements whose weight was reduced
    counted: tuple[CountedAs, ...] = ()  # holders counted for another
