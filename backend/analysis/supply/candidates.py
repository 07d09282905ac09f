"""Which pairs are worth asking "does A supply B?", with the payments and calls that speak to it.

A pair is a candidate when B paid A and one of them matters in a drug sense, when B paid a third account near
calls with A (money and goods take different ways: A is the one called, the account's holder is his payee) or the
holder passed the money on to A, when whoever collects for B paid A and the two are in touch, when a statement names A, or
when parcels went from A to B.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.clock import DAY
from backend.analysis.arrays.grouping import Groups, find, group, spread
from backend.analysis.attribution.pass_through import Passed, passed_on
from backend.analysis.correlation.coincidence import (
    Coincidences,
    Contacts,
    charged,
    coincidences,
    companions,
    contacts,
)
from backend.analysis.correlation.identifiers import bare_phones, phoneless
from backend.analysis.correlation.payments import Paid
from backend.analysis.correlation.profile import Profiles
from backend.analysis.identity.beside_payments import Beside, numbers_beside
from backend.analysis.identity.number_users import Along, Lent, numbers_along
from backend.analysis.model.facts import Bools, Facts, Floats, Ints
from backend.analysis.supply.near_calls import near_calls

VIA_LLR = 3.0  # least surprise, in nats, before a call partner counts as standing behind an account
DEALING = 5.0  # times likelier that money passed on to somebody recorded as dealing was his, where it may be of several
OWN_BUSINESS = 0.1  # of passed-on money that counts where the holder pays for goods of his own
CUSTOMER = 0.3  # a contact who pays that often, against the payments passed on, is a customer
VIA_SHARE = 0.3  # and least share of the payments to the account that went along with his calls


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


@dataclass(frozen=True)
class Links:
    """Third accounts: buyer paid ``payee`` near calls with ``behind``."""

    buyer: Ints
    payee: Ints
    behind: Ints
    k: Ints
    n: Ints
    llr: Floats
    passed: Floats  # share of the payments that the payee passed on to who is behind him
    first: Ints  # time from which the buyer and who is behind were in contact, -1 where no call shows it
    last: Ints


@dataclass(frozen=True)
class Owners:
    """Unknown phones that go along with an account's payments, as its payee's calls show: one hand holds
    both.
    """

    account: Ints
    phone: Ints
    seen_by: Ints
    k: Ints
    llr: Floats
    call: tuple[Ints, ...]  # channel positions per entry


@dataclass(frozen=True)
class Paying:
    """Accounts that pay for somebody: the holder collects from ``customer`` for ``buyer``, who deals with ``supplier``, and
    pays that supplier.
    """

    supplier: Ints
    buyer: Ints
    customer: Ints
    share: Floats  # of the customer's payments that were passed on to the supplier
    pair: Ints  # group of the holder's payments to the supplier


@dataclass(frozen=True)
class Found:
    candidates: Candidates
    links: Links
    paying: Paying
    owners: Owners
    along: Along  # numbers of whose holder no account is known
    lent: tuple[Lent, ...]  # numbers of holders who have accounts themselves
    beside: Beside  # numbers that talk beside the payments of an account
    income: Coincidences  # contacts that go along with a payee's income as a whole; groups are payees
    income_payee: Ints  # payee of each entry of ``income``


def find_candidates(
    facts: Facts, payments: Channel, calls: Channel, parcels: Channel, people: Profiles
) -> Found:
    """Builds all candidates of a run; N persons, one entry per (supplier, buyer)."""
    n = len(facts.person_ids)
    chosen = np.flatnonzero(people.relevant[payments.a] | people.relevant[payments.b]).astype(np.int64)
    dealing = np.zeros(n, dtype=np.bool_)
    dealing[payments.a[chosen]] = dealing[payments.b[chosen]] = True
    known = contacts(calls, n, dealing)
    pairs = group(payments.a[chosen] * n + payments.b[chosen])
    paid = Paid(payments, chosen, pairs, pairs.keys // n, pairs.keys % n, n)
    payer_side = coincidences(payments, chosen, pairs, payments.a[chosen], known)
    payee_side = coincidences(payments, chosen, pairs, payments.b[chosen], known)
    by_payee = group(payments.b[chosen])
    income = coincidences(payments, chosen, by_payee, payments.b[chosen], known)
    by_payer = group(payments.a[chosen])
    outgo = coincidences(payments, chosen, by_payer, payments.a[chosen], known)
    barred = facts.platform[payer_side.contact] | _pays(paid, payer_side)
    pooled = _pooled(payer_side, paid.payer, outgo, by_payer, n)
    via = _accepted(payer_side, paid.payee, pooled, barred)
    passed, paying = _passed(paid, payer_side, via, known, people, facts)
    candidates = _assemble(
        paid, payer_side, payee_side, via, passed, paying, known, _extra(facts, parcels, people, n)
    )
    links = _links(paid, payer_side, via, passed, known)
    owners = _owners(facts, payee_side, paid.payer, paid.payee)
    along, lent = numbers_along(facts, paid, calls, payer_side, payee_side, dealing)
    beside = numbers_beside(facts, payments, calls, people.record.standing)
    return Found(candidates, links, paying, owners, along, lent, beside, income, by_payee.keys[income.group])


def _passed(
    paid: Paid, side: Coincidences, via: Ints, known: Contacts, people: Profiles, facts: Facts
) -> tuple[Passed, Paying]:
    """What accounts pass on, of buyers who sell themselves and hardly ever ring the holder around their payments; its share
    divided where the money may be of several, and little where it is the holder's own business. And who may pay for whom.
    """
    rung = np.zeros(len(paid.pairs), dtype=np.bool_)
    rung[side.group[(side.contact == paid.payee[side.group]) & (side.k >= 2)]] = True
    sells = people.dealing | (people.regulars >= 3)
    asked = ~rung & sells[paid.payer]
    passed = passed_on(paid.payments, paid.chosen, paid.pairs, asked, facts.platform, paid.n)
    weight = passed.share**3 * np.where(people.dealing[passed.principal], DEALING, 1.0)
    total = np.bincount(passed.pair, weights=weight)[passed.pair] if len(passed) else weight
    own, paying = _own_business(paid, side, via, passed, known)
    share = passed.share * np.where(own, OWN_BUSINESS, 1.0) * weight / np.maximum(total, 1e-9)
    return replace(passed, share=np.asarray(share)), paying


def _own_business(
    paid: Paid, side: Coincidences, via: Ints, passed: Passed, known: Contacts
) -> tuple[Bools, Paying]:
    """Somebody else is rung about the payments, and he deals with who the money goes on to: it is the holder, by another
    number, who pays for his own goods, or the holder pays for him. In invented worlds the receiver supplied the buyer in
    4 of 141 such cases.
    """
    n = paid.n
    entry, position = spread(
        np.searchsorted(side.group[via], passed.pair, side="left").astype(np.int64),
        np.searchsorted(side.group[via], passed.pair, side="right").astype(np.int64),
    )
    rung, receiver = side.contact[via[position]], passed.principal[entry]
    deals = find(known.pairs.keys, receiver * n + rung) >= 0
    own, himself = np.zeros(len(passed), dtype=np.bool_), np.zeros(len(passed), dtype=np.bool_)
    himself[entry[rung == receiver]] = True
    some = np.flatnonzero(deals & ~himself[entry])
    own[entry[some]] = True
    pair = passed.pair[entry[some]]
    onward = find(paid.pairs.keys, paid.payee[pair] * n + receiver[some])
    some, pair, onward = some[onward >= 0], pair[onward >= 0], onward[onward >= 0]
    paying = Paying(receiver[some], rung[some], paid.payer[pair], passed.share[entry[some]], onward)
    return own, paying


def _links(paid: Paid, side: Coincidences, via: Ints, passed: Passed, known: Contacts) -> Links:
    """Links shown by calls or by what was passed on, each once."""
    n = paid.n
    by_call = side.group[via] * n + side.contact[via]
    by_money = passed.pair * n + passed.principal
    keys = np.unique(np.concatenate([by_call, by_money]))
    call, money = np.searchsorted(keys, by_call), np.searchsorted(keys, by_money)
    k, of = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    llr, share = np.zeros(len(keys)), np.zeros(len(keys))
    k[money], of[money], share[money] = passed.k, passed.n, passed.share
    k[call], of[call], llr[call] = side.k[via], side.n[via], side.llr[via]
    pair = keys // n
    first, last = (np.full(len(keys), -1, dtype=np.int64) for _ in range(2))
    touch = find(known.pairs.keys, paid.payer[pair[call]] * n + side.contact[via])
    first[call], last[call] = known.first[touch], known.last[touch]
    return Links(paid.payer[pair], paid.payee[pair], keys % n, k, of, llr, share, first, last)


def _owners(facts: Facts, side: Coincidences, payer: Ints, payee: Ints) -> Owners:
    """Contacts of the payee who hold nothing but phones, paid for by somebody of whom no phone is known."""
    best, llr = companions(side, payer)
    share = side.k[best] / np.maximum(side.n[best], 1)
    kept = (llr >= VIA_LLR + 1) & (side.k[best] >= 3) & (share >= VIA_SHARE)
    kept &= phoneless(facts)[payer[side.group[best]]] & bare_phones(facts)[side.contact[best]]
    entries = best[kept]
    return Owners(
        account=payer[side.group[entries]],
        phone=side.contact[entries],
        seen_by=payee[side.group[entries]],
        k=side.k[entries],
        llr=llr[kept],
        call=tuple(np.unique(side.call[side.start[e] : side.start[e + 1]]) for e in entries.tolist()),
    )


def _pooled(side: Coincidences, payer: Ints, outgo: Coincidences, by_payer: Groups, n: int) -> Floats:
    """For each entry, how well its contact explains all payments of the payer together."""
    keys = by_payer.keys[outgo.group] * n + outgo.contact
    order = np.argsort(keys, kind="stable")
    at = find(keys[order], payer[side.group] * n + side.contact)
    llr = charged(outgo)[order]
    return np.where(at >= 0, llr[at] if len(llr) else 0.0, 0.0)


def _pays(paid: Paid, side: Coincidences) -> Bools:
    """Contacts who pay the payer themselves, and not just refunds: customers whose orders are passed on
    at once.
    """
    pairs = group(paid.payments.a * paid.n + paid.payments.b)
    if not len(pairs) or not len(side):
        return np.zeros(len(side), dtype=np.bool_)
    payer, payee = paid.payer[side.group], paid.payee[side.group]
    total = np.append(pairs.size, 0)  # position -1: no payment
    got = total[find(pairs.keys, side.contact * paid.n + payer)]
    gave = total[find(pairs.keys, payer * paid.n + payee)]
    return np.asarray((got >= 2) & (got >= CUSTOMER * gave))


def _accepted(side: Coincidences, payee: Ints, pooled: Floats, barred: Bools) -> Ints:
    """Entries whose contact stands behind a third account, better than the account's own holder does."""
    if len(side) == 0:
        return np.zeros(0, dtype=np.int64)
    third = side.contact != payee[side.group]
    llr = charged(side)
    direct = np.zeros(len(payee))
    direct[side.group[~third]] = side.llr[~third]
    share = side.k / np.maximum(side.n, 1)
    alone = (side.k >= 2) & (llr >= VIA_LLR) & (share >= VIA_SHARE)
    together = (pooled >= VIA_LLR + 2) & (share >= 0.5) & (side.llr >= 1.0)
    better = side.llr > direct[side.group] + 1.0
    return np.flatnonzero(third & better & (alone | together) & ~barred).astype(np.int64)


