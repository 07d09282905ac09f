"""Properties of many rows as JSON text, put together a column at a time."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.parsing.text import filled
from graph_schema.arrays import Bools

_CONTROL = r"[\x00-\x1f\x7f]"


def quoted(cells: pa.StringArray) -> pa.StringArray:
    """Cells as JSON strings; nulls stay."""
    out = cells
    if pc.any(pc.match_substring(out, "\\")).as_py():
        out = pc.replace_substring(out, "\\", "\\\\")
    if pc.any(pc.match_substring(out, '"')).as_py():
        out = pc.replace_substring(out, '"', '\\"')
    odd = pc.match_substring_regex(cells, _CONTROL)
    if pc.any(odd).as_py():
        escaped = [
            None if text is None else json.dumps(text, ensure_ascii=False)[1:-1] for text in cells.to_pylist()
        ]
        out = pa.array(escaped, pa.string())
    return pc.binary_join_element_wise('"', out, '"', "")


def as_json(cells: pa.Array) -> pa.StringArray:
    """Values of one column as JSON: text quoted, integers, floats and booleans as they are; nulls stay."""
    if pa.types.is_string(cells.type):
        return quoted(cells)
    if pa.types.is_boolean(cells.type):
        return pc.if_else(cells, "true", "false")
    if pa.types.is_floating(cells.type):
        return pa.array([None if value is None else repr(value) for value in cells.to_pylist()], pa.string())
    if pa.types.is_list(cells.type):
        return _lists(cells)
    return pc.cast(cells, pa.string())


def _lists(cells: pa.ListArray) -> pa.StringArray:
    texts = [json.dumps(items, ensure_ascii=False) if items else None for items in cells.to_pylist()]
    return pa.array(texts, pa.string())


def objects(parts: dict[str, pa.Array], n: int) -> pa.StringArray:
    """One JSON object per row from columns by property name; nulls are left out, no value gives ``{}``."""
    pieces = []
    for name, cells in parts.items():
        if cells.null_count == len(cells):
            continue
        piece = pc.binary_join_element_wise(f'"{name}":', as_json(cells), ",", "")
        pieces.append(pc.fill_null(piece, ""))
    if not pieces:
        return pa.array(["{}"], pa.string()).take(pa.array(np.zeros(n, np.int64)))
    # Not null_handling="skip": that drops a row in which every piece is null.
    joined = pc.utf8_rtrim(pc.binary_join_element_wise(*pieces, ""), ",")
    return pc.binary_join_element_wise("{", joined, "}", "")


def flag(mask: Bools) -> pa.Array:
    """True where the mask is, else null: absent properties are not written."""
    return pa.array(np.ones(len(mask), bool), mask=~mask)


def constant(value: str | bool | int | float, n: int) -> pa.Array:
    """One value, ``n`` times."""
    return pa.array([value]).take(pa.array(np.zeros(n, np.int64)))


def when(mask: Bools, cells: pa.Array) -> pa.Array:
    """Cells where the mask is true, null elsewhere."""
    return pc.if_else(pa.array(mask), cells, pa.scalar(None, cells.type))


def any_given(columns: list[pa.Array], n: int) -> Bools:
    """Rows (of ``n``) in which at least one of the columns is filled."""
    out = np.zeros(n, bool)
    for column in columns:
        out |= filled(column)
    return out
