"""Delimited text as raw sheets: one view per delimiter that its first lines contain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from etl.reading.encoding import Encoding, detect, line_blocks
from etl.reading.grid import RawBatch, RawSheet, View, from_lists
from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.lines import find_spans, parse_block, parse_line, split_lines
from etl.reading.refusals import Unreadable

DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 400


def read_text(path: Path, limits: ReadLimits = LIMITS) -> RawSheet:
    """Open a text file; raises ``Unreadable`` when its encoding is unknown or it has no text at all."""
    encoding = detect(path)
    first = next(line_blocks(path, encoding, 1 << 20, limits), b"")
    if not first.strip():
        raise Unreadable("empty")
    views: list[View] = []
    unfolded: list[View] = []  # last: of a table with tabs, commas in its amounts must not part the rows
    for delimiter in DELIMITERS:
        if delimiter.encode() in first:
            head = [cells for _, cells in _records(first, delimiter, None, limits.head_rows + 20)]
            views.append(View(head, partial(_read, path, encoding, delimiter, limits)))
            if embedded(head):
                inner = [unfold(cells) for cells in head]
                unfolded.append(View(inner, partial(_read_embedded, path, encoding, delimiter, limits)))
    if not views:
        head = [[line] for line in first.decode("utf-8", "surrogatepass").split("\n")[: limits.head_rows]]
        views.append(View(head, partial(_read, path, encoding, ",", limits)))
    return RawSheet("", [*views, *unfolded], damaged=encoding.errors == "replace")


def _records(block: bytes, delimiter: str, width: int | None, count: int) -> list[tuple[int, list[str]]]:
    """First records of a block, each with the number of lines it takes."""
    lines = block.split(b"\n")[: count * 4]
    part = b"\n".join(lines) + b"\n"
    starts = split_lines(part)
    spans = find_spans(part, starts, delimiter, width, True)
    ends = dict(spans.joined)
    literal = set(spans.literal)
    records: list[tuple[int, list[str]]] = []
    at = 0
    while at < len(starts) and len(records) < count:
        end = ends.get(at, at + 1)
        text = part[starts[at] : starts[end] if end < len(starts) else len(part)]
        line = text.decode("utf-8", "surrogatepass").rstrip("\n")
        if end > at + 1:
            line = line.replace("\n", " ")
        records.append((end - at, parse_line(line, delimiter, at in literal)))
        at = end
    return records


def _read(
    path: Path, encoding: Encoding, delimiter: str, limits: ReadLimits, skip: int, width: int
) -> Iterator[RawBatch]:
    """Stream the batches after the first ``skip`` records."""
    row = 1
    pending = b""
    usual: int | None = None
    blocks = _sized(path, encoding, limits)
    block = next(blocks, None)
    if block is not None:
        lines = sum(taken for taken, _ in _records(block, delimiter, None, skip)) if skip else 0
        starts = split_lines(block)
        block = block[starts[lines] :] if lines < len(starts) else b""
        row += skip
        usual = max(width, _usual_width(block, delimiter, width))
    while block is not None:
        following = next(blocks, None)
        data = pending + block
        pending = b""
        if data:
            assert usual is not None
            starts = split_lines(data)
            spans = find_spans(data, starts, delimiter, usual, following is None)
            if spans.held_from is not None:
                cut = int(starts[spans.held_from])
                data, pending = data[:cut], data[cut:]
            if data:
                batch = parse_block(data, row, delimiter, usual, spans)
                row += len(batch)
                yield batch
        block = following
    if pending:
        starts = split_lines(pending)
        spans = find_spans(pending, starts, delimiter, usual, True)
        yield parse_block(pending, row, delimiter, usual or width, spans)


def _sized(path: Path, encoding: Encoding, limits: ReadLimits) -> Iterator[bytes]:
    """Blocks of about ``batch_rows`` lines, judged by the length of the first lines."""
    sample = next(line_blocks(path, encoding, 1 << 18, limits), b"")
    lines = max(1, sample.count(b"\n"))
    size = min(max(1 << 18, len(sample) // lines * limits.batch_rows), 16 << 20)
    return line_blocks(path, encoding, size, limits)


def _usual_width(block: bytes, delimiter: str, width: int) -> int:
    """How many cells most rows have: exports add an empty one after a trailing delimiter."""
    counts = Counter(
        len(cells)
        for _, cells in _records(block, delimiter, width, _SAMPLE)
        if any(cell.strip() for cell in cells)
    )
    return counts.most_common(1)[0][0] if counts else width


def embedded(head: list[list[str]]) -> bool:
    """Whole CSV lines inside one cell: at least three commas in the first of at most two columns."""
    rows = [[cell for cell in cells if cell.strip()] for cells in head]
    rows = [cells for cells in rows if cells]
    folded = sum(
        len(cells) <= 2 and (cells[0].count(",") >= 3 or cells[0].count("\t") >= 3) for cells in rows
    )
    return bool(rows) and folded * 2 > len(rows)


def unfold(cells: list[str]) -> list[str]:
    text = next((cell for cell in cells if cell.strip()), "")
    return parse_line(text, "\t" if text.count("\t") >= 3 else ",")


def unfold_batch(batch: RawBatch, width: int) -> RawBatch:
    """Parse the one cell of each row as a CSV line of its own."""
    rows = [
        unfold(list(cells)) for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    ]
    result = from_lists(0, rows, width)
    result.rows = np.asarray(batch.rows)
    return result


def _read_embedded(
    path: Path, encoding: Encoding, delimiter: str, limits: ReadLimits, skip: int, width: int
) -> Iterator[RawBatch]:
    for batch in _read(path, encoding, delimiter, limits, skip, 1):
        yield unfold_batch(batch, width)
