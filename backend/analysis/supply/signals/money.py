"""Signals from amounts: what a price looks like, what a loan, a household or a shop looks like."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.clock import DAY
from backend.analysis.arrays.grouping import find, group, spread
from backend.analysis.arrays.timeline import timeline
from backend.analysis.model.facts import Bools, Floats, Ints
from backend.analysis.supply.features import Scene
from backend.analysis.supply.signals.base import Signal, back_rows, payment_rows


def money_signals(scene: Scene) -> list[Signal]:
    """All signals of this module for every candidate."""
    return [
        _repeated(scene),
        _round(scene),
        _cents(scene),
        _money_back(scene),
        _loan_first(scene),
        _bulk(scene),
        _restock(scene),
        _same_sum(scene),
        _price_fits(scene),
        _price_differs(scene),
        _spending_share(scene),
    ]


def _repeated(scene: Scene) -> Signal:
    """Payments on many days are a business; -1 for one day, 0 for two, up to 3 for sixteen."""
    value = np.where(scene.days > 0, np.clip(np.log2(np.maximum(scene.days, 1)) - 1.0, -1.0, 3.0), 0.0)
    return Signal("repeated", value, scene.days, payment_rows(scene))


def _round(scene: Scene) -> Signal:
    """Share of payments that are whole multiples of 50 yuan."""
    share = scene.per_candidate(scene.paid.mean(scene.amount % 5000 == 0))
    return Signal("round_amounts", share, _count(scene), payment_rows(scene))


def _cents(scene: Scene) -> Signal:
    """Share of payments with jiao or fen: a till's total, hardly ever a price for drugs."""
    share = scene.per_candidate(scene.paid.mean(scene.amount % 100 != 0))
    return Signal("odd_cents", share, _count(scene), payment_rows(scene))


def _money_back(scene: Scene) -> Signal:
    """Share of the money that came back: households, gambling and loans do that, suppliers hardly."""
    value = np.where(scene.total > 0, np.minimum(scene.back / np.maximum(scene.total, 1.0), 1.0), 0.0)
    return Signal("money_back", value, (scene.back > 0).astype(np.int64), back_rows(scene))


def _loan_first(scene: Scene) -> Signal:
    """The supplier side first gave a large sum and then got it back in instalments."""
    c = scene.candidates
    first = np.full(scene.size, np.iinfo(np.int64).max)
    first[scene.paid.keys] = scene.paid.first(scene.at)
    given = np.zeros(scene.size)
    pairs = scene.pair_pay
    for giver in (c.supplier, scene.till):
        at = np.where(giver >= 0, find(pairs.keys, giver * scene.n + c.buyer), -1)
        hit = np.flatnonzero(at >= 0)
        which, position = spread(pairs.start[at[hit]], pairs.start[at[hit] + 1])
        owner, event = hit[which], pairs.order[position]
        early = scene.payments.at[event] <= first[owner] + DAY
        big = scene.payments.amount[event] >= 3 * scene.median[owner]
        given += np.bincount(owner[early & big], minlength=scene.size)
    value = ((given > 0) & (scene.median > 0)).astype(float)
    return Signal("loan_first", value, given.astype(np.int64), back_rows(scene))


def _bulk(scene: Scene) -> Signal:
    """Payments of several retail prices at once: the buyer's own prices where he has regular payers, else
    the usual.
    """
    c = scene.candidates
    own = (scene.people.regulars[c.buyer] >= 3) & (scene.people.price[c.buyer] > 0)
    price = np.where(own, scene.people.price[c.buyer], scene.people.usual_price)
    known = (price > 0) & (scene.median > 0)
    ratio = np.where(known, scene.median / np.maximum(price, 1.0), 1.0)
    value = np.clip(np.log2(np.maximum(ratio, 0.25)) / 2.0, -1.0, 2.0)
    return Signal("bulk_amount", value, np.where(known, _count(scene), 0), payment_rows(scene))


def _restock(scene: Scene) -> Signal:
    """Retail income gathers, one larger payment goes up, retail goes on: share of payments that fit this."""
    fits, judged = _restock_counts(scene)
    sells = scene.people.regulars[scene.candidates.buyer] >= 3
    value = np.where(sells & (judged >= 2), fits / np.maximum(judged, 1), 0.0)
    return Signal("restock", value, np.where(value > 0, fits, 0).astype(np.int64), payment_rows(scene))


