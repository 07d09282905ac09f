"""Reversals and refunds in account books: what came back reduces the payment it belongs to.

A row that undoes an earlier one says so in a word (冲正, 退汇, 退款), by a sign against its direction (红字), or in a
column of its own (冲正标志), which may mark the row undone as well.
The first look at a sheet finds such rows, the second the payments they undo; only then is anything converted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from etl.converting.ahead import Ahead
from etl.converting.flags import flags
from etl.converting.frame import Frame
from etl.converting.refund_rows import Marks, RefundBook, RefundRow, rows_of
from etl.layouts.layout import Payment
from etl.layouts.registry import words
from etl.parsing.numbers import Numbers
from etl.parsing.text import folded
from etl.parsing.times import Times
from graph_schema.arrays import Bools

_STATED = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SERIAL = 5
"""How well two rows fit at least where a serial number ties them."""

_SHORTEST_ORDER = 6
"""A shorter order number begins others by chance."""

_LONGEST = 180 * 86_400_000
"""A refund later than half a year is another matter."""

_CORRECTION = 31 * 86_400_000
"""A bank takes back its own bookings within a month."""

Clock = Callable[[], Times | None]
"""Reads the times of a batch: only where some row of it matters."""


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


def collect(look: Callable[[], Iterator[tuple[Frame, Clock]]], spec: Payment) -> Ahead:
    """What later rows give back. ``look`` opens the sheet anew; a sheet that undoes nothing is read once."""
    rule = spec.refunds
    ahead = Ahead()
    if rule is None:
        return ahead
    book = RefundBook()
    for frame, _ in look():
        book.look(frame, spec, _marked(frame, spec))
    ahead.foreign = book.foreign
    if rule.within is not None or not book.sums:
        return ahead
    rows = [row for frame, times in look() for row in rows_of(frame, times, spec, book, _marked(frame, spec))]
    ahead.red = {row.row for row in rows if row.red}
    ordered = sorted(rows, key=lambda row: (row.at, row.row))
    _pair_flagged([row for row in ordered if row.flagged])
    find = _by_order([row for row in rows if not row.back]) if rule.order else _Matcher(rows)
    for row in [row for row in ordered if row.back and not row.undone and not row.either]:
        payment = None if row.spent else find(row)
        if payment is not None:
            _undo(ahead, row, payment)
        elif row.red:
            ahead.red.discard(row.row)
    plain = _plain(rows) if any(row.either for row in rows) else {}
    for row in [row for row in ordered if row.either and not row.spent]:
        later = _same_booking(row, plain.get((row.owner, row.fen), []))
        payment = None if later is not None or row.undone else find(row)
        if later is not None:
            row.spent = True
            ahead.given[later.row] = later.fen
        elif payment is not None:
            _undo(ahead, row, payment)
    ahead.alone = {row.row for row in rows if row.flagged and not row.spent}
    return ahead


def _undo(ahead: Ahead, row: RefundRow, payment: RefundRow) -> None:
    """Take what came back by a row off the payment it belongs to."""
    row.spent = True
    came = min(row.left, payment.left)
    payment.left -= came
    payment.spent = not payment.left
    if not payment.back:
        ahead.given[payment.row] = ahead.given.get(payment.row, 0) + came


def _pair_flagged(rows: list[RefundRow]) -> None:
    """Find both sides of a reversal where both are flagged: then neither undoes anything else."""
    find = _Matcher(rows)
    for row in rows:
        payment = None if row.spent or row.undone else find(row)
        if payment is not None and payment.fen == row.fen:
            row.spent = payment.spent = True


def _plain(rows: list[RefundRow]) -> dict[tuple[str, int], list[RefundRow]]:
    """Rows without any mark, by account and amount."""
    found: dict[tuple[str, int], list[RefundRow]] = {}
    for row in rows:
        if not row.back:
            found.setdefault((row.owner, row.fen), []).append(row)
    return found


def _same_booking(flagged: RefundRow, plain: list[RefundRow]) -> RefundRow | None:
    """The row without any mark that undoes a flagged one: it has, or names, the same serial number."""
    found = (row for row in plain if _may_undo(row, flagged))
    return next((row for row in found if _rank(row, flagged, False) >= _SERIAL), None)


def _marked(frame: Frame, spec: Payment) -> Marks:
    by_word, by_state = np.zeros(frame.n, bool), np.zeros(frame.n, bool)
    for name in spec.returned:
        if frame.has(name):
            by_word |= returned(frame, spec, name)
    if spec.status is not None and frame.has(spec.status):
        by_state = returned(frame, spec, spec.status)
    return Marks(by_word, by_state, flags(frame, spec))


class _by_order:
    """The payment whose order number begins that of the refund; the longest such number."""

    def __init__(self, paid: list[RefundRow]) -> None:
        self._paid = {row.serial: row for row in paid if len(row.serial) >= _SHORTEST_ORDER}

    def __call__(self, refund: RefundRow) -> RefundRow | None:
        for end in range(len(refund.serial), _SHORTEST_ORDER - 1, -1):
            found = self._paid.get(refund.serial[:end])
            if found is not None and found.left:
                return found
        return None


@dataclass(frozen=True)
class _Fit:
    """How well a payment fits a row that undoes one; the greatest is taken, a row marked as undone before others."""

    rank: int
    undone: bool
    at: int
    row: int


class _Matcher:
    """The earlier payment of the same account that a row undoes: by serial number, by the other party, by amount.

    Money flows the other way. Of another amount only the same serial number is meant; without any party only a
    correction by the bank itself, and the payment has to be the only one of its amount within a month.
    """

    def __init__(self, rows: list[RefundRow]) -> None:
        self._by_fen: dict[tuple[str, int], list[RefundRow]] = {}
        self._by_serial: dict[tuple[str, str], list[RefundRow]] = {}
        for row in rows:
            self._by_fen.setdefault((row.owner, row.fen), []).append(row)
            if row.serial:
                self._by_serial.setdefault((row.owner, row.serial), []).append(row)

    def __call__(self, undoing: RefundRow) -> RefundRow | None:
        same = [row for row in self._by_serial.get((undoing.owner, undoing.serial), []) if undoing.serial]
        known = [
            *same,
            *(row for row in self._by_fen.get((undoing.owner, undoing.fen), []) if row not in same),
        ]
        free = [row for row in known if _may_undo(undoing, row)]
        alone = sum(undoing.at - row.at <= _CORRECTION for row in free if row.fen == undoing.fen) == 1
        fits = {
            _Fit(_rank(undoing, row, alone), row.undone or row.flagged, row.at, row.row): row for row in free
        }
        best = max(fits, key=lambda fit: (fit.rank, fit.undone, fit.at, fit.row), default=None)
        return fits[best] if best is not None and best.rank else None


def _may_undo(undoing: RefundRow, row: RefundRow) -> bool:
    if row is undoing or row.spent or not row.left or row.red:
        return False
    other_way = not undoing.way or not row.way or undoing.way != row.way
    return other_way and 0 <= undoing.at - row.at <= _LONGEST


def _rank(undoing: RefundRow, row: RefundRow, alone: bool) -> int:
    if undoing.serial and undoing.serial == row.serial and row.left >= undoing.fen:
        return 6
    if row.fen != undoing.fen:
        return 0
    if len(row.serial) >= _SHORTEST_ORDER and row.serial in undoing.words:
        return 5
    if undoing.party and undoing.party == row.party:
        return 4
    if undoing.name and undoing.name == row.name:  # a shop may pay back from another account
        return 3
    nobody = not undoing.party and not undoing.name
    if undoing.correction and (nobody or alone) and undoing.at - row.at <= _CORRECTION:
        return 2 if nobody else 1
    return 0


def net(frame: Frame, spec: Payment, money: Numbers, given: dict[int, int], heading: str) -> None:
    """Take what came back off the amounts; what came back whole is no payment."""
    if spec.refunds is None:
        return
    back = np.zeros(frame.n, np.int64)
    if given:
        back += np.array([given.get(int(row), 0) for row in frame.rows], np.int64)
    if spec.refunds.within is not None and frame.has(spec.refunds.within):
        cells = frame.coded(spec.refunds.within)
        table = np.array([*((stated(value) or 0) for value in cells.values), 0], np.int64)
        back += table[cells.codes]
    size = np.abs(money.value)
    frame.verdicts.exclude((back > 0) & (back >= size), "payment_returned", heading, None)
    money.value = np.sign(money.value) * np.maximum(size - back, 0)
