"""Signals from calls and messages: calls near payments, missing calls, and household calls."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.clock import DAY, local_day
from backend.analysis.arrays.grouping import Groups
from backend.analysis.arrays.timeline import timeline
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.supply.features import Features, both_ways
from backend.analysis.supply.signals.base import Signal, call_rows, payment_rows, talk_rows
from graph_schema.arrays import Bools, Floats, Ints

LLR_UNIT = parameter("supply.signals.calls.llr_unit")
LLR_MOST = parameter("supply.signals.calls.llr_most")
SILENT_OFF = parameter("supply.signals.calls.silent_off")
SILENT_PAYMENTS = whole_parameter("supply.signals.calls.silent_payments")
SILENT_DOUBLINGS = parameter("supply.signals.calls.silent_doublings")
SILENT_MOST = parameter("supply.signals.calls.silent_most")
COVERED = whole_parameter("supply.signals.calls.covered") * DAY
OFTEN_DAYS = parameter("supply.signals.calls.often_days")
OFTEN_FROM = parameter("supply.signals.calls.often_from")
OFTEN_MOST = parameter("supply.signals.calls.often_most")
OFTEN_LEAST = whole_parameter("supply.signals.calls.often_least")
LONG_CALLS = whole_parameter("supply.signals.calls.long_calls")
LONG_FROM = parameter("supply.signals.calls.long_from")
LONG_OVER = parameter("supply.signals.calls.long_over")


def call_signals(features: Features) -> list[Signal]:
    """All signals of this module for every candidate."""
    talks, seconds, days = _talk(features)
    return [
        _near_payment(features),
        _near_share(features),
        _rung_by_supplier(features),
        _silent(features),
        _household(features, talks, days),
        _long_talks(features, talks, seconds),
    ]


def _near_payment(features: Features) -> Signal:
    """How surprising it is that calls lie so often near the payments; 1 is ``LLR_UNIT`` nats, at most ``LLR_MOST``."""
    c = features.candidates
    value = np.clip(c.near_llr / LLR_UNIT, 0.0, LLR_MOST)
    return Signal("call_near_payment", value, c.near, call_rows(features))


def _near_share(features: Features) -> Signal:
    """Share of payments with a call nearby, above chance, smoothed by one further payment without a call: two
    of two count less than twenty of twenty-five.
    """
    c = features.candidates
    share = np.clip((c.near - c.near_expected) / (c.near_of + 1.0), 0.0, 1.0)
    return Signal("call_share", share, c.near, call_rows(features))


def _rung_by_supplier(features: Features) -> Signal:
    """Share of the calls near the payments that the supplier placed; at least two such calls. A buyer calls
    to get goods; a creditor calls to get his money.
    """
    size = np.diff(features.candidates.call_start)
    value = np.where(size >= 2, features.rung, 0.0)
    his = np.round(features.rung * size)
    return Signal(
        "rung_by_supplier", value, np.where(value > 0, his, 0).astype(np.int64), call_rows(features)
    )


def _silent(features: Features) -> Signal:
    """Call records cover these payments but show hardly any call near them."""
    c = features.candidates
    exact = np.flatnonzero(features.payments.exact[c.payment])
    of = c.payments_of[exact]
    covered = _covered(features, features.payments.a[c.payment[exact]], features.at[exact]) | _covered(
        features, features.payments.b[c.payment[exact]], features.at[exact]
    )
    seen = np.bincount(of[covered], minlength=features.size)
    missing = np.clip(1.0 - c.near / np.maximum(seen, 1) * SILENT_OFF, 0.0, 1.0)
    many = np.clip(np.log2(np.maximum(seen, 1)) / SILENT_DOUBLINGS, 0.0, SILENT_MOST)
    value = np.where(seen >= SILENT_PAYMENTS, missing * many, 0.0)
    value *= (1.0 - c.passed) * (c.payer < 0)
    return Signal(
        "no_calls", value, np.where(value > 0, seen - np.minimum(c.near, seen), 0), payment_rows(features)
    )


def _covered(features: Features, person: Ints, at: Ints) -> Bools:
    """Whether a person's own call records cover this time: he has a call within ``COVERED`` before and
    after with somebody whose records were not requested. Calls with people whose records were requested
    may be known from their side only.
    """
    calls, asked = features.calls, features.facts.asked
    of_a = np.flatnonzero(calls.exact & asked[calls.a] & ~asked[calls.b])
    of_b = np.flatnonzero(calls.exact & asked[calls.b] & ~asked[calls.a])
    legs = timeline(
        np.concatenate([calls.a[of_a], calls.b[of_b]]),
        np.concatenate([calls.at[of_a], calls.at[of_b]]),
    )
    before = legs.slices(person, at - COVERED, at)
    after = legs.slices(person, at, at + COVERED)
    return (before[1] > before[0]) & (after[1] > after[0])


def _household(features: Features, talks: Ints, days: Ints) -> Signal:
    """The two talk on most days, with or without payments: family, partner, friend."""
    c = features.candidates
    paying = np.maximum(features.days, 1)
    often = np.clip(days / paying / OFTEN_DAYS - OFTEN_FROM, 0.0, OFTEN_MOST) * (days >= OFTEN_LEAST)
    value = np.where(c.own, often, 0.0)
    return Signal("talks_anyway", value, np.where(value > 0, talks, 0), talk_rows(features))


def _long_talks(features: Features, talks: Ints, seconds: Floats) -> Signal:
    """Long conversations; orders are short. From ``LONG_FROM`` on, 1 from ``LONG_OVER`` more."""
    mean = seconds / np.maximum(talks, 1)
    value = np.where(talks >= LONG_CALLS, np.clip((mean - LONG_FROM) / LONG_OVER, 0.0, 1.0), 0.0)
    return Signal("long_talks", value, np.where(value > 0, talks, 0), talk_rows(features))


def _talk(features: Features) -> tuple[Ints, Floats, Ints]:
    """Per candidate: calls between the two, their seconds, and different days (of the busier direction)."""
    c = features.candidates
    groups: Groups = features.pair_call
    seconds = groups.sum(features.calls.amount)
    distinct = groups.distinct(local_day(features.calls.at))
    size = groups.size
    count, total, days = (np.zeros(features.size) for _ in range(3))
    for at in both_ways(groups, c.supplier, c.buyer, features.n):
        hit = np.flatnonzero(at >= 0)
        count[hit] += size[at[hit]]
        total[hit] += seconds[at[hit]]
        days[hit] = np.maximum(days[hit], distinct[at[hit]])
    return count.astype(np.int64), total, days.astype(np.int64)
