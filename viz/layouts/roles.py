"""The hierarchy layout: organiser over wholesaler over retailer over user, runners and payees beside.

Rows follow the role (or the level a node brings along). Within a row the order follows the neighbours in
other rows; the distances are the smallest change of the wished places that leaves every label its room,
which is an isotonic regression and therefore solved exactly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from viz.model.drawing import Drawing, Node, Point
from viz.model.marks import NodeShape

LEVEL = {"organiser": 0, "wholesaler": 1, "retailer": 2, "user": 3}
BESIDE = ("payee", "runner")
IDENTIFIERS = ("phone", "sim", "device", "account", "bank", "card", "wechat", "tenpay", "alipay")
ROW_GAP = 58.0
SUBROW_GAP = 26.0
COLUMN_GAP = 22.0
BLOCK_GAP = 64.0
SWEEPS = 10


def roles_positions(drawing: Drawing, shapes: Sequence[NodeShape]) -> list[Point]:
    """Points of all nodes, upstream on top.

    Payees (and what has no row) stand right of the hierarchy, runners and identifiers left, each at the
    height of those they deal with.
    """
    neighbours = _neighbours(drawing)
    rows = _rows(drawing, neighbours)
    points: dict[int, Point] = {}
    _place_rows(rows, neighbours, shapes, points, _row_limit(len(drawing.nodes)))
    apart = [i for i in range(len(drawing.nodes)) if i not in points]
    runners = [i for i in apart if drawing.nodes[i].role == "runner"]
    identifiers = [i for i in apart if drawing.nodes[i].kind in IDENTIFIERS]
    payees = [i for i in apart if drawing.nodes[i].role == "payee" and i not in identifiers]
    others = [i for i in apart if i not in {*runners, *identifiers, *payees}]
    for members, direction in ((payees, 1), (others, 1), (runners, -1), (identifiers, -1)):
        _place_block(members, neighbours, shapes, points, direction)
    return [(round(points[i][0], 1), round(points[i][1], 1)) for i in range(len(drawing.nodes))]


def _neighbours(drawing: Drawing) -> list[list[int]]:
    index = {node.id: i for i, node in enumerate(drawing.nodes)}
    result: list[list[int]] = [[] for _ in drawing.nodes]
    for edge in drawing.edges:
        a, b = index.get(edge.source), index.get(edge.target)
        if a is not None and b is not None and a != b:
            result[a].append(b)
            result[b].append(a)
    return result


def _rows(drawing: Drawing, neighbours: Sequence[Sequence[int]]) -> list[list[int]]:
    """Rows from top to bottom, each ordered by rank; cases and seizures stand below the persons."""
    level: dict[int, int] = {}
    for i, node in enumerate(drawing.nodes):
        if node.level is not None:
            level[i] = node.level
        elif node.kind == "person" and node.role in LEVEL:
            level[i] = LEVEL[node.role]
    unknown = [
        i
        for i, node in enumerate(drawing.nodes)
        if i not in level and node.kind == "person" and node.role not in BESIDE
    ]
    _infer(drawing, unknown, level)
    lowest = max(level.values(), default=-1)
    levelled = any(node.level is not None for node in drawing.nodes)
    for i, node in enumerate(drawing.nodes):
        if i not in level and _below(node) and not levelled:
            level[i] = lowest + 1
    rows: dict[int, list[int]] = defaultdict(list)
    for i in sorted(level, key=lambda i: (drawing.nodes[i].rank or math.inf, i)):
        rows[level[i]].append(i)
    return [rows[key] for key in sorted(rows)]


def _below(node: Node) -> bool:
    return node.kind not in ("person", *IDENTIFIERS)


def _infer(drawing: Drawing, unknown: list[int], level: dict[int, int]) -> None:
    """Give persons of unknown role the row above those they supply or below those who supply them."""
    index = {node.id: i for i, node in enumerate(drawing.nodes)}
    waiting = list(unknown)
    while waiting:
        left = []
        for i in waiting:
            id_ = drawing.nodes[i].id
            buyers = [
                index[e.target]
                for e in drawing.edges
                if e.kind == "supply" and e.source == id_ and e.target in index
            ]
            sellers = [
                index[e.source]
                for e in drawing.edges
                if e.kind == "supply" and e.target == id_ and e.source in index
            ]
            if known := [level[j] for j in buyers if j in level]:
                level[i] = min(known) - 1
            elif known := [level[j] for j in sellers if j in level]:
                level[i] = max(known) + 1
            else:
                left.append(i)
        if len(left) == len(waiting):
            break
        waiting = left
    lowest = max(level.values(), default=0)
    for i in waiting:
        level.setdefault(i, lowest)


def _row_limit(n: int) -> float:
    """Widest row in px: fits a page for some twenty nodes, grows with the square root beyond."""
    return max(900.0, 125.0 * math.sqrt(n))


def _place_rows(
    rows: list[list[int]],
    neighbours: Sequence[Sequence[int]],
    shapes: Sequence[NodeShape],
    points: dict[int, Point],
    limit: float,
) -> None:
    row_of = {i: r for r, row in enumerate(rows) for i in row}
    splits = [_splits(row, shapes, limit) for row in rows]
    x: dict[int, float] = {}
    for row, parts in zip(rows, splits, strict=True):
        _settle([row[k::parts] for k in range(parts)], dict.fromkeys(row, 0.0), shapes, x)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        last = sweep >= SWEEPS - 2
        for r in range(len(rows)) if down else reversed(range(len(rows))):
            wish = {}
            for i in rows[r]:
                near = [j for j in neighbours[i] if j in row_of and row_of[j] != r]
                chosen = [j for j in near if (row_of[j] < r) == down] if not last else near
                wish[i] = sum(x[j] for j in chosen) / len(chosen) if chosen else x[i]
            rows[r].sort(key=lambda i: (wish[i], x[i], i))
            _settle([rows[r][k :: splits[r]] for k in range(splits[r])], wish, shapes, x)
    y = 0.0
    for row, parts in zip(rows, splits, strict=True):
        for k in range(parts):
            sub = row[k::parts]
            y -= min(shapes[i].extent[1] for i in sub)
            points.update({i: (x[i], y) for i in sub})
            y += max(shapes[i].extent[3] for i in sub) + (SUBROW_GAP if k < parts - 1 else ROW_GAP)


def _splits(row: Sequence[int], shapes: Sequence[NodeShape], limit: float) -> int:
    wide = sum(shapes[i].extent[2] - shapes[i].extent[0] + COLUMN_GAP for i in row)
    return min(max(1, math.ceil(wide / limit)), len(row))


def _settle(
    subrows: list[list[int]], wish: dict[int, float], shapes: Sequence[NodeShape], x: dict[int, float]
) -> None:
    """Put each sub-row as near to its wishes as the widths allow, keeping the order."""
    for sub in subrows:
        offsets = [0.0]
        for a, b in pairwise(sub):
            offsets.append(offsets[-1] + shapes[a].extent[2] - shapes[b].extent[0] + COLUMN_GAP)
        values = isotonic([wish[i] - offset for i, offset in zip(sub, offsets, strict=True)])
        x.update({i: value + offset for i, value, offset in zip(sub, values, offsets, strict=True)})


def isotonic(values: Sequence[float]) -> list[float]:
    """Nearest non-decreasing sequence in the least-squares sense (pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    return [total / count for total, count in blocks for _ in range(count)]


def _place_block(
    members: Sequence[int],
    neighbours: Sequence[Sequence[int]],
    shapes: Sequence[NodeShape],
    points: dict[int, Point],
    direction: int,
) -> None:
    """Stand ``members`` in columns beside all that is placed.

    Each as near to the height of its neighbours as fits.
    """
    if not members:
        return
    extents = [_moved(shapes[i], point) for i, point in points.items()] or [(0.0, 0.0, 0.0, 0.0)]
    top, bottom = min(e[1] for e in extents), max(e[3] for e in extents)
    edge = max(e[2] for e in extents) if direction > 0 else min(e[0] for e in extents)
    start = edge + direction * (BLOCK_GAP if points else 0.0)
    pitch = max(shapes[i].extent[3] - shapes[i].extent[1] for i in members) + SUBROW_GAP
    per_column = max(1, int((bottom - top + SUBROW_GAP) // pitch), math.ceil(math.sqrt(len(members) / 2)))
    columns = math.ceil(len(members) / per_column)
    wish = {i: _mean_height(neighbours[i], points, (top + bottom) / 2) for i in members}
    far = {i: -direction * _mean_place(neighbours[i], points) for i in members}
    ordered = sorted(members, key=lambda i: (wish[i], far[i], i))
    for c in range(columns):
        column = ordered[c::columns]
        left, right = max(-shapes[i].extent[0] for i in column), max(shapes[i].extent[2] for i in column)
        x = start + (left if direction > 0 else -right)
        ys = isotonic([wish[i] - k * pitch for k, i in enumerate(column)])
        lowest = max(top, bottom - (len(column) - 1) * pitch - shapes[column[-1]].extent[3])
        for k, (i, y) in enumerate(zip(column, ys, strict=True)):
            points[i] = (x, min(max(y, top - shapes[column[0]].extent[1]), lowest) + k * pitch)
        start = x + (right + COLUMN_GAP if direction > 0 else -left - COLUMN_GAP)


def _mean_place(near: Sequence[int], points: dict[int, Point]) -> float:
    places = [points[j][0] for j in near if j in points]
    return sum(places) / len(places) if places else 0.0


def _mean_height(near: Sequence[int], points: dict[int, Point], otherwise: float) -> float:
    heights = [points[j][1] for j in near if j in points]
    return sum(heights) / len(heights) if heights else otherwise


def _moved(shape: NodeShape, point: Point) -> tuple[float, float, float, float]:
    left, up, right, down = shape.extent
    return left + point[0], up + point[1], right + point[0], down + point[1]
