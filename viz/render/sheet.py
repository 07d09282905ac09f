"""The rest of a still picture: title and banner above the graph.

Notes, requests, legend and footer below it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from viz.model import marks
from viz.model.drawing import Drawing
from viz.model.marks import Box, Mark, WordsMark
from viz.render import svg
from viz.scene.legend import LegendItem, legend_items, legend_notes
from viz.text import measure, words

ROW = 22.0


@dataclass
class Sheet:
    """A page being written from top to bottom; ``y`` is the place of the next element in px."""

    width: float
    margin: float
    paint: svg.Paint
    y: float = 0.0
    elements: list[str] = field(default_factory=list)

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin

    def put(self, *items: Mark) -> None:
        self.elements += [svg.mark(item, self.paint) for item in items]

    def lines(self, text: str, size: float, tone: str, bold: bool = False, pitch: float = 0.0) -> None:
        """Wrap ``text`` over the sheet, starting at ``y``."""
        for line in measure.wrap(text, size, self.inner, bold):
            self.put(WordsMark(self.margin, self.y + size, line, size, tone, bold))
            self.y += pitch or size * 1.5

    def rule(self) -> None:
        look = svg.attributes(self.paint, "", "line")
        self.elements.append(
            f'<path d="M{self.margin:g} {svg.n(self.y)}h{svg.n(self.inner)}" {look} stroke-width="1"/>'
        )


def head(sheet: Sheet, drawing: Drawing) -> None:
    """Title, status and the sentence that says what this is."""
    sheet.y = 22.0
    lines = measure.wrap(drawing.title, 18, sheet.inner - 90, True)
    for n, line in enumerate(lines):
        sheet.put(WordsMark(sheet.margin, sheet.y + 18, line, 18, "t1", True))
        if n == len(lines) - 1:
            x = sheet.margin + measure.width(line, 18, True) + 12
            chip, _ = marks.status_chip(drawing.status, x, sheet.y + 12, drawing.language)
            sheet.put(*chip)
        sheet.y += 27.0
    sheet.y += 5.0
    text = measure.wrap(drawing.banner, 13, sheet.inner - 28)
    confirmed = drawing.status == "confirmed"
    stroke, dash = ("cf", ()) if confirmed else ("lineS", (5.0, 4.0))
    height = 20.0 * len(text) + 12
    sheet.put(Box(sheet.margin, sheet.y, sheet.inner, height, 6, "s2", stroke, 1.0, dash))
    for n, line in enumerate(text):
        sheet.put(WordsMark(sheet.margin + 14, sheet.y + 20.5 + 20 * n, line, 13, "t1"))
    sheet.y += height


def foot(sheet: Sheet, drawing: Drawing) -> None:
    """Notes, requests to make, legend, run and counts."""
    if drawing.requests:
        _requests(sheet, drawing)
    for note in drawing.notes:
        sheet.lines(note, 12, "t2", pitch=18)
    if drawing.notes:
        sheet.y += 8.0
    sheet.rule()
    sheet.y += 12.0
    _legend(sheet, drawing)
    sheet.y += 4.0
    sheet.rule()
    sheet.y += 8.0
    if drawing.run:
        sheet.lines(drawing.run, 12, "t2", pitch=18)
    sheet.lines(f"{words.text('app', drawing.language)} · {counts(drawing)}", 12, "t3", pitch=18)
    sheet.y += 16.0


def counts(drawing: Drawing) -> str:
    """How much the drawing holds: nodes, edges, distinct evidence rows."""
    rows = {item.row for node in drawing.nodes for item in node.evidence}
    rows |= {item.row for edge in drawing.edges for item in edge.evidence}
    return words.text(
        "counts" if rows else "counts.only",
        drawing.language,
        nodes=f"{len(drawing.nodes):,}",
        edges=f"{len(drawing.edges):,}",
        rows=f"{len(rows):,}",
    )


def _requests(sheet: Sheet, drawing: Drawing) -> None:
    language = drawing.language
    keys = ("holder", "identifier", "period", "content", "hop")
    shares = (0.15, 0.25, 0.23, 0.25, 0.12)
    sheet.rule()
    sheet.y += 10.0
    sheet.lines(words.text("requests", language), 14, "t1", True, 24)
    rows = [[words.text(f"requests.{key}", language) for key in keys]]
    for request in drawing.requests:
        hop = words.text("hop", language, n=request.hop) if request.hop is not None else ""
        rows.append([request.holder, request.identifier, request.period, request.content, hop])
    for n, row in enumerate(rows):
        x, height = sheet.margin, ROW
        for cell, share in zip(row, shares, strict=True):
            wide = sheet.inner * share
            for k, line in enumerate(measure.wrap(cell, 12, wide - 10)):
                sheet.put(WordsMark(x, sheet.y + 15 + 17 * k, line, 12, "t1" if n else "t3"))
                height = max(height, ROW + 17 * k)
            x += wide
        sheet.y += height
        look = svg.attributes(sheet.paint, "", "line")
        sheet.elements.append(
            f'<path d="M{sheet.margin:g} {svg.n(sheet.y)}h{svg.n(sheet.inner)}" {look} stroke-width="1"/>'
        )
    sheet.y += 14.0


def _legend(sheet: Sheet, drawing: Drawing) -> None:
    x = sheet.margin
    for item in legend_items(drawing):
        text = item.words.of(drawing.language)
        wide = item.width + 7 + measure.width(text, 12) + 22
        if x + wide - 22 > sheet.width - sheet.margin and x > sheet.margin:
            x, sheet.y = sheet.margin, sheet.y + 27.0
        sheet.elements += sample(item, sheet.paint, x, sheet.y + 11)
        sheet.put(WordsMark(x + item.width + 7, sheet.y + 15.3, text, 12, "t2"))
        x += wide
    sheet.y += 30.0
    notes = [note.of(drawing.language) for note in legend_notes(drawing)]
    joined = (" " if drawing.language == "en" else "").join(notes)
    if joined:
        sheet.lines(joined, 12, "t3", pitch=18)


def sample(item: LegendItem, paint: svg.Paint, x: float, y: float) -> list[str]:
    """The sample of one legend item with its left end at ``x`` and its middle at ``y``."""
    out = [svg.mark(marks.moved(mark, x, y), paint) for mark in item.marks]
    if item.stroke:
        tone, width, dash, arrow = item.stroke
        end = x + item.width - (8 if arrow else 0)
        dashes = f' stroke-dasharray="{" ".join(svg.n(d) for d in dash)}"' if dash else ""
        look = svg.attributes(paint, "", tone)
        out.append(f'<path d="M{svg.n(x)} {svg.n(y)}H{svg.n(end)}" {look} stroke-width="{width:g}"{dashes}/>')
        if arrow:
            tip = x + item.width
            points = (
                f"{svg.n(tip)},{svg.n(y)} {svg.n(tip - 9)},{svg.n(y - 4.6)} {svg.n(tip - 9)},{svg.n(y + 4.6)}"
            )
            out.append(f'<polygon points="{points}" {svg.attributes(paint, tone)}/>')
    return out
