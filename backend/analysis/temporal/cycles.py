"""Money that comes back: temporal cycles from a node to itself, each first payment followed on its own.

Definition: a cycle is a time-respecting path from a node back to it that brings back at least a share of
its first payment.

Reference: R. Kumar, T. Calders, 2SCENT: An Efficient Algorithm for Enumerating All Simple Temporal Cycles,
PVLDB 11(11), 2018, 1441-1453, for the notion. Not its algorithm: of all cycles with one first and last
payment only the shortest is named.

Cost: that of a trace for each first payment.

Against it: circular payments between honest traders look the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from backend.analysis.model.facts import Ints
from backend.analysis.model.parameters import parameter
from backend.analysis.temporal.trace import Bounds, Trace, Walk, run
from backend.analysis.temporal.transfers import Transfers

RETURNED = parameter("temporal.cycles.returned")


@dataclass(frozen=True)
class Cycle:
    """Events from the origin and back, in order, and what share of the first amount came back."""

    events: tuple[int, ...]
    returned: float


def returns(
    transfers: Transfers, origin: int, bounds: Bounds, returned: float = RETURNED, total: int | None = None
) -> tuple[list[Cycle], Trace]:
    """Cycles through ``origin`` of at most ``bounds.layers`` hops and ``total`` ms, each once, shortest first.

    For each first and last payment one cycle is named, the one with the fewest hops. Returns the trace too,
    which says whether anything was cut.
    """
    walk = Walk(transfers, replace(bounds, direction="down"), apart=True)
    found = run(walk, np.array([origin], dtype=np.int64))
    first = found.event[found.root]
    back = (transfers.target[found.event] == origin) & (found.layer > 1)
    back &= transfers.fen[found.event] >= returned * transfers.fen[first]
    if total is not None:
        back &= transfers.at[found.event] <= transfers.until(first) + total
    cycles = []
    for position in np.flatnonzero(back).tolist():
        events = tuple(int(found.event[p]) for p in found.back(position))
        once = len(set(events)) == len(events)  # a coarse time could let an event follow itself
        if once and not _passes(transfers, events[:-1], origin):
            share = float(transfers.fen[events[-1]]) / max(float(transfers.fen[events[0]]), 1.0)
            cycles.append(Cycle(events, share))
    return cycles, found


def _passes(transfers: Transfers, events: tuple[int, ...], origin: int) -> bool:
    """True where the money was back before already: that cycle is named by itself."""
    inner: Ints = transfers.target[np.array(events, dtype=np.int64)].astype(np.int64)
    return bool((inner == origin).any())