def _extra(facts: Facts, parcels: Channel, people: Profiles, n: int) -> Ints:
    """Keys supplier * n + buyer of pairs that only a statement or a parcel suggests."""
    said = facts.statements
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


def _assemble(
    paid: Paid,
    payer_side: Coincidences,
    payee_side: Coincidences,
    via: Ints,
    passed: Passed,
    paying: Paying,
    known: Contacts,
    extra: Ints,
) -> Candidates:
    payments, payer, payee, n = paid.payments, paid.payer, paid.payee, paid.n
    direct_key = (payee * n + payer)[paid.pairs.of]
    third_key, third_pay = _third(paid, payer_side, via, passed, known)
    paying = _only_by_others(paying, np.concatenate([direct_key, third_key]), n)
    for_key, for_pay = _paid_for(paid, paying)
    rows_key = np.concatenate([direct_key, third_key, for_key])
    rows_pay = np.concatenate([paid.chosen, third_pay, for_pay])
    way = np.repeat(np.arange(3), [len(direct_key), len(third_key), len(for_key)])
    rows_third, rows_for = way == 1, way == 2
    keys = np.unique(np.concatenate([rows_key, extra]))
    of = np.searchsorted(keys, rows_key)
    to, by = np.zeros(len(keys)), np.zeros(len(keys))
    np.maximum.at(to, np.searchsorted(keys, passed.principal * n + payer[passed.pair]), passed.share)
    np.maximum.at(by, np.searchsorted(keys, payee[passed.pair] * n + payer[passed.pair]), passed.share)
    rung = find(payer_side.group * n + payer_side.contact, passed.pair * n + passed.principal)
    via = np.unique(np.concatenate([via, rung[rung >= 0]]))  # he may be rung about it, if not as a rule
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


