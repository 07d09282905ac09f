"""From the batches of a recognised table to batches of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import calls, payments, pictures, refunds, table
from etl.converting.bounds import reject_long
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.legs import Legs
from etl.converting.mentions import MentionColumns, record_table
from etl.converting.nodes import node_refs, node_rows
from etl.converting.properties import identifiers
from etl.converting.props import when
from etl.converting.refs import RefColumn
from etl.converting.sections import parts
from etl.converting.values import parse_months, value_of
from etl.layouts.layout import Layout
from etl.layouts.registry import words
from etl.parsing.text import filled, folded, to_mask
from etl.parsing.times import Times, join_date_and_clock, parse_times
from etl.parsing.yearless import dated
from etl.reading.grid import RawBatch
from etl.storage.facts import BOOKS, NODES, RECORDS, FactBatch


def convert(batches: Iterator[RawBatch], ctx: Context) -> Iterator[FactBatch]:
    """Convert a stream of raw rows; memory is that of one batch."""
    for batch in parts(batches, ctx):
        frame = _frame(batch, ctx)
        ctx.closing += frame.closing
        if frame.n:
            yield _convert(frame, ctx)


def look_ahead(read: Callable[[], Iterator[RawBatch]], ctx: Context) -> None:
    """Read an account book before it is converted, to know what its later rows give back."""
    spec = ctx.layout.payment
    if spec is None or spec.refunds is None:
        return
    start = ctx.outside, ctx.heading

    def look() -> Iterator[tuple[Frame, Callable[[], Times | None]]]:
        ctx.outside, ctx.heading = start
        for batch in parts(read(), ctx):
            frame = _frame(batch, ctx)
            if frame.n:
                yield frame, partial(_event_times, frame, ctx.layout, ctx)

    ctx.ahead = refunds.collect(look, spec)
    ctx.outside, ctx.heading = start
    ctx.sections.clear()
    ctx.said.clear()


def _frame(batch: RawBatch, ctx: Context) -> Frame:
    return Frame(
        *(ctx.sheet, batch, ctx.headings, ctx.fields, ctx.layout.columns),
        *(ctx.constants, ctx.said_units, ctx.heading.spare),
    )


def _convert(frame: Frame, ctx: Context) -> FactBatch:
    layout = ctx.layout
    if ctx.damaged:
        frame.reject_damaged()
    _exclude(frame, layout)
    if layout.payment is not None:
        payments.exclude_returned(frame, layout.payment, ctx)
    reject_long(frame, layout)
    _require(frame, layout, ctx)
    _require_dates(frame, layout)
    frame.times = _event_times(frame, layout, ctx)
    frame.layout_time = layout.time.at if layout.time else None
    legs = Legs(frame.sheet, frame.rows)
    ctx.books = []
    mentions: list[MentionColumns] = []
    nodes: list[pa.Table | None] = []
    if layout.payment is not None:
        assert frame.times is not None
        said, told = payments.convert(frame, layout.payment, frame.times, legs, ctx)
        mentions, nodes = mentions + said, nodes + told
    if layout.call is not None:
        assert frame.times is not None
        said, told = calls.convert(frame, layout.call, frame.times, legs, ctx)
        mentions, nodes = mentions + said, nodes + told
    nodes += _declared(frame, ctx, legs, mentions)
    keep = frame.verdicts.keep
    records = [record_table(frame.sheet, frame.rows, mention, keep, ctx.seen) for mention in mentions]
    for mention in mentions:
        for column, _ in mention.refs:
            if isinstance(column, RefColumn):
                nodes.append(ctx.refs.unverified_nodes(frame.sheet, frame.rows, column.only(keep)))
    return FactBatch(
        frame.row_table(),
        _joined([part for part in nodes if part is not None], NODES),
        _joined([part for part in records if part is not None], RECORDS),
        legs.table(),
        _joined(ctx.books, BOOKS),
    )


def _joined(parts: list[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables(parts) if parts else schema.empty_table()


def _exclude(frame: Frame, layout: Layout) -> None:
    """Rows that only say that a query failed."""
    listed = words()
    for rule in layout.exclude:
        if not frame.has(rule.column):
            continue
        cells = frame.coded(rule.column)
        plain = [folded(value or "") for value in cells.values]
        bad = [any(word in text for word in listed[rule.words]) for text in plain]
        mask = cells.mask(bad)
        if rule.words == "query_failed":
            fine = [any(word in text for word in listed["query_ok"]) for text in plain]
            empty = ~frame.given(layout.time.at if layout.time else None)
            mask = cells.mask([b and not f for b, f in zip(bad, fine, strict=True)]) | (
                cells.mask([bool(t) for t in plain]) & empty
            )
        frame.verdicts.exclude(mask, rule.reason, frame.heading(rule.column), frame.text(rule.column))


def _require_number(frame: Frame, name: str, ctx: Context) -> None:
    """Reject cells that have to be a number and hold only words or digits that fill the place."""
    text, raw = frame.text(name), frame.raw(name)
    written = ~filled(text) & to_mask(pc.match_substring_regex(raw, r"[\p{L}\p{N}]"))
    column = identifiers(frame, name, ctx)
    none = filled(text)
    none[column.at] = False
    frame.verdicts.reject(written | none, "filler", frame.heading(name), raw)


def _require(frame: Frame, layout: Layout, ctx: Context) -> None:
    for name, column in layout.columns.items():
        if column.must and frame.has(name):
            reason = "no_party" if column.kind == "typed" else "blank_required"
            spared = frame.given(column.unless)
            if column.kind is not None and column.kind != "typed":
                _require_number(frame, name, ctx)
            frame.verdicts.reject(~filled(frame.text(name)) & ~spared, reason, frame.heading(name), None)
        if column.must and column.type in AMOUNTS:
            values = value_of(frame, name)
            bad = values.unread | to_mask(pc.less(values.cells, 0))
            frame.verdicts.reject(bad, "bad_amount", frame.heading(name), frame.raw(name))


AMOUNTS = {"number", "integer", "grams", "kilograms", "mass", "censored", "money"}
"""Types of required cells that have to hold a quantity, not below zero."""

_DATE_LIKE = (
    r"^\D{0,2}\d{1,4}\D{1,2}\d{1,2}\D{1,2}\d{1,4}(?:\D.*)?$|^\D{0,1}\d{5,14}\D{0,1}$|^\d{4}[-/.年]\d{1,2}月?$"
)
"""What is written as a date; words such as 十几岁 or 长期 are none and stay words."""


def _require_dates(frame: Frame, layout: Layout) -> None:
    """Reject a row of the squad's own tables whose date does not exist: a blank would say nobody knows it."""
    if layout.payment is not None or layout.call is not None or layout.document:
        return
    dates = [name for name, column in layout.columns.items() if column.type in {"time", "month"}]
    dates += [leg.at for leg in layout.legs if leg.at not in (None, "none")]
    for name in dict.fromkeys(dates):
        if frame.has(name):
            wrong = parse_months(frame.text(name)).bad
            written = to_mask(pc.match_substring_regex(frame.text(name), _DATE_LIKE))
            must = np.full(frame.n, frame.columns[name].must)
            must &= ~(frame.given(frame.columns[name].unless) & ~filled(frame.text(name)))
            frame.verdicts.reject(wrong & (written | must), "bad_time", frame.heading(name), frame.raw(name))


