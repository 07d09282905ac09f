"""The shape of a signal: a value per candidate and the rows that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.grouping import Groups, find
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.supply.features import CAP, CandidateRows, Features
from graph_schema.arrays import Floats, Ints

__all__ = [
    "CAP",
    "CandidateRows",
    "Signal",
    "back_rows",
    "call_rows",
    "pair_rows",
    "payment_rows",
    "talk_rows",
]

MOST_DOUBLINGS = parameter("supply.signals.base.most_doublings")
PAYING_DAYS = whole_parameter("supply.signals.base.paying_days")


@dataclass(frozen=True)
class Signal:
    """``value`` times the published weight of ``name`` is what the signal adds to the log-odds of a
    candidate.

    ``n`` counts the events it rests on; ``rows(e)`` gives the row references for candidate e.
    """

    name: str
    value: Floats
    n: Ints
    rows: CandidateRows


def payment_rows(features: Features) -> CandidateRows:
    """Rows of the payments of a candidate, the newest."""
    return features.payment_rows


def call_rows(features: Features) -> CandidateRows:
    """Rows of the calls near the payments of a candidate, the newest."""
    return features.call_rows


def pair_rows(
    features: Features, channel: Channel, pairs: Groups, givers: Callable[[int], list[tuple[int, int]]]
) -> CandidateRows:
    """Rows of all events of the directed pairs ``givers(e)`` in one channel."""

    def rows(e: int) -> tuple[str, ...]:
        found: list[Ints] = []
        for a, b in givers(e):
            at = int(find(pairs.keys, np.array([a * features.n + b]))[0])
            if at >= 0:
                found.append(pairs.rows(at))
        return channel.rows(np.concatenate(found), CAP) if found else ()

    return rows


def back_rows(features: Features) -> CandidateRows:
    """Rows of the money that went from supplier or payee to the buyer."""
    c = features.candidates

    def givers(e: int) -> list[tuple[int, int]]:
        buyer = int(c.buyer[e])
        ends = [int(c.supplier[e]), int(features.till[e])]
        return [(giver, buyer) for giver in ends if giver >= 0]

    return pair_rows(features, features.payments, features.pair_pay, givers)


def talk_rows(features: Features) -> CandidateRows:
    """Rows of all calls and messages between the two, in either direction."""
    c = features.candidates

    def givers(e: int) -> list[tuple[int, int]]:
        a, b = int(c.supplier[e]), int(c.buyer[e])
        return [(a, b), (b, a)]

    return pair_rows(features, features.calls, features.pair_call, givers)
