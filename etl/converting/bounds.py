"""Bounds of what the graph indexes: a longer value rejects its row before anything is planned.

Neo4j keeps indexed values below 8 kB and refuses the whole transaction beyond that. Cells that become numbers,
keys or names are bounded before their row is converted; what a batch of facts holds is looked at once more, for
tables that are not converted by a layout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.storage.facts import REJECTED, ROWS, FactBatch
from graph_schema.declaration import load_declaration

if TYPE_CHECKING:  # the other way round, sources and converters are made of what is bounded here
    from etl.converting.frame import Frame
    from etl.layouts.layout import Layout

LONGEST = 1_000
"""Characters of a cell that is a number, a key or a name."""
LARGEST = 4_000
"""Bytes of a whole reference or of an indexed property, which may be made of several cells."""
TOO_LONG = "too_long"
_SHOWN = 100
_NAMES = frozenset({"name", "aliases", "nickname", "title"})
"""Properties persons are searched by."""
_MANY_TOO_LONG = f"[^;；,，、\\s]{{{LONGEST},}}"
_HUGE_NUMBER = r"[:\[,]\s*-?\d{19,}"


@cache
def indexed(label: str) -> frozenset[str]:
    """Properties of a label that stand in an index of the database, or become what persons are searched by."""
    declared = load_declaration().labels[label]
    names = {name for index in declared.indexes for name in index}
    return frozenset({declared.key, *names, *declared.text_indexes}) | _NAMES


def _longest(cells: pa.Array) -> int:
    """Bytes of the longest text."""
    return int(pc.max(pc.binary_length(cells)).as_py() or 0)


@cache
def _bounded_fields(layout_name: str) -> frozenset[str]:
    from etl.layouts.registry import layouts

    return bounded_fields(layouts()[layout_name])


def bounded_fields(layout: Layout) -> frozenset[str]:
    """Fields of a layout that end in an index: identifiers and what stands beside them, keys, names."""
    found = {name for name, column in layout.columns.items() if column.kind}
    found |= {column.beside for column in layout.columns.values() if column.kind and column.beside}
    for record in layout.records:
        found |= {record.name} if record.name else set()
        found |= {field for prop, field in record.props.items() if prop in _NAMES}
    for node in layout.nodes:
        found |= set(node.short_key) | (set() if node.hashed else set(node.key))
        wanted = indexed(node.label) if node.label else _NAMES
        found |= {field for prop, field in node.props.items() if prop in wanted}
    payment = layout.payment
    if payment is not None:
        names = (payment.counter_name, payment.merchant, payment.owner_name)
        found |= {*payment.owner, *payment.counter, *(name for name in names if name)}
    return frozenset(found)


def reject_long(frame: Frame, layout: Layout) -> None:
    """Reject rows with a cell beyond the bound in a field that ends in an index."""
    fields = _bounded_fields(layout.name) if layout.mapped is None else bounded_fields(layout)
    for name in sorted(fields):
        if not frame.has(name):
            continue
        if name not in frame.constants and _longest(frame.raw(name)) <= LONGEST:
            continue  # the usual case, without cleaning every cell
        cells = frame.text(name)
        if _longest(cells) <= LONGEST:
            continue
        long = pc.greater(pc.utf8_length(cells), LONGEST)
        if frame.columns[name].many:
            long = pc.match_substring_regex(cells, _MANY_TOO_LONG)
        mask = np.asarray(pc.fill_null(long, False).to_numpy(zero_copy_only=False), dtype=bool)
        shown = pc.utf8_slice_codeunits(cells, 0, _SHOWN)
        frame.verdicts.reject(mask, TOO_LONG, frame.heading(name), shown)


def bounded(batch: FactBatch, headings: Sequence[str]) -> FactBatch:
    """The batch; rows whose facts hold what the database cannot index or store are rejected, their facts gone."""
    bad = _nodes(batch.nodes) | _records(batch.records) | _legs(batch.legs)
    if not bad:
        return batch
    rows = pa.array(sorted(bad), pa.int64())
    rest = {
        name: table.filter(pc.invert(pc.is_in(table["row"], value_set=rows)))
        for name in ("nodes", "records", "legs", "books")
        if (table := getattr(batch, name)) is not None
    }
    return FactBatch(_rejected(batch.rows, bad, headings), **rest)


def _rejected(rows: pa.Table, bad: set[int], headings: Sequence[str]) -> pa.Table:
    told = rows.to_pylist()
    for row in told:
        if row["row"] in bad:
            cells = row["cells"] or [""]
            at = max(range(len(cells)), key=lambda i: len(cells[i] or ""))
            heading = headings[at] if at < len(headings) else None
            row |= {"state": REJECTED, "reason": TOO_LONG, "column": heading}
            row["value"] = (cells[at] or "")[:_SHOWN]
    return pa.Table.from_pylist(told, schema=ROWS)


def _over(cells: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Which texts are beyond the bound, None where none is."""
    lengths = pc.binary_length(cells)
    return pc.greater(lengths, LARGEST) if (pc.max(lengths).as_py() or 0) > LARGEST else None


def _rows_where(table: pa.Table, mask: pa.ChunkedArray | None) -> set[int]:
    return set() if mask is None else set(table["row"].filter(pc.fill_null(mask, False)).to_pylist())


def _nodes(nodes: pa.Table) -> set[int]:
    found = _rows_where(nodes, _over(nodes["ref"]))
    for row, ref, props in _suspects(nodes, ["row", "ref"]):
        if _beyond(props, indexed(ref.split(":", 1)[0])):
            found.add(row)
    return found


def _records(records: pa.Table) -> set[int]:
    found = _rows_where(records, _over(records["name"]))
    flat = pc.list_flatten(records["refs"])
    if (over := _over(flat)) is not None:
        parents = pc.list_parent_indices(records["refs"]).filter(over)
        found |= set(records["row"].take(parents).to_pylist())
    return found | {row for row, props in _suspects(records, ["row"]) if _beyond(props, _NAMES)}


def _legs(legs: pa.Table) -> set[int]:
    found = _rows_where(legs, _over(legs["start"])) | _rows_where(legs, _over(legs["end"]))
    return found | {row for row, props in _suspects(legs, ["row"]) if _beyond(props, frozenset())}


def _suspects(table: pa.Table, names: list[str]) -> list[tuple[Any, ...]]:
    """Rows whose properties are so long, or hold so long a number, that they have to be read."""
    mask = pc.or_(
        pc.greater(pc.binary_length(table["props"]), LARGEST),
        pc.match_substring_regex(table["props"], _HUGE_NUMBER),
    )
    if not pc.any(mask).as_py():
        return []
    chosen = table.select([*names, "props"]).filter(pc.fill_null(mask, False))
    return [(*(row[name] for name in names), json.loads(row["props"])) for row in chosen.to_pylist()]


def _beyond(props: Mapping[str, Any], names: frozenset[str]) -> bool:
    for name, value in props.items():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, int) and not -(2**63) <= part < 2**63:
                return True
            if name in names and isinstance(part, str) and len(part.encode()) > LARGEST:
                return True
    return False
