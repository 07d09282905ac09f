"""Rows of account books as payments: who paid whom, how much, seen from which side."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.convert import props, refs
from etl.convert.context import Context
from etl.convert.frame import Frame
from etl.convert.legs import Legs
from etl.convert.mentions import Mention
from etl.convert.numbers import Numbers, parse_money
from etl.convert.text import Bools, choose, filled, folded, nulls, take, to_mask
from etl.convert.times import Times
from etl.convert.values import value_of
from etl.sources.layout import Payment
from etl.sources.registry import tables, words
from graph_schema.dictionaries import direction as direction_of
from graph_schema.dictionaries import platform_name

_PER_UNIT = {"元": 100, "分": 1, "万元": 1_000_000}


def exclude_returned(frame: Frame, spec: Payment) -> None:
    """Failed and returned payments are kept in the archive, not in the graph."""
    listed = words()
    if spec.status is not None and frame.has(spec.status):
        status = frame.coded(spec.status)
        plain = [folded(value or "") for value in status.values]
        failed = [
            text in listed["failed_exact"] or any(w in text for w in listed["failed"]) for text in plain
        ]
        frame.verdicts.exclude(
            status.mask(failed), "payment_failed", frame.heading(spec.status), frame.text(spec.status)
        )
    for name in (*spec.returned, *([spec.status] if spec.status else [])):
        if frame.has(name):
            cells = frame.coded(name)
            back = [any(w in folded(value or "") for w in listed["returned"]) for value in cells.values]
            frame.verdicts.exclude(
                cells.mask(back), "payment_returned", frame.heading(name), frame.text(name)
            )


def _amounts(frame: Frame, spec: Payment) -> tuple[Numbers, Bools, Bools]:
    """Amount in fen, and which rows the amount columns themselves show as outflow or inflow."""
    n = frame.n
    none = np.zeros(n, bool)
    if spec.amount is not None and frame.has(spec.amount):
        money = parse_money(frame.text(spec.amount), _PER_UNIT[frame.unit(spec.amount, "元")])
        frame.verdicts.reject(money.bad, "bad_amount", frame.heading(spec.amount), frame.raw(spec.amount))
        frame.verdicts.reject(~money.known, "blank_required", frame.heading(spec.amount), None)
        return money, none, none
    total = Numbers(np.zeros(n, np.int64), np.zeros(n, bool), np.zeros(n, bool))
    sides = []
    for name in (spec.expense, spec.income):
        if name is None or not frame.has(name):
            sides.append(none)
            continue
        money = parse_money(frame.text(name), _PER_UNIT[frame.unit(name, "元")])
        frame.verdicts.reject(money.bad, "bad_amount", frame.heading(name), frame.raw(name))
        used = money.known & (money.value != 0)
        total.value = np.where(used, money.value, total.value)
        total.known |= money.known
        sides.append(used)
    both = sides[0] & sides[1]
    column = frame.heading(spec.income or spec.expense or "")
    frame.verdicts.reject(both, "bad_direction", column, None)
    frame.verdicts.reject(~total.known, "blank_required", column, None)
    return total, sides[0], sides[1]


def _directions(frame: Frame, spec: Payment, money: Numbers, out: Bools, into: Bools) -> tuple[Bools, Bools]:
    """Which rows are outflow and which inflow, seen from the owner; unknown words are rejected, never guessed."""
    column = spec.direction.column
    if column is not None and frame.has(column):
        cells = frame.coded(column)
        extra_out = {folded(word) for word in spec.direction.outflow}
        extra_in = {folded(word) for word in spec.direction.inflow}
        meant = [
            "out"
            if folded(value or "") in extra_out
            else "in"
            if folded(value or "") in extra_in
            else direction_of(value)
            for value in cells.values
        ]
        frame.verdicts.exclude(
            cells.mask([m == "neutral" for m in meant]), "neutral", frame.heading(column), frame.raw(column)
        )
        # "/" is cleaned to blank, but here it is a word of its own.
        slash = (
            to_mask(pc.equal(pc.utf8_trim_whitespace(frame.raw(column)), "/"))
            if column in frame.fields
            else out
        )
        frame.verdicts.exclude(slash & cells.blank(), "neutral", frame.heading(column), frame.raw(column))
        minus = _signs(frame, column, "-")
        plus = _signs(frame, column, "+")
        out = cells.mask([m == "out" for m in meant]) | minus
        into = cells.mask([m == "in" for m in meant]) | plus
        frame.verdicts.reject(~out & ~into, "bad_direction", frame.heading(column), frame.raw(column))
        frame.verdicts.reject(
            into & (money.value < 0),
            "bad_amount",
            frame.heading(spec.amount or column),
            frame.text(spec.amount),
        )
        return out, into
    if not out.any() and not into.any():
        # No direction column: a sign is the direction.
        return money.value < 0, money.value > 0
    return out, into


def _signs(frame: Frame, column: str, sign: str) -> Bools:
    """A lone ``-`` or ``+`` as direction; the minus is otherwise a way of writing nothing."""
    if column not in frame.fields:
        return np.zeros(frame.n, bool)
    return to_mask(pc.equal(pc.utf8_trim_whitespace(frame.raw(column)), sign))


def convert(
    frame: Frame, spec: Payment, times: Times, legs: Legs, ctx: Context
) -> tuple[list[Mention], list[pa.Table]]:
    """Add the payments of a batch to ``legs``; return the persons its rows name, and nodes to describe."""
    money, out, into = _amounts(frame, spec)
    out, into = _directions(frame, spec, money, out, into)
    frame.verdicts.exclude(
        money.known & (money.value == 0), "zero_amount", _amount_heading(frame, spec), None
    )
    owner_columns = [_refs(frame, name, ctx) for name in spec.owner]
    owner = refs.first_of(owner_columns, frame.n)
    frame.verdicts.reject(~filled(owner), "blank_required", frame.heading(spec.owner[0]), None)
    nodes: list[pa.Table] = []
    counter, platform, counter_columns = _counter(frame, spec, owner, out, ctx, nodes)
    keep = frame.verdicts.keep
    owner_card = _refs(frame, spec.owner_card, ctx).array() if spec.owner_card else nulls(frame.n)
    counter_card = _refs(frame, spec.counter_card, ctx).array() if spec.counter_card else nulls(frame.n)
    legs.add(
        "PAID",
        choose(out, owner, counter),
        choose(out, counter, owner),
        keep,
        times,
        amount=pa.array(np.abs(money.value)),
        currency=_currency(frame, spec),
        side=pc.if_else(pa.array(out), "start", "end"),
        system=spec.system,
        serial=frame.text(spec.serial),
        common=pc.coalesce(*(frame.text(name) for name in spec.common)) if spec.common else None,
        start_card=choose(out, owner_card, counter_card),
        end_card=choose(out, counter_card, owner_card),
        distinct=_balance_text(frame, spec),
        text=frame.text(spec.text),
        props=_properties(frame, spec, out, owner, counter),
    )
    for column in (*owner_columns, *counter_columns):
        table = ctx.refs.unverified_nodes(frame.sheet, frame.rows, column.only(keep))
        if table is not None:
            nodes.append(table)
    return _mentions(frame, spec, owner_columns, counter, platform, ctx), nodes


def _amount_heading(frame: Frame, spec: Payment) -> str:
    return frame.heading(spec.amount or spec.income or spec.expense or "")


def _refs(frame: Frame, name: str | None, ctx: Context) -> refs.RefColumn:
    if name is None or not frame.has(name):
        return refs.none(frame.n)
    return ctx.refs.column(frame.columns[name].kind or "card", frame.coded(name))


def _counter(
    frame: Frame, spec: Payment, owner: pa.StringArray, out: Bools, ctx: Context, nodes: list[pa.Table]
) -> tuple[pa.StringArray, Bools, list[refs.RefColumn]]:
    """The other end of every row.

    A platform by name first, so that all its rows meet in one flagged node; then the account number; then
    the owner's own card where he moved money between wallet and card; then the bare name, or nothing, as an
    account that exists only for this owner and so can never tie strangers together.
    """
    columns = [_refs(frame, name, ctx) for name in spec.counter]
    numbers = refs.first_of(columns, frame.n)
    names = frame.coded(spec.counter_name)
    shops = [platform_name(name) if name else None for name in names.values]
    shop = take([f"Account:shop:{name}" if name else None for name in shops], names.codes)
    platform = filled(shop)
    best = pc.coalesce(shop, numbers)
    if spec.own_move and spec.owner_card is not None:
        own = _refs(frame, spec.owner_card, ctx)
        best = pc.coalesce(props.when(_own_moves(frame, spec), own.array()), best)
        columns.append(own)
    missing = ~filled(best)
    keep = frame.verdicts.keep
    _tell_platforms(frame, shop, shops, names.codes, keep, ctx, nodes)
    if missing.any():
        name = take([value for value in names.values], names.codes)
        owner_key = pc.utf8_slice_codeunits(owner, start=len("Account:"))
        made = pc.binary_join_element_wise("Account:other:", pc.fill_null(name, "?"), "@", owner_key, "")
        made = props.when(missing & filled(owner), made)
        _tell_unnumbered(frame, made, name, keep, ctx, nodes)
        best = pc.coalesce(best, made)
    return best, platform, columns


def _own_moves(frame: Frame, spec: Payment) -> Bools:
    """Rows by which the owner moved money between his wallet and his own card."""
    move = np.zeros(frame.n, bool)
    for name in spec.own_move:
        cells = frame.coded(name)
        move |= cells.mask(
            [any(word in folded(value or "") for word in words()["own_move"]) for value in cells.values]
        )
    return move


def _tell_platforms(
    frame: Frame,
    shop: pa.StringArray,
    names: list[str | None],
    codes: np.ndarray,
    keep: Bools,
    ctx: Context,
    nodes: list[pa.Table],
) -> None:
    found = []
    used, first = np.unique(np.where(keep & filled(shop), codes, -1), return_index=True)
    for code, at in zip(used.tolist(), first.tolist(), strict=True):
        name = names[code] if code >= 0 else None
        if name and not ctx.refs.told(f"Account:shop:{name}"):
            told = {"kind": "shop", "number": name, "platform": True, "platform_name": name, "verified": True}
            found.append((int(frame.rows[at]), f"Account:shop:{name}", json.dumps(told, ensure_ascii=False)))
    if found:
        nodes.append(refs.node_table(frame.sheet, found))


def _tell_unnumbered(
    frame: Frame,
    made: pa.StringArray,
    names: pa.StringArray,
    keep: Bools,
    ctx: Context,
    nodes: list[pa.Table],
) -> None:
    found = []
    at = np.flatnonzero(keep & filled(made))
    index = pa.array(at)
    for row, ref, name in zip(
        frame.rows[at], made.take(index).to_pylist(), names.take(index).to_pylist(), strict=True
    ):
        if not ctx.refs.told(ref):
            told = {"kind": "other", "number": name or "?", "raw": name or "", "verified": False}
            found.append((int(row), ref, json.dumps(told, ensure_ascii=False)))
    if found:
        nodes.append(refs.node_table(frame.sheet, found))


def _currency(frame: Frame, spec: Payment) -> pa.Array | str:
    if spec.currency is None or not frame.has(spec.currency):
        return "CNY"
    cells = frame.coded(spec.currency)
    known = tables()["currencies"]
    codes = [known.get(folded(value or ""), (value or "").strip().upper()[:8]) for value in cells.values]
    return pc.fill_null(take(list(codes), cells.codes), "CNY")


def _balance_text(frame: Frame, spec: Payment) -> pa.Array | None:
    """The balance in fen where it can be read, else as written: it tells equal payments of one day apart."""
    if spec.balance is None or not frame.has(spec.balance):
        return None
    balance = parse_money(frame.text(spec.balance), _PER_UNIT[frame.unit(spec.balance, "元")])
    return pc.coalesce(balance.arrow().cast(pa.string()), frame.text(spec.balance))


def _properties(
    frame: Frame, spec: Payment, out: Bools, owner: pa.StringArray, counter: pa.StringArray
) -> pa.StringArray:
    found = {prop: value_of(frame, name).cells for prop, name in spec.props.items() if frame.has(name)}
    for prop, mine, theirs in (
        ("balance_fen", spec.balance, spec.counter_balance),
        ("name", spec.owner_name, spec.counter_name),
        ("bank", spec.own_bank, spec.counter_bank),
    ):
        one, two = _side_values(frame, mine), _side_values(frame, theirs)
        kind = pa.int64() if prop == "balance_fen" else pa.string()
        one, two = one.cast(kind), two.cast(kind)
        found[f"start_{prop}"], found[f"end_{prop}"] = choose(out, one, two), choose(out, two, one)
    if frame.has(spec.cash):
        cells = frame.coded(spec.cash)
        found["cash"] = props.flag(
            cells.mask([any(w in folded(v or "") for w in words()["cash"]) for v in cells.values])
        )
    same = to_mask(pc.equal(owner, counter))
    if spec.owner_id and spec.counter_id and frame.has(spec.owner_id) and frame.has(spec.counter_id):
        same |= to_mask(
            pc.equal(pc.utf8_upper(frame.text(spec.owner_id)), pc.utf8_upper(frame.text(spec.counter_id)))
        )
    found["self_transfer"] = props.flag(same)
    return props.objects(found, frame.n)


def _side_values(frame: Frame, name: str | None) -> pa.Array:
    if name is None or not frame.has(name):
        return nulls(frame.n)
    if frame.columns[name].type == "money":
        return parse_money(frame.text(name), _PER_UNIT[frame.unit(name, "元")]).arrow()
    return frame.text(name)


def _mentions(
    frame: Frame,
    spec: Payment,
    owners: list[refs.RefColumn],
    counter: pa.StringArray,
    platform: Bools,
    ctx: Context,
) -> list[Mention]:
    """The counterparty as the row names him: proven by a valid resident id, else merely named."""
    if spec.counter_name is None:
        return []
    ident = _id_column(frame, spec.counter_id, ctx)
    valid = ident.verified()
    how = pc.if_else(pa.array(valid), "registered", "named")
    name = props.when(~platform, frame.text(spec.counter_name))
    ref = props.when(~platform & (filled(name) | valid), counter)
    return [Mention("counter", name, [(ref, how), (ident.only(~platform), how)])]


def _id_column(frame: Frame, name: str | None, ctx: Context) -> refs.RefColumn:
    if name is None or not frame.has(name):
        return refs.none(frame.n)
    return ctx.refs.column("any", frame.coded(name))
