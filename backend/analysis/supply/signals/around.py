"""Second-round signals: evidence from the first-round scores of the other candidates."""

from __future__ import annotations

import numpy as np

from backend.analysis.model.parameters import parameter
from backend.analysis.supply.features import Features
from backend.analysis.supply.signals.base import MOST_DOUBLINGS, Signal, call_rows, payment_rows
from graph_schema.arrays import Floats, Ints

A_PACKET = parameter("supply.signals.around.packet")
RIVALS_MOST = parameter("supply.signals.around.rivals_most")
CLEARER = parameter("supply.signals.around.clearer")
LIKELY = parameter("supply.signals.around.likely")


def around_signals(features: Features, chance: Floats, logit: Floats) -> list[Signal]:
    """All signals of this module. ``logit`` are the first-round log-odds of every candidate; ``chance`` their
    probabilities, 0 where nobody of the pair is on record for drugs: unknown payers make nobody a
    supplier.
    """
    return [
        _other_buyers(features, chance),
        _buyer_sells(features, chance),
        _rivals(features, chance),
        _claims(features, logit),
        _reverse(features, chance),
        _holder_supplies(features, chance),
        _paid_by_collector(features, chance),
    ]


def _other_buyers(features: Features, chance: Floats) -> Signal:
    """Others probably buy from this supplier too; log2 of their expected number."""
    c = features.candidates
    total = np.bincount(c.supplier, weights=chance, minlength=features.n)
    others = np.maximum(total[c.supplier] - chance, 0.0)
    return Signal(
        "other_buyers",
        np.clip(np.log2(1 + others), 0, MOST_DOUBLINGS),
        np.round(others).astype(np.int64),
        call_rows(features),
    )


def _buyer_sells(features: Features, chance: Floats) -> Signal:
    """The buyer probably sells himself, so he restocks somewhere; log2 of his expected buyers."""
    c = features.candidates
    sells = np.bincount(c.supplier, weights=chance, minlength=features.n)[c.buyer]
    return Signal(
        "buyer_sells",
        np.clip(np.log2(1 + sells), 0, MOST_DOUBLINGS),
        np.round(sells).astype(np.int64),
        payment_rows(features),
    )


def _rivals(features: Features, chance: Floats) -> Signal:
    """How much more of this buyer's money goes to this candidate than to his others, in nats, against their
    mean. Each candidate is weighted by his first score, so that a shop the buyer pays a lot does not shift
    the mean. 0 for the only candidate.
    """
    c = features.candidates
    size = np.log1p(features.per_candidate(features.paid.sum(features.amount)) / A_PACKET)
    total = np.bincount(c.buyer, weights=chance, minlength=features.n)[c.buyer]
    mean = np.bincount(c.buyer, weights=chance * size, minlength=features.n)[c.buyer] / np.maximum(
        total, 1e-9
    )
    rivals = np.bincount(c.buyer, minlength=features.n)[c.buyer] - 1
    return Signal("rivals", np.clip(size - mean, -RIVALS_MOST, RIVALS_MOST), rivals, payment_rows(features))


def _claims(features: Features, logit: Floats) -> Signal:
    """Share of these payments that a clearly likelier candidate explains: its payee's calls, another
    number.
    """
    c = features.candidates
    of = c.payments_of
    best = np.full(len(features.payments), -np.inf)
    np.maximum.at(best, c.payment, logit[of])
    taken = best[c.payment] > logit[of] + CLEARER
    share = features.per_candidate(features.paid.mean(taken))
    count = features.per_candidate(features.paid.sum(taken)).astype(np.int64)
    return Signal("claimed_by_other", share, count, payment_rows(features))


def _reverse(features: Features, chance: Floats) -> Signal:
    """The opposite direction is likely: mutual supply exists but is the exception."""
    c = features.candidates
    value = _chance_of(features, chance, c.buyer, c.supplier)
    return Signal("opposite_direction", value, (value > LIKELY).astype(np.int64), payment_rows(features))


def _holder_supplies(features: Features, chance: Floats) -> Signal:
    """The holder of the third account is probably the supplier himself, because he is called or named. Then
    another person who is called around the payments, or gets money from him, is not a supplier behind him.
    """
    c = features.candidates
    value = np.where(c.payee >= 0, _chance_of(features, chance, c.payee, c.buyer) * c.third, 0.0)
    return Signal(
        "holder_supplies", value, np.where(value > 0, np.diff(c.pay_start), 0), payment_rows(features)
    )


def _paid_by_collector(features: Features, chance: Floats) -> Signal:
    """The payments come from an account whose holder collects for the buyer. The value is the probability
    that the buyer supplies a payer of that account, times the share of their payments that went on, from
    -1 (none) to 1.
    """
    c, paying = features.candidates, features.paying
    sure = _chance_of(features, chance, paying.buyer, paying.customer) * paying.share
    at = features.candidate(paying.supplier, paying.buyer)
    miss = np.ones(features.size)
    np.multiply.at(miss, at[at >= 0], 1.0 - sure[at >= 0])
    value = np.where(c.payer >= 0, 1.0 - 2.0 * miss, 0.0)
    return Signal(
        "paid_by_collector", value, np.where(c.payer >= 0, np.diff(c.pay_start), 0), payment_rows(features)
    )


def _chance_of(features: Features, chance: Floats, supplier: Ints, buyer: Ints) -> Floats:
    """Chance of the candidate of each pair, 0 where the pair is none."""
    at = features.candidate(supplier, buyer)
    return np.where(at >= 0, np.append(chance, 0.0)[at], 0.0)
