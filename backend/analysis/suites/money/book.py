"""What was read of the targets' money: every payment with whom, when, how much, in which currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

YUAN = 100


class Payment(NamedTuple):
    """One payment as seen from a target; ``other`` is a person id or, unheld, a reference."""

    target: str
    other: str
    own: str
    account: str
    out: bool
    at: int  # -1 unknown
    exact: bool
    fen: int
    currency: str
    memo: str
    kind: str
    cash: bool
    platform: bool
    own_transfer: bool
    balance: int | None  # of the own account after it
    name: str  # how the other is called in the row
    ip: str | None
    mac: str | None
    systems: tuple[str, ...]
    common: tuple[str, ...]
    evidence: tuple[str, ...]


class Sharing(NamedTuple):
    """An account that used an address."""

    account: str
    address: str
    n: int
    first: int | None
    last: int | None
    evidence: tuple[str, ...]


class Opening(NamedTuple):
    """An account and how it was opened; ``holder`` a person id or the account's reference."""

    account: str
    holder: str
    bank: str
    branch: str
    opened: int | None
    closed: int | None


class Alike(NamedTuple):
    """Somebody whose records state the same thing as a target's: a phone, an address, an agent."""

    what: str
    value: str
    holder: str
    evidence: tuple[str, ...]


class TracePayment(NamedTuple):
    """A payment of a trace: from, to, and the rows."""

    source: str
    target: str
    at: int
    fen: int
    currency: str
    evidence: tuple[str, ...]


class Reached(NamedTuple):
    """A payment reached from a target: how deep, and the path of payments to it."""

    target: str
    direction: str
    layer: int
    path: tuple[TracePayment, ...]


class Round(NamedTuple):
    """Money that came back to a target."""

    target: str
    returned: float
    path: tuple[TracePayment, ...]


@dataclass(frozen=True)
class MoneyBook:
    """Everything the money suite is computed from; payments oldest first, unknown times first of all."""

    targets: tuple[str, ...]
    payments: list[Payment]
    sharing: list[Sharing] = field(default_factory=list)
    accounts: list[Opening] = field(default_factory=list)  # of targets
    opened_alike: list[Opening] = field(default_factory=list)
    stated_alike: list[Alike] = field(default_factory=list)
    reached: list[Reached] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    truncated: bool = False
    trace_truncated: bool = False

    def outside(self) -> list[Payment]:
        """Payments with others: own transfers say nothing between persons."""
        return [each for each in self.payments if not each.own_transfer]


def with_time(payments: Iterable[Payment]) -> list[Payment]:
    return [each for each in payments if each.at >= 0]
