"""Identifier columns: from cells to node references, each distinct value of a file worked out once."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from etl.parsing.compound import account_in, phone_in
from etl.parsing.numbers import expand_exponent
from etl.parsing.text import Coded, Codes, folded, take
from etl.storage.facts import NODES
from graph_schema.arrays import Bools, Ints
from graph_schema.declaration import load_declaration
from graph_schema.dictionaries import plate_kind_code
from graph_schema.identifiers import Reference, references

BESIDE = "\x1f"
"""Joins an identifier and the column beside it."""

_PLATFORMS = (
    *((word, "wechat") for word in ("微信", "wechat")),
    *((word, "telegram") for word in ("telegram", "电报", "飞机", "纸飞机")),
    ("支付宝", "alipay"),
    ("qq", "qq"),
)
_MANY = re.compile(r"[;；,，、\s]+")
_CACHE = 400_000


@dataclass
class RefColumn:
    """References of one field: for every mention its row (position in the batch) and its code in ``refs``.

    A single-valued field has one mention per row at most.
    """

    at: Ints
    codes: Codes
    refs: list[Reference]
    n: int

    def array(self) -> pa.StringArray:
        """One reference per row, null where there is none (the first of several)."""
        out = np.full(self.n, -1, np.int32)
        out[self.at[::-1]] = self.codes[::-1]
        return take([entry.ref for entry in self.refs], out)

    def flat(self) -> pa.StringArray:
        """One reference per mention."""
        return take([entry.ref for entry in self.refs], self.codes)

    def verified(self) -> Bools:
        """Per row: the (first) reference is verified."""
        table = np.append(np.array([entry.verified for entry in self.refs], bool), False)
        out = np.full(self.n, -1, np.int32)
        out[self.at[::-1]] = self.codes[::-1]
        return np.asarray(table[out])

    def lone(self) -> Bools:
        """Per row: equal cells may mean different things (digits lost, a plate not read whole)."""
        out = np.zeros(self.n, bool)
        table = np.array([entry.lone for entry in self.refs], bool)
        if table.any():
            out[self.at[table[self.codes]]] = True
        return out

    def apart(self, rows: Ints, scope: str) -> RefColumn:
        """The same, each lone mention as a thing of its own row."""
        table = np.array([entry.lone for entry in self.refs], bool)
        if not table.any():
            return self
        refs, codes = list(self.refs), self.codes.copy()
        for i in np.flatnonzero(table[self.codes]).tolist():
            entry = refs[codes[i]]
            own = hashlib.sha256(f"{scope}/{rows[self.at[i]]}".encode()).hexdigest()[:12]
            codes[i] = len(refs)
            refs.append(entry._replace(ref=f"{entry.ref.rpartition('@')[0]}@{own}"))
        return RefColumn(self.at, codes, refs, self.n)

    def only(self, keep: Bools) -> RefColumn:
        """Mentions of some rows; positions stay those of the batch."""
        chosen = keep[self.at]
        return RefColumn(self.at[chosen], self.codes[chosen], self.refs, self.n)


def split_many(cell: str) -> list[str]:
    """The parts of a cell that lists several identifiers."""
    return [part for part in _MANY.split(cell) if part]


def _plate(value: str) -> str:
    """``plate|kind code`` from plate and kind as written: the kind as code or as name."""
    number, _, kind = value.partition(BESIDE)
    return f"{number}|{plate_kind_code(kind) or kind}"


_NUMBERED = re.compile(r"[0-9A-Za-z*]")


def _payee_kind(text: str) -> str:
    """What an account number in a free column most likely is."""
    if text.lower().startswith("wxid_") or "wx.tenpay" in text:
        return "wechat"
    if "@" in text or (text.startswith("2088") and len(text) == 16):
        return "alipay"
    return "phone" if re.fullmatch(r"1[3-9]\d{9}", text) else "card"


def none(n: int) -> RefColumn:
    return RefColumn(np.zeros(0, np.int64), np.zeros(0, np.int32), [], n)


@dataclass
class RefBook:
    """The references met so far in one sheet, so that equal cells of later batches cost a look-up.

    ``scope`` is the first 12 digits of the file's SHA-256: unverified references carry it.
    """

    scope: str
    _known: dict[str, dict[str, Reference | None]] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def look_up(self, kind: str, values: list[str]) -> list[Reference | None]:
        """The references of distinct values of one kind."""
        known = self._known.setdefault(kind, {})
        if len(known) > _CACHE:
            known.clear()
        fresh = [value for value in values if value not in known]
        if fresh:
            known.update(zip(fresh, self._work_out(kind, fresh), strict=True))
        return [known[value] for value in values]

    def _work_out(self, kind: str, values: list[str]) -> list[Reference | None]:
        values = [expand_exponent(value) for value in values]
        if kind in {"card", "payee"}:
            values = [account_in(value) for value in values]
        if kind == "phone":
            values = [phone_in(value) for value in values]
        if kind == "plate":
            return references("plate", [_plate(value) for value in values], self.scope)
        if kind == "typed":
            return [self._typed(value) for value in values]
        if kind in {"payee", "platform_account"}:
            return [self._account(kind, value) for value in values]
        if kind == "nickname":
            return [
                Reference(f"Account:wechat:{value}@{self.scope}", False, value, "shape") for value in values
            ]
        if kind != "any":
            return references(kind, values, self.scope)
        found = references("resident_id", values, self.scope)
        return [
            self._person_or_company(value, entry) if entry is not None and not entry.verified else entry
            for value, entry in zip(values, found, strict=True)
        ]

    def _person_or_company(self, value: str, person: Reference) -> Reference | None:
        company = references("uscc", [value], self.scope)[0]
        return company if company is not None and company.verified else person

    def _typed(self, value: str) -> Reference | None:
        """A cell of a document's table: ``kind:value``, and ``other:platform/number`` for other accounts."""
        kind, _, raw = value.partition(":")
        if kind == "other":
            return Reference(f"Account:other:{raw}", True, raw) if raw else None
        return references(kind, [raw], self.scope)[0]

    def _account(self, kind: str, value: str) -> Reference | None:
        """An account whose kind the cell itself or the platform beside it tells."""
        text, _, platform = value.partition(BESIDE)
        if kind == "payee":
            # “财付通” or a name where an account belongs: text of the row, one holder for nobody.
            return references(_payee_kind(text), [text], self.scope)[0] if _NUMBERED.search(text) else None
        named = next((known for word, known in _PLATFORMS if word in folded(platform)), None)
        if named is not None:
            return references(named, [text], self.scope)[0]
        return Reference(f"Account:other:{platform}/{text}", True, text) if text else None

    def column(self, kind: str, cells: Coded, many: bool = False) -> RefColumn:
        """References of a coded column; ``many`` splits each cell at semicolons, commas and blanks."""
        n = len(cells.codes)
        if many:
            return self._many(kind, cells)
        used = np.unique(cells.codes[cells.codes >= 0])
        values = [str(cells.values[i]) for i in used.tolist()]
        found = self.look_up(kind, values)
        there = np.array([entry is not None for entry in found], bool)
        refs = [entry for entry in found if entry is not None]
        recode = np.full(len(cells.values) + 1, -1, np.int32)
        recode[used[there]] = np.arange(len(refs), dtype=np.int32)
        codes = recode[cells.codes]
        at = np.flatnonzero(codes >= 0)
        return RefColumn(at, codes[at], refs, n)

    def _many(self, kind: str, cells: Coded) -> RefColumn:
        refs: list[Reference] = []
        place: dict[str, int] = {}
        per_value: list[list[int]] = []
        for value in cells.values:
            parts = split_many(value or "")
            codes = []
            for entry in self.look_up(kind, parts):
                if entry is None:
                    continue
                code = place.setdefault(entry.ref, len(refs))
                if code == len(refs):
                    refs.append(entry)
                if code not in codes:
                    codes.append(code)
            per_value.append(codes)
        at = [
            (i, code)
            for i, value in enumerate(cells.codes.tolist())
            if value >= 0
            for code in per_value[value]
        ]
        rows = np.array([i for i, _ in at], np.int64)
        return RefColumn(rows, np.array([code for _, code in at], np.int32), refs, len(cells.codes))

    def told(self, ref: str) -> bool:
        """Whether this node was described before in this sheet; remembers it."""
        if ref in self._told:
            return True
        if len(self._told) > _CACHE:
            self._told.clear()
        self._told.add(ref)
        return False

    def unverified_nodes(self, sheet: str, rows: Ints, column: RefColumn) -> pa.Table | None:
        """Nodes that need more than their reference: unverified ones, with what was written."""
        if not len(column.at) or all(entry.verified for entry in column.refs):
            return None
        used, first = np.unique(column.codes, return_index=True)
        found: list[tuple[int, str, str]] = []
        for code, at in zip(used.tolist(), first.tolist(), strict=True):
            entry = column.refs[code]
            if entry.verified or not _can_be_unverified(entry.ref) or self.told(entry.ref):
                continue
            props: dict[str, object] = {"verified": False, "raw": entry.raw}
            if entry.ref.startswith("Account:"):
                props |= {"kind": entry.ref.split(":", 2)[1], "number": entry.raw}
            found.append((int(rows[column.at[at]]), entry.ref, json.dumps(props, ensure_ascii=False)))
        return node_table(sheet, found) if found else None


