"""Profile of each person alone: income, number of payers, and whether he is recorded as dealing or using."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.clock import local_day
from backend.analysis.arrays.grouping import group
from backend.analysis.correlation.drug_facts import BUYING, OnRecord, drug_parts, on_record
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import whole_parameter
from graph_schema.arrays import Bools, Floats, Ints

DEALING = frozenset({"dealing", "carrying", "making", "laundering", "brokering"})
"""Case roles on the selling side; ``holding`` is neither, ``using`` and ``hosting`` are on the buying side.
"""
REGULARS = whole_parameter("correlation.profile.regulars")


@dataclass(frozen=True)
class Profiles:
    """Arrays of one entry per person."""

    dealing: Bools  # recorded in a drug case as dealing, carrying, making, laundering or brokering, or had drugs seized
    using: Bools  # registered user, or recorded only as using
    known: Bools  # in a drug case (not as witness) or registered user
    record: OnRecord  # his own drug facts
    relevant: Bools  # known, named in a statement, on record otherwise, or a return was requested
    payers: Ints  # different persons who paid him
    regulars: Ints  # of them, on at least two days
    price: Floats  # median amount received, fen; 0 without income
    shared_price: Floats  # share of received payments whose amount at least two payers paid
    callers: Ints  # different contacts in calls and messages
    cases: tuple[tuple[int, ...], ...]  # cases he is involved in
    usual_price: float  # median price of recorded sellers with at least three regular payers, fen; 0: unknown


def profiles(facts: Facts, payments: Channel, calls: Channel) -> Profiles:
    """Computes all profiles at once."""
    n = len(facts.person_ids)
    dealing, using, known, cases = _case_roles(facts)
    using |= facts.registered_user & ~dealing
    known |= facts.registered_user
    record = on_record(facts)
    named = np.zeros(n, dtype=bool)
    statements = facts.statements
    named[statements.b[statements.b >= 0]] = True
    named[statements.a[statements.a >= 0]] = True
    pairs = group(payments.b * n + payments.a)
    payee = pairs.keys // n
    days = pairs.distinct(local_day(payments.at))
    regulars = np.bincount(payee[days >= 2], minlength=n).astype(np.int64)
    price = _median_income(payments, n)
    sellers = dealing & (regulars >= REGULARS) & (price > 0)
    return Profiles(
        dealing=dealing,
        using=using & ~dealing,
        known=known,
        record=record,
        relevant=(known | named | record.standing | facts.asked) & ~facts.platform,
        payers=np.bincount(payee, minlength=n).astype(np.int64),
        regulars=regulars,
        price=price,
        shared_price=_shared_price(payments, n),
        callers=_contacts(calls, n),
        cases=cases,
        usual_price=float(np.median(price[sellers])) if sellers.any() else 0.0,
    )


def _case_roles(facts: Facts) -> tuple[Bools, Bools, Bools, tuple[tuple[int, ...], ...]]:
    n = len(facts.person_ids)
    dealing, using, known = (np.zeros(n, dtype=bool) for _ in range(3))
    cases: list[set[int]] = [set() for _ in range(n)]
    for part in drug_parts(facts):
        known[part.person] = True
        cases[part.person].add(part.case)
        dealing[part.person] |= part.role in DEALING
        using[part.person] |= part.role in BUYING
    for seizure in facts.seizures:
        if seizure.person >= 0:
            known[seizure.person] = True
            dealing[seizure.person] |= not using[seizure.person]
    return dealing, using, known, tuple(tuple(sorted(c)) for c in cases)


def _median_income(payments: Channel, n: int) -> Floats:
    received = group(payments.b)
    price = np.zeros(n)
    price[received.keys] = received.median(payments.amount)
    return price


def _shared_price(payments: Channel, n: int) -> Floats:
    """An amount that several payers of one payee pay is a price; shops with odd totals have few of them."""
    amounts = np.unique(payments.amount)
    column = np.searchsorted(amounts, payments.amount)
    same = group(payments.b * len(amounts) + column)
    shared = same.distinct(payments.a)[same.of] >= 2
    total = np.bincount(payments.b, minlength=n)
    return np.bincount(payments.b, weights=shared.astype(float), minlength=n) / np.maximum(total, 1)


def _contacts(calls: Channel, n: int) -> Ints:
    low, high = np.minimum(calls.a, calls.b), np.maximum(calls.a, calls.b)
    keys = np.unique(low * n + high)
    return (np.bincount(keys // n, minlength=n) + np.bincount(keys % n, minlength=n)).astype(np.int64)
