"""The parts of a sheet between lines that are no rows: each part with the values said for it.

A statement of several accounts says owner, currency or unit once for the rows that follow, and repeats its
heading. Rows are told by their time, so only lines without one are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.convert.context import Context
from etl.convert.frame import select
from etl.convert.text import PAD, to_mask
from etl.readers.grid import RawBatch
from etl.sources.said import is_note

_TIMELIKE = (
    r"^\D{0,3}(?:19|20)\d{2}\D?[01]?\d|^\D{0,3}\d{1,2}[-/.月:时]\d|^\D{0,2}\d{5}(?:\.\d+)?\D{0,2}$"
    r"|^\D{0,2}1\d{9}(?:\d{3})?\D{0,2}$|^\D{0,2}\d{1,6}\D{0,2}$"
)
"""How cells begin that may be a date, a time of day or both, as any source writes them."""


def parts(batches: Iterator[RawBatch], ctx: Context) -> Iterator[RawBatch]:
    """The rows of a sheet in parts; ``ctx.outside`` is that of the part at hand."""
    notes: list[list[str]] = []
    for batch in batches:
        start, n = 0, len(batch)
        lines = _lines(batch, ctx)
        for at, cells in lines:
            yield from _part(batch, start, at, notes, ctx)
            start = at + 1
            if cells:
                notes.append(cells)
        if not lines:
            yield from _part(batch, 0, n, notes, ctx, whole=True)
        else:
            yield from _part(batch, start, n, notes, ctx)


def _part(
    batch: RawBatch, start: int, end: int, notes: list[list[str]], ctx: Context, whole: bool = False
) -> Iterator[RawBatch]:
    if start == end:
        return
    if notes:
        ctx.outside = ctx.outside.renewed(notes)
        notes.clear()
    if whole:
        yield batch
        return
    chosen = np.zeros(len(batch), bool)
    chosen[start:end] = True
    yield select(batch, chosen)


def _lines(batch: RawBatch, ctx: Context) -> list[tuple[int, list[str]]]:
    """Positions of lines that are no rows: notes with their cells; blank lines and repeated headings without."""
    names = _time_fields(ctx)
    if not names or not len(batch):
        return []
    timed = np.zeros(len(batch), bool)
    for name in names:
        timed |= to_mask(pc.match_substring_regex(batch.columns[ctx.fields[name]], _TIMELIKE))
    found: list[tuple[int, list[str]]] = []
    at = np.flatnonzero(~timed)
    if not len(at):
        return found
    for i, cells in zip(at.tolist(), _rows(batch, at), strict=True):
        plain = [cell.strip(PAD) for cell in cells]
        if not any(cell.strip() for cell in cells) or plain in ctx.heading_lines:
            found.append((i, []))
        elif is_note(plain):
            found.append((i, plain))
    return found


def _rows(batch: RawBatch, at: np.ndarray) -> Iterator[list[str]]:
    index = pa.array(at)
    columns = [column.take(index).to_pylist() for column in batch.columns]
    return (list(cells) for cells in zip(*columns, strict=True))


def _time_fields(ctx: Context) -> list[str]:
    spec = ctx.layout.time
    if spec is None:
        return []
    return [name for name in (spec.at, spec.date, spec.otherwise) if name is not None and name in ctx.fields]
