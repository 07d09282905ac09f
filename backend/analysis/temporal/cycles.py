"""Money that comes back: temporal cycles from a node to itself, each first payment followed on its own.

Definition: a cycle is a time-respecting path from a node back to it that brings back at least a share of
its first payment. Where the last payment is in another currency than the first (only where an exchange is allowed)
no share is asked.

Reference: R. Kumar, T. Calders, 2SCENT: An Efficient Algorithm for Enumerating All Simple Temporal Cycles,
PVLDB 11(11), 2018, 1441-1453, for the notion. Not its algorithm: of all cycles with one first and last
payment only the shortest is named.

Cost: that of a trace for each first payment. Over all nodes only payments inside one strongly connected component are
first payments, since no other comes back.

Against it: circular payments between honest traders look the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from backend.analysis.model.parameters import parameter
from backend.analysis.temporal.trace import Bounds, Trace, Walk, run
from backend.analysis.temporal.transfers import Transfers, side
from graph_schema.arrays import Ints

RETURNED = parameter("temporal.cycles.returned")


@dataclass(frozen=True)
class Cycle:
    """Events from the origin and back, in order, and what share of the first amount came back.

    ``returned`` is None where it came back in another currency.
    """

    events: tuple[int, ...]
    returned: float | None


def returns(
    transfers: Transfers, origin: int, bounds: Bounds, returned: float = RETURNED, total: int | None = None
) -> tuple[list[Cycle], Trace]:
    """Cycles through ``origin`` of at most ``bounds.layers`` hops and ``total`` ms, each once, shortest first.

    For each first and last payment one cycle is named, the one with the fewest hops. Returns the trace too,
    which says whether anything was cut.
    """
    walk = Walk(transfers, replace(bounds, direction="down"), apart=True)
    found = run(walk, walk.begin(np.array([origin], dtype=np.int64)))
    return _closed(transfers, found, returned, total), found


def all_cycles(
    transfers: Transfers, events: Ints, bounds: Bounds, returned: float = RETURNED
) -> tuple[list[Cycle], Trace]:
    """The same through every node over the payments ``events`` (numbers of events in order of time)."""
    inside = _circular(transfers, events)
    ends = transfers.source, transfers.target
    out, into = (side(each, inside, transfers.nodes) for each in ends)
    held = replace(transfers, out=out, into=into)
    walk = Walk(held, replace(bounds, direction="down"), apart=True)
    found = run(walk, walk.begin_with(inside))
    cycles = {frozenset(each.events): each for each in reversed(_closed(held, found, returned, None))}
    return [*reversed(cycles.values())], found  # coarse times could name one cycle from each of its nodes


def _circular(transfers: Transfers, events: Ints) -> Ints:
    """Of the events those whose ends lie in one strongly connected component."""
    source, target = transfers.source[events], transfers.target[events]
    shape = (transfers.nodes, transfers.nodes)
    graph = coo_array((np.ones(len(events), dtype=np.int8), (source, target)), shape=shape)
    _, component = connected_components(graph.tocsr(), directed=True, connection="strong")
    return np.asarray(events[component[source] == component[target]])


def _closed(transfers: Transfers, found: Trace, returned: float, total: int | None) -> list[Cycle]:
    """The walks that came back to where they began, shortest first."""
    first = found.event[found.root]
    same = transfers.unit[found.event] == transfers.unit[first]
    back = (transfers.target[found.event] == transfers.source[first]) & (found.layer > 1)
    back &= ~same | (transfers.fen[found.event] >= returned * transfers.fen[first])
    if total is not None:
        back &= transfers.at[found.event] <= transfers.until(first) + total
    cycles = []
    for position in np.flatnonzero(back).tolist():
        events = tuple(int(found.event[p]) for p in found.back(position))
        once = len(set(events)) == len(events)  # a coarse time could let an event follow itself
        if once and not _passes(transfers, events[:-1], int(transfers.source[events[0]])):
            share = float(transfers.fen[events[-1]]) / max(float(transfers.fen[events[0]]), 1.0)
            cycles.append(Cycle(events, share if same[position] else None))
    return cycles


def _passes(transfers: Transfers, events: tuple[int, ...], origin: int) -> bool:
    """True where the money was back before already: that cycle is named by itself."""
    inner: Ints = transfers.target[np.array(events, dtype=np.int64)].astype(np.int64)
    return bool((inner == origin).any())
