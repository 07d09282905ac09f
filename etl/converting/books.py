"""The effect of each row on its account, the basis for checking balances and sums."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting.frame import Frame
from etl.layouts.layout import Payment
from etl.parsing.numbers import FEN_PER, Numbers, parse_money
from etl.parsing.text import filled
from etl.parsing.times import Times
from etl.storage.facts import BOOKS
from graph_schema.arrays import Bools

_NOTHING_MOVED = ("payment_failed", "query_failed")
"""Rows that say that no money moved at all; returned and neutral ones did move it."""


def rows(
    frame: Frame, spec: Payment, owner: pa.StringArray, money: Numbers, out: Bools, into: Bools, times: Times
) -> pa.Table:
    """Rows of ``BOOKS`` for all rows whose amount can be read, whatever becomes of them."""
    failed = np.zeros(frame.n, bool)
    for i, (reason, _, _) in frame.verdicts.reasons.items():
        failed[i] = reason in _NOTHING_MOVED
    size = np.abs(money.value)
    change = np.where(out, -size, size)
    balance = pa.nulls(frame.n, pa.int64())
    if spec.balance is not None and frame.has(spec.balance):
        balance = parse_money(frame.text(spec.balance), FEN_PER[frame.unit(spec.balance, "元")]).arrow()
    at = np.flatnonzero(money.known & ~failed & filled(owner))
    index = pa.array(at)
    way = np.where(out, "out", np.where(into, "in", "neutral"))
    moved = out | into
    return pa.Table.from_arrays(
        [
            pa.array([frame.sheet], pa.string()).take(pa.array(np.zeros(len(at), np.int64))),
            pa.array(frame.rows[at]),
            owner.take(index),
            times.arrow().take(index),
            pa.array(change, pa.int64(), mask=~moved).take(index),
            balance.take(index),
            pc.cast(pa.array(way), pa.string()).take(index),
        ],
        schema=BOOKS,
    )
