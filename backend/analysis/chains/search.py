"""Best-first search for the chains of one case: bounded, time-respecting, diverse.

Definition: partial chains wait in a heap by the product of their steps' scores (uniform-cost search over
-log score); a chain grows by steps whose time fits the step below. A person stands in a chain once. Maximal
ones come out best first.

References: E. W. Dijkstra, A Note on Two Problems in Connexion with Graphs, Numerische Mathematik 1, 1959,
269-271, for the order; D. Kempe, J. Kleinberg, A. Kumar, Connectivity and Inference Problems for Temporal
Networks, J. Computer and System Sciences 64(4), 2002, 820-842, for paths that respect time.

Cost: at most ``MOST_LOOKED`` partial chains for each case, each with at most ``FAN`` steps of its last
person.

Against it: the product takes steps for independent. Where many weak paths lead up, the bound may cut a long
one that is sure higher up.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from backend.analysis.chains.steps import STALE, UpwardStep
from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Ints

MOST_STEPS = whole_parameter("chains.search.most_steps")
MOST_PERSONS = whole_parameter("chains.search.most_persons")
MOST_LOOKED = whole_parameter("chains.search.most_looked")
LEAST_CHANCE = parameter("chains.search.least_chance")
SURE = parameter("chains.search.sure")
ALIKE = parameter("chains.search.alike")


@dataclass(frozen=True)
class Path:
    """A maximal path upward: its persons from the case on, its steps, the product of their scores."""

    persons: tuple[int, ...]
    steps: tuple[UpwardStep, ...]
    chance: float


def search(
    starts: tuple[int, ...], until: int | None, steps: dict[int, tuple[UpwardStep, ...]]
) -> Iterator[Path]:
    """Maximal paths upward from the starts, best product first.

    ``until`` is the time of the case: what began later does not lead to it. A path ends where nothing leads
    further, or before steps of less than ``SURE``: those are tried too, but do not hide what stands without them.
    A path that surely goes on, but whose chance would fall below ``LEAST_CHANCE`` there, is not told: it leads to unrelated
    cases more often than to one that matters (measured, docs/accuracy.md).
    """
    heap: list[tuple[float, tuple[int, ...], int, tuple[UpwardStep, ...]]] = []
    pushed = itertools.count()  # settles ties: two paths of equal chance over the same persons
    for start in starts:
        heapq.heappush(heap, (0.0, (start,), next(pushed), ()))
    looked = 0
    while heap and looked < MOST_LOOKED:
        cost, persons, _, path = heapq.heappop(heap)
        looked += 1
        onward = _onward(persons, path, until, steps)
        for step in onward:
            chance = -cost + math.log(max(step.score, 1e-9))
            if chance >= math.log(LEAST_CHANCE):
                added = tuple(hop.end for hop in step.hops)
                heapq.heappush(heap, (-chance, persons + added, next(pushed), (*path, step)))
        if path and not any(step.score >= SURE for step in onward):
            yield Path(persons, path, math.exp(-cost))


def _onward(
    persons: tuple[int, ...],
    path: tuple[UpwardStep, ...],
    until: int | None,
    steps: dict[int, tuple[UpwardStep, ...]],
) -> list[UpwardStep]:
    if len(path) >= MOST_STEPS:
        return []
    below = next((step for step in reversed(path) if step.first is not None), None)
    found = []
    for known in steps.get(persons[-1], ()):
        # One payee may collect for the supplier and for the supplier's supplier.
        step = known.plain if known.plain is not None and known.payee in persons else known
        if len(persons) + len(step.hops) > MOST_PERSONS or any(hop.end in persons for hop in step.hops):
            continue
        if step.to in persons or not _in_time(step, below, until):
            continue
        found.append(step)
    return found


def _in_time(step: UpwardStep, below: UpwardStep | None, until: int | None) -> bool:
    """The upper supply began before the lower one ended, and had not stopped long before the lower one began."""
    if step.first is None or step.last is None:
        return True
    if below is None or below.first is None or below.last is None:
        return until is None or step.first <= until
    return step.first <= below.last and step.last >= below.first - STALE


def alike(a: Path, b: Path, same: Ints) -> bool:
    """Two paths that differ only in what does not matter: they end with the same person, or have mostly the same persons;
    holders of one hand count once. Three paths to one end would hide where else the goods may come from.
    """
    x, y = ([int(same[p]) for p in path.persons[1:]] for path in (a, b))
    shared, either = set(x) & set(y), set(x) | set(y)
    return x[-1] == y[-1] or len(shared) / len(either) >= ALIKE
