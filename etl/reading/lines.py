"""Splitting a block of delimited text into records, the ordinary lines by Arrow, the odd ones by hand.

A line with an even number of quotes is a record by itself. A line with an odd number either opens a cell
that runs over line ends (then a later odd line closes it) or holds a stray quote: a memo such as ``5" pipe``
must not swallow the rows after it.
"""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from etl.reading.grid import RawBatch
from etl.reading.limits import LIMITS

# The standard limit of 128 KB would turn a long but lawful cell into an error.
csv.field_size_limit(LIMITS.line)

MAX_RECORD_LINES = 200
MAX_RECORD_BYTES = 1 << 20
_NARROW = 3
"""Lines of a message have as many commas as a table of so few columns by chance."""


@dataclass
class Spans:
    """Line numbers (0-based, half-open) of the records of a block that are not one ordinary line each."""

    joined: list[tuple[int, int]]  # a record over several lines
    literal: list[int]  # one line whose quotes mean nothing
    held_from: int | None = None  # an open record that may end in the next block starts at this line


def parse_line(text: str, delimiter: str, literal: bool = False) -> list[str]:
    """Split one record; ``literal`` takes quotes as they stand."""
    if literal:
        return text.split(delimiter)
    try:
        for cells in csv.reader([text], delimiter=delimiter):
            return cells
    except csv.Error:
        return text.split(delimiter)
    return []


def find_spans(block: bytes, starts: np.ndarray, delimiter: str, width: int | None, final: bool) -> Spans:
    """Say which lines of ``block`` (beginning at ``starts``) are not records by themselves.

    ``width`` is the usual number of cells, None while it is not yet known.
    """
    spans = Spans([], [])
    if b'"' not in block:
        return spans
    data = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(data == 34)
    per_line = np.diff(np.searchsorted(quotes, np.append(starts, len(block))))
    odd = np.flatnonzero(per_line & 1)
    last = len(starts)
    i = 0
    while i < len(odd):
        line = int(odd[i])
        closing = int(odd[i + 1]) if i + 1 < len(odd) else None
        reach = last if closing is None else closing
        if not _opens(_line(block, starts, line), delimiter):
            spans.literal.append(line)
            i += 1
            continue
        if closing is None and not final and reach - line < MAX_RECORD_LINES:
            spans.held_from = line
            return spans
        if closing is None or not _joins(block, starts, line, closing, delimiter, width):
            spans.literal.append(line)
            i += 1
            continue
        spans.joined.append((line, closing + 1))
        i += 2
    return spans


def _line(block: bytes, starts: np.ndarray, line: int) -> str:
    end = starts[line + 1] if line + 1 < len(starts) else len(block)
    return block[starts[line] : end].decode("utf-8", "surrogatepass").rstrip("\n")


def _opens(text: str, delimiter: str) -> bool:
    return text.lstrip(" ").startswith('"') or f'{delimiter}"' in text or f'{delimiter} "' in text


def _joins(
    block: bytes, starts: np.ndarray, line: int, closing: int, delimiter: str, width: int | None
) -> bool:
    """Whether a cell runs over several lines: strict CSV of the usual width, or lines that are no rows themselves."""
    if closing - line >= MAX_RECORD_LINES or starts[closing] - starts[line] > MAX_RECORD_BYTES:
        return False
    if width is None:
        return closing - line < 6
    lines = [_line(block, starts, at) for at in range(line, closing + 1)]
    try:
        cells = next(csv.reader([f"{text}\n" for text in lines], delimiter=delimiter, strict=True))
    except csv.Error:
        cells = []
    if not all(text.count(delimiter) + 1 == width for text in lines):
        return True
    return (
        len(cells) == width <= _NARROW
    )  # else each line is a row, and two stray quotes stand in two of them


def split_lines(block: bytes) -> np.ndarray:
    """Return where each line of the block begins (byte offsets)."""
    data = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(data == 10) + 1
    starts = np.concatenate(([0], ends))
    return starts[:-1] if len(starts) and starts[-1] == len(block) else starts


