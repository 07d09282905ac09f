"""The marks of a drawing as plain data: discs, boxes, outlines and words in named tones.

Both the SVG writer and the canvas of the page draw these same marks, so that the pictures cannot differ.
Tones are token names (see viz.model.theme), coordinates are px relative to the owner of the mark.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from graph_schema import legend
from viz.model import icons, theme
from viz.model.drawing import Node
from viz.text import measure, words

NAME_SIZE = 13.0
CAPTION_SIZE = 12.0
LABEL_LIMIT = 168.0  # a name
NUMBER_LIMIT = 264.0  # a case number, an account: these are not cut where it can be helped
LINE = 17.0


@dataclass(frozen=True)
class Disc:
    """A circle by centre and radius."""

    x: float
    y: float
    r: float
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    mark: str = "disc"


@dataclass(frozen=True)
class Box:
    """A rectangle by corner and size, its corners rounded."""

    x: float
    y: float
    w: float
    h: float
    radius: float = 0.0
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    mark: str = "box"


@dataclass(frozen=True)
class Outline:
    """A path on the 24 × 24 icon grid, its corner put at ``x``, ``y`` and scaled to ``size`` px.

    ``straight`` paths are lines (``M… L…``) at their own places, not bound to the grid.
    """

    x: float
    y: float
    size: float
    path: str
    stroke: str
    width: float = 1.75
    dash: tuple[float, ...] = ()
    mark: str = "outline"
    straight: bool = False


@dataclass(frozen=True)
class WordsMark:
    """One line of text, ``y`` being its baseline.

    ``halo`` is the tone of the outline that keeps it readable.
    """

    x: float
    y: float
    text: str
    size: float
    tone: str
    bold: bool = False
    anchor: str = "start"
    halo: str = ""
    mark: str = "words"

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Bounding box (left, top, right, bottom) in px."""
        wide = measure.width(self.text, self.size, self.bold)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.y - 0.88 * self.size, left + wide, self.y + 0.24 * self.size


Mark = Disc | Box | Outline | WordsMark
Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class NodeShape:
    """How one node looks: ``reach`` is where lines end, ``body`` and ``label`` its two bounding boxes."""

    reach: float
    square: bool
    marks: list[Mark]
    ground: str = "canvas"
    label_marks: list[WordsMark] = field(default_factory=list)
    label: Extent = (0.0, 0.0, 0.0, 0.0)

    @property
    def body(self) -> Extent:
        return -self.reach, -self.reach, self.reach, self.reach

    @property
    def extent(self) -> Extent:
        return union([self.body, self.label] if self.label_marks else [self.body])


