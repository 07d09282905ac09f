"""Event columns in one canonical order.

Shapes: N persons, E events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.model.facts import Events
from graph_schema.arrays import Bools, Ints


@dataclass(frozen=True)
class Channel:
    """Usable events of one channel, sorted by (a, b, at, amount, evidence): the same bytes for any input
    order.
    """

    name: str
    a: Ints
    b: Ints
    at: Ints
    exact: Bools  # the time is known to the minute
    amount: Ints
    event: Ints  # position in the Events it came from
    source: Events

    def __len__(self) -> int:
        return len(self.a)

    def rows(self, positions: Ints, cap: int) -> tuple[str, ...]:
        """Row references behind the newest ``cap`` of these events, oldest first, each once."""
        order = positions
        if len(positions) > 1:
            order = positions[np.argsort(self.at[positions], kind="stable")][-cap:]
        seen: dict[str, None] = {}
        for position in order.tolist():
            for row in self.source.evidence[int(self.event[position])]:
                seen[row] = None
        return tuple(seen)


def channel(name: str, events: Events) -> Channel:
    """Leaves out events with a service end, without two persons, or of a person with himself."""
    usable = (~events.service) & (events.a != events.b) & (events.a >= 0) & (events.b >= 0)
    kept = np.flatnonzero(usable).astype(np.int64)
    order = kept[np.lexsort((events.amount[kept], events.at[kept], events.b[kept], events.a[kept]))]
    order = _settle_ties(events, order)
    at = events.at[order].astype(np.int64)
    return Channel(
        name=name,
        a=events.a[order].astype(np.int64),
        b=events.b[order].astype(np.int64),
        at=at,
        exact=(events.precision[order] > 0) & (at >= 0),
        amount=events.amount[order].astype(np.int64),
        event=order,
        source=events,
    )


def _settle_ties(events: Events, order: Ints) -> Ints:
    """Orders events that are equal in every number by their evidence, so that no input order shows
    through.
    """
    if len(order) < 2:
        return order
    same = np.ones(len(order) - 1, dtype=bool)
    for column in (events.a, events.b, events.at, events.amount):
        values = column[order]
        same &= values[1:] == values[:-1]
    if not same.any():
        return order
    settled = order.copy()
    starts = np.flatnonzero(np.r_[True, ~same])
    ends = np.r_[starts[1:], len(order)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            settled[start:end] = sorted(
                order[start:end].tolist(), key=lambda i: (int(events.precision[i]), events.evidence[i])
            )
    return settled
