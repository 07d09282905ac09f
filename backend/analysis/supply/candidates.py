"""Blocking: which pairs are candidates for "A supplies B", with their payments and calls.

A pair is a candidate in five cases:

- B paid A, and one of them matters for drugs;
- B paid a third account near calls with A: money and goods take different ways, and the account's holder is
  A's payee; or that holder passed the money on to A;
- the person who collects for B paid A, and A and B are in touch;
- a statement names A;
- parcels went from A to B.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from backend.analysis.arrays.grouping import find, group, spread
from backend.analysis.attribution.attribute import Attributed, Paying
from backend.analysis.attribution.pass_through import Passed
from backend.analysis.correlation.coincidence import MARGIN, Coincidences, Contacts
from backend.analysis.correlation.correlate import Correlated
from backend.analysis.correlation.payments import Paid
from backend.analysis.supply.near_calls import near_calls
from graph_schema.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class Candidates:
    """E candidate pairs. Payments of candidate e: ``payment[pay_start[e]:pay_start[e + 1]]``, in time
    order.
    """

    supplier: Ints
    buyer: Ints
    payment: Ints  # channel positions
    pay_start: Ints
    third: Floats  # share of these payments that went to a third account
    payee: Ints  # the third account with most of them, -1 without
    near: Ints  # payments near a call
    near_of: Ints  # of so many known to the minute
    near_expected: Floats  # by chance
    near_llr: Floats  # log-likelihood ratio
    own: Bools  # the calls are between these two persons (not of an unknown phone of the buyer)
    call: Ints  # channel positions of these calls
    call_start: Ints
    passed: Floats  # share of these payments that the payee passed on to the supplier
    passes: Floats  # share of these payments that the supplier passed on to somebody else
    payer: Ints  # the third account most of them came from, -1 without

    def __len__(self) -> int:
        return len(self.supplier)

    @property
    def payments_of(self) -> Ints:
        """Candidate of each row of ``payment``."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.pay_start))


def find_candidates(seen: Correlated, behind: Attributed) -> Candidates:
    """Every pair worth asking about, each once, ordered by (supplier, buyer)."""
    paid, via, passed, known = seen.paid, behind.via, behind.passed, seen.contacts
    payer_side, payee_side = seen.payer_side, seen.payee_side
    payments, payer, payee, n = paid.payments, paid.payer, paid.payee, paid.n
    direct_key = (payee * n + payer)[paid.pairs.of]
    third_key, third_pay = _third(paid, payer_side, via, passed, known)
    paying = _only_by_others(behind.paying, np.concatenate([direct_key, third_key]), n)
    for_key, for_pay = _paid_for(paid, paying)
    rows_key = np.concatenate([direct_key, third_key, for_key])
    rows_pay = np.concatenate([paid.chosen, third_pay, for_pay])
    way = np.repeat(np.arange(3), [len(direct_key), len(third_key), len(for_key)])
    rows_third, rows_for = way == 1, way == 2
    keys = np.unique(np.concatenate([rows_key, _extra(seen)]))
    of = np.searchsorted(keys, rows_key)
    to, by = np.zeros(len(keys)), np.zeros(len(keys))
    np.maximum.at(to, np.searchsorted(keys, passed.principal * n + payer[passed.pair]), passed.share)
    np.maximum.at(by, np.searchsorted(keys, payee[passed.pair] * n + payer[passed.pair]), passed.share)
    rung = find(payer_side.group * n + payer_side.contact, passed.pair * n + passed.principal)
    via = np.unique(np.concatenate([via, rung[rung >= 0]]))  # he may be called about it occasionally
    order = np.lexsort((rows_pay, payments.at[rows_pay], of))
    sizes = np.bincount(of, minlength=len(keys))
    talked = find(payee_side.group * n + payee_side.contact, paying.pair * n + paying.buyer)
    near = near_calls(payer_side, payee_side, via, np.unique(talked[talked >= 0]), payer, payee, keys, n)
    return Candidates(
        supplier=keys // n,
        buyer=keys % n,
        payment=rows_pay[order],
        pay_start=np.r_[0, np.cumsum(sizes)].astype(np.int64),
        third=np.bincount(of, weights=rows_third.astype(float), minlength=len(keys)) / np.maximum(sizes, 1),
        payee=_main_end(payments.b, of[rows_third], rows_pay[rows_third], len(keys), n),
        near=near.k,
        near_of=near.n,
        near_expected=near.expected,
        near_llr=near.llr,
        own=near.own,
        call=near.call,
        call_start=near.start,
        passed=to,
        passes=by,
        payer=_main_end(payments.a, of[rows_for], rows_pay[rows_for], len(keys), n),
    )


