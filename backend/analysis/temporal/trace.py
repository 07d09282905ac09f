"""Following money in time order, layer by layer, down (where it went) or up (where it came from).

Every hop lies at or after the hop before it, at most ``window`` later, in the same currency and with an
amount within ``ratio`` of it. Where an ``exchange`` is allowed the currency may change; amounts of two currencies
are not compared. A time known to the day or minute stands for that whole span: each event
carries the interval of times that fit everything before it, so a coarse time rules out only what it must.
What is cut is declared: of the events of one node in one window at most ``fan`` are looked at, the newest
first, before amounts are; of a layer at most what is left of ``most``, the newest first.

Definition: breadth-first search over events (not nodes) along time-respecting paths with bounded waiting.

References: D. Kempe, J. Kleinberg, A. Kumar, Connectivity and Inference Problems for Temporal Networks, J.
Computer and System Sciences 64(4), 2002, 820-842; P. Holme, J. Saramäki, Temporal Networks, Physics Reports
519(3), 2012, 97-125.

Cost: each event with an exact time is reached once; a layer takes O(s log d + f) for s states, d events of
a node and f events within the window, f at most s * ``fan``.

Against it: money is fungible; a later payment need not be the same money. ``ratio`` asks for alike sums and
misses what was split (``shapes``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from backend.analysis.arrays.grouping import spread
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.temporal.transfers import LONGEST, Transfers
from graph_schema.arrays import Bools, Ints

FOREVER = 1 << 60  # ms, beyond any time
LAYERS = whole_parameter("temporal.trace.layers")
FAN = whole_parameter("temporal.trace.fan")
MOST = whole_parameter("temporal.trace.most")
Direction = Literal["down", "up"]


@dataclass(frozen=True)
class Bounds:
    """What a trace may follow. Times are ms; ``ratio`` is later amount through earlier one."""

    direction: Direction = "down"
    layers: int = LAYERS
    window: int | None = None
    ratio: tuple[float, float] | None = None
    first: int | None = None
    last: int | None = None
    fan: int = FAN
    most: int = MOST
    exchange: bool = False


@dataclass(frozen=True)
class Trace:
    """Events reached, each with its layer, the position of the event it was reached by, and its root's.

    ``cut`` are nodes whose events were cut to the newest, ``truncated`` says that anything was cut at all.
    """

    event: Ints
    layer: Ints
    parent: Ints  # position in ``event``, -1 in layer 1
    root: Ints  # position of the layer-1 event it descends from
    truncated: bool
    cut: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.event)

    def back(self, position: int) -> list[int]:
        """Positions from layer 1 to ``position``."""
        path = [position]
        while (position := int(self.parent[position])) >= 0:
            path.append(position)
        return path[::-1]


@dataclass
class States:
    """Events with the interval of times that fits what led to them."""

    event: Ints
    low: Ints
    high: Ints
    parent: Ints
    root: Ints  # the layer-1 event

    def take(self, chosen: Ints | Bools) -> States:
        return States(
            self.event[chosen], self.low[chosen], self.high[chosen], self.parent[chosen], self.root[chosen]
        )

    def __len__(self) -> int:
        return len(self.event)


@dataclass
class Walk:
    """The state of one trace while it runs; ``apart`` keeps what descends from different roots apart."""

    transfers: Transfers
    bounds: Bounds
    apart: bool = False
    cut: set[int] = field(default_factory=set)
    truncated: bool = False
    seen: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.down = self.bounds.direction == "down"
        self.side = self.transfers.out if self.down else self.transfers.into
        self.far = self.transfers.target if self.down else self.transfers.source
        self.visited = np.zeros(0 if self.apart else len(self.transfers), dtype=np.bool_)

    def begin(self, sources: Ints) -> States:
        """Layer 1: what leaves (or enters) the sources between ``first`` and ``last``."""
        none = np.full(len(sources), -FOREVER)
        first, last = self.bounds.first, self.bounds.last
        low = none if first is None else np.full(len(sources), first, dtype=np.int64)
        high = -none if last is None else np.full(len(sources), last, dtype=np.int64)
        found = self._candidates(sources, low, high)
        states = States(
            found[1],
            np.maximum(self.transfers.at[found[1]], low[found[0]]),
            np.minimum(self.transfers.until(found[1]), high[found[0]]),
            np.full(len(found[1]), -1, dtype=np.int64),
            found[1],
        )
        return self._new(states.take(states.low <= states.high))

    def begin_with(self, events: Ints) -> States:
        """Layer 1: these events, each a root of its own."""
        nothing = np.full(len(events), -1, dtype=np.int64)
        return self._new(
            States(events, self.transfers.at[events], self.transfers.until(events), nothing, events)
        )

    def step(self, states: States, base: int) -> States:
        """The next layer: everything ``states`` (whose positions begin at ``base``) lead to."""
        nodes = self.far[states.event].astype(np.int64)
        going = np.flatnonzero(~self.transfers.stop[nodes])
        states, nodes, positions = states.take(going), nodes[going], going + base
        low, high = self._reach(states)
        owner, event = self._candidates(nodes, low, high)
        # Most of what a wide window offers was reached before: out with it while it is one column.
        fits = self._amount_fits(states.event[owner], event) & (event != states.event[owner])
        if not self.apart:
            fits &= ~self.visited[event]
        owner, event = owner[fits], event[fits]
        new = States(
            event,
            np.maximum(self.transfers.at[event], low[owner]),
            np.minimum(self.transfers.until(event), high[owner]),
            positions[owner],
            states.root[owner],
        )
        return self._new(new.take(new.low <= new.high))

    def _reach(self, states: States) -> tuple[Ints, Ints]:
        """The times at which the next event may be."""
        window = FOREVER if self.bounds.window is None else self.bounds.window
        if self.down:
            last = FOREVER if self.bounds.last is None else self.bounds.last
            return states.low, np.minimum(states.high + window, last)
        first = -FOREVER if self.bounds.first is None else self.bounds.first
        return np.maximum(states.low - window, first), states.high

    def _candidates(self, nodes: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        start, stop = self.side.within(self.transfers.at, nodes, low - LONGEST, high)
        many = stop - start > self.bounds.fan
        if many.any():
            self.truncated = True
            self.cut |= set(nodes[many].tolist())
            start = np.maximum(start, stop - self.bounds.fan)
        owner, position = spread(start, stop)
        return owner, self.side.order[position].astype(np.int64)

    def _amount_fits(self, known: Ints, found: Ints) -> Bools:
        earlier, later = (known, found) if self.down else (found, known)
        return self.transfers.alike(earlier, later, self.bounds.ratio, self.bounds.exchange)

    def _new(self, states: States) -> States:
        """States not covered by earlier ones, each once, in canonical order (of equals the first parent's)."""
        exact = self.transfers.precision[states.event] == 2
        if self.apart:
            kept = self._one_by_one(states, np.arange(len(states)))
        else:
            fresh = np.flatnonzero(exact & ~self.visited[states.event])
            _, first = np.unique(states.event[fresh], return_index=True)
            self.visited[states.event[fresh[first]]] = True
            coarse = np.flatnonzero(~exact)
            if len(coarse) == 0:
                return states.take(fresh[first])  # by event, each once: canonical already
            kept = np.r_[fresh[first], self._one_by_one(states, coarse)].astype(np.int64)
        return states.take(self._canonical(states, kept))

    def _canonical(self, states: States, chosen: Ints) -> Ints:
        some = states.take(chosen)
        root = some.root if self.apart else np.zeros(len(some), dtype=np.int64)
        return chosen[np.lexsort((some.parent, -some.high, some.low, some.event, root))]

    def _one_by_one(self, states: States, chosen: Ints) -> Ints:
        """Of ``chosen`` those whose interval none before them covers."""
        kept = []
        for i in self._canonical(states, chosen).tolist():
            root = int(states.root[i]) if self.apart else 0
            if self._uncovered(root, int(states.event[i]), int(states.low[i]), int(states.high[i])):
                kept.append(i)
        return np.array(kept, dtype=np.int64)

    def _uncovered(self, root: int, event: int, low: int, high: int) -> bool:
        known = self.seen.setdefault(root * len(self.transfers) + event, [])
        if any(a <= low and high <= b for a, b in known):
            return False
        known.append((low, high))
        return True

    def newest(self, states: States, left: int) -> States:
        """At most ``left`` of the states, the newest."""
        if len(states) <= left:
            return states
        self.truncated = True
        # Events are numbered in time order.
        chosen = np.sort(np.argsort(states.event, kind="stable")[len(states) - left :])
        return states.take(chosen)


def trace(transfers: Transfers, sources: Ints, bounds: Bounds) -> Trace:
    """What can be reached from the nodes ``sources`` in at most ``bounds.layers`` hops in time order."""
    walk = Walk(transfers, bounds)
    return run(walk, walk.begin(sources))


def trace_of(transfers: Transfers, events: Ints, bounds: Bounds) -> Trace:
    """The same from single payments, which are its first layer."""
    walk = Walk(transfers, bounds)
    return run(walk, walk.begin_with(events))


def run(walk: Walk, begun: States) -> Trace:
    """Let a walk go through its layers, the first of which is given."""
    bounds = walk.bounds
    layers = [walk.newest(begun, bounds.most)]
    total = len(layers[0])
    while len(layers) < bounds.layers and len(layers[-1]) and total < bounds.most:
        found = walk.step(layers[-1], total - len(layers[-1]))
        layers.append(walk.newest(found, bounds.most - total))
        total += len(layers[-1])
    full = total >= bounds.most and len(layers) < bounds.layers
    return Trace(
        event=np.concatenate([layer.event for layer in layers]),
        layer=np.repeat(np.arange(1, len(layers) + 1), [len(layer) for layer in layers]),
        parent=np.concatenate([layer.parent for layer in layers]),
        root=np.searchsorted(layers[0].event, np.concatenate([layer.root for layer in layers])),
        truncated=walk.truncated or full,
        cut=tuple(sorted(walk.cut)),
    )