def _only_by_others(paying: Paying, known: Ints, n: int) -> Paying:
    """Those whose pair is not ``known`` by payments of the buyer himself."""
    kept = ~np.isin(paying.supplier * n + paying.buyer, known)
    return Paying(**{each.name: getattr(paying, each.name)[kept] for each in fields(Paying)})


def _paid_for(paid: Paid, paying: Paying) -> tuple[Ints, Ints]:
    """Candidate key and payment of what holders of accounts paid for somebody else, each pair of them once."""
    entry, position = spread(paid.pairs.start[paying.pair], paid.pairs.start[paying.pair + 1])
    key = (paying.supplier * paid.n + paying.buyer)[entry]
    return _each_once(key, paid.chosen[paid.pairs.order[position]])


def _third(paid: Paid, side: Coincidences, via: Ints, passed: Passed, known: Contacts) -> tuple[Ints, Ints]:
    """Candidate key and payment of what went to third accounts, as calls or passing on show, each pair of them once."""
    n, pairs, chosen = paid.n, paid.pairs, paid.chosen
    owner, position = spread(pairs.start[side.group[via]], pairs.start[side.group[via] + 1])
    behind, by_call = side.contact[via][owner], chosen[pairs.order[position]]
    payer = paid.payer[side.group[via]][owner]
    touch = find(known.pairs.keys, payer * n + behind)
    at = paid.payments.at[by_call]
    in_time = (at >= known.first[touch] - DAY // 2) & (at <= known.last[touch] + DAY // 2)
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
    """Of each candidate the end (payer or payee) of most of these payments, -1 without any."""
    most = np.full(size, -1, dtype=np.int64)
    if len(of):
        used = group(of * n + ends[pay])
        order = np.lexsort((used.keys % n, used.size))
        most[used.keys[order] // n] = used.keys[order] % n
    return most
