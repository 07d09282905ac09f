"""Merged cells of a workbook: only the first of them holds the value that a reader sees beside every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from etl.reading.grid import Merge, RawBatch


def spread(batches: Iterator[RawBatch], merges: Sequence[Merge]) -> Iterator[RawBatch]:
    """Put the value of cells merged over several rows into each of these rows."""
    tall = [merge for merge in merges if merge.bottom > merge.top]
    if not tall:
        yield from batches
        return
    known: dict[Merge, str] = {}
    for batch in batches:
        place = {int(row) - 1: i for i, row in enumerate(batch.rows)}
        changed: dict[int, list[str]] = {}
        for merge in tall:
            at = [place[row] for row in range(merge.top, merge.bottom + 1) if row in place]
            if not at or merge.left >= len(batch.columns):
                continue
            cells = changed.get(merge.left)
            if cells is None:
                cells = changed[merge.left] = batch.columns[merge.left].to_pylist()
            if merge.top in place:
                known[merge] = cells[place[merge.top]]
            for i in at:
                cells[i] = cells[i] or known.get(merge, "")
        for left, cells in changed.items():
            batch.columns[left] = pa.array(cells, pa.string())
        yield batch
