"""What a run concludes about supplies and the links that help them: plain frozen records.

Persons are indices into ``Facts.person_ids``; evidence are row references.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_schema.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class SignalFinding:
    name: str
    weight: float  # what it adds to the log-odds of this edge, signed
    n: int  # events it rests on
    evidence: tuple[str, ...]  # the newest rows, at most 20


@dataclass(frozen=True)
class SupplyMonth:
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
    periods: tuple[SupplyMonth, ...] = ()


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
