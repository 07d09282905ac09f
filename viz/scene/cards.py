"""The cards of a chain: beside each hop its score, amounts, period, reasons and first evidence row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from viz.layouts import layout
from viz.model import marks, theme
from viz.model.drawing import Drawing, Edge, Evidence, Point
from viz.model.marks import Box, Mark, WordsMark
from viz.text import measure, words

Pair = frozenset[str]
Content = tuple[list[Mark], float]  # marks relative to the corner of the card, its height

X = 44.0  # left edge, right of the spine at 0
WIDTH = 560.0
PAD = 12.0
GAP = 8.0
NO_CARD = ("involvement", "holds", "seizure", "leads")


@dataclass(frozen=True)
class Card:
    """What is told of one hop beside its lines; ``edge`` is the one a click opens."""

    edge: int
    x: float
    y: float
    w: float
    h: float
    marks: list[Mark]


def hops_of(drawing: Drawing) -> dict[Pair, list[int]]:
    """Edges between the same two persons, which share one card; case roles and ties within a row get none."""
    level = dict(zip((node.id for node in drawing.nodes), layout.chain_levels(drawing), strict=True))
    groups: dict[Pair, list[int]] = defaultdict(list)
    for n, edge in enumerate(drawing.edges):
        if level[edge.source] != level[edge.target] and edge.kind not in NO_CARD:
            groups[frozenset((edge.source, edge.target))].append(n)
    return dict(groups)


def room_for(
    drawing: Drawing, contents: Mapping[Pair, Content], index: Mapping[str, int]
) -> dict[int, float]:
    """Height of the cards above each level of a chain."""
    levels = layout.chain_levels(drawing) if contents else []
    room: dict[int, float] = {}
    for pair, (_, height) in contents.items():
        low = min(levels[index[id_]] for id_ in pair)
        room[low] = room.get(low, 0.0) + height + (GAP if low in room else 0.0)
    return room


def content_of(drawing: Drawing, edges: Sequence[int]) -> Content:
    """Marks of the card for ``edges`` relative to its corner, and its height."""
    main = _main(drawing, edges)
    hop = drawing.edges[main]
    some = [drawing.edges[n] for n in sorted(edges, key=lambda n: (n != main, n))]
    weakest = any(edge.weakest for edge in some)
    inner = WIDTH - 2 * PAD
    content = _head(hop, weakest, drawing.language)
    y = PAD + 36.0
    for edge in some:
        content += _amount(edge, y, inner, drawing.language)
        y += 19.0
    small = [
        (line, "warn" if weakest else "t2")
        for remark in hop.remarks[:3]
        for line in measure.wrap(remark, 12, inner)
    ]
    rows = {item.row: item for edge in some for item in edge.evidence}
    small = small[:4] + [(line, "t3") for line in _evidence(list(rows.values()), inner, drawing.language)]
    for line, tone in small:
        content.append(WordsMark(PAD, y, line, 12, tone))
        y += 18.0
    height = y - 18.0 + PAD - 2.0
    confirmed = all(edge.confirmed or (not edge.derived and edge.score is None) for edge in some)
    fill = "warnw" if weakest else "s1"
    stroke = "warn" if weakest else "t1" if confirmed else "lineS"
    back = Box(0, 0, WIDTH, height, 8, fill, stroke, 1.2, () if confirmed else theme.RING_DASH)
    return [back, *content], height


def _head(hop: Edge, weakest: bool, language: str) -> list[Mark]:
    title = words.text("hop", language, n=hop.hop) if hop.hop else words.edge_name(hop.kind, language)
    head: list[Mark] = [WordsMark(PAD, PAD + 12.0, title, 13, "t1", True)]
    x = PAD + measure.width(title, 13, True) + 10.0
    if hop.score is not None:
        head += marks.strength_bars(hop.score, x, PAD + 12.5)
        head.append(WordsMark(x + 27.0, PAD + 12.0, f"{hop.score:.2f}", 13, "t1", True))
    chips = ["weakest"] if weakest else []
    if hop.derived or hop.score is not None:
        chips.append("confirmed" if hop.confirmed else "candidate")
    right = WIDTH - PAD
    for name in reversed(chips):
        chip, wide = marks.status_chip(name, 0.0, PAD + 7.5, language)
        right -= wide
        head += [marks.moved(mark, right, 0.0) for mark in chip]
        right -= 6.0
    return head


def _amount(edge: Edge, y: float, inner: float, language: str) -> list[Mark]:
    """``资金 5 笔 ¥22,600`` with its period.

    English counts name what they count, so a fact needs no more there.
    """
    name = words.edge_name(edge.kind, language)
    counted = language == "en" and edge.count and not edge.derived and f"count.{edge.kind}" in words.TEXT
    shown = edge.label if counted else f"{name} {edge.label}".rstrip()
    period = period_text(edge)
    shown = measure.cut(shown, 12, inner - measure.width(period, 12) - 12, True)
    line: list[Mark] = [WordsMark(PAD, y, shown, 12, theme.edge_hue(edge.kind), True)]
    return [*line, WordsMark(WIDTH - PAD, y, period, 12, "t3", anchor="end")] if period else line


def _evidence(rows: Sequence[Evidence], limit: float, language: str) -> list[str]:
    """How many rows prove the hop, and the first of them in words."""
    lines = [words.rows_text(len(rows), language)]
    for item in rows[:1]:
        shown = _place(replace(item, file=item.file.rpartition("/")[2]), language)
        if item.text:
            shown = words.text("evidence.says", language, place=shown, text=item.text)
        lines.append(measure.cut_end(shown, 12, limit))
    return lines


def _main(drawing: Drawing, edges: Sequence[int]) -> int:
    """The edge a card stands for: the conclusion if there is one, else the first."""
    return min(edges, key=lambda n: (not drawing.edges[n].derived, drawing.edges[n].hop is None, n))


def period_text(edge: Edge) -> str:
    """``2026-09-08 – 2026-11-05``; one date where both are the same."""
    first, last = edge.first, edge.last
    if not first or not last or first == last:
        return first or last
    return f"{first} – {last}"


def place_cards(
    drawing: Drawing,
    hops: Mapping[Pair, Sequence[int]],
    contents: Mapping[Pair, Content],
    points: Sequence[Point],
    index: Mapping[str, int],
) -> list[Card]:
    """Cards right of the gap they belong to, centred in it; several in one gap stand one under the other."""
    gaps: dict[Point, list[Pair]] = defaultdict(list)
    for pair in hops:
        upper, lower = sorted(points[index[id_]][1] for id_ in pair)
        gaps[max((y for _, y in points if y < lower), default=upper), lower].append(pair)
    cards = []
    for (top, bottom), pairs in sorted(gaps.items()):
        y = (top + bottom - sum(contents[pair][1] + GAP for pair in pairs) + GAP) / 2
        for pair in pairs:
            relative, height = contents[pair]
            placed = [marks.moved(mark, X, y) for mark in relative]
            cards.append(Card(_main(drawing, hops[pair]), X, round(y, 1), WIDTH, height, placed))
            y += height + GAP
    return cards


def _place(item: Evidence, language: str) -> str:
    """Where a row stands: file, sheet and row in words; without the name of the file its fingerprint."""
    prefix, sheet, number = words.split_reference(item.row)
    key = "evidence.place" if sheet else "evidence.place2"
    return words.text(key, language, file=item.file or prefix, sheet=sheet, row=number)
