"""Building rows of ``LEGS`` from whole columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from etl.parsing.text import filled
from etl.parsing.times import Times
from etl.storage.facts import LEGS
from graph_schema.arrays import Bools, Ints


@dataclass
class Legs:
    """Collects the legs of one batch; ``rows`` are the row numbers of the batch."""

    sheet: str
    rows: Ints
    parts: list[pa.Table] = field(default_factory=list)

    def add(
        self,
        rel: str,
        start: pa.Array,
        end: pa.Array,
        keep: Bools,
        times: Times | None = None,
        **columns: pa.Array | str | None,
    ) -> None:
        """One leg for every kept row with both ends; ``columns`` are further columns of ``LEGS``."""
        n = len(self.rows)
        if times is not None:
            columns |= {"at": times.arrow(), "at_precision": times.precisions()}
        chosen = keep & filled(start) & filled(end)
        at = np.flatnonzero(chosen)
        if not len(at):
            return
        given: dict[str, pa.Array | str | None] = {"rel": rel, "start": start, "end": end, **columns}
        given.setdefault("side", "none")
        given.setdefault("props", "{}")
        index = None if len(at) == n else pa.array(at)
        arrays = [
            pa.array(np.full(len(at), 0), pa.int64())
            if name == "row"
            else _column(name, given.get(name), len(at), index)
            for name in LEGS.names
        ]
        arrays[LEGS.names.index("row")] = pa.array(self.rows[at])
        arrays[LEGS.names.index("sheet")] = _fill(self.sheet, pa.string(), len(at))
        self.parts.append(pa.Table.from_arrays(arrays, schema=LEGS))

    def add_table(self, table: pa.Table) -> None:
        if table.num_rows:
            self.parts.append(table)

    def table(self) -> pa.Table:
        return pa.concat_tables(self.parts) if self.parts else LEGS.empty_table()


def _fill(value: str | int | None, kind: pa.DataType, n: int) -> pa.Array:
    if value is None:
        return pa.nulls(n, kind)
    return pa.array([value], kind).take(pa.array(np.zeros(n, np.int64)))


def _column(name: str, value: pa.Array | str | None, n: int, index: pa.Array | None) -> pa.Array:
    kind = LEGS.field(name).type
    if value is None or isinstance(value, str):
        return _fill(value, kind, n)
    out = value if index is None else value.take(index)
    return out if out.type == kind else out.cast(kind)
