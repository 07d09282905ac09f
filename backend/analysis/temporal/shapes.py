"""Splits and merges: one sum that leaves in several payments, several that leave as one.

Definition: payments near one event are added up, the nearest in time first, while the sum stays within the
ratio.

Reference: none for the rule. The exact question is subset sum, which is NP-complete (R. M. Karp,
Reducibility among Combinatorial Problems, 1972).

Cost: at most ``fan`` events for each event given.

Against it: greedy; a payment of another business between the parts takes the place of a part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.temporal.transfers import EventsByEnd, Transfers
from graph_schema.arrays import Ints

PARTS = whole_parameter("temporal.shapes.parts")
RATIO = (parameter("temporal.shapes.least_ratio"), 1.0)
FAN = whole_parameter("temporal.shapes.fan")


@dataclass(frozen=True)
class Knot:
    """One event and the events its sum was split into (or merged from), and their share of it."""

    node: int
    whole: int
    parts: tuple[int, ...]
    share: float


def splits(
    transfers: Transfers, events: Ints, window: int, ratio: tuple[float, float] = RATIO, fan: int = FAN
) -> list[Knot]:
    """Of events given, those whose receiver paid the sum on in several payments within ``window``.

    Payments after the event are added up oldest first, each smaller than the whole, while the sum stays
    within the upper ratio; a split is named where it then reaches the lower one.
    """
    return _knots(transfers, events, window, ratio, fan, down=True)


def merges(
    transfers: Transfers, events: Ints, window: int, ratio: tuple[float, float] = RATIO, fan: int = FAN
) -> list[Knot]:
    """Of events given, those whose payer had received the sum in several payments within ``window`` before.

    Added up newest first. ``ratio`` is what left through what came in, as in a trace.
    """
    return _knots(transfers, events, window, ratio, fan, down=False)


def _knots(
    transfers: Transfers, events: Ints, window: int, ratio: tuple[float, float], fan: int, down: bool
) -> list[Knot]:
    exact = events[(transfers.precision[events] > 0) & (transfers.at[events] >= 0)]
    nodes = (transfers.target if down else transfers.source)[exact].astype(np.int64)
    side: EventsByEnd = transfers.out if down else transfers.into
    at = transfers.at[exact]
    first, last = (at, at + window) if down else (at - window, at)
    start, stop = side.within(transfers.at, nodes, first, last)
    found = []
    for event, node, low, high in zip(
        exact.tolist(), nodes.tolist(), start.tolist(), stop.tolist(), strict=True
    ):
        if transfers.stop[node] or high - low < PARTS:
            continue
        near = (
            side.order[low : min(low + fan, high)] if down else side.order[max(high - fan, low) : high][::-1]
        )
        knot = _added(transfers, int(event), int(node), near, ratio, down)
        if knot is not None:
            found.append(knot)
    return found


def _added(
    transfers: Transfers, whole: int, node: int, near: Ints, ratio: tuple[float, float], down: bool
) -> Knot | None:
    amount = int(transfers.fen[whole])
    if amount <= 0:
        return None
    # Merged from parts: out / in within the ratio, so in is within 1/ratio of out.
    least, most = ratio if down else (1 / ratio[1], 1 / ratio[0])
    total, parts = 0, []
    for event in near.tolist():
        part = int(transfers.fen[event])
        alike = transfers.unit[event] == transfers.unit[whole] and transfers.precision[event] > 0
        if event == whole or not alike or not 0 < part < amount or total + part > most * amount:
            continue
        total += part
        parts.append(int(event))
    if len(parts) < PARTS or total < least * amount:
        return None
    return Knot(node, whole, tuple(sorted(parts)), total / amount)
