"""Calls near the payments of each candidate pair, from the payer's or the payee's call records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.grouping import spread
from backend.analysis.correlation.coincidence import WINDOWS, Coincidences, companions, surprise
from graph_schema.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class NearCalls:
    """Per candidate: how its payments and calls coincide; calls of candidate e are call[start[e]:start[e + 1]]."""

    k: Ints
    n: Ints
    expected: Floats
    llr: Floats
    own: Bools
    call: Ints
    start: Ints


def near_calls(
    payer_side: Coincidences,
    payee_side: Coincidences,
    via: Ints,
    paid_for: Ints,
    payer: Ints,
    payee: Ints,
    keys: Ints,
    n: int,
) -> NearCalls:
    """Calls near the payments of each candidate: with the supplier, or from an unknown phone of the buyer.
    ``via`` are entries on the payer's side with the person behind an account, ``paid_for`` entries on the
    payee's side with the person an account pays for.
    """
    direct = np.flatnonzero(payer_side.contact == payee[payer_side.group])
    mine = np.concatenate([direct, via])
    target = np.searchsorted(keys, payer_side.contact[mine] * n + payer[payer_side.group[mine]])
    whom = np.searchsorted(keys, payee[payee_side.group[paid_for]] * n + payee_side.contact[paid_for])
    size = len(keys)
    both = np.concatenate([target, whom])
    k, of, expected, llr = (
        np.bincount(both, weights=np.concatenate([a[mine], b[paid_for]]), minlength=size).astype(np.float64)
        for a, b in (
            (payer_side.k, payee_side.k),
            (payer_side.n, payee_side.n),
            (payer_side.expected, payee_side.expected),
            (payer_side.llr, payee_side.llr),
        )
    )
    other, other_llr = companions(payee_side, payer)
    aim = np.searchsorted(keys, payee[payee_side.group[other]] * n + payer[payee_side.group[other]])
    wins = other_llr > llr[aim] + 1.0
    other, aim = other[wins], aim[wins]
    own: Bools = np.ones(size, dtype=np.bool_)
    own[aim] = False
    k[aim], of[aim] = payee_side.k[other], payee_side.n[other]
    expected[aim], llr[aim] = payee_side.expected[other], other_llr[wins]
    stays = own[target]
    rows_a, call_a = _calls_of(payer_side, mine[stays], target[stays])
    rows_b, call_b = _calls_of(payee_side, np.concatenate([other, paid_for]), np.concatenate([aim, whom]))
    rows, call = np.concatenate([rows_a, rows_b]), np.concatenate([call_a, call_b])
    order = np.lexsort((call, rows))
    start = np.r_[0, np.cumsum(np.bincount(rows, minlength=size))].astype(np.int64)
    k_whole, n_whole = k.astype(np.int64), of.astype(np.int64)
    together = np.maximum(surprise(k_whole, n_whole, expected) - np.log(len(WINDOWS)), 0.0)
    return NearCalls(k_whole, n_whole, expected, np.maximum(together, llr), own, call[order], start)


def _calls_of(side: Coincidences, entries: Ints, target: Ints) -> tuple[Ints, Ints]:
    owner, position = spread(side.start[entries], side.start[entries + 1])
    return target[owner], side.call[position]
