"""Tables whose own columns are kept and get further ones worked out: row by row, numbered as in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from etl.reading.grid import RawBatch, RawSheet, View, from_lists
from etl.reading.limits import ReadLimits

RowReader = Callable[[], Iterator[tuple[int, list[str]]]]


def derived_sheet(
    name: str,
    headings: list[str],
    layout: str,
    rows: RowReader,
    limits: ReadLimits,
    declared: int | None = None,
) -> RawSheet | None:
    """A sheet of what ``rows`` yields (row number, cells); None where there is no row."""

    def read(skip: int, width: int) -> Iterator[RawBatch]:
        source = rows()
        while part := list(islice(source, limits.batch_rows)):
            batch = from_lists(part[0][0], [cells for _, cells in part], max(width, len(headings)))
            batch.rows[:] = [number for number, _ in part]
            yield batch

    head = [cells for _, cells in islice(rows(), limits.head_rows)]
    if not head:
        return None
    return RawSheet(name, [View([headings, *head], read)], layout=layout, declared=declared, damaged=True)


def cells_of(batches: Iterator[RawBatch]) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells, those beyond the last column included."""
    for batch in batches:
        columns = [column.to_pylist() for column in batch.columns]
        for i, number in enumerate(batch.rows.tolist()):
            yield number, [*(column[i] for column in columns), *batch.extra.get(i, [])]
