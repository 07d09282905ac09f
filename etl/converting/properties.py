"""Properties of records, nodes and legs from columns, and what no property takes as ``extra``."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import props
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.refs import RefColumn, none, split_many
from etl.converting.values import value_of
from etl.parsing.text import clean
from graph_schema.dictionaries import chemical_name, courier_name, plate_kind_code, substance


def identifiers(frame: Frame, name: str | None, ctx: Context) -> RefColumn:
    """The identifiers of a field; none where the layout or the file has no such column."""
    if name is None or not frame.has(name):
        return none(frame.n)
    column = frame.columns[name]
    if column.kind is None:
        return none(frame.n)
    return ctx.refs.column(column.kind, frame.beside(name), column.many).apart(frame.rows, ctx.scope)


def property_columns(
    frame: Frame,
    wanted: dict[str, str],
    fixed: dict[str, str | bool | int] | dict[str, str | bool | int | float],
) -> tuple[dict[str, pa.Array], dict[str, pa.Array]]:
    """Typed values by property, and the texts of cells that could not be read, by heading."""
    parts: dict[str, pa.Array] = {name: props.constant(value, frame.n) for name, value in fixed.items()}
    unread: dict[str, pa.Array] = {}
    for prop, name in wanted.items():
        if not frame.has(name):
            continue
        values = value_of(frame, name)
        cells = values.cells
        if frame.columns[name].many:
            cells = pa.array([None if cell is None else split_many(cell) for cell in cells.to_pylist()])
        parts[prop] = _looked_up(prop, cells)
        if values.unread.any():
            unread[frame.heading(name)] = props.when(values.unread, frame.text(name))
    return parts, unread


_LISTS: dict[str, Callable[[str], str | None]] = {
    "courier": courier_name,
    "substance": substance,
    "plate_kind": plate_kind_code,
    "chemical_id": chemical_name,
}


def _looked_up(prop: str, cells: pa.Array) -> pa.Array:
    """Closed lists: the courier's usual name, the entry of the controlled list, the plate kind code."""
    meaning = _LISTS.get(prop)
    if meaning is None:
        return cells
    known: dict[str, str | None] = {}
    out = []
    for value in cells.to_pylist():
        if value is not None and value not in known:
            known[value] = meaning(value) or (value if prop == "courier" else None)
        out.append(known.get(value) if value is not None else None)
    return pa.array(out, pa.string())


def extra_of(frame: Frame, unread: dict[str, pa.Array]) -> pa.StringArray:
    """Columns nobody asked for, and cells that could not be read, as JSON; null where there is nothing."""
    parts = {frame.headings[at]: clean(frame.batch.columns[at]) for at in frame.spare}
    text = props.objects(
        {json.dumps(name, ensure_ascii=False)[1:-1]: cells for name, cells in (parts | unread).items()},
        frame.n,
    )
    return pc.if_else(pc.equal(text, "{}"), pa.scalar(None, pa.string()), text)
