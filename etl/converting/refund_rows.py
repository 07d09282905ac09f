"""Rows that reverse others, and rows that may have been reversed, in an account book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting.amounts import signed, ways
from etl.converting.flags import Flags
from etl.converting.frame import Frame
from etl.layouts.layout import Payment
from etl.layouts.registry import words
from etl.layouts.said import currency_of
from etl.parsing.numbers import FEN_PER, Numbers, parse_money
from etl.parsing.text import folded
from etl.parsing.times import Times
from graph_schema.arrays import Bools


@dataclass
class RefundRow:
    """``way`` is -1 for money out, 1 for money in, 0 where it is not told; ``left`` is what is left of ``fen``."""

    row: int
    owner: str
    party: str
    name: str
    serial: str
    words: str
    at: int
    fen: int
    way: int
    back: bool = False  # it undoes another row, or was undone itself
    red: bool = False  # its sign says so
    correction: bool = False  # by the bank itself: no shop gives money back
    undone: bool = False  # the row says of itself that it was taken back
    flagged: bool = False  # a flag marks it as one side of a reversal
    either: bool = False  # nothing but a flag does: it may be the one side or the other
    left: int = 0
    spent: bool = False


@dataclass(frozen=True)
class Marks:
    """Rows whose words say that money came back, whose own state says that they were undone, which a flag marks."""

    word: Bools
    state: Bools
    flag: Flags

    @property
    def any(self) -> Bools:
        return np.asarray(self.word | self.state | self.flag.marked)


@dataclass
class RefundBook:
    """What a first look finds: owners with plain amounts per direction, and amounts some row may undo."""

    plain: set[tuple[str, int]] = field(default_factory=set)  # owner and way of rows without a sign
    odd: set[int] = field(default_factory=set)  # rows with a sign that their balance contradicts
    sums: set[int] = field(default_factory=set)
    serials: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)

    def look(self, frame: Frame, spec: Payment, marks: Marks) -> None:
        money, way = _money_and_way(frame, spec)
        negative = money.known & (money.value < 0) & (way != 0)
        undoing = (marks.word | marks.flag.marked | negative) & money.known & (money.value != 0)
        self._currencies(frame, spec)
        if negative.any() or self.odd or undoing.any():
            self.sums |= {int(fen) for fen in np.abs(money.value[undoing]).tolist()}
            serials = frame.text(spec.serial).take(pa.array(np.flatnonzero(undoing)))
            self.serials |= {text for text in serials.to_pylist() if text}
        owners = owners_of(frame, spec)
        for sign in (-1, 1):
            plain = (way == sign) & (money.value > 0)
            if plain.any():
                found = pc.unique(owners.take(pa.array(np.flatnonzero(plain)))).to_pylist()
                self.plain |= {(owner or "", sign) for owner in found}
        if negative.any():
            self.odd |= _against_balance(frame, spec, money.value, way, negative)

    def _currencies(self, frame: Frame, spec: Payment) -> None:
        if spec.currency is None or not frame.has(spec.currency):
            return
        cells = frame.coded(spec.currency)
        other = cells.mask([value is not None and currency_of(value) != "CNY" for value in cells.values])
        if other.any():
            owners = owners_of(frame, spec).take(pa.array(np.flatnonzero(other)))
            self.foreign |= {owner or "" for owner in pc.unique(owners).to_pylist()}


def owners_of(frame: Frame, spec: Payment) -> pa.StringArray:
    """Whose book each row is from, as written; of tables of both ends, the two ends in one order."""
    own = _first(frame, spec.owner)
    if not spec.both_ends and not spec.directed:
        return own
    other = _first(frame, spec.counter)
    least, most = pc.min_element_wise(own, other), pc.max_element_wise(own, other)
    return pc.binary_join_element_wise(pc.fill_null(least, ""), pc.fill_null(most, ""), "\x1f")


def rows_of(
    frame: Frame, clock: Callable[[], Times | None], spec: Payment, book: RefundBook, marks: Marks
) -> Iterator[RefundRow]:
    """The rows of a batch that undo another, and those of an amount or serial number that some row undoes."""
    money, way = _money_and_way(frame, spec)
    size = np.abs(money.value)
    serials = frame.text(spec.serial)
    chosen = np.isin(size, np.fromiter(book.sums, np.int64, len(book.sums)))
    if book.serials:
        chosen |= np.asarray(pc.fill_null(pc.is_in(serials, pa.array(sorted(book.serials))), False))
    chosen &= money.known & (size != 0)
    sorts, taken = _worded(frame, spec, "correction"), _worded(frame, spec, "taken_back")
    index = np.flatnonzero(chosen | (marks.any & money.known & (size != 0)))
    if not len(index):
        return
    times = clock()
    both = spec.both_ends or spec.directed
    texts = _texts(frame, spec, pa.array(index))
    for place, i in enumerate(index.tolist()):
        owner, party, name, serial, said = (column[place] or "" for column in texts)
        sign = int(way[i])
        red = bool(money.value[i] < 0 and sign and ((owner, sign) in book.plain or frame.rows[i] in book.odd))
        # such words on a row of money out speak of the row itself: nothing else came back by it
        undone = bool(sign < 0 and not red and (taken[i] or (marks.state[i] and not marks.word[i])))
        flagged = bool(marks.flag.marked[i])
        told = bool(marks.word[i] or marks.state[i] or red)
        effect = 0 if both else (-sign if red else sign)
        yield RefundRow(
            *(int(frame.rows[i]), owner, "both" if both else party, name, serial, said),
            *(int(times.at[i]) if times is not None else 0, int(size[i]), effect),
            back=told or flagged,
            red=red,
            correction=bool(sorts[i] or red or flagged),
            left=int(size[i]),
            undone=undone or bool(marks.flag.undone[i]),
            flagged=flagged,
            either=flagged and not told,
        )


def _texts(frame: Frame, spec: Payment, index: pa.Array) -> list[list[str | None]]:
    said = [frame.text(name) for name in dict.fromkeys((spec.text, *spec.returned, spec.props.get("note")))]
    joined = pc.binary_join_element_wise(*[pc.fill_null(cells, "") for cells in said], " ")
    columns = (
        owners_of(frame, spec),
        _first(frame, spec.counter),
        frame.text(spec.counter_name),
        frame.text(spec.refunds.order if spec.refunds and spec.refunds.order else spec.serial),
        joined,
    )
    return [column.take(index).to_pylist() for column in columns]


def _first(frame: Frame, names: tuple[str, ...]) -> pa.StringArray:
    return pc.coalesce(pa.nulls(frame.n, pa.string()), *(frame.text(name) for name in names))


def _money_and_way(frame: Frame, spec: Payment) -> tuple[Numbers, np.ndarray]:
    money, out, into = signed(frame, spec)
    out, into = ways(frame, spec, money, out, into)
    return money, np.where(out & ~into, -1, np.where(into & ~out, 1, 0))


def _worded(frame: Frame, spec: Payment, words_of: str) -> Bools:
    """Rows whose words of return are of one list: corrections by the bank, or 被冲正, 已撤销."""
    listed = words()[words_of]
    found = np.zeros(frame.n, bool)
    for name in spec.returned:
        if frame.has(name):
            cells = frame.coded(name)
            found |= cells.mask(
                [any(word in folded(value or "") for word in listed) for value in cells.values]
            )
    return found


def _against_balance(
    frame: Frame, spec: Payment, value: np.ndarray, way: np.ndarray, negative: Bools
) -> set[int]:
    """Rows with a sign whose balance moved against their direction, whichever way the file runs."""
    if spec.balance is None or not frame.has(spec.balance) or frame.n < 2:
        return set()
    balance = parse_money(frame.text(spec.balance), FEN_PER[frame.unit(spec.balance, "元")])
    found = set()
    for i in np.flatnonzero(negative & balance.known).tolist():
        moves = [
            int(balance.value[i] - balance.value[j])
            for j in (i - 1, i + 1)
            if 0 <= j < frame.n and balance.known[j]
        ]
        size = abs(int(value[i]))
        if -int(way[i]) * size in moves and int(way[i]) * size not in moves:
            found.add(int(frame.rows[i]))
    return found
