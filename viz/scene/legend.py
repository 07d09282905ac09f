"""The legend: only marks that occur in the drawing, each as a small sample and its words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph_schema import legend
from graph_schema.language import Text
from viz.model import theme
from viz.model.drawing import Drawing, Edge
from viz.model.marks import Box, Disc, Mark, Outline, WordsMark
from viz.text import words

SAMPLE = 20.0
LINE_SAMPLE = 34.0


@dataclass(frozen=True)
class LegendItem:
    """``marks`` in a box ``width`` × 20 px whose middle is y = 0; a line sample is given as ``stroke``."""

    words: Text
    width: float
    marks: tuple[Mark, ...] = ()
    stroke: tuple[str, float, tuple[float, ...], bool] | None = None  # tone, width, dash, arrow


def legend_items(drawing: Drawing) -> list[LegendItem]:
    """Items in reading order: roles, things, certainty, kinds of lines, weakest hop, what is drawn by hand."""
    return [*_roles(drawing), *_things(drawing), *_certainty(drawing), *_lines(drawing), *_by_hand(drawing)]


def legend_notes(drawing: Drawing) -> list[Text]:
    """Sentences that belong to every legend of this layout."""
    notes = []
    if drawing.layout in ("chain", "roles"):
        notes.append(words.TEXT["legend.up"])
    if drawing.layout in ("force", "placed"):
        notes.append(words.TEXT["legend.force"])
    if any(node.kind == "person" and node.named and node.role != "unknown" for node in drawing.nodes):
        notes.append(words.TEXT["legend.role"])
    return notes


def _roles(drawing: Drawing) -> list[LegendItem]:
    present = {node.role for node in drawing.nodes if node.kind == "person" and node.named}
    items = []
    for role in theme.ROLES:
        if role not in present:
            continue
        disc, tone = Disc(10, 0, 9, theme.ROLE_FILL[role]), legend.ON_FILLS[role]
        if line := legend.OUTLINES.get(role):
            disc = replace(disc, stroke=line, width=1.0)
        glyph = words.GLYPH[role].of(drawing.language)
        items.append(
            LegendItem(
                words.ROLE[role], SAMPLE, (disc, WordsMark(10, 3.8, glyph, 10.5, tone, True, "middle"))
            )
        )
    if any(node.kind == "person" and not node.named for node in drawing.nodes):
        disc = Disc(10, 0, 9, "s1", "lineS", 1.4, theme.RING_DASH)
        mark = WordsMark(10, 3.8, "?", 10.5, "t2", True, "middle")
        items.append(LegendItem(words.TEXT["unknown_holder"], SAMPLE, (disc, mark)))
    return items


def _things(drawing: Drawing) -> list[LegendItem]:
    from viz.model import icons

    items = []
    for kind in words.KIND:
        if kind == "person" or not any(node.kind == kind for node in drawing.nodes):
            continue
        hue = theme.node_hue(kind)
        box = Box(1, -9, 18, 18, 4, "s1", hue, 1.4)
        if kind in icons.CHARACTERS:
            inner: Mark = WordsMark(10, 4.2, icons.CHARACTERS[kind], 11.5, hue, True, "middle")
        else:
            inner = Outline(4.5, -5.5, 11, icons.icon_path(kind), hue, 1.3)
        items.append(LegendItem(words.KIND[kind], SAMPLE, (box, inner)))
    return items


def _certainty(drawing: Drawing) -> list[LegendItem]:
    """Candidate and confirmed are always explained, present or not.

    The reader must know what he does not see.
    """
    return [
        LegendItem(
            words.TEXT["legend.candidate"], SAMPLE, (Disc(10, 0, 9, "canvas", "lineS", 1.5, theme.RING_DASH),)
        ),
        LegendItem(words.TEXT["legend.confirmed"], SAMPLE, (Disc(10, 0, 9, "canvas", "t1", 1.6),)),
    ]


def _lines(drawing: Drawing) -> list[LegendItem]:
    items = []
    for kind, name in words.EDGE.items():
        edges = [edge for edge in drawing.edges if edge.kind == kind]
        if not edges or kind in ("holds", "involvement"):
            continue
        tone, arrow = theme.edge_hue(kind), kind not in theme.UNDIRECTED
        if not any(edge.derived for edge in edges):
            dash = theme.edge_dash(edges[0])
            items.append(LegendItem(name, LINE_SAMPLE, stroke=(tone, 2.0, dash, arrow)))
            continue
        items += [
            LegendItem(words_, LINE_SAMPLE, stroke=(tone, 2.8, dash, arrow))
            for words_, dash in _derived(name, edges)
        ]
    if any(edge.weakest for edge in drawing.edges):
        band = Box(0, -7, LINE_SAMPLE, 14, 4, "warnw", "warn", 1.0)
        items.append(LegendItem(words.TEXT["legend.weakest"], LINE_SAMPLE, (band,)))
    return items


def _by_hand(drawing: Drawing) -> list[LegendItem]:
    """Said wherever somebody drew: his arrow is no relation, his colour no finding."""
    if not drawing.by_hand and not any(node.pen or node.icon for node in drawing.nodes):
        return []
    box = Box(0, -8, SAMPLE, 16, 4, "s1", theme.PENS["red"], 1.4)
    return [LegendItem(words.TEXT["legend.by_hand"], SAMPLE, (box,))]


def _derived(name: Text, edges: list[Edge]) -> list[tuple[Text, tuple[float, ...]]]:
    """One sample per certainty that occurs: confirmed, candidate, weak candidate."""
    weak = words.TEXT["legend.weak"]
    found = {theme.edge_dash(edge) for edge in edges if edge.derived}
    chips = words.CHIP
    rows = [
        ((), Text(f"{name.zh} {chips['confirmed'].zh}", f"{name.en}, {chips['confirmed'].en}")),
        (
            theme.CANDIDATE_DASH,
            Text(f"{name.zh} {chips['candidate'].zh}", f"{name.en}, {chips['candidate'].en}"),
        ),
        (theme.WEAK_DOTS, Text(f"{name.zh} {weak.zh}", f"{name.en} {weak.en}")),
    ]
    return [(words_, dash) for dash, words_ in rows if dash in found]
