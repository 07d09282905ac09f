"""Signals from amounts: what a price looks like, what a loan, a household or a shop looks like."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.clock import DAY
from backend.analysis.arrays.grouping import find, group, spread
from backend.analysis.arrays.timeline import timeline
from backend.analysis.correlation.profile import REGULARS
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.supply.features import Features
from backend.analysis.supply.signals.base import PAYING_DAYS, Signal, back_rows, payment_rows
from graph_schema.arrays import Bools, Floats, Ints

REPEATED_MOST = parameter("supply.signals.money.repeated_most")
ROUND_TO = whole_parameter("supply.signals.money.round_to")
LOAN = whole_parameter("supply.signals.money.loan")
BULK_FLOOR = parameter("supply.signals.money.bulk_floor")
RESTOCK_DAYS = whole_parameter("supply.signals.money.restock_days")
RESTOCK_LEAST = parameter("supply.signals.money.restock_least")
RESTOCK_MOST = whole_parameter("supply.signals.money.restock_most")
RESTOCK_SALES = whole_parameter("supply.signals.money.restock_sales")
SAME_SUM_OFF = parameter("supply.signals.money.same_sum_off")
PRICE_PAYERS = whole_parameter("supply.signals.money.price_payers")
PRICE_SHARED = parameter("supply.signals.money.price_shared")
PRICE_OFF = parameter("supply.signals.money.price_off")
SPENDING_PAYMENTS = whole_parameter("supply.signals.money.spending_payments")


def money_signals(features: Features) -> list[Signal]:
    """All signals of this module for every candidate."""
    return [
        _repeated(features),
        _round(features),
        _cents(features),
        _money_back(features),
        _loan_first(features),
        _bulk(features),
        _restock(features),
        _same_sum(features),
        _price_fits(features),
        _price_differs(features),
        _spending_share(features),
    ]


def _repeated(features: Features) -> Signal:
    """Payments on many days are a business; -1 for one day, 0 for two, 1 more for each doubling up to ``REPEATED_MOST``."""
    doublings = np.clip(np.log2(np.maximum(features.days, 1)) - 1.0, -1.0, REPEATED_MOST)
    value = np.where(features.days > 0, doublings, 0.0)
    return Signal("repeated", value, features.days, payment_rows(features))


def _round(features: Features) -> Signal:
    """Share of payments that are whole multiples of ``ROUND_TO``."""
    share = features.per_candidate(features.paid.mean(features.amount % ROUND_TO == 0))
    return Signal("round_amounts", share, _count(features), payment_rows(features))


def _cents(features: Features) -> Signal:
    """Share of payments with jiao or fen: typical for a till, rare for drug prices."""
    share = features.per_candidate(features.paid.mean(features.amount % 100 != 0))
    return Signal("odd_cents", share, _count(features), payment_rows(features))


def _money_back(features: Features) -> Signal:
    """Share of the money that came back: common in households, gambling and loans, rare for suppliers."""
    value = np.where(
        features.total > 0, np.minimum(features.back / np.maximum(features.total, 1.0), 1.0), 0.0
    )
    return Signal("money_back", value, (features.back > 0).astype(np.int64), back_rows(features))


def _loan_first(features: Features) -> Signal:
    """The supplier side first gave a large sum and then got it back in instalments."""
    c = features.candidates
    first = np.full(features.size, np.iinfo(np.int64).max)
    first[features.paid.keys] = features.paid.first(features.at)
    given = np.zeros(features.size)
    pairs = features.pair_pay
    for giver in (c.supplier, features.till):
        at = np.where(giver >= 0, find(pairs.keys, giver * features.n + c.buyer), -1)
        hit = np.flatnonzero(at >= 0)
        which, position = spread(pairs.start[at[hit]], pairs.start[at[hit] + 1])
        owner, event = hit[which], pairs.order[position]
        early = features.payments.at[event] <= first[owner] + DAY
        big = features.payments.amount[event] >= LOAN * features.median[owner]
        given += np.bincount(owner[early & big], minlength=features.size)
    value = ((given > 0) & (features.median > 0)).astype(float)
    return Signal("loan_first", value, given.astype(np.int64), back_rows(features))


def _bulk(features: Features) -> Signal:
    """Payments of several retail prices at once: the buyer's own prices where he has regular payers, else
    the usual.
    """
    c = features.candidates
    own = (features.people.regulars[c.buyer] >= REGULARS) & (features.people.price[c.buyer] > 0)
    price = np.where(own, features.people.price[c.buyer], features.people.usual_price)
    known = (price > 0) & (features.median > 0)
    ratio = np.where(known, features.median / np.maximum(price, 1.0), 1.0)
    value = np.clip(np.log2(np.maximum(ratio, BULK_FLOOR)) / 2.0, -1.0, 2.0)
    return Signal("bulk_amount", value, np.where(known, _count(features), 0), payment_rows(features))


def _restock(features: Features) -> Signal:
    """Retail income accumulates, one larger payment goes up, and sales continue: the share of payments that fit this."""
    fits, judged = _restock_counts(features)
    sells = features.people.regulars[features.candidates.buyer] >= REGULARS
    value = np.where(sells & (judged >= 2), fits / np.maximum(judged, 1), 0.0)
    return Signal("restock", value, np.where(value > 0, fits, 0).astype(np.int64), payment_rows(features))


def _restock_counts(features: Features) -> tuple[Floats, Floats]:
    """Payments (from the second) whose amount the income since the last one covers, with income in the
    ``RESTOCK_DAYS`` after.
    """
    c = features.candidates
    income = timeline(features.payments.b, features.payments.at)
    sums = np.r_[0, np.cumsum(features.payments.amount[income.row])].astype(np.float64)
    of = c.payments_of
    later = np.flatnonzero(np.r_[False, of[1:] == of[:-1]]) if len(of) else np.zeros(0, dtype=np.int64)
    buyer = c.buyer[of[later]]
    start, stop = income.slices(buyer, features.at[later - 1] + 1, features.at[later])
    gathered = sums[stop] - sums[start]
    until = features.at[later] + RESTOCK_DAYS * DAY
    next_start, next_stop = income.slices(buyer, features.at[later], until)
    covered = gathered >= RESTOCK_LEAST * features.amount[later]
    covered &= gathered <= RESTOCK_MOST * features.amount[later]
    fit = covered & (stop - start >= RESTOCK_SALES) & (next_stop - next_start >= 2)
    fits = np.bincount(of[later], weights=fit.astype(float), minlength=features.size)
    judged = np.bincount(of[later], minlength=features.size)
    return np.asarray(fits, dtype=np.float64), judged.astype(np.float64)


def _paid_by_others(features: Features) -> Bools:
    """Per candidate row: at least two other payers paid the same account exactly this amount."""
    amounts = np.unique(features.payments.amount)
    column = np.searchsorted(amounts, features.payments.amount)
    same = group(features.payments.b * len(amounts) + column)
    return np.asarray(same.distinct(features.payments.a)[same.of][features.candidates.payment] - 1 >= 2)


def _same_sum(features: Features) -> Signal:
    """Always the same sum, and one nobody else pays this account: an instalment, a rent, an allowance. 1 where no payment
    differs, 0 from a mean difference of ``SAME_SUM_OFF``; at least ``PAYING_DAYS``. Payments the buyer rang for do not count: a
    dealer may order the same lot each time.
    """
    c = features.candidates
    spread = features.per_candidate(
        features.paid.mean(np.abs(features.amount - features.median[c.payments_of]))
    )
    same = 1.0 - np.clip(spread / np.maximum(features.median, 1.0) / SAME_SUM_OFF, 0.0, 1.0)
    alone = 1.0 - features.per_candidate(features.paid.mean(_paid_by_others(features)))
    enough = (features.days >= PAYING_DAYS) & (features.median > 0)
    value = np.where(enough, same * alone * features.unordered, 0.0)
    return Signal("same_sum", value, np.where(value > 0, _count(features), 0), payment_rows(features))


def _price_fits(features: Features) -> Signal:
    """Share of payments whose exact amount at least two other payers of this supplier pay too: his price
    list.
    """
    c = features.candidates
    others = _paid_by_others(features)
    enough = features.people.payers[c.supplier] >= PRICE_PAYERS
    value = np.where(enough, features.per_candidate(features.paid.mean(others)), 0.0)
    count = np.where(enough, features.per_candidate(features.paid.sum(others)), 0.0)
    return Signal("price_fits", value, count.astype(np.int64), payment_rows(features))


def _price_differs(features: Features) -> Signal:
    """The supplier has enough regular payers to know his prices, and none of these payments is one of them."""
    c = features.candidates
    fits = _price_fits(features).value
    known = features.people.regulars[c.supplier] >= PRICE_PAYERS
    known &= (features.people.shared_price[c.supplier] >= PRICE_SHARED) & (_count(features) > 0)
    value = np.where(known, np.clip(1.0 - PRICE_OFF * fits, 0.0, 1.0), 0.0)
    return Signal("price_differs", value, np.where(value > 0, _count(features), 0), payment_rows(features))


def _spending_share(features: Features) -> Signal:
    """Share of a selling buyer's payments to persons that goes to this supplier; at least ``SPENDING_PAYMENTS`` payments."""
    c = features.candidates
    spent = np.bincount(
        features.payments.a, weights=features.payments.amount.astype(float), minlength=features.n
    )
    enough = (features.people.regulars[c.buyer] >= REGULARS) & (_count(features) >= SPENDING_PAYMENTS)
    value = np.where(enough, features.total / np.maximum(spent[c.buyer], 1.0), 0.0)
    return Signal("spending_share", value, np.where(enough, _count(features), 0), payment_rows(features))


def _count(features: Features) -> Ints:
    return np.diff(features.candidates.pay_start)
