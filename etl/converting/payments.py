"""Rows of account books as payments: who paid whom, how much, seen from which side."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import books, flags, props, refs, refund_rows, refunds
from etl.converting.amounts import amount_heading, amounts, directions, one_column
from etl.converting.context import Context
from etl.converting.counterparts import Roles, beside, counter_ends, counter_names, own_moves
from etl.converting.frame import Frame
from etl.converting.legs import Legs
from etl.converting.mentions import MentionColumns
from etl.converting.properties import identifiers
from etl.converting.totals import summing
from etl.converting.values import value_of
from etl.layouts.layout import Payment
from etl.layouts.registry import words
from etl.layouts.said import UNKNOWN, currency_of
from etl.parsing.numbers import FEN_PER, parse_money
from etl.parsing.text import choose, filled, folded, nulls, take, to_mask
from etl.parsing.times import Times
from graph_schema.arrays import Bools


def exclude_returned(frame: Frame, spec: Payment, ctx: Context) -> None:
    """Totals, failed and returned payments are kept in the archive, not in the graph."""
    _exclude_sums(frame, spec)
    if spec.status is not None and frame.has(spec.status):
        status = frame.coded(spec.status)
        plain = [folded(value or "") for value in status.values]
        listed = words()
        failed = [
            text in listed["failed_exact"] or any(w in text for w in listed["failed"]) for text in plain
        ]
        frame.verdicts.exclude(
            status.mask(failed), "payment_failed", frame.heading(spec.status), frame.text(spec.status)
        )
    flags.judge(frame, spec, ctx.ahead.alone)
    for name in (*spec.returned, *([spec.status] if spec.status else [])):
        if frame.has(name):
            back = refunds.returned(frame, spec, name)
            frame.verdicts.exclude(back, "payment_returned", frame.heading(name), frame.text(name))


def convert(
    frame: Frame, spec: Payment, times: Times, legs: Legs, ctx: Context
) -> tuple[list[MentionColumns], list[pa.Table]]:
    """Add the payments of a batch to ``legs``; return the persons its rows name, and nodes to describe."""
    money, out, into = amounts(frame, spec)
    red = np.isin(frame.rows, list(ctx.ahead.red)) if ctx.ahead.red else np.zeros(frame.n, bool)
    out, into = directions(frame, spec, money, out, into, red)
    heading = amount_heading(frame, spec)
    frame.verdicts.exclude(money.known & (money.value == 0), "zero_amount", heading, None)
    roles = Roles.of(frame, spec, out, ctx)
    owner_columns = roles.owner
    owner = refs.first_of(owner_columns, frame.n)
    ctx.books.append(books.rows(frame, spec, owner, money, out ^ red, into ^ red, times))
    frame.verdicts.exclude(red, "payment_returned", heading, frame.text(one_column(frame, spec)))
    refunds.net(frame, spec, money, ctx.ahead.given, heading)
    _need_owner(frame, spec, owner, owner_columns)
    nodes: list[pa.Table] = []
    moved = own_moves(frame, spec)
    counter, platform, counter_columns = counter_ends(frame, spec, roles, owner, moved, ctx, nodes)
    keep = frame.verdicts.keep
    owner_card = identifiers(frame, spec.owner_card, ctx).array()
    counter_card = identifiers(frame, spec.counter_card, ctx).array()
    # Where the owner's own card is the other end, it did not pay from behind the wallet.
    counter_card = pc.coalesce(props.when(moved, owner_card), counter_card)
    owner_card = props.when(~moved, owner_card)
    legs.add(
        "PAID",
        choose(out, owner, counter),
        choose(out, counter, owner),
        keep,
        times,
        amount=pa.array(np.abs(money.value)),
        currency=_currency(frame, spec, ctx),
        side="none" if spec.directed else pc.if_else(pa.array(out), "start", "end"),
        system=spec.system,
        serial=frame.text(spec.serial),
        common=pc.coalesce(*(frame.text(name) for name in spec.common)) if spec.common else None,
        start_card=choose(out, owner_card, counter_card),
        end_card=choose(out, counter_card, owner_card),
        distinct=_balance_text(frame, spec),
        text=frame.text(spec.text),
        props=_properties(frame, spec, roles, out, owner, counter),
    )
    for column in (*owner_columns, *counter_columns):
        table = ctx.refs.unverified_nodes(frame.sheet, frame.rows, column.only(keep))
        if table is not None:
            nodes.append(table)
    return _mentions(frame, spec, roles, counter, platform, ctx), nodes


def _exclude_sums(frame: Frame, spec: Payment) -> None:
    """Totals and balances carried forward that stand among the rows, with a date and a direction."""
    others = [frame.text(name) for name in (*spec.counter, spec.counter_name) if frame.has(name)]
    for name in dict.fromkeys((spec.text, *spec.returned, spec.counter_name)):
        if frame.has(name):
            assert name is not None
            sums = (
                _named_sums(frame, spec) if name == spec.counter_name else summing(frame.text(name), *others)
            )
            frame.verdicts.exclude(sums, "total_line", frame.heading(name), frame.text(name))


def _named_sums(frame: Frame, spec: Payment) -> Bools:
    """Rows whose other party has no number, and the word for a sum as its name."""
    found = np.zeros(frame.n, bool)
    free = np.ones(frame.n, bool)
    for name in spec.counter:
        free &= ~filled(frame.text(name))
    at = np.flatnonzero(free)
    if len(at):
        found[at] = summing(frame.text(spec.counter_name).take(pa.array(at)))
    return found


def _need_owner(frame: Frame, spec: Payment, owner: pa.StringArray, columns: list[refs.RefColumn]) -> None:
    """Reject rows nobody's book is known of, saying whether nothing is there, a filler, or a number cut short."""
    name = next((name for name in spec.owner if frame.has(name)), None)
    if name is None:
        frame.verdicts.reject(~filled(owner), "no_owner", frame.heading(spec.owner[0]), None)
        return
    heading, raw = frame.heading(name), frame.text(name)
    cut = np.logical_or.reduce([column.lone() for column in columns])
    sure = np.logical_or.reduce([column.verified() for column in columns])
    frame.verdicts.reject(cut & ~sure, "cut_number", heading, raw)
    frame.verdicts.reject(~filled(owner) & filled(raw), "filler", heading, raw)
    frame.verdicts.reject(~filled(owner), "blank_required", heading, None)


