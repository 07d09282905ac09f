"""The declarative part of a layout: records, nodes, plain legs and statements from columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import props, refs
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.legs import Legs
from etl.converting.mentions import MentionColumns
from etl.converting.properties import extra_of, identifiers, property_columns
from etl.converting.values import value_of
from etl.layouts.layout import Leg, Record, Statement
from etl.parsing.freetext import identifiers_in
from etl.parsing.numbers import MILLIGRAMS, parse_scaled
from etl.parsing.times import Times, parse_times
from etl.storage.facts import LEGS
from graph_schema.arrays import Bools
from graph_schema.identifiers import Reference


@dataclass
class Ends:
    """What legs can start or end at: references per row, by the name a layout uses."""

    single: dict[str, pa.StringArray]
    many: dict[str, refs.RefColumn]


def mention_of(frame: Frame, spec: Record, ctx: Context) -> MentionColumns:
    found = [(identifiers(frame, ref.column, ctx), ref.how) for ref in spec.refs if frame.has(ref.column)]
    parts, unread = property_columns(frame, spec.props, spec.set)
    if spec.extra:
        parts["extra"] = extra_of(frame, unread)
    name = frame.text(spec.name)
    return MentionColumns(spec.slot, name, list(found), parts, spec.distinct)


def add_leg(
    frame: Frame, spec: Leg, ends: Ends, legs: Legs, keep: Bools, ctx: Context
) -> list[refs.RefColumn]:
    """One plain leg per row, or per value of a field of many; returns the identifier columns used."""
    used = []
    pair = []
    for name in (spec.start, spec.end):
        if ":" not in name and name not in ends.many:
            ends.many[name] = identifiers(frame, name, ctx)
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
        kind = (
            frame.text(spec.props["kind"])
            if "kind" in spec.props
            else props.constant(spec.set["kind"], frame.n)
        )
        distinct.append(pc.fill_null(kind, ""))
    inner.add(
        spec.rel,
        flat[0],
        flat[1],
        keep[where],
        None if times is None else _take_times(times, where),
        amount=_amount(frame, spec, index),
        currency=None,
        side=pc.fill_null(frame.text(spec.side), "none").take(index) if spec.side else "none",
        system=spec.system,
        distinct=pc.binary_join_element_wise(*distinct, "|").take(index) if distinct else None,
        text=frame.text(spec.text).take(index) if spec.text else None,
        props=told.take(index),
    )
    legs.add_table(inner.table() if inner.parts else LEGS.empty_table())
    return used


def _amount(frame: Frame, spec: Leg, index: pa.Array) -> pa.Array | None:
    """Whole numbers (seconds) as they are; quantities as integer milligrams, the unit stands in the heading."""
    if spec.amount is None or not frame.has(spec.amount):
        return None
    if frame.columns[spec.amount].type == "integer":
        return value_of(frame, spec.amount).cells.take(index)
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
