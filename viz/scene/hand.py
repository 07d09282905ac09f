"""What somebody drew by hand over a canvas, as marks: frames below everything, the rest above."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from viz.model import icons, theme
from viz.model.drawing import HandMark
from viz.model.marks import Box, Mark, NodeShape, Outline, Words
from viz.text import measure

Point = tuple[float, float]

LEAST_LETTERS = 9.0  # px
PITCH = 1.35  # of the height of letters, from line to line
INSET = 0.55  # of the height of letters, from the edge of a box to its text
GAP = 5.0  # px between an arrow and the object it ends at


def frames(marks: Sequence[HandMark]) -> list[Mark]:
    """Frames with their titles: they lie below objects and lines."""
    found: list[Mark] = []
    for mark in marks:
        if mark.kind != "frame":
            continue
        tone, letters = theme.PENS[mark.pen], max(LEAST_LETTERS, mark.size)
        found.append(Box(mark.x, mark.y, mark.w, mark.h, 6, "", tone, 1.8))
        if mark.text:
            title = " ".join(mark.text.split())
            found.append(Words(mark.x + 6, mark.y - 0.4 * letters, title, letters, tone, True, halo="canvas"))
    return found


def above(marks: Sequence[HandMark], places: Mapping[str, tuple[Point, NodeShape]]) -> list[Mark]:
    """Texts, arrows, icons and notes; what sticks on an object that is not drawn is left out."""
    found: list[Mark] = []
    for mark in marks:
        if mark.kind == "arrow":
            found += _arrow(mark, places)
        elif mark.kind == "text":
            found += _box(mark, mark.x, mark.y, "s1")
        elif mark.kind == "icon":
            found += _icon(mark)
        elif mark.kind == "note":
            found += _note(mark, places)
    return found


def _box(mark: HandMark, x: float, y: float, fill: str) -> list[Mark]:
    letters = max(LEAST_LETTERS, mark.size)
    inset = INSET * letters
    lines = _lines(mark.text, letters, mark.w - 2 * inset)
    tall = max(mark.h, len(lines) * PITCH * letters + 2 * inset)
    found: list[Mark] = [Box(x, y, mark.w, tall, 4, fill, theme.PENS[mark.pen], 1.4)]
    for n, line in enumerate(lines):
        base = y + inset + (n * PITCH + 1) * letters
        found.append(Words(x + inset, round(base, 1), line, letters, "t1"))
    return found


def _lines(text: str, letters: float, wide: float) -> list[str]:
    """The lines somebody typed, each broken where it is too long."""
    return [line for typed in text.split("\n") for line in measure.wrap(typed, letters, max(letters, wide))]


def _note(mark: HandMark, places: Mapping[str, tuple[Point, NodeShape]]) -> list[Mark]:
    if mark.on is None:
        return _box(mark, mark.x, mark.y, "warnw")
    if mark.on not in places:
        return []
    (x, y), _ = places[mark.on]
    box = _box(mark, x + mark.x, y + mark.y, "warnw")
    tall = next(each.h for each in box if isinstance(each, Box))
    near = (
        min(max(x, x + mark.x), x + mark.x + mark.w),
        min(max(y, y + mark.y), y + mark.y + tall),
    )
    leader = _line((x, y), near, theme.PENS[mark.pen], 1.0, (3.0, 3.0))
    return [leader, *box]


def _icon(mark: HandMark) -> list[Mark]:
    tone, letters = theme.PENS[mark.pen], max(LEAST_LETTERS, mark.size)
    found: list[Mark] = [Outline(mark.x, mark.y, mark.w, icons.PATHS[mark.icon], tone, mark.w / 14)]
    if mark.text:
        middle, base = mark.x + mark.w / 2, mark.y + mark.w + 1.1 * letters
        for n, line in enumerate(_lines(mark.text, letters, max(mark.w * 4, 8 * letters))):
            found.append(
                Words(middle, base + n * PITCH * letters, line, letters, "t1", anchor="middle", halo="canvas")
            )
    return found


def _arrow(mark: HandMark, places: Mapping[str, tuple[Point, NodeShape]]) -> list[Mark]:
    if any(end is not None and end not in places for end in (mark.on, mark.to)):
        return []
    tail, head = (mark.x, mark.y), (mark.x + mark.w, mark.y + mark.h)
    if mark.on is not None:
        tail = places[mark.on][0]
    if mark.to is not None:
        head = places[mark.to][0]
    far = math.dist(tail, head)
    if far < 1:
        return []
    step = ((head[0] - tail[0]) / far, (head[1] - tail[1]) / far)
    first = places[mark.on][1].reach + GAP if mark.on is not None else 0.0
    last = places[mark.to][1].reach + GAP if mark.to is not None else 0.0
    tail = (tail[0] + step[0] * first, tail[1] + step[1] * first)
    head = (head[0] - step[0] * last, head[1] - step[1] * last)
    letters, tone = max(LEAST_LETTERS, mark.size), theme.PENS[mark.pen]
    found: list[Mark] = [_line(tail, head, tone, 2.4), _head(head, step, letters, tone)]
    if mark.text:
        x, y = (tail[0] + head[0]) / 2, (tail[1] + head[1]) / 2 - 0.5 * letters
        text = " ".join(mark.text.split())
        found.append(Words(x, y, text, letters, tone, True, "middle", "canvas"))
    return found


def _line(a: Point, b: Point, tone: str, width: float, dash: tuple[float, ...] = ()) -> Mark:
    return Outline(0, 0, 24, f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}", tone, width, dash)


def _head(tip: Point, step: Point, letters: float, tone: str) -> Mark:
    """An open head: those of relations are filled."""
    long = 0.9 * letters
    corners = [
        (
            tip[0] - long * step[0] + side * 0.5 * long * step[1],
            tip[1] - long * step[1] - side * 0.5 * long * step[0],
        )
        for side in (1, -1)
    ]
    (a, b), (c, d) = corners
    return Outline(0, 0, 24, f"M{a:.1f} {b:.1f}L{tip[0]:.1f} {tip[1]:.1f}L{c:.1f} {d:.1f}", tone, 2.4)


def extents(marks: Sequence[Mark]) -> list[tuple[float, float, float, float]]:
    """Bounding boxes of marks; of a path those of its points, which is enough for straight lines."""
    found = []
    for mark in marks:
        if isinstance(mark, Box):
            found.append((mark.x, mark.y, mark.x + mark.w, mark.y + mark.h))
        elif isinstance(mark, Words):
            found.append(mark.extent)
        elif isinstance(mark, Outline) and mark.size != 24:
            found.append((mark.x, mark.y, mark.x + mark.size, mark.y + mark.size))
        elif isinstance(mark, Outline):
            points = [tuple(map(float, each.split())) for each in mark.path[1:].split("L")]
            found += [(x - 2, y - 2, x + 2, y + 2) for x, y in points]
    return found
