"""Several tables on one sheet: one below the other they are read one by one, side by side they are not.

A bank's return puts the accounts above their transactions; read as one table, the rows of the second would become rows
of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from etl.layouts.heading import PAD, unique_headings
from etl.layouts.recognise import MINIMUM, Recognised, table_named
from etl.layouts.registry import is_heading
from etl.layouts.said import is_note
from etl.reading.grid import RawBatch, RawSheet, View, first_rows
from etl.reading.limits import LIMITS

_MOST_OF = 2 / 3
_NUMERALS = "一二三四五六七八九十"
"""No digits: a sheet may be named by an account."""
_A_LINE = 2
"""At most so many cells of a line above a heading say something of the rows below it."""


def below_each_other(sheet: RawSheet) -> list[RawSheet]:
    """The tables of a sheet, each as a sheet of its own; the sheet as it is where it holds one."""
    for view in [] if sheet.layout else sheet.views:
        at = _first_lines(view.head)[: len(_NUMERALS)]
        if len(at) > 1:
            ends = [_start(view.head, line) for line in at[1:]]
            spans = zip(at, [0, *ends], [*ends, None], strict=True)
            return [
                _part(sheet, view, number, at[0], start, end)
                for number, (_, start, end) in enumerate(spans, start=1)
            ]
    return [sheet]


def side_by_side(found: Recognised) -> bool:
    """Whether the heading is of two tables, parted by a blank column or by headings that come again."""
    row = [cell.strip(PAD) for cell in found.view.head[found.header]]
    cuts = [at + 1 for at, cell in enumerate(row) if not cell]
    cuts += [at for at, cell in enumerate(row) if cell and cell in row[:at]][:1]
    return any(_kind(row[:at]) and _kind(row[at:]) for at in cuts)


def _kind(row: Sequence[str]) -> str | None:
    """The table whose heading a row is: most of its cells are names of columns, none that it needs is missing."""
    cells = [cell for cell in row if cell.strip(PAD)]
    known = sum(map(is_heading, cells))
    if known < MINIMUM or known < len(cells) * _MOST_OF:
        return None
    layout = table_named(unique_headings(row))
    return None if layout is None else layout.name


def _first_lines(head: Sequence[Sequence[str]]) -> list[int]:
    """Where the heading of another table stands, with rows between it and the one before."""
    found: list[int] = []
    last: tuple[str, int] | None = None
    for at, row in enumerate(head[: LIMITS.head_rows]):
        kind = _kind(row)
        if kind is None:
            continue
        rows = last is None or any(map(_says_much, head[last[1] + 1 : at]))
        if rows and (last is None or last[0] != kind):
            found.append(at)
        last = kind, at
    return found


def _says_much(row: Sequence[str]) -> bool:
    return sum(bool(cell.strip(PAD)) for cell in row) > _A_LINE and not is_note(row)


def _start(head: Sequence[Sequence[str]], heading: int) -> int:
    """Where the lines begin that belong to a heading: titles, notes and blank lines above it."""
    at = heading
    while at and not _says_much(head[at - 1]):
        at -= 1
    return at


def _part(sheet: RawSheet, view: View, number: int, top: int, start: int, end: int | None) -> RawSheet:
    """One of the tables. What stands above the first one is said of all; rows keep their numbers."""
    lines = view.head[:end] if end is not None else view.head
    blank = [list[str]() for _ in range(top, start)]
    head = [*lines[:top], *blank, *lines[max(start, top) :]] if start else lines
    name = sheet.name if number == 1 else f"{sheet.name}（表{_NUMERALS[number - 1]}）"
    merges = tuple(m for m in sheet.merges if m.top >= start and (end is None or m.top < end))
    return replace(sheet, name=name, views=[View(head, _until(view.read, end))], merges=merges)


def _until(
    read: Callable[[int, int], Iterator[RawBatch]], end: int | None
) -> Callable[[int, int], Iterator[RawBatch]]:
    def part(skip: int, width: int) -> Iterator[RawBatch]:
        for batch in read(skip, width):
            count = len(batch) if end is None else int((batch.rows <= end).sum())
            if count:
                yield first_rows(batch, count)
            if count < len(batch):
                return

    return part
