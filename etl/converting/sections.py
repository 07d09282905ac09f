"""Sections of a sheet, divided by lines that are not rows; each section has the values stated for it.

A statement of several accounts says owner, currency or unit once for the rows that follow, and repeats its
heading, now and then with its columns in another order. Rows are told by their time, so only lines without one are
looked at.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting.context import Context, MeantHeading
from etl.converting.frame import select
from etl.layouts.said import is_note
from etl.parsing.text import PAD, to_mask
from etl.reading.grid import Merge, RawBatch, joined, widened
from graph_schema.arrays import Bools, Ints

_TIMELIKE = (
    r"^\D{0,3}(?:19|20)\d{2}\D?[01]?\d|^\D{0,3}\d{1,2}[-/.月:时]\d|^\D{0,2}\d{5}(?:\.\d+)?\D{0,2}$"
    r"|^\D{0,2}1\d{9}(?:\d{3})?\D{0,2}$|^\D{0,2}\d{1,6}\D{0,2}$"
)
"""How cells begin that may be a date, a time of day or both, as any source writes them."""
_HEADINGS = 3
"""So many names of columns in one line make it a heading."""
_WORDY = 20
"""At most so many lines without a digit are kept for the next batch."""


@dataclass(frozen=True)
class _Line:
    """A line that is no row, or two that are a heading: where the first and the last stand, the cells where it is a
    note, the meaning where it is a heading anew.
    """

    first: int
    at: int
    note: list[str]
    heading: MeantHeading | None = None


def parts(batches: Iterator[RawBatch], ctx: Context) -> Iterator[RawBatch]:
    """The rows of a sheet in parts; ``ctx.outside`` and ``ctx.heading`` are those of the part at hand."""
    notes: list[list[str]] = []
    for batch in _headings_whole(batches):
        rest: RawBatch | None = batch
        while rest is not None:
            rest = yield from _under_one_heading(widened(rest, len(ctx.headings)), notes, ctx)


def _headings_whole(batches: Iterator[RawBatch]) -> Iterator[RawBatch]:
    """The batches, cut so that two lines that may be one heading stand in the same: never after words alone."""
    held: RawBatch | None = None
    for each in batches:
        batch = each if held is None else joined(held, each)
        end = len(batch)
        last = range(end - 1, max(end - _WORDY, 0) - 1, -1)
        words = [not any(map(_has_digit, cells)) for cells in _rows(batch, np.array(last, np.int64))]
        start = end - (words.index(False) if False in words else len(words))
        held = _slice(batch, start, end) if start < end else None
        if start:
            yield batch if held is None else _slice(batch, 0, start)
    if held is not None:
        yield held


def _under_one_heading(
    raw: RawBatch, notes: list[list[str]], ctx: Context
) -> Generator[RawBatch, None, RawBatch | None]:
    """The parts of a batch as far as its columns mean the same; returns what stands below the next heading.

    What a merged cell says of several rows is put into each of them, by the heading these rows stand under.
    """
    batch = ctx.spread.over(raw, ctx.shared)
    start, n = 0, len(batch)
    for line in _lines(batch, raw, ctx):
        yield from _part(batch, start, line.first, notes, ctx)
        start = line.at + 1
        if line.heading is not None:
            ctx.heading = line.heading
            ctx.sections.append((int(batch.rows[line.at]), line.heading.names))
            return _slice(raw, start, n)
        if line.note:
            notes.append(line.note)
    yield from _part(batch, start, n, notes, ctx)
    return None


def _part(batch: RawBatch, start: int, end: int, notes: list[list[str]], ctx: Context) -> Iterator[RawBatch]:
    if start == end:
        return
    if notes:
        ctx.outside = ctx.outside.renewed(notes)
        ctx.said.append((int(batch.rows[start]), ctx.outside.restated))
        notes.clear()
    yield batch if (start, end) == (0, len(batch)) else _slice(batch, start, end)


def _slice(batch: RawBatch, start: int, end: int) -> RawBatch:
    chosen = np.zeros(len(batch), bool)
    chosen[start:end] = True
    return select(batch, chosen)


def _lines(batch: RawBatch, raw: RawBatch, ctx: Context) -> list[_Line]:
    """Lines that are no rows: notes, blank lines, repeated headings, and the first heading in another order."""
    at, named = _untimed(batch, ctx)
    found: list[_Line] = []
    beside = set(at.tolist())
    for i, is_heading, cells in zip(at.tolist(), named.tolist(), _rows(batch, at), strict=True):
        plain = [cell.strip(PAD) for cell in cells]
        if not any(plain) or plain in ctx.heading.lines:
            found.append(_Line(i, i, []))
        elif is_note(plain):
            found.append(_Line(i, i, plain))
        elif is_heading and (anew := _anew(raw, i, beside - {line.at for line in found}, ctx)) is not None:
            return [*found, anew]
    return found


def _anew(raw: RawBatch, i: int, beside: set[int], ctx: Context) -> _Line | None:
    """The heading that line ``i`` is by itself, or together with the line above or below it (of those ``beside``).

    A line above says whose the columns are (对方信息 over 户名), so it counts where it takes no field away; a line
    below has to add one.
    """

    alone = _meant(raw, i, i, ctx)
    above = _meant(raw, i - 1, i, ctx) if i - 1 in beside else None
    below = _meant(raw, i, i + 1, ctx) if i + 1 in beside else None
    fields = len(alone.fields) if alone else 0
    if above is not None and len(above.fields) >= fields:
        return _Line(i - 1, i, [], above)
    if below is not None and len(below.fields) > fields:
        return _Line(i, i + 1, [], below)
    return None if alone is None else _Line(i, i, [], alone)


def _meant(raw: RawBatch, first: int, last: int, ctx: Context) -> MeantHeading | None:
    """What the lines ``first`` to ``last`` mean as a heading."""
    places = np.arange(first, last + 1)
    lines = [
        [*(cell.strip(PAD) for cell in cells), *raw.extra.get(n, ())]
        for n, cells in zip(places.tolist(), _rows(raw, places), strict=True)
    ]
    if any(map(_has_digit, (cell for line in lines[:-1] for cell in line))):
        return None  # a row, not the upper line of a heading
    top = int(raw.rows[first]) - 1
    merges = [Merge(each.top - top, each.left, each.bottom - top, each.right) for each in ctx.merges]
    return ctx.again(lines, [each for each in merges if each.top <= 1 and each.bottom >= 0])


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _untimed(batch: RawBatch, ctx: Context) -> tuple[Ints, Bools]:
    """Lines without a time, and which of them hold names of columns; of a table without time the latter only."""
    if not len(batch):
        return np.zeros(0, np.int64), np.zeros(0, bool)
    names = _time_fields(ctx)
    if not names:
        named = _named(batch.columns, ctx)
        return np.flatnonzero(named), named[named]
    timed = np.zeros(len(batch), bool)
    for name in names:
        timed |= to_mask(pc.match_substring_regex(batch.columns[ctx.fields[name]], _TIMELIKE))
    at = np.flatnonzero(~timed)
    index = pa.array(at)
    return at, _named([column.take(index) for column in batch.columns], ctx)


def _named(columns: list[pa.StringArray], ctx: Context) -> Bools:
    hits = np.zeros(len(columns[0]) if columns else 0, np.int64)
    for column in columns:
        hits += to_mask(pc.is_in(pc.utf8_trim(column, PAD), value_set=ctx.known_headings))
    return np.asarray(hits >= _HEADINGS)


def _rows(batch: RawBatch, at: Ints) -> Iterator[list[str]]:
    index = pa.array(at)
    columns = [column.take(index).to_pylist() for column in batch.columns]
    return (list(cells) for cells in zip(*columns, strict=True))


def _time_fields(ctx: Context) -> list[str]:
    spec = ctx.layout.time
    if spec is None:
        return []
    return [name for name in (spec.at, spec.date, spec.otherwise) if name is not None and name in ctx.fields]
