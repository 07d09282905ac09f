"""Nodes in layers: scatter-gather, bipartite layers and stacks of them.

Definitions: scatter-gather is money of one node that reaches another over at least ``least`` nodes between them. A
bipartite layer is at least ``least`` payers each of whom paid the same ``least`` payees or more within one window. A
stack is two such layers in order of time, with ``least`` payees of the first among the payers of the second.

References: E. Altman et al., Realistic Synthetic Financial Transactions for Anti-Money Laundering Models, NeurIPS 2023,
for the notions; V. Batagelj, M. Zaversnik, An O(m) Algorithm for Cores Decomposition of Networks, 2003, for the pruning.

Cost: scatter-gather O(E * fan) pairs of payments. Layers: pruned to a core within each pair of windows, then every
pair of payers left, quadratic in what is left.

Against it: employees paid by two firms who buy at the same shops form layers as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from backend.analysis.temporal.patterns.model import Pattern, PatternLimits, share_of
from backend.analysis.temporal.patterns.pairs import Pairs, consecutive
from backend.analysis.temporal.transfers import Nodes, Transfers
from graph_schema.arrays import Bools, Ints


def scatter_pairs(transfers: Transfers, events: Ints, limits: PatternLimits) -> Pairs:
    """Pairs that may belong to a scatter-gather: from a node that pays enough others to one that enough others pay."""
    leaving = events[_busy(transfers.source[events], transfers.target[events], limits.least)]
    entering = events[_busy(transfers.target[events], transfers.source[events], limits.least)]
    return consecutive(transfers, leaving, entering, limits)


def _busy(ends: Nodes, others: Nodes, least: int) -> Bools:
    """Which events have an end that deals with at least ``least`` others."""
    pairs = np.unique(np.stack([ends, others]), axis=1)
    nodes, counts = np.unique(pairs[0], return_counts=True)
    return np.isin(ends, nodes[counts >= least])


def scatter_gather(transfers: Transfers, pairs: Pairs, limits: PatternLimits) -> Iterator[Pattern]:
    """Of these pairs those with one source and one target, where enough nodes stand between them."""
    ends = transfers.source[pairs.first].astype(np.int64) * transfers.nodes + transfers.target[pairs.second]
    order = np.lexsort((pairs.second, pairs.first, ends))
    _, start = np.unique(ends[order], return_index=True)
    for chosen in np.split(order, start[1:]):
        if len(np.unique(transfers.target[pairs.first[chosen]])) >= limits.least:
            found = _gathered(transfers, pairs.first[chosen], pairs.second[chosen], limits)
            if found is not None:
                yield found


def _gathered(transfers: Transfers, first: Ints, second: Ints, limits: PatternLimits) -> Pattern | None:
    """The fullest window of one source and one target; each node between is used once, by its first pair."""
    between, at = transfers.target[first], transfers.at[first]
    stop = np.searchsorted(at, at + limits.window, side="right")
    best, begin = np.zeros(0, dtype=np.int64), 0
    while begin < len(first):
        end = int(stop[begin])
        _, used = np.unique(between[begin:end], return_index=True)
        if len(used) >= max(limits.least, len(best) + 1):
            best = used + begin
        begin = end if len(used) >= limits.least else begin + 1
    if not len(best):
        return None
    came, left = tuple(sorted(first[best].tolist())), tuple(sorted(second[best].tolist()))
    centre = (int(transfers.source[came[0]]), int(transfers.target[left[0]]))
    return Pattern("scatter_gather", centre, (came, left), len(best), share_of(transfers, came, left))


Payees = dict[int, dict[int, list[int]]]
"""Per payer and payee the payments, in order of time."""


@dataclass
class Budget:
    """How many sets of payees may still be compared."""

    left: int


def bipartite(transfers: Transfers, events: Ints, limits: PatternLimits) -> tuple[list[Pattern], bool]:
    """Bipartite layers, each once, and whether the search was cut.

    Every window lies whole in one of the overlapping double windows looked at.
    """
    found: dict[tuple[frozenset[int], frozenset[int]], Pattern] = {}
    at = transfers.at[events]
    budget, begin = Budget(limits.most), 0
    while begin < len(events) and budget.left > 0:
        opened = int(at[begin]) // limits.window * limits.window
        low, middle, high = np.searchsorted(at, [opened, opened + limits.window, opened + 2 * limits.window])
        core = _core(transfers, events[low:high], limits.least)
        for payers, payees in _shared(core, limits.least, budget):
            key = frozenset(payers), frozenset(payees)
            if key not in found:
                chosen = _within(transfers, core, payers, payees, limits)
                if chosen:
                    found[key] = Pattern("bipartite", (), (chosen,), min(len(payers), len(payees)))
        begin = int(middle)
    return list(found.values()), budget.left <= 0


def _core(transfers: Transfers, events: Ints, least: int) -> Payees:
    """Payers of at least ``least`` payees who have at least ``least`` such payers, and so on until all have."""
    while len(events):
        pairs = np.unique(np.stack([transfers.source[events], transfers.target[events]]), axis=1)
        payers, paid = np.unique(pairs[0], return_counts=True)
        payees, got = np.unique(pairs[1], return_counts=True)
        keep = np.isin(transfers.source[events], payers[paid >= least])
        keep &= np.isin(transfers.target[events], payees[got >= least])
        if keep.all():
            break
        events = events[keep]
    core: Payees = defaultdict(lambda: defaultdict(list))
    for event in events.tolist():
        core[int(transfers.source[event])][int(transfers.target[event])].append(event)
    return core


def _shared(core: Payees, least: int, budget: Budget) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Payers and the payees all of them paid: closed from each pair of payers with enough payees in common."""
    sets = {payer: set(payees) for payer, payees in core.items()}
    seen: set[frozenset[int]] = set()
    for one, other in combinations(sorted(sets), 2):
        budget.left -= 1
        if budget.left <= 0:
            return
        common = frozenset(sets[one] & sets[other])
        if len(common) < least or common in seen:
            continue
        seen.add(common)
        budget.left -= len(sets)
        payers = tuple(payer for payer in sorted(sets) if common <= sets[payer])
        if len(payers) >= least:
            yield payers, tuple(sorted(common))


def _within(
    transfers: Transfers,
    core: Payees,
    payers: tuple[int, ...],
    payees: tuple[int, ...],
    limits: PatternLimits,
) -> tuple[int, ...]:
    """One payment of each pair, all within one window: the earliest window there is; empty where there is none."""
    each = [core[payer][payee] for payer in payers for payee in payees]
    for begin in sorted({event for some in each for event in some}):
        opened = int(transfers.at[begin])
        chosen = [
            next((e for e in some if opened <= int(transfers.at[e]) <= opened + limits.window), None)
            for some in each
        ]
        inside = [event for event in chosen if event is not None]
        if len(inside) == len(each):
            return tuple(sorted(inside))
    return ()


def stacks(transfers: Transfers, layers: list[Pattern], limits: PatternLimits) -> Iterator[Pattern]:
    """Two bipartite layers, the second paid by payees of the first, after it and within a window."""
    spans = [(min(transfers.at[list(x.events)]), max(transfers.at[list(x.events)])) for x in layers]
    for i, one in enumerate(layers):
        reached = set(transfers.target[list(one.events)].tolist())
        for j, other in enumerate(layers):
            follows = spans[i][1] <= spans[j][0] <= spans[i][1] + limits.window
            between = reached & set(transfers.source[list(other.events)].tolist())
            if i != j and follows and len(between) >= limits.least:
                yield Pattern("stack", tuple(sorted(between)), (one.events, other.events), len(between))
