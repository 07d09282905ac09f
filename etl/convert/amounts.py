"""Amounts and directions of account books: integer fen, and who paid, seen from the owner."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from etl.convert.frame import Frame
from etl.convert.numbers import Numbers, parse_money
from etl.convert.text import Bools, folded, to_mask
from etl.sources.layout import Payment
from graph_schema.dictionaries import direction as direction_of

PER_UNIT = {"元": 100, "分": 1, "万元": 1_000_000}
"""Fen in the unit a heading names."""


def amounts(frame: Frame, spec: Payment) -> tuple[Numbers, Bools, Bools]:
    """Amount in fen, and which rows the amount columns themselves show as outflow or inflow."""
    n = frame.n
    none = np.zeros(n, bool)
    if spec.amount is not None and frame.has(spec.amount):
        money = _money(frame, spec.amount)
        frame.verdicts.reject(~money.known, "blank_required", frame.heading(spec.amount), None)
        return money, none, none
    total = Numbers(np.zeros(n, np.int64), np.zeros(n, bool), np.zeros(n, bool))
    sides = []
    for name in (spec.expense, spec.income):
        if name is None or not frame.has(name):
            sides.append(none)
            continue
        money = _money(frame, name)
        if "-" in frame.heading(name):
            money.value = np.abs(money.value)  # 支出金额(-) carries the sign of its heading
        frame.verdicts.reject(money.value < 0, "bad_amount", frame.heading(name), frame.raw(name))
        used = money.known & (money.value != 0)
        total.value = np.where(used, money.value, total.value)
        total.known |= money.known
        sides.append(used)
    column = frame.heading(spec.income or spec.expense or "")
    frame.verdicts.reject(sides[0] & sides[1], "bad_direction", column, None)
    frame.verdicts.reject(~total.known, "blank_required", column, None)
    return total, sides[0], sides[1]


def _money(frame: Frame, name: str) -> Numbers:
    money = parse_money(frame.text(name), PER_UNIT[frame.unit(name, "元")])
    frame.verdicts.reject(money.bad, "bad_amount", frame.heading(name), frame.raw(name))
    return money


def amount_heading(frame: Frame, spec: Payment) -> str:
    """The heading of the column the amount stands in."""
    return frame.heading(spec.amount or spec.income or spec.expense or "")


def directions(frame: Frame, spec: Payment, money: Numbers, out: Bools, into: Bools) -> tuple[Bools, Bools]:
    """Which rows are outflow and which inflow; unknown words are rejected, never guessed.

    Where there is no direction column, the amount columns decide (``out``, ``into``), else the sign. A sign
    that contradicts the direction word is a reversal nobody marked as one: rejected.
    """
    if spec.directed:
        frame.verdicts.reject(
            money.value < 0, "bad_amount", amount_heading(frame, spec), frame.text(spec.amount)
        )
        return np.ones(frame.n, bool), np.zeros(frame.n, bool)
    name = spec.direction.column
    if name is None or not frame.has(name):
        if not out.any() and not into.any():
            return money.value < 0, money.value > 0
        return out, into
    cells, heading, raw = frame.coded(name), frame.heading(name), frame.raw(name)
    meant = [_meaning(value, spec) for value in cells.values]
    # "/", "-" and "+" are cleaned away as ways of writing nothing, but in this column they are words.
    neutral = cells.mask([word == "neutral" for word in meant]) | (cells.blank() & _alone(frame, name, "/"))
    if "" in spec.direction.neutral:
        neutral |= cells.blank() & ~_alone(frame, name, "-") & ~_alone(frame, name, "+")
    frame.verdicts.exclude(neutral, "neutral", heading, raw)
    out = cells.mask([word == "out" for word in meant]) | _alone(frame, name, "-")
    into = cells.mask([word == "in" for word in meant]) | _alone(frame, name, "+")
    frame.verdicts.reject(~out & ~into, "bad_direction", heading, raw)
    frame.verdicts.reject(
        into & (money.value < 0), "bad_amount", amount_heading(frame, spec), frame.text(spec.amount)
    )
    return out, into


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
