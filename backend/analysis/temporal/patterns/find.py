"""All patterns of one kind among all transfers of a view."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from backend.analysis.model.kinds import PatternKind
from backend.analysis.temporal.cycles import all_cycles
from backend.analysis.temporal.patterns.layers import bipartite, scatter_gather, scatter_pairs, stacks
from backend.analysis.temporal.patterns.model import Pattern, PatternLimits, Patterns, timed
from backend.analysis.temporal.patterns.pairs import consecutive
from backend.analysis.temporal.patterns.stars import fans, gather_scatter, pass_through, sides
from backend.analysis.temporal.trace import Bounds
from backend.analysis.temporal.transfers import Transfers
from graph_schema.arrays import Ints

PatternSearch = Callable[[Transfers, Ints, PatternLimits], Patterns]


def find_patterns(transfers: Transfers, kind: PatternKind, limits: PatternLimits) -> Patterns:
    """Patterns of a kind, those with most branches first, of equal ones the earlier first.

    The same transfers give the same answer in whatever order they were loaded.
    """
    found = _SEARCHES[kind](transfers, timed(transfers, limits), limits)
    order = sorted(
        found.found, key=lambda each: (-each.branches, int(transfers.at[each.events[0]]), each.events)
    )
    return Patterns(tuple(order), found.truncated, found.cut)


def _whole(found: Iterable[Pattern]) -> Patterns:
    return Patterns(tuple(found), False, ())


def _scattered(transfers: Transfers, events: Ints, limits: PatternLimits) -> Patterns:
    pairs = scatter_pairs(transfers, events, limits)
    return Patterns(tuple(scatter_gather(transfers, pairs, limits)), pairs.truncated, pairs.cut)


def _passed_on(transfers: Transfers, events: Ints, limits: PatternLimits) -> Patterns:
    pairs = consecutive(transfers, events, events, limits)
    return Patterns(tuple(pass_through(transfers, pairs, limits)), pairs.truncated, pairs.cut)


def _layered(transfers: Transfers, events: Ints, limits: PatternLimits) -> Patterns:
    layers, cut = bipartite(transfers, events, limits)
    return Patterns(tuple(layers), cut, ())


def _stacked(transfers: Transfers, events: Ints, limits: PatternLimits) -> Patterns:
    layers, cut = bipartite(transfers, events, limits)
    return Patterns(tuple(stacks(transfers, layers, limits)), cut, ())


def _cycles(transfers: Transfers, events: Ints, limits: PatternLimits) -> Patterns:
    bounds = Bounds(
        layers=limits.layers,
        window=limits.window,
        ratio=limits.ratio,
        fan=limits.fan,
        most=limits.most,
        exchange=limits.exchange,
    )
    cycles, walk = all_cycles(transfers, events, bounds)
    found = (
        Pattern(
            "cycle", (int(transfers.source[each.events[0]]),), (each.events,), len(each.events), each.returned
        )
        for each in cycles
        if len(each.events) >= limits.least
    )
    return Patterns(tuple(found), walk.truncated, walk.cut)


_SEARCHES: dict[PatternKind, PatternSearch] = {
    "fan_in": lambda t, events, limits: _whole(fans(t, sides(t, events), limits, inward=True)),
    "fan_out": lambda t, events, limits: _whole(fans(t, sides(t, events), limits, inward=False)),
    "gather_scatter": lambda t, events, limits: _whole(gather_scatter(t, sides(t, events), limits)),
    "scatter_gather": _scattered,
    "pass_through": _passed_on,
    "cycle": _cycles,
    "bipartite": _layered,
    "stack": _stacked,
}
