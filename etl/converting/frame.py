"""One batch of rows under a layout: its fields as cleaned columns, and the verdict on every row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting.refs import BESIDE
from etl.converting.totals import closing_lines, sum_lines
from etl.layouts.layout import Column
from etl.layouts.said import UNIT
from etl.parsing.compound import part_of
from etl.parsing.numbers import FEN_PER
from etl.parsing.text import Coded, clean, filled, nonempty, nulls, to_mask
from etl.parsing.times import Times
from etl.reading.grid import RawBatch
from etl.storage.facts import EXCLUDED, LOADED, REJECTED, ROWS
from graph_schema.arrays import Bools, Ints


@dataclass
class Verdicts:
    """State of every row; the first reason found stays."""

    rows: Ints
    excluded: Bools = field(init=False)
    rejected: Bools = field(init=False)
    reasons: dict[int, tuple[str, str | None, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.excluded = np.zeros(len(self.rows), bool)
        self.rejected = np.zeros(len(self.rows), bool)

    @property
    def keep(self) -> Bools:
        """Rows neither excluded nor rejected so far."""
        return ~(self.excluded | self.rejected)

    def reject(self, mask: Bools, reason: str, column: str | None, values: pa.Array | None) -> None:
        """Reject the rows of ``mask`` that still stand; ``values`` are the offending cells, one a row of the batch."""
        self._mark(self.rejected, mask, reason, column, values)

    def exclude(self, mask: Bools, reason: str, column: str | None, values: pa.Array | None) -> None:
        """Exclude the rows of ``mask`` that still stand: kept as evidence, not analysed."""
        self._mark(self.excluded, mask, reason, column, values)

    def _mark(
        self, state: Bools, mask: Bools, reason: str, column: str | None, values: pa.Array | None
    ) -> None:
        at = np.flatnonzero(mask & self.keep)
        if not len(at):
            return
        state[at] = True
        shown = values.take(pa.array(at)).to_pylist() if values is not None else [None] * len(at)
        for i, value in zip(at.tolist(), shown, strict=True):
            self.reasons[i] = (reason, column, value)


class Frame:
    """Fields of a batch by name; rows that are no data (blank, repeated heading, totals) are left out."""

    def __init__(
        self,
        sheet: str,
        batch: RawBatch,
        headings: list[str],
        fields: Mapping[str, int],
        columns: Mapping[str, Column],
        constants: Mapping[str, str],
        units: Mapping[str, str],
        spare: Iterable[int] = (),
    ) -> None:
        self.sheet, self.headings, self.fields = sheet, headings, fields
        self.columns, self.constants, self.units, self.spare = columns, constants, units, list(spare)
        self.closing: list[str] = []  # lines such as 合计 or 共12条, left out of the rows
        self.batch = _data_rows(batch, headings, fields, self.closing)
        self.n = len(self.batch)
        self.rows = self.batch.rows
        self.verdicts = Verdicts(self.rows)
        self.times: Times | None = None  # the event's time, once read
        self.layout_time: str | None = None  # the field it was read from
        self._text: dict[str, pa.StringArray] = {}
        self._coded: dict[str, Coded] = {}
        self._reject_surplus()
        if fields:
            self.verdicts.exclude(sum_lines(self.batch), "total_line", None, None)

    def has(self, name: str | None) -> bool:
        """Whether the field has a column or a value stated once."""
        return name is not None and (name in self.fields or name in self.constants)

    def heading(self, name: str) -> str:
        """The heading of a field as the file writes it (its usual name where the file has none)."""
        if name in self.fields:
            return self.headings[self.fields[name]]
        return self.columns[name].aliases[0]

    def raw(self, name: str | None) -> pa.StringArray:
        """Cells of a field as the file has them, nulls without a column; values stated once are not in it."""
        return (
            nulls(self.n)
            if name is None or name not in self.fields
            else self.batch.columns[self.fields[name]]
        )

    def text(self, name: str | None) -> pa.StringArray:
        """Cleaned cells, null where blank; a value found outside the rows fills the blanks."""
        if not self.has(name):
            return nulls(self.n)
        assert name is not None
        if name not in self._text:
            verbatim = name in self.columns and self.columns[name].type == "verbatim"
            cells = nonempty(self.raw(name)) if verbatim else clean(self.raw(name))
            take = self.columns[name].take
            if take is not None:
                cells = part_of(cells, take)
            if name in self.constants:
                cells = pc.fill_null(cells, self.constants[name])
            self._text[name] = cells
        return self._text[name]

    def coded(self, name: str | None) -> Coded:
        """The same as codes into distinct values."""
        key = name or ""
        if key not in self._coded:
            whole = name in self.fields and self.columns[name or ""].take is None
            if whole and name not in self.constants:
                self._coded[key] = Coded(self.raw(name))
            else:
                self._coded[key] = Coded(pc.fill_null(self.text(name), ""))
        return self._coded[key]

    def beside(self, name: str) -> Coded:
        """An identifier column together with the column beside it."""
        second = self.columns[name].beside
        if second is None:
            return self.coded(name)
        key = f"{name}+"
        if key not in self._coded:
            pair = pc.binary_join_element_wise(self.text(name), pc.fill_null(self.text(second), ""), BESIDE)
            self._coded[key] = Coded(pc.fill_null(pair, ""))
        return self._coded[key]

    def given(self, name: str | None) -> Bools:
        """Rows in which the field is filled."""
        return filled(self.text(name))

    def unit(self, name: str, default: str) -> str:
        """The unit of a field: that of its heading, else that stated for all amounts, else its usual one."""
        said = self.units.get(UNIT) if default in FEN_PER else None
        return self.units.get(name) or said or self.columns[name].unit or default

    def _reject_surplus(self) -> None:
        """Cells beyond the heading mean the row is shifted: no cell of it can be trusted."""
        width = len(self.headings)
        beyond: dict[int, list[str]] = {}
        for column in self.batch.columns[width:]:
            for i in np.flatnonzero(filled(clean(column))).tolist():
                beyond.setdefault(i, []).append(column[i].as_py())
        # A row wider than all others is shifted even where its last cell happens to be blank.
        for i, cells in self.batch.extra.items():
            beyond.setdefault(i, []).extend(cells)
        for i, cells in beyond.items():
            mask = np.zeros(self.n, bool)
            mask[i] = True
            self.verdicts.rejected |= mask
            self.verdicts.reasons[i] = ("surplus_cells", None, " | ".join(cells))

    def reject_damaged(self) -> None:
        """Rows with characters the file's encoding could not give."""
        for name, at in self.fields.items():
            column = self.batch.columns[at]
            hit = pc.match_substring(column, "\ufffd")
            if pc.any(hit).as_py():
                self.verdicts.reject(to_mask(hit), "bad_encoding", self.heading(name), column)

    def row_table(self) -> pa.Table:
        """All rows with their raw cells and their state (schema ``ROWS``)."""
        state = np.where(self.verdicts.rejected, 1, np.where(self.verdicts.excluded, 2, 0))
        blank = np.full(self.n, -1, np.int64)
        order = sorted(self.verdicts.reasons)
        blank[order] = np.arange(len(order))
        index = pa.array(blank, mask=blank < 0)
        details = [self.verdicts.reasons[i] for i in order]
        lists = [pa.array([entry[k] for entry in details], pa.string()).take(index) for k in range(3)]
        states = pa.array([LOADED, REJECTED, EXCLUDED]).take(pa.array(state))
        sheet = pa.array([self.sheet], pa.string()).take(pa.array(np.zeros(self.n, np.int64)))
        return pa.Table.from_arrays(
            [sheet, pa.array(self.rows), raw_cells(self.batch), states, *lists], schema=ROWS
        )


