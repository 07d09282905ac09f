"""The stage that tells who stands behind an account: by calls around its payments, or by money passed on.

Money and goods take different ways. A buyer who pays one account and rings somebody else about it pays for
that other person's goods (third-party account, 第三方账户); an account that pays on again and again, soon after
and no less, collects.

Definition: a contact stands behind an account where his coincidence with the payments (``coincidence``) is
surprising enough, covers enough of them, and is clearer than that of the account's own holder. Money passed
on is ``pass_through``; what may be of several principals is divided by the cube of each one's share.

Reference: none; a rule of this project on top of the two named.

Cost: linear in coincidences and in accounts that pass on.

Against it: whoever is rung around payments may be a driver or a partner. Contacts who pay the payer
themselves are therefore left out, and so are platforms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from backend.analysis.arrays.grouping import find, group, spread
from backend.analysis.attribution.pass_through import Passed, passed_on
from backend.analysis.correlation.coincidence import Coincidences, Contacts, charged, companions
from backend.analysis.correlation.correlate import Correlated
from backend.analysis.correlation.identifiers import bare_phones, phoneless
from backend.analysis.correlation.payments import Paid
from backend.analysis.correlation.profile import REGULARS
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Bools, Floats, Ints

VIA_LLR = parameter("attribution.attribute.via_llr")
VIA_SHARE = parameter("attribution.attribute.via_share")
TOGETHER_SHARE = parameter("attribution.attribute.together_share")
OWNER_PAYMENTS = whole_parameter("attribution.attribute.owner_payments")
DEALING = parameter("attribution.attribute.dealing")
OWN_BUSINESS = parameter("attribution.attribute.own_business")
CUSTOMER = parameter("attribution.attribute.customer")


@dataclass(frozen=True)
class ThirdAccounts:
    """Third accounts: buyer paid ``payee`` near calls with ``behind``."""

    buyer: Ints
    payee: Ints
    behind: Ints
    k: Ints
    n: Ints
    llr: Floats
    passed: Floats  # share of the payments that the payee passed on to his principal
    first: Ints  # time from which buyer and principal were in contact, -1 if no call shows it
    last: Ints


@dataclass(frozen=True)
class Owners:
    """Phones of unknown holders whose calls with a payee coincide with an account's payments to him: one person holds both."""

    account: Ints
    phone: Ints
    seen_by: Ints
    k: Ints
    llr: Floats
    call: tuple[Ints, ...]  # channel positions per entry


@dataclass(frozen=True)
class Paying:
    """Accounts that pay on somebody's behalf: the holder collects from ``customer`` for ``buyer``, and pays
    the ``supplier`` with whom the buyer deals.
    """

    supplier: Ints
    buyer: Ints
    customer: Ints
    share: Floats  # of the customer's payments that were passed on to the supplier
    pair: Ints  # group of the holder's payments to the supplier


@dataclass(frozen=True)
class Attributed:
    """Who stands behind the accounts."""

    via: Ints  # entries of the payer's side whose contact stands behind the account paid
    passed: Passed
    paying: Paying
    links: ThirdAccounts
    owners: Owners


def attribute(seen: Correlated) -> Attributed:
    """Looks at every account paid among the payments of ``seen``."""
    side, paid = seen.payer_side, seen.paid
    barred = seen.facts.platform[side.contact] | _pays(paid, side)
    via = _accepted(side, paid.payee, _pooled(seen), barred)
    passed, paying = _passed(seen, via)
    return Attributed(
        via=via,
        passed=passed,
        paying=paying,
        links=_links(paid, side, via, passed, seen.contacts),
        owners=_owners(seen.facts, seen.payee_side, paid.payer, paid.payee),
    )


def _pooled(seen: Correlated) -> Floats:
    """For each entry of the payer's side, how well its contact explains all payments of the payer together."""
    n, side, payer, outgo = seen.n, seen.payer_side, seen.paid.payer, seen.outgo
    keys = seen.outgo_payer * n + outgo.contact
    order = np.argsort(keys, kind="stable")
    at = find(keys[order], payer[side.group] * n + side.contact)
    llr = charged(outgo)[order]
    return np.where(at >= 0, llr[at] if len(llr) else 0.0, 0.0)


