"""Raw tables: what a reader hands on, columns of cells exactly as read, with their row numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from graph_schema.arrays import Ints


@dataclass
class RawBatch:
    """Consecutive rows. ``columns`` all have ``len(rows)`` cells and no nulls; short rows are padded with "".

    ``extra`` holds, by position in the batch, the cells of a row beyond the last column, and ``short`` the
    number of cells a row really had where that was fewer.
    """

    rows: Ints  # 1-based, as a spreadsheet shows them
    columns: list[pa.StringArray]
    extra: dict[int, list[str]] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)


def joined(first: RawBatch, second: RawBatch) -> RawBatch:
    """Two batches, one behind the other, as one."""
    width = max(len(first.columns), len(second.columns))
    first, second = widened(first, width), widened(second, width)
    shift = len(first)
    return RawBatch(
        np.concatenate([first.rows, second.rows]),
        [pa.concat_arrays(pair) for pair in zip(first.columns, second.columns, strict=True)],
        {**first.extra, **{i + shift: cells for i, cells in second.extra.items()}},
        {**first.short, **{i + shift: n for i, n in second.short.items()}},
    )


def widened(batch: RawBatch, width: int) -> RawBatch:
    """The batch with at least ``width`` columns: cells beyond the last one come into columns of their own."""
    old = len(batch.columns)
    if old >= width:
        return batch
    short = dict(batch.short)
    added: list[list[str]] = [[""] * len(batch) for _ in range(width - old)]
    extra: dict[int, list[str]] = {}
    for i in range(len(batch)):
        cells = batch.extra.get(i, [])
        for column, cell in zip(added, cells, strict=False):
            column[i] = cell
        if len(cells) > len(added):
            extra[i] = cells[len(added) :]
        elif len(cells) < len(added):
            short.setdefault(i, old + len(cells))
    columns = [*batch.columns, *(pa.array(cells, pa.string()) for cells in added)]
    return RawBatch(batch.rows, columns, extra, short)


def first_rows(batch: RawBatch, count: int) -> RawBatch:
    """The first ``count`` rows of a batch."""
    if count >= len(batch):
        return batch
    return RawBatch(
        batch.rows[:count],
        [column.slice(0, count) for column in batch.columns],
        {i: cells for i, cells in batch.extra.items() if i < count},
        {i: n for i, n in batch.short.items() if i < count},
    )


@dataclass
class View:
    """One way to read a sheet (a delimiter, or cells that hold whole CSV lines): its head, and all of it.

    ``read(skip, width)`` streams the batches after the first ``skip`` rows, with at least ``width`` columns.
    """

    head: list[list[str]]
    read: Callable[[int, int], Iterator[RawBatch]]


@dataclass(frozen=True)
class Merge:
    """Cells of a workbook merged into one, counted from 0; only the first of them holds the value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class RawSheet:
    """One sheet of a workbook, or a whole text file (``name`` is then "")."""

    name: str
    views: list[View]
    layout: str | None = None  # the layout that reads it, where the reader knows
    declared: int | None = None  # rows an index of the package declares
    damaged: bool = False  # some characters could not be decoded: those rows carry U+FFFD
    hidden: bool = False  # the workbook does not show this sheet
    merges: tuple[Merge, ...] = ()


def from_lists(first_row: int, rows: list[list[str]], width: int) -> RawBatch:
    """Make a batch of Python rows numbered consecutively from ``first_row``."""
    extra: dict[int, list[str]] = {}
    short: dict[int, int] = {}
    for i, row in enumerate(rows):
        if len(row) != width:
            if len(row) > width:
                extra[i] = row[width:]
                rows[i] = row[:width]
            else:
                short[i] = len(row)
                rows[i] = row + [""] * (width - len(row))
    columns = [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)] if rows else []
    if not rows:
        columns = [pa.array([], pa.string()) for _ in range(width)]
    return RawBatch(np.arange(first_row, first_row + len(rows), dtype=np.int64), columns, extra, short)


def listed(name: str, rows: list[list[str]], batch_rows: int, head_rows: int) -> RawSheet:
    """A sheet whose rows are at hand, numbered from 1."""

    def read(skip: int, width: int) -> Iterator[RawBatch]:
        for at in range(skip, len(rows), batch_rows):
            part = [list(row) for row in rows[at : at + batch_rows]]
            yield from_lists(at + 1, part, max([width, *(len(row) for row in part)]))

    return RawSheet(name, [View([list(row) for row in rows[:head_rows]], read)])
