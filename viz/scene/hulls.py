"""Hulls of gangs on a canvas: the convex line around their members, dashed while they are candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence

from viz.model import theme
from viz.model.drawing import Point
from viz.model.marks import Mark, Outline, WordsMark


def around(
    gangs: Sequence[tuple[str, bool, Sequence[int]]], points: Sequence[Point], room: float
) -> list[Mark]:
    """A line around the members of each gang and its label above; ``room`` is kept around every member."""
    found: list[Mark] = []
    for label, sure, members in gangs:
        ring = [
            (
                points[n][0] + room * math.cos(turn * math.pi / 4),
                points[n][1] + room * math.sin(turn * math.pi / 4),
            )
            for n in members
            for turn in range(8)
        ]
        corners = convex(ring)
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
        tone, dash = ("t1", ()) if sure else ("lineS", theme.FRAME_DASH)
        found.append(Outline(0, 0, 24, path, tone, 1.25, dash))
        top = min(corners, key=lambda corner: corner[1])
        found.append(WordsMark(top[0], top[1] - 8, label, 12, "t1", True, "middle", "canvas"))
    return found


def convex(points: Sequence[Point]) -> list[Point]:
    """The convex hull, Andrew's monotone chain."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _half(ordered), _half(ordered[::-1])
    return [*lower[:-1], *upper[:-1]]


def _half(points: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found


def _turn(origin: Point, a: Point, b: Point) -> float:
    return (a[0] - origin[0]) * (b[1] - origin[1]) - (a[1] - origin[1]) * (b[0] - origin[0])
