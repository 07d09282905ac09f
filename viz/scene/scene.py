"""A drawing laid out: every node, line and card with its place and marks, ready for SVG or the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from viz.layouts import layout
from viz.model import marks, theme
from viz.model.drawing import Drawing, Edge, Point
from viz.model.marks import Box, Extent, Mark, NodeShape, WordsMark
from viz.scene import cards, hand, hulls, routing
from viz.scene.cards import Card
from viz.text import measure

CROWDED = 40  # edges
HULL = 30.0  # px around the members of a gang on a canvas


@dataclass(frozen=True)
class Line:
    """One edge as drawn; ``control`` is the middle point of its quadratic curve, ``tone`` a token."""

    edge: int
    source: int
    target: int
    bow: float
    control: Point
    width: float
    tone: str
    dash: tuple[float, ...]
    arrow: bool
    weakest: bool


@dataclass(frozen=True)
class Scene:
    drawing: Drawing
    shapes: list[NodeShape]
    points: list[Point]
    lines: list[Line]
    cards: list[Card] = field(default_factory=list)
    frame: list[Mark] = field(default_factory=list)
    hulls: list[Mark] = field(default_factory=list)
    below: list[Mark] = field(default_factory=list)
    above: list[Mark] = field(default_factory=list)

    @property
    def extent(self) -> Extent:
        """Bounding box of everything, in px."""
        boxes = [_moved(shape.extent, point) for shape, point in zip(self.shapes, self.points, strict=True)]
        boxes += [(card.x, card.y, card.x + card.w, card.y + card.h) for card in self.cards]
        boxes += [(m.x, m.y, m.x + m.w, m.y + m.h) for m in self.frame if isinstance(m, Box)]
        boxes += [m.extent for m in self.hulls if isinstance(m, WordsMark)]
        boxes += hand.extents([*self.below, *self.above])
        boxes += [(x - HULL, y - HULL, x + HULL, y + HULL) for x, y in self.points if self.hulls]
        for line in self.lines:
            start, end = self.points[line.source], self.points[line.target]
            for t in (0.3, 0.5, 0.7):
                x, y = routing.curve_point(start, line.control, end, t)
                boxes.append((x - 6, y - 6, x + 6, y + 6))
        return marks.union(boxes) if boxes else (0.0, 0.0, 0.0, 0.0)


def build_scene(drawing: Drawing) -> Scene:
    """Lay out ``drawing``; raises ValueError for unknown layouts, double ids and edges without ends."""
    _check(drawing)
    index = {node.id: i for i, node in enumerate(drawing.nodes)}
    sides = [layout.label_side(drawing, node) for node in drawing.nodes]
    shapes = _shapes(drawing, sides)
    ends = [(index[edge.source], index[edge.target]) for edge in drawing.edges]
    hops = cards.hops_of(drawing) if drawing.layout == "chain" else {}
    contents = {pair: cards.content_of(drawing, edges) for pair, edges in hops.items()}
    points = layout.positions(drawing, shapes, cards.room_for(drawing, contents, index))
    if drawing.layout == "force" and points:
        shapes = _shapes(drawing, layout.away_from_lines(drawing, points))
        points = layout.settled(shapes, points)
    if drawing.layout == "placed":
        bow = routing.beside(ends)
    else:
        bow = routing.bows(ends, points, [s.body for s in shapes], [s.label for s in shapes])
    crowded = len(drawing.edges) > CROWDED
    lines = [_line(edge, n, ends[n], points, bow[n], crowded) for n, edge in enumerate(drawing.edges)]
    placed = cards.place_cards(drawing, hops, contents, points, index)
    around = hulls.around(drawing.hulls, points, HULL)
    frame = _frame(drawing, shapes, points)
    spots = {node.id: hand.spot_of(points[n], shapes[n]) for n, node in enumerate(drawing.nodes)}
    below, above = hand.frames(drawing.by_hand), hand.above(drawing.by_hand, spots)
    return Scene(drawing, shapes, points, lines, placed, frame, around, below, above)


def _shapes(drawing: Drawing, sides: Sequence[str]) -> list[NodeShape]:
    return [
        marks.node_shape(node, side, drawing.language, "s2" if node.inside and drawing.frame else "canvas")
        for node, side in zip(drawing.nodes, sides, strict=True)
    ]


def _check(drawing: Drawing) -> None:
    ids = [node.id for node in drawing.nodes]
    known = set(ids)
    if drawing.layout not in layout.LAYOUTS:
        raise ValueError(f"unknown layout {drawing.layout!r}: use one of {', '.join(layout.LAYOUTS)}")
    if len(known) != len(ids):
        raise ValueError(f"node ids must be unique: {sorted({i for i in ids if ids.count(i) > 1})[:5]}")
    for edge in drawing.edges:
        if edge.source not in known or edge.target not in known:
            raise ValueError(
                f"edge {edge.kind} {edge.source!r} to {edge.target!r} ends at no node of the drawing"
            )


def _line(
    edge: Edge,
    n: int,
    ends: tuple[int, int],
    points: list[Point],
    bow: float,
    crowded: bool,
) -> Line:
    source, target = ends
    control = routing.control_point(points[source], points[target], bow)
    width, dash = theme.edge_width(edge, crowded), theme.edge_dash(edge)
    arrow = edge.kind not in theme.UNDIRECTED
    return Line(n, source, target, bow, control, width, theme.edge_hue(edge.kind), dash, arrow, edge.weakest)


def _frame(drawing: Drawing, shapes: list[NodeShape], points: list[Point]) -> list[Mark]:
    """The hull of a gang: dashed while it is a candidate, its label always on."""
    inside = [i for i, node in enumerate(drawing.nodes) if node.inside]
    if not inside or not drawing.frame:
        return []
    label = measure.clean(drawing.frame)
    wide = measure.width(label, 12, True) + 20
    left, top, right, bottom = marks.union([_moved(shapes[i].extent, points[i]) for i in inside])
    left, top, right, bottom = left - 26, top - 34, max(right + 26, left + wide + 20), bottom + 22
    solid = drawing.status == "confirmed"
    edge, look = ("ink", ()) if solid else ("lineS", theme.FRAME_DASH)
    hull = Box(left, top, right - left, bottom - top, 24, "s2", edge, 1.4, look)
    stroke, dash = ("cf", ()) if solid else ("lineS", theme.RING_DASH)
    tag = Box(left + 22, top - 11, wide, 22, 4, "s1", stroke, 1.0, dash)
    return [hull, tag, WordsMark(left + 22 + wide / 2, top + 4.3, label, 12, "t1", True, "middle")]


def _moved(extent: Extent, point: Point) -> Extent:
    left, top, right, bottom = extent
    return left + point[0], top + point[1], right + point[0], bottom + point[1]