def parse_block(block: bytes, first_row: int, delimiter: str, width: int, spans: Spans) -> RawBatch:
    """Parse a block of whole records whose first has row number ``first_row``."""
    starts = split_lines(block)
    slow = _slow_records(block, starts, delimiter, spans)
    fast_block, fast_lines = _without(block, starts, slow)
    columns, ragged = _arrow(fast_block, delimiter, width)
    # Rows: an ordinary line counts one, a record over several lines counts one too.
    row_of_line = np.arange(len(starts), dtype=np.int64)
    for begin, end, _ in slow:
        row_of_line[end:] -= end - begin - 1
    kept = np.ones(len(fast_lines), dtype=bool)
    odd: list[tuple[int, list[str]]] = [(int(row_of_line[begin]), cells) for begin, _, cells in slow]
    for position, text in ragged:
        kept[position] = False
        odd.append((int(row_of_line[fast_lines[position]]), parse_line(text, delimiter)))
    rows = row_of_line[fast_lines[kept]]
    if not odd:
        return RawBatch(rows + first_row, columns)
    return _merge(rows, columns, odd, width, first_row)


def _slow_records(
    block: bytes, starts: np.ndarray, delimiter: str, spans: Spans
) -> list[tuple[int, int, list[str]]]:
    records = [(at, at + 1, parse_line(_line(block, starts, at), delimiter, True)) for at in spans.literal]
    for begin, end in spans.joined:
        text = "\n".join(_line(block, starts, at) for at in range(begin, end))
        reader = csv.reader([f"{part}\n" for part in text.split("\n")], delimiter=delimiter)
        try:
            cells = next(reader)
        except csv.Error:
            cells = text.split(delimiter)
        records.append((begin, end, cells))
    return sorted(records)


def _without(
    block: bytes, starts: np.ndarray, slow: list[tuple[int, int, list[str]]]
) -> tuple[bytes, np.ndarray]:
    if not slow:
        return block, np.arange(len(starts))
    keep = np.ones(len(starts), dtype=bool)
    parts: list[bytes] = []
    at = 0
    for begin, end, _ in slow:
        keep[begin:end] = False
        parts.append(block[at : starts[begin]])
        at = int(starts[end]) if end < len(starts) else len(block)
    parts.append(block[at:])
    return b"".join(parts), np.flatnonzero(keep)


def _arrow(block: bytes, delimiter: str, width: int) -> tuple[list[pa.StringArray], list[tuple[int, str]]]:
    """Parse lines that are records by themselves; those of another width come back with their position."""
    ragged: list[tuple[int, str]] = []
    if not block.strip(b"\n"):
        blank = block.count(b"\n") + (0 if block.endswith(b"\n") or not block else 1)
        return [pa.array([""] * blank, pa.string()) for _ in range(width)], ragged

    def note(row: pacsv.InvalidRow) -> str:
        ragged.append((row.number - 1, row.text))
        return "skip"

    if block.startswith(codecs.BOM_UTF8):
        block = codecs.BOM_UTF8 + block  # the parser takes one away; a mark in the middle of a file is text
    names = [str(i) for i in range(width)]
    table = pacsv.read_csv(
        pa.BufferReader(block),
        read_options=pacsv.ReadOptions(column_names=names, use_threads=False, block_size=len(block) + 64),
        parse_options=pacsv.ParseOptions(
            delimiter=delimiter,
            quote_char='"',
            newlines_in_values=False,
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False
        ),
    )
    return [table.column(i).combine_chunks() for i in range(width)], ragged


def _merge(
    rows: np.ndarray,
    columns: list[pa.StringArray],
    odd: list[tuple[int, list[str]]],
    width: int,
    first_row: int,
) -> RawBatch:
    """Put the rows parsed by hand back among the others, in order."""
    order = np.argsort(np.concatenate((rows, [row for row, _ in odd])), kind="stable")
    numbers = np.concatenate((rows, np.array([row for row, _ in odd], dtype=np.int64)))[order]
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    extra: dict[int, list[str]] = {}
    short: dict[int, int] = {}
    cells_of: list[list[str]] = []
    for i, (_, cells) in enumerate(odd):
        position = int(place[len(rows) + i])
        if len(cells) > width:
            extra[position] = cells[width:]
        elif len(cells) < width:
            short[position] = len(cells)
        cells_of.append((cells + [""] * width)[:width])
    take = pa.array(order)
    merged = [
        pa.concat_arrays([column, pa.array([cells[i] for cells in cells_of], pa.string())]).take(take)
        for i, column in enumerate(columns)
    ]
    return RawBatch(numbers + first_row, merged, extra, short)
