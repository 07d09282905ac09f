"""Amounts and directions of account books: integer fen, and who paid, seen from the owner."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from etl.converting.frame import Frame
from etl.layouts.layout import Payment
from etl.parsing.numbers import FEN_PER, Numbers, parse_money
from etl.parsing.text import Coded, folded, to_mask
from graph_schema.arrays import Bools
from graph_schema.dictionaries import direction as direction_of


def amounts(frame: Frame, spec: Payment) -> tuple[Numbers, Bools, Bools]:
    """Amount in fen, and which rows the amount columns themselves show as outflow or inflow.

    Blank and unreadable amounts are rejected, and rows with an amount on both sides.
    """
    for name in _amount_columns(frame, spec):
        bad = _money(frame, name).bad
        frame.verdicts.reject(bad, "bad_amount", frame.heading(name), frame.raw(name))
    money, out, into = signed(frame, spec)
    frame.verdicts.reject(out & into, "bad_direction", amount_heading(frame, spec), None)
    frame.verdicts.reject(~money.known, "blank_required", amount_heading(frame, spec), None)
    return money, out, into


def signed(frame: Frame, spec: Payment) -> tuple[Numbers, Bools, Bools]:
    """The same without a verdict: a payment taken back keeps its sign."""
    none = np.zeros(frame.n, bool)
    one = one_column(frame, spec)
    if one is not None:
        return _money(frame, one), none, none
    total = Numbers(np.zeros(frame.n, np.int64), none.copy(), none.copy())
    sides = []
    for name in (spec.expense, spec.income):
        if name is None or not frame.has(name):
            sides.append(none)
            continue
        money = _money(frame, name)
        if "-" in frame.heading(name):
            money.value = np.abs(money.value)  # 支出金额(-) carries the sign of its heading
        used = money.known & (money.value != 0)
        total.value = np.where(used, money.value, total.value)
        total.known |= money.known
        sides.append(used)
    return total, sides[0], sides[1]


def one_column(frame: Frame, spec: Payment) -> str | None:
    """The one column all amounts stand in, None where money in and out have a column each."""
    return next((name for name in (spec.amount, spec.signed) if name is not None and frame.has(name)), None)


def _amount_columns(frame: Frame, spec: Payment) -> list[str]:
    one = one_column(frame, spec)
    names = [one] if one is not None else [spec.expense, spec.income]
    return [name for name in names if name is not None and frame.has(name)]


def _money(frame: Frame, name: str) -> Numbers:
    return parse_money(frame.text(name), FEN_PER[frame.unit(name, "元")])


def amount_heading(frame: Frame, spec: Payment) -> str:
    """The heading of the column the amount stands in."""
    one = one_column(frame, spec)
    return frame.heading(one or spec.income or spec.expense or spec.amount or "")


def directions(
    frame: Frame, spec: Payment, money: Numbers, out: Bools, into: Bools, red: Bools
) -> tuple[Bools, Bools]:
    """Which rows are outflow and which inflow; unknown words are rejected, never guessed.

    Where there is no direction column, the amount columns decide (``out``, ``into``), else the sign. A sign that
    contradicts word or column is a reversal nobody marked as one: rejected, unless it is known to be ``red``.
    """
    against = money.known & (money.value < 0) & ~red
    column, shown = amount_heading(frame, spec), frame.text(one_column(frame, spec))
    if spec.directed:
        frame.verdicts.reject(against, "bad_amount", column, shown)
        return np.ones(frame.n, bool), np.zeros(frame.n, bool)
    name = spec.direction.column
    if name is None or not frame.has(name):
        for side in (spec.expense, spec.income):
            if one_column(frame, spec) is None and side is not None and frame.has(side):
                wrong = against & (_money(frame, side).value < 0)
                frame.verdicts.reject(wrong, "bad_amount", frame.heading(side), frame.raw(side))
        return ways(frame, spec, money, out, into)
    heading, raw = frame.heading(name), frame.raw(name)
    frame.verdicts.exclude(_neutral(frame, spec, name), "neutral", heading, raw)
    out, into = ways(frame, spec, money, out, into)
    frame.verdicts.reject(~out & ~into, "bad_direction", heading, raw)
    frame.verdicts.reject(into & against, "bad_amount", column, shown)
    return out, into


def ways(frame: Frame, spec: Payment, money: Numbers, out: Bools, into: Bools) -> tuple[Bools, Bools]:
    """Outflow and inflow as words, columns or signs tell them, without a verdict."""
    if spec.directed:
        return np.ones(frame.n, bool), np.zeros(frame.n, bool)
    name = spec.direction.column
    if name is None or not frame.has(name):
        if one_column(frame, spec) is not None:
            return money.value < 0, money.value > 0
        return out, into
    cells = frame.coded(name)
    meant = _meant(cells, spec)
    # "/", "-" and "+" are cleaned away as ways of writing nothing, but in this column they are words.
    out = cells.mask([word == "out" for word in meant]) | _alone(frame, name, "-")
    into = cells.mask([word == "in" for word in meant]) | _alone(frame, name, "+")
    return out, into


def _neutral(frame: Frame, spec: Payment, name: str) -> Bools:
    cells = frame.coded(name)
    neutral = cells.mask([word == "neutral" for word in _meant(cells, spec)])
    neutral |= cells.blank() & _alone(frame, name, "/")
    if "" in spec.direction.neutral:
        neutral |= cells.blank() & ~_alone(frame, name, "-") & ~_alone(frame, name, "+")
    return neutral


def _meant(cells: Coded, spec: Payment) -> list[str | None]:
    return [_meaning(value, spec) for value in cells.values]


def _meaning(value: str | None, spec: Payment) -> str | None:
    word = folded(value or "")
    if value and word in {folded(text) for text in spec.direction.neutral}:
        return "neutral"
    if word in {folded(text) for text in spec.direction.outflow}:
        return "out"
    if word in {folded(text) for text in spec.direction.inflow}:
        return "in"
    return direction_of(value)


def _alone(frame: Frame, name: str, sign: str) -> Bools:
    """Rows whose cell is nothing but this sign."""
    if name not in frame.fields:
        return np.zeros(frame.n, bool)
    return to_mask(pc.equal(pc.utf8_trim_whitespace(frame.raw(name)), sign))
