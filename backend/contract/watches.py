"""Watches and the leads they bring."""

from __future__ import annotations

from typing import Literal

from backend.analysis.model.kinds import PatternKind
from backend.contract.base import Decision, Found, Paged, Shape, Words
from backend.contract.district.common import Envelope
from backend.contract.reviews import ReviewShown

LeadStatus = Literal[
    "new",
    "known",
    "sent",
    "accepted",
    "answered",
    "confirmed",
    "rejected",
    "unsure",
    "under_review",
    "sent_back",
]
LeadResult = Literal["confirmed", "partly", "refuted", "unclear", "duplicate"]
"""What a unit answers: 查实, 部分查实, 查否, 无法核实, 重复."""
LeadLevel = Literal["urgent", "normal", "complex"]


class AppearsQuestion(Shape):
    """An identifier, or any a person holds, appears in a file it was not in before."""

    kind: Literal["appears"]
    target: str


class SequenceQuestion(Shape):
    """Between a person and somebody else the steps follow each other within some hours."""

    kind: Literal["sequence"]
    target: str
    steps: list[Literal["call", "message", "payment", "parcel"]]
    hours: float
    least_yuan: float


class SupplierQuestion(Shape):
    """A person gets a supplier candidate he did not have."""

    kind: Literal["supplier"]
    target: str
    min_score: float


class MemberQuestion(Shape):
    """A gang candidate gets a member it did not have."""

    kind: Literal["member"]
    target: str


class ChainQuestion(Shape):
    """A chain from a case (from any case where none is named) reaches a case it did not reach."""

    kind: Literal["chain"]
    target: str | None
    min_score: float


class PathQuestion(Shape):
    """Two persons or nodes become connected in a way they were not."""

    kind: Literal["path"]
    target: str
    other: str
    ordered: bool
    max_hops: int


class SearchQuestion(Shape):
    """A search finds something it did not find before."""

    kind: Literal["search"]
    query: str


class PatternQuestion(Shape):
    """A pattern of money appears in which somebody is known for drugs."""

    kind: Literal["pattern"]
    target: PatternKind


class DistrictQuestion(Shape):
    """A noun of the district lists a finding it did not list."""

    kind: Literal["district"]
    target: Literal["clues", "risk", "chemicals", "drivers", "water", "figures", "tasks"]
    unit: str | None


WatchTold = (
    AppearsQuestion
    | SequenceQuestion
    | SupplierQuestion
    | MemberQuestion
    | ChainQuestion
    | PathQuestion
    | SearchQuestion
    | PatternQuestion
    | DistrictQuestion
)
"""What a watch asks, as it is kept; ``backend.watches.kinds`` checks it when it is set."""


class WatchShown(Shape):
    """A watch: ``found`` are its hits now, ``waiting`` those of its leads nobody has judged."""

    id: str
    name: str
    kind: Literal[
        "appears", "sequence", "supplier", "member", "chain", "path", "search", "pattern", "district"
    ]
    asked: WatchTold
    basis: str | None
    author: str
    created: str
    ended: str | None
    ended_by: str | None
    looked: str | None
    found: int
    waiting: int
    truncated: bool
    failed: str | None


class Watches(Shape):
    """All watches, newest first."""

    watches: list[WatchShown]
    total: int


class OneWatch(Shape):
    """One watch."""

    watch: WatchShown


class Looked(Shape):
    """What a look at all watches brought."""

    watches: int
    new: int
    gone: int
    failed: int


class WatchNamed(Shape):
    """The watch a lead came from."""

    id: str
    name: str


class LeadCourse(Shape):
    """How far a lead has come since it was sent out, with its time limits; null where nothing happened yet."""

    level: LeadLevel
    sent: str | None
    accept_by: str | None
    accepted: str | None
    accept_late: bool
    answer_by: str | None
    extended: bool
    answered: str | None
    answer_late: bool
    result: LeadResult | None
    persons: int | None


class LeadShown(Shape):
    """A lead; ``gone`` is when its watch found it no more, ``overdue_days`` counts from its deadline, ``rules`` are
    the rules it came from."""

    id: str
    title: Words
    text: str | None
    subjects: list[str]
    evidence: list[str]
    watch: WatchNamed | None
    at: str | None
    created: str
    created_by: str
    gone: str | None
    status: LeadStatus
    unit: str | None
    deadline: str | None
    overdue_days: int | None
    rules: list[str]
    course: LeadCourse | None
    review: Decision | None


class LeadsFound(Found):
    """Leads, overdue ones first."""

    leads: list[LeadShown]


class Leads(LeadsFound, Paged):
    """Leads, overdue ones first, then the new ones, newest first."""


class OneLead(Shape):
    """One lead and every entry of the ledger about it, oldest first."""

    lead: LeadShown
    history: list[ReviewShown]


class RuleYield(Shape):
    """What became of the leads of one rule; precision = confirmed ÷ (confirmed + refuted), with its Wilson interval.

    A partly confirmed lead counts as confirmed. ``late`` were not accepted or not answered in time.
    """

    id: str
    rule: str
    sent: int
    answered: int
    confirmed: int
    refuted: int
    unclear: int
    duplicate: int
    late: int
    precision: float | None
    low: float | None
    high: float | None
    persons: int | None
    median_hours: float | None
    random: bool


class LeadRules(Envelope):
    """Every rule that sent leads, those with most leads first; random inspections are the rule to measure against."""

    items: list[RuleYield]
