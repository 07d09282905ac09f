"""The declarative part of a layout: records, nodes, plain legs and statements from columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.convert import props, refs
from etl.convert.context import Context
from etl.convert.frame import Frame
from etl.convert.freetext import identifiers_in
from etl.convert.legs import Legs
from etl.convert.mentions import Mention
from etl.convert.numbers import parse_scaled
from etl.convert.refs import BESIDE, split_many
from etl.convert.text import Bools, clean, filled
from etl.convert.times import Times, parse_times
from etl.convert.values import MILLIGRAMS, value_of
from etl.facts import LEGS
from etl.sources.layout import Leg, Node, Record, Statement
from graph_schema.dictionaries import courier_name, plate_kind_code, precursor, substance
from graph_schema.identifiers import Reference

_BEIJING_MS = 8 * 3_600_000
_SHOWN = {"month": "%Y-%m"}


@dataclass
class Ends:
    """What legs can start or end at: references per row, by the name a layout uses."""

    single: dict[str, pa.StringArray]
    many: dict[str, refs.RefColumn]


def ref_column(frame: Frame, name: str, ctx: Context) -> refs.RefColumn:
    """The identifiers of one field."""
    column = frame.columns[name]
    if column.kind is None or not frame.has(name):
        return refs.none(frame.n)
    return ctx.refs.column(column.kind, frame.beside(name), column.many)


def mention_of(frame: Frame, spec: Record, ctx: Context) -> Mention:
    found = [(ref_column(frame, ref.column, ctx), ref.how) for ref in spec.refs if frame.has(ref.column)]
    parts, unread = property_columns(frame, spec.props, spec.set)
    if spec.extra:
        parts["extra"] = extra_of(frame, unread)
    name = frame.text(spec.name)
    return Mention(spec.slot, name, list(found), parts, spec.distinct)


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


def _looked_up(prop: str, cells: pa.Array) -> pa.Array:
    """Closed lists: the courier's usual name, the entry of the controlled list, the plate kind code."""
    meaning: Callable[[str], str | None] | None = {
        "courier": courier_name,
        "substance": substance,
        "plate_kind": plate_kind_code,
    }.get(prop)
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


def node_refs(frame: Frame, spec: Node, ctx: Context) -> pa.StringArray:
    """One node reference per row, null where its (first) key is blank."""
    if spec.column is not None:
        return ref_column(frame, spec.column, ctx).array()
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
            pc.cast(pc.add(frame.times.arrow(), _BEIJING_MS), pa.timestamp("ms")),
            _SHOWN.get(kind, "%Y-%m-%d %H:%M:%S"),
        )
        return pc.if_else(
            known, pc.replace_substring_regex(days, r" 00:00:00(\.000)?$", ""), frame.text(name)
        )
    if kind in {"number", "integer", "grams", "kilograms"}:
        return pc.coalesce(pc.cast(value_of(frame, name).cells, pa.string()), frame.text(name))
    return frame.text(name)


def _chemical_keys(cells: pa.StringArray) -> pa.StringArray:
    """The list entry a chemical's name means, else the name as written."""
    known: dict[str, str] = {}
    for value in cells.to_pylist():
        if value is not None and value not in known:
            entry = precursor(value)
            known[value] = entry.value if entry is not None else value
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
    if spec.label == "Seizure" or spec.label in {"Clue", "Thing"}:
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