def _event_times(frame: Frame, layout: Layout, ctx: Context) -> Times | None:
    """The event's time of every row; unreadable, missing and future ones are rejected."""
    spec = layout.time
    if spec is None:
        return None
    name = spec.at if frame.has(spec.at) or spec.date is None else spec.date
    yearless = np.zeros(frame.n, bool)
    if spec.date is not None and frame.has(spec.date) and frame.has(spec.at):
        days, yearless = dated(frame.text(spec.date), ctx.outside.period)
        times = join_date_and_clock(days, frame.text(spec.at))
        name = spec.date if not filled(frame.text(spec.at)).all() else spec.at
    elif frame.has(name):
        read = parse_months if frame.columns[name].type == "month" else parse_times
        cells, yearless = dated(pc.coalesce(frame.text(name), frame.text(spec.otherwise)), ctx.outside.period)
        times = read(cells)
    elif frame.has(spec.otherwise):
        assert spec.otherwise is not None
        name, times = spec.otherwise, parse_times(frame.text(spec.otherwise))
    else:
        n = frame.n
        return Times(np.zeros(n, np.int64), np.zeros(n, np.int8), np.zeros(n, bool), np.zeros(n, bool))
    frame.verdicts.reject(times.bad & yearless, "no_year", frame.heading(name), frame.raw(name))
    frame.verdicts.reject(times.bad, "bad_time", frame.heading(name), frame.raw(name))
    if spec.needed:
        frame.verdicts.reject(~times.known, "blank_required", frame.heading(name), None)
    frame.verdicts.reject(
        times.known & (times.at > ctx.latest), "future_time", frame.heading(name), frame.raw(name)
    )
    return times


def _declared(frame: Frame, ctx: Context, legs: Legs, mentions: list[MentionColumns]) -> list[pa.Table]:
    """Records, nodes, legs and statements as the layout lists them; adds to ``legs`` and ``mentions``."""
    layout = ctx.layout
    ends = table.Ends({}, {})
    for spec in layout.records:
        mention = table.mention_of(frame, spec, ctx)
        mentions.append(mention)
        made = pc.binary_join_element_wise(
            "Record:", pa.array(frame.rows).cast(pa.string()), f"/{spec.slot}", ""
        )
        ends.single[f"record:{spec.slot}"] = when(mention.given(), made)
    keep = frame.verdicts.keep
    nodes: list[pa.Table | None] = []
    for node in layout.nodes:
        made = node_refs(frame, node, ctx)
        ends.single[f"node:{node.name}"] = made
        nodes.append(node_rows(frame, node, made, keep, ctx))
        if node.column is not None:
            column = identifiers(frame, node.column, ctx)
            nodes.append(ctx.refs.unverified_nodes(frame.sheet, frame.rows, column.only(keep)))
    for leg in layout.legs:
        used = table.add_leg(frame, leg, ends, legs, keep, ctx)
        nodes += [ctx.refs.unverified_nodes(frame.sheet, frame.rows, column.only(keep)) for column in used]
    if layout.pictures is not None:
        nodes.append(pictures.add_pictures(frame, layout.pictures, ends, legs, keep, ctx))
    for statement in layout.statements:
        table.add_statements(frame, statement, ends, legs, keep, ctx)
    return [part for part in nodes if part is not None]