def _can_be_unverified(ref: str) -> bool:
    """Case numbers are opaque text: whatever their shape, nothing about them is verified or not."""
    return "verified" in load_declaration().labels[ref.split(":", 1)[0]].properties


def node_table(sheet: str, found: list[tuple[int, str, str]]) -> pa.Table:
    """Rows of ``NODES`` from (row, reference, JSON)."""
    return pa.Table.from_arrays(
        [
            pa.array([sheet] * len(found), pa.string()),
            pa.array([row for row, _, _ in found], pa.int64()),
            pa.array([ref for _, ref, _ in found], pa.string()),
            pa.array([props for _, _, props in found], pa.string()),
        ],
        schema=NODES,
    )


def either(first: RefColumn, second: RefColumn) -> RefColumn:
    """One column out of two single-valued ones: the second fills the blanks of the first."""
    free = np.ones(first.n, bool)
    free[first.at] = False
    rest = second.only(free)
    return RefColumn(
        np.concatenate([first.at, rest.at]),
        np.concatenate([first.codes, rest.codes + len(first.refs)]).astype(np.int32),
        [*first.refs, *second.refs],
        first.n,
    )


def first_of(columns: list[RefColumn], n: int) -> pa.StringArray:
    """One reference per row: the first verified one in the order given, else the first at all."""
    best: Ints = np.full(n, -1, np.int64)
    pool: list[str | None] = []
    for wanted in (True, False):
        for column in columns:
            if not len(column.at):
                continue
            good = np.array([entry.verified for entry in column.refs], bool)
            base = len(pool)
            pool.extend(entry.ref for entry in column.refs)
            chosen = good[column.codes] == wanted
            rows, codes = column.at[chosen][::-1], column.codes[chosen][::-1]
            free = best[rows] < 0
            best[rows[free]] = codes[free] + base
    return take(pool, best)
