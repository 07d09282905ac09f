"""Building rows of ``RECORDS``: mentions of persons, each distinct one of a file once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting.props import objects
from etl.converting.refs import RefColumn
from etl.parsing.text import filled, take
from etl.storage.facts import RECORDS
from graph_schema.arrays import Bools, Ints

_REMEMBERED = 1_000_000


@dataclass
class MentionColumns:
    """One person per row. ``refs`` pairs identifiers with their how.

    Identifiers are a column of references or one text per row, the how one word for all or one per row.
    """

    slot: str
    name: pa.StringArray
    refs: list[tuple[RefColumn | pa.StringArray, str | pa.StringArray]]
    props: dict[str, pa.Array] = field(default_factory=dict)
    distinct: bool = True

    def given(self) -> Bools:
        """Rows that name a person or state an identifier."""
        has = filled(self.name)
        for column, _ in self.refs:
            if isinstance(column, RefColumn):
                has[column.at] = True
            else:
                has |= filled(column)
        return has


class MentionsSoFar:
    """Contents of the mentions of one file so far."""

    def __init__(self) -> None:
        self._keys: set[int] = set()

    def fresh(self, contents: Sequence[tuple[object, ...]]) -> Bools:
        out = np.ones(len(contents), bool)
        for i, content in enumerate(contents):
            key = hash(content)
            if key in self._keys:
                out[i] = False
            elif len(self._keys) < _REMEMBERED:
                self._keys.add(key)
        return out


def record_table(
    sheet: str, rows: Ints, mention: MentionColumns, keep: Bools, seen: MentionsSoFar
) -> pa.Table | None:
    """Rows of ``RECORDS`` for the rows to keep that name a person or state an identifier."""
    n = len(rows)
    chosen = keep & mention.given()
    if not chosen.any():
        return None
    at = _first_of_each(mention, chosen, n) if mention.distinct else np.flatnonzero(chosen)
    table = _table(sheet, rows, mention, at, n)
    if mention.distinct:
        parts = [table.column(name).to_pylist() for name in ("name", "refs", "hows", "props")]
        contents = [
            (name, tuple(refs), tuple(hows), props) for name, refs, hows, props in zip(*parts, strict=True)
        ]
        fresh = seen.fresh(contents)
        if not fresh.all():
            table = table.filter(pa.array(fresh))
    return table if table.num_rows else None


def _first_of_each(mention: MentionColumns, chosen: Bools, n: int) -> Ints:
    """Positions of the first row of each distinct content, by mixing the codes of all columns."""
    key = np.zeros(n, np.uint64)
    multiplier = np.uint64(0x9E3779B97F4A7C15)
    for codes in _codes(mention, n):
        key = (key + (codes.astype(np.int64) + 2).astype(np.uint64)) * multiplier
        key ^= key >> np.uint64(29)
    at = np.flatnonzero(chosen)
    return np.sort(at[np.unique(key[at], return_index=True)[1]])


def _codes(mention: MentionColumns, n: int) -> list[npt.NDArray[np.integer]]:
    out: list[npt.NDArray[np.integer]] = [_encode(mention.name)]
    for column, how in mention.refs:
        if isinstance(column, RefColumn):
            mixed = np.zeros(n, np.int64)
            np.add.at(mixed, column.at, (column.codes.astype(np.int64) + 1) * 1_000_003)
            out.append(mixed)
        else:
            out.append(_encode(column))
        if not isinstance(how, str):
            out.append(_encode(how))
    return out + [_encode(cells) for cells in mention.props.values()]


def _encode(cells: pa.Array) -> npt.NDArray[np.integer]:
    if pa.types.is_list(cells.type):
        cells = pa.array(
            [None if value is None else "\x1f".join(value) for value in cells.to_pylist()], pa.string()
        )
    codes = cells.dictionary_encode().indices
    return np.asarray(pc.fill_null(codes, -1).to_numpy(zero_copy_only=False))


def _table(sheet: str, rows: Ints, mention: MentionColumns, at: Ints, n: int) -> pa.Table:
    index = pa.array(at)
    refs, hows = _ref_lists(mention, at, n)
    props = {name: cells.take(index) for name, cells in mention.props.items()}
    zeros = pa.array(np.zeros(len(at), np.int64))
    return pa.Table.from_arrays(
        [
            pa.array([sheet], pa.string()).take(zeros),
            pa.array(rows[at]),
            pa.array([mention.slot], pa.string()).take(zeros),
            mention.name.take(index),
            refs,
            hows,
            objects(props, len(at)),
        ],
        schema=RECORDS,
    )


def _ref_lists(mention: MentionColumns, at: Ints, n: int) -> tuple[pa.ListArray, pa.ListArray]:
    """The identifiers of the chosen rows as lists, equal ones once, in the order the fields were given."""
    place = np.full(n, -1, np.int64)
    place[at] = np.arange(len(at))
    owners: list[Ints] = []
    texts: list[pa.Array] = []
    hows: list[pa.Array] = []
    for column, how in mention.refs:
        if isinstance(column, RefColumn):
            inside = place[column.at] >= 0
            where = column.at[inside]
            text = take([entry.ref for entry in column.refs], column.codes[inside])
        else:
            where = at[filled(column.take(pa.array(at)))]
            text = column.take(pa.array(where))
        owners.append(place[where])
        texts.append(text)
        if isinstance(how, str):
            hows.append(pa.array([how], pa.string()).take(pa.array(np.zeros(len(where), np.int64))))
        else:
            hows.append(how.take(pa.array(where)))
    if not owners:
        empty = pa.array([[]] * len(at), pa.list_(pa.string()))
        return empty, empty
    owner = np.concatenate(owners)
    text = pa.concat_arrays(texts)
    order = np.argsort(owner, kind="stable")
    order = order[_not_repeated(owner[order], _encode(text)[order])]
    counts = np.bincount(owner[order], minlength=len(at))
    offsets = pa.array(np.concatenate(([0], np.cumsum(counts))).astype(np.int32))
    index = pa.array(order)
    return (
        pa.ListArray.from_arrays(offsets, text.take(index)),
        pa.ListArray.from_arrays(offsets, pa.concat_arrays(hows).take(index)),
    )


def _not_repeated(owner: Ints, code: npt.NDArray[np.integer]) -> Bools:
    """The first of equal (owner, identifier) pairs: a card that is its own account number is stated once."""
    key = owner.astype(np.int64) * (int(code.max(initial=0)) + 2) + code
    first = np.zeros(len(key), bool)
    first[np.unique(key, return_index=True)[1]] = True
    return first