def add_leg(
    frame: Frame, spec: Leg, ends: Ends, legs: Legs, keep: Bools, ctx: Context
) -> list[refs.RefColumn]:
    """One plain leg per row, or per value of a field of many; returns the identifier columns used."""
    used = []
    pair = []
    for name in (spec.start, spec.end):
        if ":" not in name and name not in ends.many:
            ends.many[name] = ref_column(frame, name, ctx)
        pair.append(ends.many.get(name) or ends.single.get(name))
        if name in ends.many:
            used.append(ends.many[name])
    start, end = pair
    if spec.unless is not None:
        keep = keep & ~frame.given(spec.unless)
    if start is None or end is None:
        return used
    times = _leg_times(frame, spec)
    many = next((side for side in (start, end) if isinstance(side, refs.RefColumn)), None)
    where = many.at if many is not None else np.arange(frame.n)
    index = pa.array(where)
    flat = [
        (side.flat() if side is many else side.array().take(index))
        if isinstance(side, refs.RefColumn)
        else side.take(index)
        for side in (start, end)
    ]
    parts, _ = property_columns(frame, spec.props, spec.set)
    told = props.objects(parts, frame.n)
    inner = Legs(frame.sheet, frame.rows[where])
    distinct = [pc.fill_null(frame.text(name), "") for name in spec.distinct if frame.has(name)]
    if spec.rel == "RELATED_TO":
        # Two kinds of relation between the same ends are two relations.
        distinct.append(props.constant(spec.set["kind"], frame.n))
    inner.add(
        spec.rel,
        flat[0],
        flat[1],
        keep[where],
        None if times is None else _take_times(times, where),
        amount=_amount(frame, spec, index),
        currency=None,
        system="table",
        distinct=pc.binary_join_element_wise(*distinct, "|").take(index) if distinct else None,
        text=frame.text(spec.text).take(index) if spec.text else None,
        props=told.take(index),
    )
    legs.add_table(inner.table() if inner.parts else LEGS.empty_table())
    return used


def _amount(frame: Frame, spec: Leg, index: pa.Array) -> pa.Array | None:
    """Quantities as integer milligrams; the unit stands in the heading."""
    if spec.amount is None or not frame.has(spec.amount):
        return None
    scale = MILLIGRAMS[frame.unit(spec.amount, "千克")]
    found = parse_scaled(frame.text(spec.amount), scale)
    return found.arrow().take(index)


def _leg_times(frame: Frame, spec: Leg) -> Times | None:
    if spec.at == "none":
        return None
    if spec.at is None:
        return frame.times
    return parse_times(frame.text(spec.at)) if frame.has(spec.at) else None


def _take_times(times: Times, where: np.ndarray) -> Times:
    return Times(times.at[where], times.precision[where], times.known[where], times.bad[where])


def add_statements(
    frame: Frame, spec: Statement, ends: Ends, legs: Legs, keep: Bools, ctx: Context
) -> list[refs.RefColumn]:
    """Legs to the phones, accounts and waybills a free text names; bare names stay in the text."""
    if not frame.has(spec.column) or spec.start not in ends.single:
        return []
    cells = frame.coded(spec.column)
    pool: list[Reference] = []
    place: dict[str, int] = {}
    per_value: list[list[int]] = []
    for value in cells.values:
        codes = []
        for kind, raw in identifiers_in(value or "") if value else []:
            for entry in ctx.refs.look_up(kind, [raw]):
                if entry is not None and entry.verified and kind not in spec.skip:
                    code = place.setdefault(entry.ref, len(pool))
                    if code == len(pool):
                        pool.append(entry)
                    codes.append(code)
        per_value.append(list(dict.fromkeys(codes)))
    hits = [
        (i, code) for i, value in enumerate(cells.codes.tolist()) if value >= 0 for code in per_value[value]
    ]
    if not hits:
        return []
    where = np.array([i for i, _ in hits], np.int64)
    column = refs.RefColumn(where, np.array([code for _, code in hits], np.int32), pool, frame.n)
    index = pa.array(where)
    inner = Legs(frame.sheet, frame.rows[where])
    times = frame.times if spec.rel != "SAYS_SUPPLIER" else None
    inner.add(
        spec.rel,
        ends.single[spec.start].take(index),
        column.flat(),
        keep[where],
        None if times is None else _take_times(times, where),
        system="table",
        text=frame.text(spec.column).take(index),
    )
    legs.add_table(inner.table() if inner.parts else LEGS.empty_table())
    return [column]