def _restock_counts(scene: Scene) -> tuple[Floats, Floats]:
    """Payments (from the second) whose amount the income since the last one covers, with income in the 10
    days after.
    """
    c = scene.candidates
    income = timeline(scene.payments.b, scene.payments.at)
    sums = np.r_[0, np.cumsum(scene.payments.amount[income.row])].astype(np.float64)
    of = c.payments_of
    later = np.flatnonzero(np.r_[False, of[1:] == of[:-1]]) if len(of) else np.zeros(0, dtype=np.int64)
    buyer = c.buyer[of[later]]
    start, stop = income.slices(buyer, scene.at[later - 1] + 1, scene.at[later])
    gathered = sums[stop] - sums[start]
    next_start, next_stop = income.slices(buyer, scene.at[later], scene.at[later] + 10 * DAY)
    covered = (gathered >= 0.6 * scene.amount[later]) & (gathered <= 6 * scene.amount[later])
    fit = covered & (stop - start >= 3) & (next_stop - next_start >= 2)
    fits = np.bincount(of[later], weights=fit.astype(float), minlength=scene.size)
    judged = np.bincount(of[later], minlength=scene.size)
    return np.asarray(fits, dtype=np.float64), judged.astype(np.float64)


def _paid_by_others(scene: Scene) -> Bools:
    """Per candidate row: at least two other payers paid the same account exactly this amount."""
    amounts = np.unique(scene.payments.amount)
    column = np.searchsorted(amounts, scene.payments.amount)
    same = group(scene.payments.b * len(amounts) + column)
    return np.asarray(same.distinct(scene.payments.a)[same.of][scene.candidates.payment] - 1 >= 2)


def _same_sum(scene: Scene) -> Signal:
    """Always the same sum, and one nobody else pays this account: an instalment, a rent, an allowance. 1 where no payment
    differs, 0 from a mean difference of a tenth; at least three paying days. Payments the buyer rang for do not count: a
    dealer may order the same lot each time.
    """
    c = scene.candidates
    spread = scene.per_candidate(scene.paid.mean(np.abs(scene.amount - scene.median[c.payments_of])))
    same = 1.0 - np.clip(spread / np.maximum(scene.median, 1.0) / 0.1, 0.0, 1.0)
    alone = 1.0 - scene.per_candidate(scene.paid.mean(_paid_by_others(scene)))
    value = np.where((scene.days >= 3) & (scene.median > 0), same * alone * scene.unordered, 0.0)
    return Signal("same_sum", value, np.where(value > 0, _count(scene), 0), payment_rows(scene))


def _price_fits(scene: Scene) -> Signal:
    """Share of payments whose exact amount at least two other payers of this supplier pay too: his price
    list.
    """
    c = scene.candidates
    others = _paid_by_others(scene)
    enough = scene.people.payers[c.supplier] >= 4
    value = np.where(enough, scene.per_candidate(scene.paid.mean(others)), 0.0)
    count = np.where(enough, scene.per_candidate(scene.paid.sum(others)), 0.0)
    return Signal("price_fits", value, count.astype(np.int64), payment_rows(scene))


def _price_differs(scene: Scene) -> Signal:
    """The supplier has regular payers enough to know his prices, and none of these payments is one of
    them.
    """
    c = scene.candidates
    fits = _price_fits(scene).value
    known = (scene.people.regulars[c.supplier] >= 4) & (scene.people.shared_price[c.supplier] >= 0.3)
    value = np.where(known & (_count(scene) > 0), np.clip(1.0 - 3.0 * fits, 0.0, 1.0), 0.0)
    return Signal("price_differs", value, np.where(value > 0, _count(scene), 0), payment_rows(scene))


def _spending_share(scene: Scene) -> Signal:
    """Of all that a selling buyer pays to persons, the share that goes to this supplier; at least four
    payments.
    """
    c = scene.candidates
    spent = np.bincount(scene.payments.a, weights=scene.payments.amount.astype(float), minlength=scene.n)
    enough = (scene.people.regulars[c.buyer] >= 3) & (_count(scene) >= 4)
    value = np.where(enough, scene.total / np.maximum(spent[c.buyer], 1.0), 0.0)
    return Signal("spending_share", value, np.where(enough, _count(scene), 0), payment_rows(scene))


def _count(scene: Scene) -> Ints:
    return np.diff(scene.candidates.pay_start)