def _extra(seen: Correlated) -> Ints:
    """Keys supplier * n + buyer of pairs that only a statement or a parcel suggests."""
    people, parcels, said, n = seen.people, seen.parcels, seen.facts.statements, seen.n
    usable = (said.a != said.b) & (said.a >= 0) & (said.b >= 0) & ~said.service
    sent = people.relevant[parcels.a] | people.relevant[parcels.b]
    return np.unique(
        np.concatenate(
            [
                said.b[usable].astype(np.int64) * n + said.a[usable],
                parcels.a[sent] * n + parcels.b[sent],
            ]
        )
    )


def _only_by_others(paying: Paying, known: Ints, n: int) -> Paying:
    """Entries whose pair is not ``known`` from the buyer's own payments."""
    kept = ~np.isin(paying.supplier * n + paying.buyer, known)
    return Paying(**{each.name: getattr(paying, each.name)[kept] for each in fields(Paying)})


def _paid_for(paid: Paid, paying: Paying) -> tuple[Ints, Ints]:
    """Candidate key and payment for payments made on somebody's behalf, each pair of both once."""
    entry, position = spread(paid.pairs.start[paying.pair], paid.pairs.start[paying.pair + 1])
    key = (paying.supplier * paid.n + paying.buyer)[entry]
    return _each_once(key, paid.chosen[paid.pairs.order[position]])


def _third(paid: Paid, side: Coincidences, via: Ints, passed: Passed, known: Contacts) -> tuple[Ints, Ints]:
    """Candidate key and payment for payments to third accounts, shown by calls or by passing on, each pair of both once."""
    n, pairs, chosen = paid.n, paid.pairs, paid.chosen
    owner, position = spread(pairs.start[side.group[via]], pairs.start[side.group[via] + 1])
    behind, by_call = side.contact[via][owner], chosen[pairs.order[position]]
    payer = paid.payer[side.group[via]][owner]
    touch = find(known.pairs.keys, payer * n + behind)
    at = paid.payments.at[by_call]
    in_time = (at >= known.first[touch] - MARGIN) & (at <= known.last[touch] + MARGIN)
    entry, position = spread(pairs.start[passed.pair], pairs.start[passed.pair + 1])
    by_money = (passed.principal * n + paid.payer[passed.pair])[entry]
    key = np.concatenate([(behind * n + payer)[in_time], by_money])
    pay = np.concatenate([by_call[in_time], chosen[pairs.order[position]]])
    return _each_once(key, pay)


def _each_once(key: Ints, pay: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort((pay, key))
    key, pay = key[order], pay[order]
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = (key[1:] != key[:-1]) | (pay[1:] != pay[:-1])
    return key[new], pay[new]


def _main_end(ends: Ints, of: Ints, pay: Ints, size: int, n: int) -> Ints:
    """For each candidate, the payer or payee of most of these payments, -1 if there are none."""
    most = np.full(size, -1, dtype=np.int64)
    if len(of):
        used = group(of * n + ends[pay])
        order = np.lexsort((used.keys % n, used.size))
        most[used.keys[order] // n] = used.keys[order] % n
    return most
