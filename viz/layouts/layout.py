"""Where the nodes of a drawing stand: computed beforehand, deterministic, without overlapping labels.

Three layouts: ``chain`` (one person per row, upstream on top), ``roles`` (hierarchy, viz.layouts.roles) and
``force`` (free, seeded, viz.layouts.force). All return one point per node in px, y growing downwards.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from viz.layouts.force import force_positions, push_apart
from viz.layouts.roles import BESIDE, roles_positions
from viz.model.drawing import Drawing, Edge, Node, Point
from viz.model.marks import NodeShape

LAYOUTS = ("chain", "roles", "force", "placed")
CASE_GAP = 26.0  # between two rows that hold cases only
CHAIN_GAP = 62.0  # between two rows of a chain that have no card between them
CARD_ROOM = 26.0  # above and below a card
NEXT_IN_ROW = 44.0


def label_side(drawing: Drawing, node: Node) -> str:
    """Side of the name: right where lines leave downwards, below where room is short."""
    if drawing.layout == "chain":
        return "right"
    if drawing.layout in ("force", "placed"):
        return "below"
    if node.kind in ("case", "gang", "company") or (
        node.kind == "person" and node.role not in (*BESIDE, "user")
    ):
        return "right"
    return "below"


def positions(
    drawing: Drawing, shapes: Sequence[NodeShape], room: Mapping[int, float] | None = None
) -> list[Point]:
    """One point per node; ``room`` is the height in px that cards need above a level of a chain."""
    if not drawing.nodes:
        return []
    if drawing.layout == "chain":
        return _chain(drawing, shapes, room or {})
    if drawing.layout == "force":
        return force_positions(drawing, shapes)
    if drawing.layout == "placed":
        return [node.place or (0.0, 0.0) for node in drawing.nodes]
    return roles_positions(drawing, shapes)


def away_from_lines(drawing: Drawing, points: Sequence[Point]) -> list[str]:
    """Side of every name on a free layout: above where most lines of the node leave downwards."""
    index = {node.id: i for i, node in enumerate(drawing.nodes)}
    down = [0.0] * len(drawing.nodes)
    for edge in drawing.edges:
        a, b = index[edge.source], index[edge.target]
        dx, dy = points[b][0] - points[a][0], points[b][1] - points[a][1]
        slope = dy / (math.hypot(dx, dy) or 1.0)
        down[a] += slope
        down[b] -= slope
    return ["above" if steep > 0.3 else "below" for steep in down]


def settled(shapes: Sequence[NodeShape], points: Sequence[Point]) -> list[Point]:
    """Points moved as little as needed after names have changed sides."""
    boxes = np.array([shape.extent for shape in shapes], dtype=np.float64).reshape(-1, 4)
    moved = push_apart(np.array(points, dtype=np.float64).reshape(-1, 2), boxes)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in moved]


def chain_levels(drawing: Drawing) -> list[int]:
    """Level of every node of a chain: 0 at the bottom, each supplier above his buyer.

    Levels given by the nodes are kept. The others follow from the edges by the longest way up; edges that
    would close a circle are passed over. What has no way up or down stands beside its neighbour.
    """
    index = {node.id: i for i, node in enumerate(drawing.nodes)}
    above: dict[int, set[int]] = defaultdict(set)
    for edge in drawing.edges:
        lower, upper = _upward(edge)
        if lower in index and upper in index and lower != upper:
            above[index[lower]].add(index[upper])
    levels = _longest_paths(len(drawing.nodes), above)
    beside: dict[int, list[int]] = defaultdict(list)
    for edge in drawing.edges:
        if edge.source in index and edge.target in index:
            beside[index[edge.source]].append(index[edge.target])
            beside[index[edge.target]].append(index[edge.source])
    touched = set(above) | {upper for uppers in above.values() for upper in uppers}
    result = []
    for i, node in enumerate(drawing.nodes):
        near = next((j for j in beside[i] if j in touched or drawing.nodes[j].level is not None), None)
        if node.level is not None:
            result.append(node.level)
        elif i not in touched and near is not None:
            given = drawing.nodes[near].level
            result.append(given if given is not None else levels[near])
        else:
            result.append(levels[i])
    return result


def _upward(edge: Edge) -> tuple[str, str]:
    """Lower and upper end of an edge; equal where the kind says nothing about up and down."""
    if edge.kind in ("supply", "parcel", "trade"):
        return edge.target, edge.source
    if edge.kind in ("payment", "statement", "payee", "paid_for", "leads"):
        return edge.source, edge.target
    return edge.source, edge.source


def _longest_paths(n: int, above: Mapping[int, set[int]]) -> list[int]:
    """Longest way from the bottom to each node, leaving out edges that close a circle (depth first.

    In order).
    """
    state = [0] * n
    order: list[int] = []
    kept: dict[int, list[int]] = defaultdict(list)
    for start in range(n):
        stack = [(start, iter(sorted(above.get(start, ()))))] if state[start] == 0 else []
        state[start] = state[start] or 1
        while stack:
            node, ways = stack[-1]
            for upper in ways:
                if state[upper] == 1:
                    continue
                kept[node].append(upper)
                if state[upper] == 0:
                    state[upper] = 1
                    stack.append((upper, iter(sorted(above.get(upper, ())))))
                    break
            else:
                state[node] = 2
                order.append(node)
                stack.pop()
    levels = [0] * n
    for node in reversed(order):
        for upper in kept[node]:
            levels[upper] = max(levels[upper], levels[node] + 1)
    return levels


def _chain(drawing: Drawing, shapes: Sequence[NodeShape], room: Mapping[int, float]) -> list[Point]:
    levels = chain_levels(drawing)
    rows: dict[int, list[int]] = defaultdict(list)
    for i, level in enumerate(levels):
        rows[level].append(i)
    points: list[Point] = [(0.0, 0.0)] * len(levels)

    def only_cases(row: Sequence[int]) -> bool:
        return all(drawing.nodes[i].kind == "case" for i in row)

    y = 0.0
    for level in sorted(rows, reverse=True):
        row = sorted(rows[level], key=lambda i: (drawing.nodes[i].level is None, i))
        top = min(shapes[i].extent[1] for i in row)
        bottom = max(shapes[i].extent[3] for i in row)
        y -= top
        right = 0.0
        for n, i in enumerate(row):
            x = 0.0 if n == 0 else right + NEXT_IN_ROW - shapes[i].extent[0]
            points[i] = (round(x, 1), round(y, 1))
            right = x + shapes[i].extent[2]
        below = _next_below(rows, level)
        height = room.get(below, 0.0) if below is not None else 0.0
        close = below is not None and only_cases(row) and only_cases(rows[below])
        y += bottom + (height + 2 * CARD_ROOM if height else CASE_GAP if close else CHAIN_GAP)
    return points


def _next_below(rows: Mapping[int, object], level: int) -> int | None:
    return max((other for other in rows if other < level), default=None)
