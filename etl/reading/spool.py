"""Tables made out of a document (XML, JSON, a database): rows are spilled to disk, so memory stays flat.

A document is read once from front to back; its elements go, as cells, to as many tables as it has kinds of
them. Each table then is a raw sheet like any other: a heading in row 1, data from row 2.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.reading.grid import RawBatch, RawSheet, View
from etl.reading.limits import LIMITS, ReadLimits

_HELD = 5_000


@dataclass
class _Table:
    """One table while it is filled: rows not yet on disk, and the file of those that are."""

    headings: list[str]
    path: Path
    layout: str | None
    head: list[list[str]] = field(default_factory=list)
    held: list[Sequence[str]] = field(default_factory=list)
    count: int = 0
    sink: pa.RecordBatchFileWriter | None = None
    damaged: bool = False  # some cell holds U+FFFD: half a character stood there

    def flush(self) -> None:
        if not self.held:
            return
        names = [str(n) for n in range(len(self.headings))]
        columns = [pa.array(cells, pa.string()) for cells in zip(*self.held, strict=True)]
        self.damaged |= any(pc.any(pc.match_substring(column, "\ufffd")).as_py() for column in columns)
        batch = pa.record_batch(columns, names=names)
        if self.sink is None:
            self.sink = pa.ipc.new_file(str(self.path), batch.schema)
        self.sink.write_batch(batch)
        self.held = []


class Spool:
    """Collects rows of several tables; ``sheets`` ends the collecting and hands them on."""

    def __init__(self, limits: ReadLimits = LIMITS) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="upline-spool-")
        self._tables: dict[str, _Table] = {}
        self._limits = limits

    def table(self, name: str, headings: Sequence[str], layout: str | None = None) -> None:
        """Declare a table once; ``layout`` names the layout that reads it where its headings need no guessing."""
        if name not in self._tables:
            path = Path(self._folder.name) / f"{len(self._tables)}.arrow"
            self._tables[name] = _Table(list(headings), path, layout)

    def add(self, name: str, cells: Sequence[str]) -> None:
        """Add one row; ``cells`` has as many texts as the table has headings ("" where there is nothing)."""
        table = self._tables[name]
        if len(cells) != len(table.headings):
            raise ValueError(f"{name}: {len(cells)} cells under {len(table.headings)} headings")
        if len(table.head) < self._limits.head_rows:
            table.head.append(list(cells))
        table.held.append(cells)
        table.count += 1
        if len(table.held) >= _HELD:
            table.flush()

    def sheets(self) -> list[RawSheet]:
        """The tables that have rows, in the order they were declared."""
        found = []
        for name, table in self._tables.items():
            table.flush()
            if table.sink is not None:
                table.sink.close()
                view = View([table.headings, *table.head], partial(self._read, table))
                found.append(RawSheet(name, [view], layout=table.layout, damaged=table.damaged))
        return found

    def _read(self, table: _Table, skip: int, width: int) -> Iterator[RawBatch]:
        """Batches after the heading (row 1) and ``skip - 1`` rows; ``self`` keeps the folder alive meanwhile."""
        row = 2
        with pa.OSFile(str(table.path)) as file:
            reader = pa.ipc.open_file(file)
            for n in range(reader.num_record_batches):
                batch = reader.get_batch(n)
                left_out = min(max(skip + 1 - row, 0), batch.num_rows)
                part = batch.slice(left_out)
                rows = np.arange(row + left_out, row + batch.num_rows, dtype=np.int64)
                row += batch.num_rows
                if len(rows):
                    columns = [part.column(i) for i in range(part.num_columns)]
                    columns += [pa.array([""] * len(rows), pa.string())] * (width - len(columns))
                    yield RawBatch(rows, columns)
