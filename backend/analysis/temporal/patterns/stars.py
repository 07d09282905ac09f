"""One node among many: fan-in, fan-out, gather-scatter, pass-through.

Definitions: fan-in and fan-out are payments from (to) at least ``least`` others within one window. Gather-scatter is a
fan-in whose sum then leaves to at least ``least`` others. Pass-through is a payment that leaves again within the
window, at least ``least`` times.

Reference: E. Altman et al., Realistic Synthetic Financial Transactions for Anti-Money Laundering Models, NeurIPS 2023
(Datasets and Benchmarks), for the notions; T. Suzumura, H. Kanezashi, AMLSim.

Cost: a pass over the events of each node in order of time.

Against it: a shop, a landlord, a lender and whoever collects for a club look the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backend.analysis.temporal.patterns.model import Pattern, PatternLimits, share_of, sums_alike
from backend.analysis.temporal.patterns.pairs import Pairs
from backend.analysis.temporal.transfers import LONGEST, Nodes, Transfers
from graph_schema.arrays import Ints

EventWindow = tuple[int, ...]


@dataclass(frozen=True)
class EventSides:
    """The events in question by the node they leave or enter, each in order of time."""

    into: dict[int, Ints]
    out: dict[int, Ints]


def sides(transfers: Transfers, events: Ints) -> EventSides:
    """Events grouped by both ends."""
    return EventSides(_grouped(transfers.target[events], events), _grouped(transfers.source[events], events))


def _grouped(ends: Nodes, events: Ints) -> dict[int, Ints]:
    if not len(events):
        return {}
    order = np.argsort(ends, kind="stable")
    nodes, start = np.unique(ends[order], return_index=True)
    return dict(zip(nodes.tolist(), np.split(events[order], start[1:]), strict=True))


def fans(transfers: Transfers, by: EventSides, limits: PatternLimits, *, inward: bool) -> Iterator[Pattern]:
    """The fullest window of each node that has a fan."""
    for node, events in (by.into if inward else by.out).items():
        found = windows(transfers, events, limits, inward=inward)
        if found:
            best = max(found, key=lambda window: (others(transfers, window, inward), -window[0]))
            yield Pattern(
                "fan_in" if inward else "fan_out", (node,), (best,), others(transfers, best, inward)
            )


def windows(transfers: Transfers, events: Ints, limits: PatternLimits, *, inward: bool) -> list[EventWindow]:
    """Windows without overlap, each opened by its first event, with at least ``least`` different others."""
    far = (transfers.source if inward else transfers.target)[events]
    if len(np.unique(far)) < limits.least:
        return []
    at = transfers.at[events]
    stop = np.searchsorted(at, at + limits.window, side="right")
    found, begin = [], 0
    while begin < len(events):
        end = int(stop[begin])
        if end - begin >= limits.least and len(np.unique(far[begin:end])) >= limits.least:
            found.append(tuple(events[begin:end].tolist()))
            begin = end
        else:
            begin += 1
    return found


def others(transfers: Transfers, window: EventWindow, inward: bool) -> int:
    """How many different nodes stand at the other ends."""
    return len(np.unique((transfers.source if inward else transfers.target)[list(window)]))


def gather_scatter(transfers: Transfers, by: EventSides, limits: PatternLimits) -> Iterator[Pattern]:
    """Fan-ins whose sum leaves in a fan-out that begins after the first payment came in."""
    for node, events in by.into.items():
        if node not in by.out:
            continue
        for came in windows(transfers, events, limits, inward=True):
            left = tuple(following(transfers, by.out[node], came[-1], limits.window).tolist())
            if others(transfers, left, False) >= limits.least and sums_alike(transfers, came, left, limits):
                branches = min(others(transfers, came, True), others(transfers, left, False))
                yield Pattern(
                    "gather_scatter", (node,), (came, left), branches, share_of(transfers, came, left)
                )


def following(transfers: Transfers, events: Ints, event: int, window: int) -> Ints:
    """Which of ``events`` may lie at or after ``event`` and at most ``window`` later; a coarse time rules out no more."""
    at, until = int(transfers.at[event]), int(transfers.until(np.array([event]))[0])
    times = transfers.at[events]
    low, high = np.searchsorted(times, at - LONGEST), np.searchsorted(times, until + window, side="right")
    near = events[low:high]
    return near[transfers.until(near) >= at]


def pass_through(transfers: Transfers, pairs: Pairs, limits: PatternLimits) -> Iterator[Pattern]:
    """Nodes that pay on what they receive: each payment in by one payment out, the first that fits and is free."""
    passed: dict[int, list[tuple[int, int]]] = {}
    taken: set[int] = set()
    last = -1
    for node, first, second in zip(
        transfers.target[pairs.first].tolist(), pairs.first.tolist(), pairs.second.tolist(), strict=True
    ):
        if first != last and second not in taken:
            last = first
            taken.add(second)
            passed.setdefault(node, []).append((first, second))
    for node, found in passed.items():
        if len(found) >= limits.least:
            came, left = tuple(one for one, _ in found), tuple(sorted(other for _, other in found))
            yield Pattern("pass_through", (node,), (came, left), len(found), share_of(transfers, came, left))
