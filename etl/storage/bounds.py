"""Length limits of indexed values: a longer value rejects its row before anything is planned.

Neo4j keeps indexed values below 8 kB and refuses the whole transaction beyond that. Cells that become numbers,
keys or names are bounded before their row is converted (``etl.converting.bounds``); what a batch of facts holds is
looked at once more here, for tables that are not converted by a layout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from etl.storage.facts import REJECTED, ROWS, FactBatch
from graph_schema.declaration import load_declaration

LARGEST = 4_000
"""Bytes of a whole reference or of an indexed property, which may be made of several cells."""
TOO_LONG = "too_long"
SHOWN = 100
NAMES = frozenset({"name", "aliases", "nickname", "title"})
"""Properties persons are searched by."""
_HUGE_NUMBER = r"[:\[,]\s*-?\d{19,}"


@cache
def indexed(label: str) -> frozenset[str]:
    """Properties of a label that stand in an index of the database, or become what persons are searched by."""
    declared = load_declaration().labels[label]
    names = {name for index in declared.indexes for name in index}
    return frozenset({declared.key, *names, *declared.text_indexes}) | NAMES


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
            row["value"] = (cells[at] or "")[:SHOWN]
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
    return found | {row for row, props in _suspects(records, ["row"]) if _beyond(props, NAMES)}


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