def union(extents: list[Extent]) -> Extent:
    """Smallest box around all ``extents``."""
    lefts, tops, rights, bottoms = zip(*extents, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def as_json(marks: list[Mark]) -> list[dict[str, Any]]:
    """Marks as plain dictionaries without empty fields."""
    return [
        {key: value for key, value in asdict(mark).items() if value not in ("", (), False)} for mark in marks
    ]


def node_shape(node: Node, side: str, language: str, ground: str = "canvas") -> NodeShape:
    """Marks of ``node`` with its label at ``side``: right, below, above or left.

    ``ground`` is what it stands on.
    """
    square = node.kind != "person"
    marks, reach = _thing(node) if square else _person(node, language, ground)
    if node.pen:
        marks.append(Disc(0, 0, reach + 3.5, "", theme.PENS[node.pen], 3.0))
        reach += 5
    if node.icon:
        marks += badge(node.icon, node.pen, reach)
    label = _label(node, side, reach, ground)
    extent = union([mark.extent for mark in label]) if label else (0.0, 0.0, 0.0, 0.0)
    return NodeShape(reach, square, marks, ground, label, extent)


def _person(node: Node, language: str, ground: str) -> tuple[list[Mark], float]:
    role = node.role if node.role in theme.RADIUS else "unknown"
    radius = theme.RADIUS[role]
    if not node.named:
        disc = Disc(0, 0, radius, "s1", "lineS", 1.5, theme.RING_DASH)
        return [disc, _glyph("?", radius, "t2")], radius + 1.5
    ring = Disc(0, 0, radius + 3, ground, *_ring(node.confirmed))
    disc = Disc(0, 0, radius, theme.ROLE_FILL[role])
    if line := legend.OUTLINES.get(role):
        disc = replace(disc, stroke=line, width=1.0)
    tone = legend.ON_FILLS[role]
    return [ring, disc, _glyph(words.GLYPH[role].of(language), radius, tone)], radius + 4


def _ring(confirmed: bool) -> tuple[str, float, tuple[float, ...]]:
    return ("t1", 1.6, ()) if confirmed else ("lineS", 1.5, theme.RING_DASH)


def _glyph(glyph: str, radius: float, tone: str) -> WordsMark:
    size = round(radius * 0.95, 1)
    return WordsMark(0, round(size * 0.36, 2), glyph, size, tone, True, "middle")


def _thing(node: Node) -> tuple[list[Mark], float]:
    hue, half = theme.node_hue(node.kind), 14.0
    conclusion = node.kind in ("gang", "chain") and not node.confirmed
    box = Box(-half, -half, 2 * half, 2 * half, 6, "s1", hue, 1.6, theme.RING_DASH if conclusion else ())
    if node.kind in icons.CHARACTERS:
        return [box, WordsMark(0, 5.2, icons.CHARACTERS[node.kind], 14, hue, True, "middle")], half + 1
    path = icons.icon_path(node.kind)
    return [box, *([Outline(-8, -8, 16, path, hue)] if path else [])], half + 1


def _label(node: Node, side: str, reach: float, ground: str) -> list[WordsMark]:
    strong = node.role != "user" if node.kind == "person" else node.kind in ("case", "gang", "company")
    limit = LABEL_LIMIT if node.kind == "person" else NUMBER_LIMIT
    lines = [(measure.cut(node.label, NAME_SIZE, limit, strong), NAME_SIZE, "t1", strong)]
    if node.caption:
        lines.append((measure.cut(node.caption, CAPTION_SIZE, NUMBER_LIMIT), CAPTION_SIZE, "t2", False))
    if side == "below":
        x, y, anchor = 0.0, reach + 15.0, "middle"
    elif side == "above":
        x, y, anchor = 0.0, -reach - 7.0 - LINE * (len(lines) - 1), "middle"
    else:
        x = (reach + 7.0) * (1 if side == "right" else -1)
        y, anchor = 4.6 - LINE * (len(lines) - 1) / 2, "start" if side == "right" else "end"
    return [
        WordsMark(x, round(y + LINE * i, 1), line, size, tone, bold, anchor, ground)
        for i, (line, size, tone, bold) in enumerate(lines)
        if line.strip()
    ]


def badge(icon: str, pen: str, reach: float) -> list[Mark]:
    """The icon somebody gave an object, at its right lower rim."""
    at, tone = 0.55 * reach, theme.PENS[pen or "black"]
    return [
        Box(at - 2, at - 2, 16, 16, 4, "s1", tone, 1.2),
        Outline(at, at, 12, icons.PATHS[icon], tone, 1.3),
    ]


def status_chip(status: str, x: float, y: float, language: str) -> tuple[list[Mark], float]:
    """A 20 px high chip with its left edge at ``x`` and its middle at ``y``; returns marks and width."""
    label = words.CHIP.get(status, words.CHIP["candidate"]).of(language)
    wide = round(measure.width(label, 12, status == "confirmed") + 14, 1)
    styles: dict[str, tuple[str, str, tuple[float, ...], str]] = {
        "confirmed": ("cf", "cf", (), "cf-t"),
        "weakest": ("warnw", "warn", (), "warn"),
        "unsure": ("s3", "", (), "t2"),
        "rejected": ("s1", "line2", (), "t2"),
    }
    fill, stroke, dash, tone = styles.get(status, ("s1", "lineS", (3.2, 2.4), "t2"))
    box = Box(x, y - 10, wide, 20, 4, fill, stroke, 1.0 if stroke else 0.0, dash)
    return [box, WordsMark(x + wide / 2, y + 4.3, label, 12, tone, status == "confirmed", "middle")], wide


def strength_bars(score: float, x: float, y: float) -> list[Mark]:
    """Four rising bars, 21 px wide, standing on ``y``."""
    filled = theme.bars(score)
    heights = (4.0, 7.0, 10.0, 13.0)
    return [
        Box(x + 5.5 * i, y - height, 4, height, 1, "t1" if i < filled else "line2")
        for i, height in enumerate(heights)
    ]


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark elsewhere."""
    return replace(mark, x=round(mark.x + dx, 1), y=round(mark.y + dy, 1))
