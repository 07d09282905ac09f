"""Running balances: each row's balance is the one before plus what the row moved, or something is missing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class BalanceRow:
    """One row of an account: when, what it moved, and the balance after it, in fen."""

    row: int
    at: int
    change: int
    balance: int

    @property
    def opening(self) -> int:
        return self.balance - self.change


@dataclass(frozen=True)
class Break:
    """Between these two rows the balance jumps by ``missing`` fen that no row explains."""

    before: int
    after: int
    missing: int


def breaks(entries: list[BalanceRow]) -> list[Break]:
    """Return the breaks of one account, in time order.

    Files run forwards or backwards, and rows of one second (or day) stand in any order: within equal times
    the order is the one in which the balances follow on each other, as far as there is one.
    """
    if len({entry.balance for entry in entries}) == 1 and len(entries) > 1:
        return []  # a column that repeats one figure is no running balance
    backwards = len(entries) > 1 and entries[0].at > entries[-1].at
    ordered = sorted(entries, key=lambda entry: (entry.at, -entry.row if backwards else entry.row))
    found: list[Break] = []
    last: BalanceRow | None = None
    for _, group in groupby(ordered, key=lambda entry: entry.at):
        for entry in _chained(list(group), last):
            if last is not None and entry.opening != last.balance:
                found.append(Break(last.row, entry.row, entry.opening - last.balance))
            last = entry
    return found


def _chained(group: list[BalanceRow], last: BalanceRow | None) -> list[BalanceRow]:
    """Entries of one time, each following on the balance before it where one does."""
    if len(group) == 1:
        return group
    waiting: dict[int, list[BalanceRow]] = {}
    for entry in reversed(group):
        waiting.setdefault(entry.opening, []).append(entry)
    closings = {entry.balance for entry in group}
    left = list(group)
    balance = last.balance if last is not None else None
    out: list[BalanceRow] = []
    while left:
        follow = waiting.get(balance) if balance is not None else None
        if follow:
            entry = follow.pop()
        else:
            # The beginning of a chain: nobody here closes with what it opens with.
            entry = next((one for one in left if one.opening not in closings), left[0])
            waiting[entry.opening].remove(entry)
        left.remove(entry)
        out.append(entry)
        balance = entry.balance
    return out
