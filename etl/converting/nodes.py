"""Nodes from columns: their keys, and what the rows say of them."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import props, refs
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.properties import extra_of, identifiers, property_columns
from etl.converting.refs import BESIDE
from etl.converting.values import value_of
from etl.layouts.layout import Node
from etl.parsing.text import filled, to_mask
from graph_schema.arrays import Bools
from graph_schema.beijing import AHEAD_MS
from graph_schema.dictionaries import chemical_name

_SHOWN = {"month": "%Y-%m"}
_TIMED = {
    "Seizure",
    "Clue",
    "Thing",
    "Sample",
    "Stocktake",
    "Usage",
    "Inspection",
    "Problem",
    "Test",
    "Visit",
}
"""Labels that carry the time of the row themselves."""
_UPPER = {"resident_id", "uscc"}
"""Identifiers whose letters mean the same in both cases."""


def node_refs(frame: Frame, spec: Node, ctx: Context) -> pa.StringArray:
    """One node reference per row, null where its (first) key is blank."""
    if spec.column is not None:
        found = identifiers(frame, spec.column, ctx).array()
        if spec.label is None:
            return found
        return props.when(to_mask(pc.starts_with(found, f"{spec.label}:")), found)
    keys = [_key_text(frame, name) for name in spec.key]
    if spec.label == "Chemical":
        keys[0] = _chemical_keys(keys[0])
    joined = pc.binary_join_element_wise(*[pc.fill_null(cells, "") for cells in keys], "|")
    if spec.hashed:
        short = (
            pc.binary_join_element_wise(*[_key_text(frame, name) for name in spec.short_key], "|")
            if spec.short_key
            else None
        )
        digest = _digests(joined, spec, frame, ctx)
        joined = digest if short is None else pc.coalesce(short, digest)
    else:
        joined = pc.utf8_rtrim(joined, "|")
    made = pc.binary_join_element_wise(f"{spec.label}:{spec.prefix}", joined, "")
    return props.when(filled(keys[0]), made)


def _key_text(frame: Frame, name: str) -> pa.StringArray:
    """A cell as part of a key: however it is written, the same date or number gives the same key."""
    kind = frame.columns[name].type
    if frame.times is not None and frame.layout_time == name:
        known = pa.array(frame.times.known)
        days = pc.strftime(
            pc.cast(pc.add(frame.times.arrow(), AHEAD_MS), pa.timestamp("ms")),
            _SHOWN.get(kind, "%Y-%m-%d %H:%M:%S"),
        )
        return pc.if_else(
            known, pc.replace_substring_regex(days, r" 00:00:00(\.000)?$", ""), frame.text(name)
        )
    if kind in {"number", "integer", "grams", "kilograms", "mass"}:
        return pc.coalesce(pc.cast(value_of(frame, name).cells, pa.string()), frame.text(name))
    if frame.columns[name].kind in _UPPER:
        return pc.utf8_upper(frame.text(name))
    return frame.text(name)


def _chemical_keys(cells: pa.StringArray) -> pa.StringArray:
    """The list entry a chemical's name means, else the name as written."""
    known: dict[str, str] = {}
    for value in cells.to_pylist():
        if value is not None and value not in known:
            known[value] = chemical_name(value)
    return pa.array([None if value is None else known[value] for value in cells.to_pylist()], pa.string())


def _digests(joined: pa.StringArray, spec: Node, frame: Frame, ctx: Context) -> pa.StringArray:
    """A digest of the content, with a running number for rows of this file that are equal in it."""
    out = []
    for keep, text in zip(frame.verdicts.keep.tolist(), joined.to_pylist(), strict=True):
        count = 0
        if keep:
            count = ctx.repeats.get(f"{spec.name}|{text}", 0)
            ctx.repeats[f"{spec.name}|{text}"] = count + 1
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        out.append(f"{digest}.{count}" if count else digest)
    return pa.array(out, pa.string())


def node_rows(frame: Frame, spec: Node, made: pa.StringArray, keep: Bools, ctx: Context) -> pa.Table | None:
    """Rows of ``NODES`` with the properties of the layout; a node without any is told by its legs."""
    parts, unread = property_columns(frame, spec.props, spec.set)
    # A row that only names a clue tells nothing of its time.
    if spec.label in _TIMED and (parts or spec.extra):
        _add_time(frame, parts)
    if spec.extra:
        parts["extra"] = extra_of(frame, unread)
    if not parts:
        return None
    at = np.flatnonzero(keep & filled(made))
    if not len(at):
        return None
    index = pa.array(at)
    told = props.objects({name: cells.take(index) for name, cells in parts.items()}, len(at))
    # A camera or hotel stands in thousands of rows: what is said of it is told once.
    said = pc.binary_join_element_wise(made.take(index), told, BESIDE).dictionary_encode()
    first = np.sort(np.unique(said.indices.to_numpy(zero_copy_only=False), return_index=True)[1])
    found = []
    for i in first.tolist():
        ref, _, text = said[i].as_py().partition(BESIDE)
        if text != "{}" and not ctx.refs.told(f"{ref}{BESIDE}{text}"):
            found.append((int(frame.rows[at[i]]), ref, text))
    return refs.node_table(frame.sheet, found) if found else None


def _add_time(frame: Frame, parts: dict[str, pa.Array]) -> None:
    if frame.times is not None and "at" not in parts:
        parts["at"] = frame.times.arrow()
        parts["at_precision"] = frame.times.precisions()