def raw_cells(batch: RawBatch) -> pa.ListArray:
    """The cells of every row as read: padding of short rows left out, surplus cells put back."""
    n, width = len(batch), len(batch.columns)
    if not n or not width:
        return pa.array([[] for _ in range(n)], pa.list_(pa.string()))
    flat = pa.concat_arrays(batch.columns)
    index = (np.arange(n)[:, None] + np.arange(width)[None, :] * n).ravel()
    if batch.extra or batch.short:
        return _ragged_cells(batch, flat, index.reshape(n, width))
    return pa.ListArray.from_arrays(
        pa.array(np.arange(n + 1, dtype=np.int32) * width), flat.take(pa.array(index))
    )


def _ragged_cells(batch: RawBatch, flat: pa.Array, index: Ints) -> pa.ListArray:
    extra = [cell for cells in batch.extra.values() for cell in cells]
    pool = pa.concat_arrays([flat, pa.array(extra, pa.string())])
    tails: dict[int, Ints] = {}
    at = len(flat)
    for i, cells in batch.extra.items():
        tails[i] = np.arange(at, at + len(cells))
        at += len(cells)
    empty = np.zeros(0, np.int64)
    parts = [np.concatenate((index[i][: batch.short.get(i)], tails.get(i, empty))) for i in range(len(batch))]
    offsets = np.cumsum([0, *(len(part) for part in parts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pool.take(pa.array(np.concatenate(parts))))


def _data_rows(
    batch: RawBatch, headings: list[str], fields: Mapping[str, int], closing: list[str]
) -> RawBatch:
    """Leave out blank lines, repeated headings and closing totals: they are no data rows."""
    n = len(batch)
    if not n:
        return batch
    blank = np.ones(n, bool)
    for column in batch.columns:
        at = np.flatnonzero(blank)
        if not len(at):
            break
        part = column if len(at) == n else column.take(pa.array(at))
        blank[at] = ~to_mask(pc.greater(pc.binary_length(pc.utf8_trim_whitespace(part)), 0))
    total = closing_lines(batch, sorted(set(fields.values())))
    closing.extend(
        " ".join(column[i].as_py() for column in batch.columns) for i in np.flatnonzero(total).tolist()
    )
    keep = ~blank & ~_headings_again(batch, headings, fields) & ~total
    return batch if keep.all() else select(batch, keep)


def _headings_again(batch: RawBatch, headings: list[str], fields: Mapping[str, int]) -> Bools:
    same = np.full(len(batch), bool(fields))
    for at in sorted(set(fields.values()))[:4]:
        heading = re.sub(r"\.\d+$", "", headings[at])
        same &= to_mask(pc.equal(pc.utf8_trim(batch.columns[at], " \t\r\n\u3000\ufeff"), heading))
        if not same.any():
            break
    return same


def select(batch: RawBatch, keep: Bools) -> RawBatch:
    """The rows of a batch where ``keep`` is true."""
    at = np.flatnonzero(keep)
    place = {int(old): new for new, old in enumerate(at)}
    index = pa.array(at)
    return RawBatch(
        batch.rows[at],
        [column.take(index) for column in batch.columns],
        {place[i]: cells for i, cells in batch.extra.items() if i in place},
        {place[i]: count for i, count in batch.short.items() if i in place},
    )
