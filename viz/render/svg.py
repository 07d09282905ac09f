"""Writes marks, lines and cards as SVG elements: every text escaped, every tone resolved by one painter."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from viz.model import theme
from viz.model.drawing import Point
from viz.model.marks import Disc, Mark, NodeShape, Outline, WordsMark
from viz.scene import routing
from viz.scene.cards import Card
from viz.scene.scene import Line, Scene
from viz.text import measure

Paint = Callable[[Literal["fill", "stroke"], str], str]

HALO = 3.5


def literal_paint(tones: dict[str, str]) -> Paint:
    """Paint with colour values: for files that stand alone."""
    return lambda what, tone: f'{what}="{tones[tone] if tone else "none"}"'


def class_paint(what: Literal["fill", "stroke"], tone: str) -> str:
    """Paint with a class attribute token (``fill-t1``): for pictures inside a page that brings the style."""
    return f"{what}-{tone or 'none'}"


def n(value: float) -> str:
    """A number as short as one decimal allows."""
    return f"{value:.1f}".removesuffix(".0")


def attributes(paint: Paint, fill: str, stroke: str = "") -> str:
    """``fill`` and ``stroke`` as attributes, or as one class attribute when the painter names classes."""
    names = [paint("fill", fill), paint("stroke", stroke)]
    return " ".join(names) if "=" in names[0] else f'class="{" ".join(names)}"'


def mark(item: Mark, paint: Paint, dx: float = 0.0, dy: float = 0.0) -> str:
    """One mark, moved by ``dx``, ``dy``."""
    x, y = n(item.x + dx), n(item.y + dy)
    if isinstance(item, WordsMark):
        return _words(item, paint, x, y)
    if isinstance(item, Outline):
        scale = item.size / 24
        return (
            f'<path d="{item.path}" transform="translate({x} {y}) scale({scale:.4g})" '
            f'{attributes(paint, "", item.stroke)} stroke-width="{item.width / scale:.3g}" '
            f'stroke-linecap="round" stroke-linejoin="round"{_dashes(item.dash)}/>'
        )
    stroke = f' stroke-width="{n(item.width)}"{_dashes(item.dash)}' if item.stroke else ""
    look = attributes(paint, item.fill, item.stroke) + stroke
    if isinstance(item, Disc):
        return f'<circle cx="{x}" cy="{y}" r="{n(item.r)}" {look}/>'
    radius = f' rx="{n(item.radius)}"' if item.radius else ""
    return f'<rect x="{x}" y="{y}" width="{n(item.w)}" height="{n(item.h)}"{radius} {look}/>'


def _dashes(dash: Sequence[float]) -> str:
    return f' stroke-dasharray="{" ".join(n(d) for d in dash)}"' if dash else ""


def _words(item: WordsMark, paint: Paint, x: str, y: str) -> str:
    weight = ' font-weight="600"' if item.bold else ""
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    text = escape(measure.clean(item.text))
    common = f'x="{x}" y="{y}" font-size="{n(item.size)}"{weight}{anchor}'
    halo = ""
    if item.halo:
        halo = (
            f'<text {common} {attributes(paint, item.halo, item.halo)} stroke-width="{HALO * 2:g}" '
            f'stroke-linejoin="round" aria-hidden="true">{text}</text>'
        )
    return f"{halo}<text {common} {attributes(paint, item.tone)}>{text}</text>"


def _exit(
    shape: NodeShape, centre: Point, at: Callable[[float], Point], inside: float, outside: float
) -> float:
    """The ``t`` at which the curve leaves the mark of ``shape``; ``inside`` and ``outside`` bracket it."""
    for _ in range(24):
        middle = (inside + outside) / 2
        x, y = at(middle)
        dx, dy = abs(x - centre[0]), abs(y - centre[1])
        distance = max(dx, dy) if shape.square else math.hypot(dx, dy)
        if distance < shape.reach + 1.5:
            inside = middle
        else:
            outside = middle
    return outside


def line(item: Line, scene: Scene, paint: Paint, dx: float = 0.0, dy: float = 0.0) -> str:
    """One edge from rim to rim with its arrow head; the weakest lies on an amber band."""
    source, target = scene.shapes[item.source], scene.shapes[item.target]
    start, end = scene.points[item.source], scene.points[item.target]
    if item.source == item.target:
        return _loop(item, source, start, paint, dx, dy)

    def at(t: float) -> Point:
        return routing.curve_point(start, item.control, end, t)

    first = _exit(source, start, at, 0.0, 0.5)
    last = _exit(target, end, at, 1.0, 0.5)
    if last <= first:
        return ""
    band = ""
    if item.weakest:
        path = _piece(start, item.control, end, first, last, dx, dy)
        band = f'<path d="{path}" {attributes(paint, "", "warnw")} stroke-width="14" stroke-linecap="round"/>'
    tip, head = at(last), ""
    stop = last
    if item.arrow:
        length = 7.0 + 2.2 * item.width
        while stop > first and math.dist(at(stop), tip) < length:
            stop -= 0.01
        head = _arrow(tip, at(max(stop, first)), item, paint, dx, dy)
    dash = f' stroke-dasharray="{" ".join(n(d) for d in item.dash)}"' if item.dash else ""
    path = _piece(start, item.control, end, first, max(stop, first), dx, dy)
    stroke = attributes(paint, "", item.tone)
    return f'{band}<path d="{path}" {stroke} stroke-width="{n(item.width)}"{dash}/>{head}'


def _arrow(tip: Point, base: Point, item: Line, paint: Paint, dx: float, dy: float) -> str:
    length = math.dist(tip, base) or 1.0
    half = 2.6 + 1.0 * item.width
    ux, uy = (tip[0] - base[0]) / length, (tip[1] - base[1]) / length
    corners = [tip, (base[0] - uy * half, base[1] + ux * half), (base[0] + uy * half, base[1] - ux * half)]
    points = " ".join(f"{n(x + dx)},{n(y + dy)}" for x, y in corners)
    return f'<polygon points="{points}" {attributes(paint, item.tone)}/>'


def _piece(start: Point, control: Point, end: Point, t0: float, t1: float, dx: float, dy: float) -> str:
    """The part of the quadratic curve between ``t0`` and ``t1`` as a path."""
    a = routing.curve_point(start, control, end, t0)
    b = routing.curve_point(start, control, end, t1)
    k = ((1 - t0) * (1 - t1), t0 * (1 - t1) + t1 * (1 - t0), t0 * t1)
    c = tuple(k[0] * start[i] + k[1] * control[i] + k[2] * end[i] for i in (0, 1))
    return f"M{n(a[0] + dx)} {n(a[1] + dy)}Q{n(c[0] + dx)} {n(c[1] + dy)} {n(b[0] + dx)} {n(b[1] + dy)}"


def _loop(item: Line, shape: NodeShape, point: Point, paint: Paint, dx: float, dy: float) -> str:
    """A line from a node to itself: a small circle above it."""
    x, y, r = point[0] + dx, point[1] + dy - shape.reach - 7, 9
    dash = f' stroke-dasharray="{" ".join(n(d) for d in item.dash)}"' if item.dash else ""
    look = attributes(paint, "", item.tone)
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{r}" {look} stroke-width="{n(item.width)}"{dash}/>'


def picture(scene: Scene, paint: Paint, dx: float = 0.0, dy: float = 0.0) -> list[str]:
    """All elements of the scene from back to front: hull, lines, cards, nodes, names, what is drawn by hand."""
    out = [mark(item, paint, dx, dy) for item in (*scene.hulls, *scene.below, *scene.frame[:1])]
    out += [_leader(card, paint, dx, dy) for card in scene.cards]
    for item in sorted(scene.lines, key=lambda item: not item.weakest):
        out.append(line(item, scene, paint, dx, dy))
    out += [mark(item, paint, dx, dy) for item in scene.frame[1:]]
    out += [mark(item, paint, dx, dy) for card in scene.cards for item in card.marks]
    pairs = list(zip(scene.shapes, scene.points, strict=True))
    for shape, (x, y) in pairs:
        out += [mark(item, paint, x + dx, y + dy) for item in shape.marks]
    for shape, (x, y) in pairs:
        out += [mark(item, paint, x + dx, y + dy) for item in shape.label_marks]
    out += [mark(item, paint, dx, dy) for item in scene.above]
    return [element for element in out if element]


def _leader(card: Card, paint: Paint, dx: float, dy: float) -> str:
    y = n(card.y + card.h / 2 + dy)
    look = attributes(paint, "", "line2")
    return f'<path d="M{n(dx)} {y}H{n(card.x + dx)}" {look} stroke-width="1"/>'


def document(
    body: Sequence[str], width: float, height: float, title: str, description: str, language: str
) -> str:
    """A whole SVG file around ``body``."""
    lang = "en" if language == "en" else "zh-CN"
    family = theme.SANS.replace('"', "'")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(width)}" height="{n(height)}" '
        f'viewBox="0 0 {n(width)} {n(height)}" xml:lang="{lang}" role="img" '
        f'aria-label={quoteattr(measure.clean(title))} font-family={quoteattr(family)} fill="none">'
        f"<title>{escape(measure.clean(title))}</title><desc>{escape(measure.clean(description))}</desc>"
        + "\n".join(["", *body, ""])
        + "</svg>\n"
    )
