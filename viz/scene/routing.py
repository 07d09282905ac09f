"""How lines run: straight where nothing is in the way, bowed around nodes and beside parallel lines.

The bow is the ``roundness`` of vis-network's ``curvedCW`` (positive) and ``curvedCCW`` (negative), so
that the page and the SVG draw the very same curve.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from graph_schema.arrays import Bools, Floats
from viz.model.drawing import Point
from viz.model.marks import Extent

PARALLEL = (0.0, 0.2, -0.2, 0.38, -0.38, 0.54, -0.54)
AROUND = (0.0, 0.14, -0.14, 0.28, -0.28, 0.44, -0.44)
CROWDED = 150  # from here wide arcs around everything would be worse than crossings
SAMPLES = np.linspace(0.05, 0.95, 31)
OWN_LABEL = 0.6  # a line may cross the name of its own end more easily than another's
OUTSIDE = 0.04  # per px beyond the uppermost or lowest node
OWN_LABEL_BELOW = 0.1  # where the name stands below its node, half of all lines have to


def control_point(start: Point, end: Point, bow: float) -> Point:
    """Control point of the quadratic curve that vis-network draws for this bow."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    turn = abs(bow) / 2
    angle = math.atan2(dy, dx) - math.copysign(turn * math.pi, bow)
    length = (0.5 + turn) * math.hypot(dx, dy)
    return start[0] + length * math.cos(angle), start[1] + length * math.sin(angle)


def curve_point(start: Point, control: Point, end: Point, t: float) -> Point:
    """Point of the quadratic curve at ``t`` in 0 … 1."""
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]


def beside(ends: Sequence[tuple[int, int]]) -> list[float]:
    """Bows of lines whose ends stand where somebody put them: the first of a pair is straight, others bow apart."""
    met: dict[frozenset[int], int] = defaultdict(int)
    found = []
    for a, b in ends:
        n = met[frozenset((a, b))]
        met[frozenset((a, b))] += 1
        found.append(PARALLEL[n % len(PARALLEL)] * (1 if a < b else -1))
    return found


def bows(
    ends: Sequence[tuple[int, int]],
    points: Sequence[Point],
    bodies: Sequence[Extent],
    labels: Sequence[Extent],
) -> list[float]:
    """One bow per line; ``bodies`` and ``labels`` are boxes in px relative to their node."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for line, (a, b) in enumerate(ends):
        groups[(min(a, b), max(a, b))].append(line)
    places = np.array(points, dtype=np.float64).reshape(-1, 2)
    body = _absolute(places, bodies, 3.0)
    label = _absolute(places, labels, 4.0)
    choices = AROUND if len(ends) <= CROWDED else AROUND[:3]
    result = [0.0] * len(ends)
    for (a, b), lines in sorted(groups.items()):
        if len(lines) == 1:
            result[lines[0]] = _around(choices, points, ends[lines[0]], body, label)
            continue
        for n, line in enumerate(lines):
            bow = PARALLEL[n] if n < len(PARALLEL) else 0.54 + 0.1 * (n - len(PARALLEL) + 1)
            # Seen from the other end the same side is the other sign.
            result[line] = bow if ends[line] == (a, b) else -bow
    return result


def _absolute(places: Floats, boxes: Sequence[Extent], margin: float) -> Floats:
    array = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    grow = np.array([-margin, -margin, margin, margin])
    empty = (array[:, 0] == array[:, 2])[:, None]
    moved: Floats = np.where(empty, np.nan, array + grow + np.hstack([places, places]))
    return moved


def _around(
    choices: Sequence[float],
    points: Sequence[Point],
    ends: tuple[int, int],
    body: Floats,
    label: Floats,
) -> float:
    """The smallest bow that crosses the fewest nodes and names."""
    start, end = points[ends[0]], points[ends[1]]
    weight = np.ones(len(points))
    for i in ends:
        weight[i] = OWN_LABEL_BELOW if label[i, 0] < points[i][0] else OWN_LABEL
    length = math.dist(start, end)
    top, bottom = np.nanmin(body[:, 1]), np.nanmax(body[:, 3])
    best, least = 0.0, math.inf
    for bow in choices:
        control = control_point(start, end, bow)
        path = np.array([curve_point(start, control, end, float(t)) for t in SAMPLES])
        bodies = _inside(path, body)
        bodies[list(ends)] = False
        outside = max(0.0, top - path[:, 1].min(), path[:, 1].max() - bottom)
        hits = 4.0 * bodies.sum() + weight[_inside(path, label)].sum() + OUTSIDE * outside
        cost = float(hits) + abs(bow) * max(1.0, length / 320)
        if cost < least:
            best, least = bow, cost
        if least <= 2 * OWN_LABEL_BELOW:
            break
    return best


def _inside(path: Floats, boxes: Floats) -> Bools:
    """Which boxes hold at least one point of the path."""
    x, y = path[:, 0, None], path[:, 1, None]
    inside = (x > boxes[:, 0]) & (x < boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 3])
    return np.asarray(np.any(inside, axis=0), dtype=np.bool_)
