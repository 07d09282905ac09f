"""What somebody drew by hand over a canvas, as marks: frames below everything, the rest above."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viz.model import icons, theme
from viz.model.drawing import HandMark
from viz.model.marks import Box, Mark, NodeShape, Outline, WordsMark
from viz.text import measure

Point = tuple[float, float]

LEAST_LETTERS = 9.0  # px
LEAST_ICON = 8.0  # px
PITCH = 1.35  # of the height of letters, from line to line
INSET = 0.55  # of the height of letters, from the edge of a box to its text
GAP = 5.0  # px between an arrow and the object it ends at


@dataclass(frozen=True)
class Spot:
    """What an arrow may end at or a note stick on: its middle, and how far it reaches across and down."""

    x: float
    y: float
    across: float
    down: float
    round: bool = False

    def way_out(self, step: Point) -> float:
        """How far it is from the middle to the rim in a direction of length 1."""
        if self.round:
            return self.across
        ways = [half / abs(part) for half, part in ((self.across, step[0]), (self.down, step[1])) if part]
        return min(ways, default=0.0)


def spot_of(point: Point, shape: NodeShape) -> Spot:
    """The spot of an object."""
    return Spot(*point, shape.reach, shape.reach, not shape.square)


def frames(marks: Sequence[HandMark]) -> list[Mark]:
    """Frames: they lie below objects and lines."""
    return [
        Box(mark.x, mark.y, mark.w, mark.h, 6, "", theme.PENS[mark.pen], 1.8)
        for mark in marks
        if mark.kind == "frame"
    ]


def above(marks: Sequence[HandMark], objects: Mapping[str, Spot]) -> list[Mark]:
    """Arrows, and above them texts, icons, notes and titles of frames.

    What sticks on an object that is not drawn is left out.
    """
    boxes: list[Mark] = []
    spots = dict(objects)
    for mark in marks:
        if mark.kind == "arrow" or (mark.kind == "note" and mark.on is not None and mark.on not in objects):
            continue
        drawn = (
            _title(mark)
            if mark.kind == "frame"
            else _icon(mark)
            if mark.kind == "icon"
            else _boxed(mark, objects)
        )
        boxes += drawn
        spots[mark.id] = _spot(mark, drawn)
    return [each for mark in marks if mark.kind == "arrow" for each in _arrow(mark, spots)] + boxes


def _spot(mark: HandMark, drawn: Sequence[Mark]) -> Spot:
    box = next((each for each in drawn if isinstance(each, Box)), Box(mark.x, mark.y, mark.w, mark.h))
    return Spot(box.x + box.w / 2, box.y + box.h / 2, box.w / 2, box.h / 2)


def _title(mark: HandMark) -> list[Mark]:
    if not mark.text:
        return []
    letters = max(LEAST_LETTERS, mark.size)
    title = " ".join(mark.text.split())
    place = (mark.x + 6, mark.y - 0.4 * letters)
    return [WordsMark(*place, title, letters, theme.PENS[mark.pen], True, halo="canvas")]


def _boxed(mark: HandMark, objects: Mapping[str, Spot]) -> list[Mark]:
    if mark.kind == "text":
        return _box(mark, mark.x, mark.y, "s1")
    if mark.on is None:
        return _box(mark, mark.x, mark.y, "warnw")
    return _note(mark, objects[mark.on])


def _box(mark: HandMark, x: float, y: float, fill: str) -> list[Mark]:
    letters = max(LEAST_LETTERS, mark.size)
    inset = INSET * letters
    lines = _lines(mark.text, letters, mark.w - 2 * inset)
    tall = max(mark.h, len(lines) * PITCH * letters + 2 * inset)
    found: list[Mark] = [Box(x, y, mark.w, tall, 4, fill, theme.PENS[mark.pen], 1.4)]
    for n, line in enumerate(lines):
        base = y + inset + (n * PITCH + 1) * letters
        found.append(WordsMark(x + inset, round(base, 1), line, letters, "t1"))
    return found


def _lines(text: str, letters: float, wide: float) -> list[str]:
    """The lines somebody typed, each broken where it is too long."""
    return [line for typed in text.split("\n") for line in measure.wrap(typed, letters, max(letters, wide))]


def _note(mark: HandMark, spot: Spot) -> list[Mark]:
    left, top = spot.x + mark.x, spot.y + mark.y
    box = _box(mark, left, top, "warnw")
    tall = next(each.h for each in box if isinstance(each, Box))
    near = (min(max(spot.x, left), left + mark.w), min(max(spot.y, top), top + tall))
    return [_line((spot.x, spot.y), near, theme.PENS[mark.pen], 1.0, (3.0, 3.0)), *box]


def _icon(mark: HandMark) -> list[Mark]:
    tone, letters = theme.PENS[mark.pen], max(LEAST_LETTERS, mark.size)
    wide = max(LEAST_ICON, mark.w)
    found: list[Mark] = [Outline(mark.x, mark.y, wide, icons.PATHS[mark.icon], tone, wide / 14)]
    if mark.text:
        middle, base = mark.x + wide / 2, mark.y + wide + 1.1 * letters
        for n, line in enumerate(_lines(mark.text, letters, max(wide * 4, 8 * letters))):
            found.append(
                WordsMark(
                    middle, base + n * PITCH * letters, line, letters, "t1", anchor="middle", halo="canvas"
                )
            )
    return found


def _arrow(mark: HandMark, spots: Mapping[str, Spot]) -> list[Mark]:
    if any(end is not None and end not in spots for end in (mark.on, mark.to)):
        return []
    here = Spot(mark.x, mark.y, 0, 0, True) if mark.on is None else spots[mark.on]
    there = Spot(mark.x + mark.w, mark.y + mark.h, 0, 0, True) if mark.to is None else spots[mark.to]
    far = math.dist((here.x, here.y), (there.x, there.y))
    step = ((there.x - here.x) / (far or 1), (there.y - here.y) / (far or 1))
    first, last = here.way_out(step) + GAP * bool(mark.on), there.way_out(step) + GAP * bool(mark.to)
    if first + last >= far:
        return []
    tail = (here.x + step[0] * first, here.y + step[1] * first)
    head = (there.x - step[0] * last, there.y - step[1] * last)
    letters, tone = max(LEAST_LETTERS, mark.size), theme.PENS[mark.pen]
    found: list[Mark] = [_line(tail, head, tone, 2.4), _head(head, step, letters, tone)]
    if mark.text:
        x, y = (tail[0] + head[0]) / 2, (tail[1] + head[1]) / 2 - 0.5 * letters
        text = " ".join(mark.text.split())
        found.append(WordsMark(x, y, text, letters, tone, True, "middle", "canvas"))
    return found


def _line(a: Point, b: Point, tone: str, width: float, dash: tuple[float, ...] = ()) -> Mark:
    return Outline(
        0, 0, 24, f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}", tone, width, dash, straight=True
    )


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
    path = f"M{a:.1f} {b:.1f}L{tip[0]:.1f} {tip[1]:.1f}L{c:.1f} {d:.1f}"
    return Outline(0, 0, 24, path, tone, 2.4, straight=True)


def extents(marks: Sequence[Mark]) -> list[tuple[float, float, float, float]]:
    """Bounding boxes of marks; of a path those of its points, which is enough for straight lines."""
    found = []
    for mark in marks:
        if isinstance(mark, Box):
            found.append((mark.x, mark.y, mark.x + mark.w, mark.y + mark.h))
        elif isinstance(mark, WordsMark):
            found.append(mark.extent)
        elif isinstance(mark, Outline) and not mark.straight:
            found.append((mark.x, mark.y, mark.x + mark.size, mark.y + mark.size))
        elif isinstance(mark, Outline):
            points = [tuple(map(float, each.split())) for each in mark.path[1:].split("L")]
            found += [(x - 2, y - 2, x + 2, y + 2) for x, y in points]
    return found