def _currency(frame: Frame, spec: Payment, ctx: Context) -> pa.Array | str | None:
    """The currency of each row: its cell, else what the sheet says; null where neither tells it.

    Books kept in this country that say nothing of a currency at all are in yuan. A blank cell is not, where
    another row of the same account is in a foreign currency.
    """
    stated = ctx.outside.currency
    usual = None if stated == UNKNOWN else stated or "CNY"
    if spec.currency is None or not frame.has(spec.currency):
        return usual if stated else _of_yuan(frame, spec, usual)
    cells = frame.coded(spec.currency)
    codes = [None if value is None else currency_of(value) for value in cells.values]
    found = take(codes, cells.codes)
    blank = cells.blank()
    if stated is None and ctx.ahead.foreign:
        others = pc.is_in(refund_rows.owners_of(frame, spec), pa.array(sorted(ctx.ahead.foreign)))
        blank &= ~to_mask(others)
    return pc.if_else(pa.array(blank), pa.scalar(usual, pa.string()), found)


def _of_yuan(frame: Frame, spec: Payment, usual: str | None) -> pa.Array | str | None:
    """The yuan, save where the amount itself has the sign of a dollar: whose dollar, nobody says."""
    names = [name for name in (spec.amount, spec.signed, spec.expense, spec.income) if frame.has(name)]
    dollars = [pc.match_substring(frame.text(name), "$") for name in names]
    if not any(pc.any(each).as_py() for each in dollars):
        return usual
    foreign = np.logical_or.reduce([to_mask(each) for each in dollars])
    return pc.if_else(pa.array(foreign), pa.scalar(None, pa.string()), pa.scalar(usual, pa.string()))


def _balance_text(frame: Frame, spec: Payment) -> pa.Array | None:
    """The balance in fen where it can be read, else as written: it tells equal payments of one day apart."""
    if spec.balance is None or not frame.has(spec.balance):
        return None
    balance = parse_money(frame.text(spec.balance), FEN_PER[frame.unit(spec.balance, "元")])
    return pc.coalesce(balance.arrow().cast(pa.string()), frame.text(spec.balance))


def _properties(
    frame: Frame,
    spec: Payment,
    roles: Roles,
    out: Bools,
    owner: pa.StringArray,
    counter: pa.StringArray,
) -> pa.StringArray:
    found = {prop: value_of(frame, name).cells for prop, name in spec.props.items() if frame.has(name)}
    for prop, mine, theirs in (
        ("balance_fen", spec.balance, spec.counter_balance),
        ("name", spec.owner_name, spec.counter_name),
        ("bank", spec.own_bank, spec.counter_bank),
    ):
        one, two = _side_values(frame, mine), _side_values(frame, theirs)
        if prop == "name":
            one = pc.coalesce(one, *beside(frame, spec.owner))
            two = pc.coalesce(two, *beside(frame, spec.counter))
        if prop != "balance_fen":
            one, two = roles.sided(one, two)
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
        return parse_money(frame.text(name), FEN_PER[frame.unit(name, "元")]).arrow()
    return frame.text(name)


def _mentions(
    frame: Frame,
    spec: Payment,
    roles: Roles,
    counter: pa.StringArray,
    platform: Bools,
    ctx: Context,
) -> list[MentionColumns]:
    """The counterparty as the row names him: proven by a valid resident id, else merely named.

    A display name is kept as such: it names nobody.
    """
    if spec.counter_name is None:
        return []
    if spec.nickname:
        shown = props.when(~platform, counter_names(frame, spec, roles))
        known = props.when(filled(shown), counter)
        return [MentionColumns("counter", nulls(frame.n), [(known, "nickname")], {"nickname": shown})]
    ident = identifiers(frame, spec.counter_id, ctx)
    valid = ident.verified()
    how = pc.if_else(pa.array(valid), "registered", "named")
    name = props.when(~platform, counter_names(frame, spec, roles))
    ref = props.when(~platform & (filled(name) | valid), counter)
    return [MentionColumns("counter", name, [(ref, how), (ident.only(~platform), how)])]
