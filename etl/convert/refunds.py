"""Refunds in bills: what came back reduces the payment it belongs to, so that only what was kept counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from etl.convert.amounts import amounts
from etl.convert.frame import Frame
from etl.convert.numbers import Numbers
from etl.convert.text import Bools, folded
from etl.convert.times import Times
from etl.sources.layout import Payment, Refunds
from etl.sources.registry import words

_STATED = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SHORTEST_ORDER = 6
"""A shorter order number begins others by chance."""

_LONGEST = 180 * 86_400_000
"""A refund later than half a year is another matter."""


@dataclass
class _Row:
    row: int
    back: bool
    order: str
    party: str
    at: int
    fen: int  # what is left of it


def stated(text: str | None) -> int | None:
    """Fen that a cell such as ``已退款(￥5.00)`` or ``5.00`` says came back; None where it says no amount."""
    found = _STATED.findall(unicodedata.normalize("NFKC", text or ""))
    if not found:
        return None
    whole, _, part = found[-1].replace(",", "").partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def returned(frame: Frame, spec: Payment, name: str) -> Bools:
    """Rows whose cell under ``name`` says that the payment was reversed or came back."""
    cells = frame.coded(name)
    listed = words()["returned"]
    partly = spec.refunds is not None and spec.refunds.within == name
    back = [
        any(word in folded(value or "") for word in listed) and not (partly and stated(value))
        for value in cells.values
    ]
    return cells.mask(back)


def collect(frames: Iterable[tuple[Frame, Times | None]], spec: Payment) -> dict[int, int]:
    """Return, by row number of a payment, the fen that later rows of the bill gave back."""
    rule = spec.refunds
    if rule is None or rule.within is not None:
        return {}
    rows = [row for frame, times in frames for row in _rows(frame, times, spec, rule)]
    paid = [row for row in rows if not row.back]
    given: dict[int, int] = {}
    find = _by_order(paid) if rule.order else _by_party(paid)
    for refund in sorted((row for row in rows if row.back), key=lambda row: (row.at, row.row)):
        payment = find(refund)
        if payment is not None:
            came = min(refund.fen, payment.fen)
            payment.fen -= came
            given[payment.row] = given.get(payment.row, 0) + came
    return given


def _rows(frame: Frame, times: Times | None, spec: Payment, rule: Refunds) -> list[_Row]:
    money, _, _ = amounts(frame, spec)
    back = np.zeros(frame.n, bool)
    for name in (*spec.returned, *([spec.status] if spec.status else [])):
        if frame.has(name):
            back |= returned(frame, spec, name)
    orders = frame.text(rule.order).to_pylist()
    parties = frame.text(spec.counter_name).to_pylist()
    at = times.at.tolist() if times is not None else [0] * frame.n
    good = money.known & (money.value != 0)
    return [
        _Row(
            int(frame.rows[i]),
            bool(back[i]),
            orders[i] or "",
            parties[i] or "",
            at[i],
            abs(int(money.value[i])),
        )
        for i in np.flatnonzero(good).tolist()
    ]


class _by_order:
    """The payment whose order number begins that of the refund; the longest such number."""

    def __init__(self, paid: list[_Row]) -> None:
        self._paid = {row.order: row for row in paid if len(row.order) >= _SHORTEST_ORDER}

    def __call__(self, refund: _Row) -> _Row | None:
        for end in range(len(refund.order), _SHORTEST_ORDER - 1, -1):
            found = self._paid.get(refund.order[:end])
            if found is not None and found.fen:
                return found
        return None


class _by_party:
    """The last earlier payment to the same party that is exactly as large; of another amount none is meant."""

    def __init__(self, paid: list[_Row]) -> None:
        self._paid: dict[tuple[str, int], list[_Row]] = {}
        for row in sorted(paid, key=lambda row: (row.at, row.row)):
            if row.party:
                self._paid.setdefault((row.party, row.fen), []).append(row)

    def __call__(self, refund: _Row) -> _Row | None:
        known = self._paid.get((refund.party, refund.fen), [])
        earlier = (row for row in reversed(known) if 0 <= refund.at - row.at <= _LONGEST and row.fen)
        return next(earlier, None)


def net(frame: Frame, spec: Payment, money: Numbers, given: dict[int, int], heading: str) -> None:
    """Take what came back off the amounts; what came back whole is no payment."""
    if spec.refunds is None:
        return
    back = np.array([given.get(int(row), 0) for row in frame.rows], np.int64)
    if spec.refunds.within is not None and frame.has(spec.refunds.within):
        cells = frame.coded(spec.refunds.within)
        table = np.array([*((stated(value) or 0) for value in cells.values), 0], np.int64)
        back += table[cells.codes]
    size = np.abs(money.value)
    frame.verdicts.exclude((back > 0) & (back >= size), "payment_returned", heading, None)
    money.value = np.sign(money.value) * np.maximum(size - back, 0)
