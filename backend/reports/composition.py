"""How chain and gang reports are laid out: numbered parts, tables from their columns, the drawing, the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from backend.contract.base import Decision
from backend.drawings import RunShown
from backend.reports.material import Material, lead, run_line, sources
from backend.reports.telling import Telling
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.model.drawing import Drawing
from viz.report.model import Block, Furniture, Heading, Picture, Report, Table

NUMERALS = "一二三四五六七八九十"


class ReportColumn(NamedTuple):
    """A column of a table: its heading, and its width in relation to the others."""

    head: Text
    width: float


NUMBER = ReportColumn(Text("序号", "No."), 0.35)
"""The column that counts the rows."""


def numbered_parts(language: str, parts: Iterable[tuple[Text, Iterable[Block]]]) -> Iterator[Block]:
    """The parts of a report in order, each under its numbered heading: ``一、`` or ``1.``."""
    for n, (heading, blocks) in enumerate(parts):
        yield Heading(f"{n + 1}. {heading.en}" if language == "en" else f"{NUMERALS[n]}、{heading.zh}")
        yield from blocks


def table(
    t: Telling,
    caption: Text,
    columns: Sequence[ReportColumn],
    rows: Iterable[tuple[str, ...]],
    proof: Iterable[tuple[str, ...]] = (),
) -> Table:
    """A table in the language of the report; ``proof`` has the source rows of each of its rows, or nothing."""
    heads = tuple(column.head.of(t.language) for column in columns)
    return Table(
        caption.of(t.language), heads, tuple(rows), tuple(proof), tuple(column.width for column in columns)
    )


def figure(language: str, caption: Text, drawing: Drawing) -> Iterator[Block]:
    """The drawing at the end of the report."""
    yield Heading("Drawing" if language == "en" else "附图")
    yield Picture(f"Figure 1. {caption.en}" if language == "en" else f"图 1　{caption.zh}", drawing)


def composed(
    store: Store,
    viewer: Viewer,
    stuff: Material,
    blocks: Sequence[Block],
    *,
    title: Text,
    subject: Text,
    status: str,
    review: Decision | None,
    run: RunShown,
    furniture: Furniture,
) -> Report:
    """The whole report around its blocks, with the source rows they rest on."""
    language = stuff.telling.language
    return Report(
        title=title.of(language),
        subject=subject.of(language),
        status=status,
        status_text=stuff.telling.decided(status, review),
        lead=lead(language),
        blocks=tuple(blocks),
        sources=sources(store, viewer, blocks, stuff),
        run=run_line(run, language),
        furniture=furniture,
        language=language,
    )
