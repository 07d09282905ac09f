"""Merged cells of a workbook: only the first of them holds the value that a reader sees beside every row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pyarrow as pa

from etl.reading.grid import Merge, RawBatch


class MergedCells:
    """Puts the value of cells merged over several rows into each of these rows, batch after batch."""

    def __init__(self, merges: Sequence[Merge] = ()) -> None:
        self._tall = [merge for merge in merges if merge.bottom > merge.top]
        self._known: dict[Merge, str] = {}

    def over(self, batch: RawBatch, columns: Collection[int]) -> RawBatch:
        """The batch with the merged cells of ``columns`` filled; the batch given stays as it is."""
        if not self._tall:
            return batch
        place = {int(row) - 1: i for i, row in enumerate(batch.rows)}
        changed: dict[int, list[str]] = {}
        for merge in self._tall:
            at = [place[row] for row in range(merge.top, merge.bottom + 1) if row in place]
            if not at or merge.left not in columns or merge.left >= len(batch.columns):
                continue
            cells = changed.get(merge.left)
            if cells is None:
                cells = changed[merge.left] = batch.columns[merge.left].to_pylist()
            if merge.top in place:
                self._known[merge] = cells[place[merge.top]]
            for i in at:
                cells[i] = cells[i] or self._known.get(merge, "")
        filled = [
            pa.array(changed[n], pa.string()) if n in changed else column
            for n, column in enumerate(batch.columns)
        ]
        return replace(batch, columns=filled)
