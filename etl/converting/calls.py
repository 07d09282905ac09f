"""Rows of call records as calls and messages, with handset, SIM and cell of the subscriber."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import cells as radio
from etl.converting import props, refs
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.legs import Legs
from etl.converting.mentions import MentionColumns
from etl.layouts.layout import Call, Side
from etl.layouts.registry import words
from etl.parsing.numbers import parse_seconds
from etl.parsing.text import Coded, choose, filled, folded
from etl.parsing.times import Times, parse_times
from graph_schema.arrays import Bools

_BESIDE = re.compile(r"[()\[\]【】<>/|_,，、:;.·-]+")


def meaning(text: str) -> str:
    """What a word of a type column says about the direction: out, in, forwarded, data or nothing."""
    plain, listed = folded(text), words()
    if any(word in plain for word in listed["forwarded"]):
        return "forwarded"
    # 短信(收), 语音-主: a word of one sign counts where it stands by itself
    alone = {part for part in _BESIDE.split(plain) if part and not part.isdigit()} | {plain}
    out = bool(alone & listed["outgoing_exact"]) or any(word in plain for word in listed["outgoing"])
    into = bool(alone & listed["incoming_exact"]) or any(word in plain for word in listed["incoming"])
    if out != into:
        return "out" if out else "in"
    return "data" if any(word in plain for word in listed["data"]) else ""


def _told(cells: Coded) -> list[str]:
    """What each value of a type column says. 0 and 1 are calling and called; beside a 2 nobody knows what 1 is."""
    meant = [meaning(value or "") for value in cells.values]
    digits = {value: value.lstrip("0") for value in cells.values if value and value.isdigit()}
    if any(rest not in ("", "1") for rest in digits.values()):
        return ["" if value in digits else said for value, said in zip(cells.values, meant, strict=True)]
    return meant


def _direction_field(frame: Frame, spec: Call, ctx: Context) -> str | None:
    """The type column whose words say the direction most often; the same for the whole sheet."""
    if ctx.direction_field is None:
        best = 0
        for name in spec.kinds:
            if frame.has(name):
                cells = frame.coded(name)
                hits = int(
                    cells.mask([meaning(value or "") in {"out", "in"} for value in cells.values]).sum()
                )
                if hits > best:
                    best, ctx.direction_field = hits, name
    return ctx.direction_field


def convert(
    frame: Frame, spec: Call, times: Times, legs: Legs, ctx: Context
) -> tuple[list[MentionColumns], list[pa.Table]]:
    """Add the calls of a batch to ``legs``; return SIM cards tied to numbers, and nodes to describe."""
    out, forwarded, message = _kinds(frame, spec, ctx)
    seconds = _seconds(frame, spec, times, message)
    own, other = _ends(frame, spec.own, ctx), _ends(frame, spec.other, ctx)
    for side, column in ((spec.own, own), (spec.other, other)):
        heading, text = frame.heading(side.number), frame.text(side.number)
        frame.verdicts.reject(column.lone(), "cut_number", heading, text)
        frame.verdicts.reject(~filled(column.array()) & filled(text), "filler", heading, text)
        frame.verdicts.reject(~filled(column.array()), "blank_required", heading, text)
    keep = frame.verdicts.keep
    own_cells = radio.cells_of(frame, spec.own, ctx)
    other_cells = radio.cells_of(frame, spec.other, ctx)
    start, end = choose(out, own.array(), other.array()), choose(out, other.array(), own.array())
    common = {
        "side": "none" if spec.directed else pc.if_else(pa.array(out), "start", "end"),
        "system": "carrier",
        "serial": frame.text(spec.serial),
        "text": frame.text(spec.text),
        "props": _properties(frame, spec, out, forwarded, own_cells.refs, other_cells.refs, ctx),
    }
    amount = pa.array(np.where(seconds >= 0, seconds, 0), mask=seconds < 0)
    legs.add("CALLED", start, end, keep & ~message, times, amount=amount, **common)
    legs.add("MESSAGED", start, end, keep & message, times, **common)
    nodes = [own_cells.nodes, other_cells.nodes]
    for side, numbers, found in ((spec.own, own, own_cells), (spec.other, other, other_cells)):
        legs.add("SEEN_AT", numbers.array(), found.refs, keep, times, system="carrier")
        _used_with(frame, side, numbers.array(), legs, keep, times, ctx)
        nodes.append(ctx.refs.unverified_nodes(frame.sheet, frame.rows, numbers.only(keep)))
    mentions = [
        _subscriber(frame, side, slot, numbers, ctx) for side, slot, numbers in _sides(spec, own, other)
    ]
    return [m for m in mentions if m is not None], [table for table in nodes if table is not None]


def _ends(frame: Frame, side: Side, ctx: Context) -> refs.RefColumn:
    """The number of one side; where a feed of the network has none, SIM or handset stand for it."""
    column = ctx.refs.column(frame.columns[side.number].kind or "phone", frame.coded(side.number))
    if not frame.has(side.otherwise):
        return column
    assert side.otherwise is not None
    second = ctx.refs.column(frame.columns[side.otherwise].kind or "phone", frame.coded(side.otherwise))
    return refs.either(column, second)


def _sides(spec: Call, own: refs.RefColumn, other: refs.RefColumn) -> list[tuple[Side, str, refs.RefColumn]]:
    return [(spec.own, "owner", own), (spec.other, "counter", other)]


def _kinds(frame: Frame, spec: Call, ctx: Context) -> tuple[Bools, Bools, Bools]:
    """Outgoing, forwarded and message rows; what is neither out nor in is rejected or left out."""
    n = frame.n
    message, forwarded, data = np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, bool)
    for name in spec.kinds:
        if frame.has(name):
            column = frame.coded(name)
            meant = [meaning(value or "") for value in column.values]
            forwarded |= column.mask([m == "forwarded" for m in meant])
            data |= column.mask([m == "data" for m in meant])
            message |= column.mask(
                [any(w in folded(v or "") for w in words()["message"]) for v in column.values]
            )
    if frame.has(spec.text):
        message |= filled(frame.text(spec.text))
    if spec.directed:
        return np.ones(n, bool), forwarded, message
    said = _direction_field(frame, spec, ctx)
    if said is None:
        shown = next((kind for kind in spec.kinds if frame.has(kind)), spec.kinds[0])
        frame.verdicts.reject(np.ones(n, bool), "bad_direction", frame.heading(shown), frame.raw(shown))
        return np.zeros(n, bool), forwarded, message
    cells, heading, raw = frame.coded(said), frame.heading(said), frame.raw(said)
    meant = _told(cells)
    # A forwarded call leaves the subscriber's number for the one it was forwarded to.
    out = cells.mask([m == "out" for m in meant]) | (
        forwarded & cells.mask([m == "forwarded" for m in meant])
    )
    into = cells.mask([m == "in" for m in meant])
    frame.verdicts.exclude(data & ~out & ~into, "not_a_call", heading, raw)
    frame.verdicts.reject(~out & ~into, "bad_direction", heading, raw)
    return out, forwarded, message


def _seconds(frame: Frame, spec: Call, times: Times, message: Bools) -> np.ndarray:
    """Duration in seconds, -1 where the source gives none."""
    n = frame.n
    if frame.has(spec.duration):
        assert spec.duration is not None
        in_minutes = frame.unit(spec.duration, "秒") in {"分", "分钟"}
        found = parse_seconds(frame.text(spec.duration), 60 if in_minutes else 1)
        frame.verdicts.reject(
            found.bad & ~message, "bad_duration", frame.heading(spec.duration), frame.raw(spec.duration)
        )
        frame.verdicts.reject(
            found.known & (found.value > 7 * 86_400),
            "bad_duration",
            frame.heading(spec.duration),
            frame.raw(spec.duration),
        )
        out = np.where(found.known, found.value, -1)
    else:
        out = np.full(n, -1, np.int64)
    if frame.has(spec.end):
        assert spec.end is not None
        ended = parse_times(frame.text(spec.end), whole_days=False)
        span = (ended.at - times.at) // 1000
        usable = (out < 0) & ended.known & times.known & (ended.precision == 2) & (times.precision == 2)
        frame.verdicts.reject(
            usable & ((span < 0) | (span > 7 * 86_400)),
            "bad_time",
            frame.heading(spec.end),
            frame.raw(spec.end),
        )
        out = np.where(usable & (span >= 0), span, out)
    return np.asarray(out)


def _properties(
    frame: Frame,
    spec: Call,
    out: Bools,
    forwarded: Bools,
    own_cell: pa.StringArray,
    other_cell: pa.StringArray,
    ctx: Context,
) -> pa.StringArray:
    found: dict[str, pa.Array] = {}
    pairs = [("cell", pc.utf8_slice_codeunits(own_cell, 5), pc.utf8_slice_codeunits(other_cell, 5))]
    for prop in ("place", "imsi", "imei"):
        mine, theirs = getattr(spec.own, prop), getattr(spec.other, prop)
        if frame.has(mine) or frame.has(theirs):
            pairs.append((prop, frame.text(mine), frame.text(theirs)))
    for prop, one, two in pairs:
        found[f"start_{prop}"], found[f"end_{prop}"] = choose(out, one, two), choose(out, two, one)
    name = next(
        (kind for kind in spec.kinds if frame.has(kind) and kind != ctx.direction_field), ctx.direction_field
    )
    kind = frame.text(name)
    if frame.has(spec.forwarded):
        found["forwarded_from"] = frame.text(spec.forwarded)
    found["call_type"] = pc.if_else(pa.array(forwarded), frame.text(ctx.direction_field), kind)
    return props.objects(found, frame.n)


def _column(frame: Frame, kind: str, name: str | None, ctx: Context) -> refs.RefColumn:
    found = ctx.refs.column(kind, frame.coded(name)) if frame.has(name) else refs.none(frame.n)
    return found.apart(frame.rows, ctx.scope)


def _used_with(
    frame: Frame, side: Side, numbers: pa.StringArray, legs: Legs, keep: Bools, times: Times, ctx: Context
) -> None:
    """SIM in handset, once per pair and batch: the first row is the evidence."""
    devices = _column(frame, "imei", side.imei, ctx)
    if not len(devices.at):
        return
    sims = _column(frame, "imsi", side.imsi, ctx)
    start = pc.coalesce(props.when(sims.verified(), sims.array()), numbers)
    end = props.when(devices.verified(), devices.array())
    pair = pc.binary_join_element_wise(start, end, " ")
    at = np.flatnonzero(keep & filled(pair))
    if not len(at):
        return
    codes = pair.take(pa.array(at)).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    first = np.zeros(frame.n, bool)
    first[at[np.unique(codes, return_index=True)[1]]] = True
    legs.add("USED_WITH", start, end, first, times, system="carrier")


def _subscriber(
    frame: Frame, side: Side, slot: str, numbers: refs.RefColumn, ctx: Context
) -> MentionColumns | None:
    """The carrier's books tie number and SIM: a mention without a name."""
    sims = _column(frame, "imsi", side.imsi, ctx)
    if not len(sims.at) or side.imsi == side.number:
        return None
    both = sims.verified()
    own = props.when(both, numbers.array())
    return MentionColumns(
        slot, pa.nulls(frame.n, pa.string()), [(own, "registered"), (sims.only(both), "registered")]
    )