def _pays(paid: Paid, side: Coincidences) -> Bools:
    """Contacts who pay the payer themselves, beyond refunds: customers whose orders are passed on at once."""
    pairs = group(paid.payments.a * paid.n + paid.payments.b)
    if not len(pairs) or not len(side):
        return np.zeros(len(side), dtype=np.bool_)
    payer, payee = paid.payer[side.group], paid.payee[side.group]
    total = np.append(pairs.size, 0)  # position -1: no payment
    got = total[find(pairs.keys, side.contact * paid.n + payer)]
    gave = total[find(pairs.keys, payer * paid.n + payee)]
    return np.asarray((got >= 2) & (got >= CUSTOMER * gave))


def _accepted(side: Coincidences, payee: Ints, pooled: Floats, barred: Bools) -> Ints:
    """Entries whose contact explains a third account better than the account's own holder does."""
    if len(side) == 0:
        return np.zeros(0, dtype=np.int64)
    third = side.contact != payee[side.group]
    llr = charged(side)
    direct = np.zeros(len(payee))
    direct[side.group[~third]] = side.llr[~third]
    share = side.k / np.maximum(side.n, 1)
    alone = (side.k >= 2) & (llr >= VIA_LLR) & (share >= VIA_SHARE)
    together = (pooled >= VIA_LLR + 2) & (share >= TOGETHER_SHARE) & (side.llr >= 1.0)
    better = side.llr > direct[side.group] + 1.0
    return np.flatnonzero(third & better & (alone | together) & ~barred).astype(np.int64)


def _passed(seen: Correlated, via: Ints) -> tuple[Passed, Paying]:
    """Money passed on by account holders, of buyers who sell themselves and hardly ever call the holder
    around their payments. The share is divided if several principals are possible, and reduced if it is
    the holder's own business. Also, who may pay for whom.
    """
    paid, people, platform = seen.paid, seen.people, seen.facts.platform
    sells = people.dealing | (people.regulars >= REGULARS)
    asked = ~seen.rung & sells[paid.payer]
    passed = passed_on(paid.payments, paid.chosen, paid.pairs, asked, platform, paid.n)
    weight = passed.share**3 * np.where(people.dealing[passed.principal], DEALING, 1.0)
    total = np.bincount(passed.pair, weights=weight)[passed.pair] if len(passed) else weight
    own, paying = _own_business(paid, seen.payer_side, via, passed, seen.contacts)
    share = passed.share * np.where(own, OWN_BUSINESS, 1.0) * weight / np.maximum(total, 1e-9)
    return replace(passed, share=np.asarray(share)), paying


def _own_business(
    paid: Paid, side: Coincidences, via: Ints, passed: Passed, known: Contacts
) -> tuple[Bools, Paying]:
    """Another person is called around the payments and deals with the receiver of the money. He is the
    account holder under another number, who pays for his own goods, or the holder pays for him. Such a
    receiver hardly ever supplied the buyer (docs/accuracy.md, How often single rules are right).
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


def _links(paid: Paid, side: Coincidences, via: Ints, passed: Passed, known: Contacts) -> ThirdAccounts:
    """Links shown by calls or by money passed on, each once."""
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
    return ThirdAccounts(paid.payer[pair], paid.payee[pair], keys % n, k, of, llr, share, first, last)


def _owners(facts: Facts, side: Coincidences, payer: Ints, payee: Ints) -> Owners:
    """Contacts of the payee with phones only, paired with payers for whom no phone is known."""
    best, llr = companions(side, payer)
    share = side.k[best] / np.maximum(side.n[best], 1)
    kept = (llr >= VIA_LLR + 1) & (side.k[best] >= OWNER_PAYMENTS) & (share >= VIA_SHARE)
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
