"""The other end of a payment: platform, account number, own card, or unknown."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import props, refs
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.properties import identifiers
from etl.layouts.layout import Payment
from etl.layouts.registry import words
from etl.parsing.compound import names_beside
from etl.parsing.text import Coded, choose, filled, folded, take
from graph_schema.arrays import Bools
from graph_schema.dictionaries import platform_name

NOBODY = "未知"
"""The number of an account of which a row says nothing at all (cash, fees)."""


@dataclass(frozen=True)
class Roles:
    """Whose row it is and who stands against him, as identifier columns.

    Where a table has payer and payee (``both_ends``), the owner is the payer of outgoing rows (``out``) and the
    payee of incoming ones.
    """

    owner: list[refs.RefColumn]
    counter: list[refs.RefColumn]
    swapped: Bools | None = None

    @classmethod
    def of(cls, frame: Frame, spec: Payment, out: Bools, ctx: Context) -> Roles:
        one = [identifiers(frame, name, ctx) for name in spec.owner]
        two = [identifiers(frame, name, ctx) for name in spec.counter]
        if not spec.both_ends:
            return cls(one, two)
        owner = [column.only(out) for column in one] + [column.only(~out) for column in two]
        counter = [column.only(out) for column in two] + [column.only(~out) for column in one]
        return cls(owner, counter, ~out)

    def sided(self, one: pa.Array, two: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Values of the two columns as the owner's and the other's."""
        if self.swapped is None:
            return one, two
        return choose(self.swapped, two, one), choose(self.swapped, one, two)


def counter_ends(
    frame: Frame,
    spec: Payment,
    roles: Roles,
    owner: pa.StringArray,
    moved: Bools,
    ctx: Context,
    nodes: list[pa.Table],
) -> tuple[pa.StringArray, Bools, list[refs.RefColumn]]:
    """The other end of every row.

    The owner's own card where he ``moved`` money between wallet and card; then a platform by name, so that
    all its rows meet in one flagged node; then the account number; then the bare name, or nothing, as an
    account that exists only for this owner and so can never tie strangers together.
    """
    columns = list(roles.counter)
    numbers = refs.first_of(columns, frame.n)
    names = Coded(pc.fill_null(counter_names(frame, spec, roles), ""))
    shops = [platform_name(name) if name else None for name in names.values]
    shop = take([f"Account:shop:{name}" if name else None for name in shops], names.codes)
    platform = filled(shop)
    best = pc.coalesce(shop, numbers)
    if moved.any():
        own = identifiers(frame, spec.owner_card, ctx).only(moved)
        best = pc.coalesce(own.array(), best)
        columns.append(own)
    missing = ~filled(best)
    keep = frame.verdicts.keep
    _tell_platforms(frame, shop, shops, names.codes, keep, ctx, nodes)
    if missing.any():
        name = take(list(names.values), names.codes)
        made = pc.binary_join_element_wise(
            "Account:other:", pc.fill_null(name, NOBODY), "@", _scopes(owner), ""
        )
        made = props.when(missing & filled(owner), made)
        _tell_unnumbered(frame, made, name, keep, ctx, nodes)
        best = pc.coalesce(best, made)
    return best, platform, columns


def counter_names(frame: Frame, spec: Payment, roles: Roles) -> pa.StringArray:
    """What each row calls the other party; a card payment only names the shop."""
    named = pc.coalesce(
        frame.text(spec.counter_name), frame.text(spec.merchant), *beside(frame, spec.counter)
    )
    return roles.sided(frame.text(spec.owner_name), named)[1]


def beside(frame: Frame, names: tuple[str, ...]) -> list[pa.StringArray]:
    """Holders' names that stand in one cell with their account numbers."""
    return [names_beside(frame.text(name)) for name in names if _may_hold_names(frame, name)]


def _may_hold_names(frame: Frame, name: str) -> bool:
    return (
        frame.has(name) and frame.columns[name].kind in {"card", "payee"} and frame.columns[name].take is None
    )


def _scopes(owner: pa.StringArray) -> pa.StringArray:
    """Twelve hexadecimal digits per owner, in the place where other unverified references carry their file's."""
    encoded = owner.dictionary_encode()
    digests = [hashlib.sha256(ref.encode()).hexdigest()[:12] for ref in encoded.dictionary.to_pylist()]
    return pa.array(digests, pa.string()).take(encoded.indices)


def own_moves(frame: Frame, spec: Payment) -> Bools:
    """Rows by which the owner moved money between his wallet and his own card, which they name."""
    move = np.zeros(frame.n, bool)
    if not frame.has(spec.owner_card):
        return move
    for name in spec.own_move:
        cells = frame.coded(name)
        move |= cells.mask(
            [any(word in folded(value or "") for word in words()["own_move"]) for value in cells.values]
        )
    return move & filled(frame.text(spec.owner_card))


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
            told = {"kind": "other", "number": name or NOBODY, "raw": name or "", "verified": False}
            found.append((int(row), ref, json.dumps(told, ensure_ascii=False)))
    if found:
        nodes.append(refs.node_table(frame.sheet, found))
