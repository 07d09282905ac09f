"""One-to-one pairing of rows from different books about the same events.

Every *view* (one file, one side) sees a real-world event at most once. Views are taken in an order that does
not depend on loading; each leg joins at most one cluster and each cluster takes at most one leg of a view, so
the outcome is a function of the set of legs alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_schema.beijing import AHEAD_MS

CALL_WINDOW_MS = 5_000
"""Clocks of two carriers (or handset and carrier) differ by seconds; two real calls of one pair hardly do."""

CALL_SLACK_S = 2
"""Two carriers measure the duration of one call from the ringing, the answer or the charge: seconds apart."""

PAYMENT_WINDOW_MS = 120_000
"""Bank and wallet books of one payment are written within two minutes of each other (domain.md B2 #18)."""

MOST_OF_SERIAL = 1_000
"""A number and amount in more rows than this is no serial number: the column is filled with zeros, or with a date."""

_GRAIN_MS = {"day": 86_400_000, "minute": 60_000, "second": 1}


@dataclass(frozen=True, slots=True)
class Leg:
    """What pairing looks at; ``order`` sorts legs of one view that share a time."""

    leg_id: str
    view: tuple[str, str]  # (side, file): the order of views
    at: int | None
    precision: str
    serial: str | None
    system: str
    side: str
    seconds: int | None = None  # of a call; None where the books do not tell, and for payments


def compatible(one: Leg, other: Leg, window_ms: int) -> bool:
    """True where two legs may be the same event.

    Same serial in the same system decides; different serials of the same side's books exclude. Else times
    must agree: equal on the same side's clock, within ``window_ms`` between the two ends, each compared no
    finer than the coarser of both precisions.
    """
    if one.serial and other.serial and one.system == other.system:
        if one.serial == other.serial:
            return True
        if one.side == other.side:
            return False
    if not _alike(one, other):
        return False
    if one.at is None or other.at is None:
        return one.at is None and other.at is None
    grain = max(_GRAIN_MS[one.precision], _GRAIN_MS[other.precision])
    if grain > 1:
        if abs((one.at + AHEAD_MS) // grain - (other.at + AHEAD_MS) // grain) == 0:
            return True
        # A minute is cut off, so two clocks may fall into neighbouring minutes.
        return one.side != other.side and grain == 60_000 and abs(one.at - other.at) < grain + window_ms
    # A handset and its carrier both speak for the same side, each with a clock of its own.
    tolerance = 0 if one.side == other.side and one.system == other.system else window_ms
    return abs(one.at - other.at) <= tolerance


def _alike(one: Leg, other: Leg) -> bool:
    """Whether two durations may be of one call: those of one clock are equal, where a book tells one at all."""
    if one.seconds is None or other.seconds is None:
        # a call without answer that lasted nothing, and one whose duration nobody wrote down
        return one.seconds == other.seconds or one.side != other.side or one.system != other.system
    slack = 0 if one.side == other.side and one.system == other.system else CALL_SLACK_S
    return abs(one.seconds - other.seconds) <= slack


def cluster(legs: list[Leg], window_ms: int) -> list[list[Leg]]:
    """Group the legs of one block (same ends; of payments the same amount) into real-world events."""
    views: dict[tuple[str, str], list[Leg]] = {}
    for leg in legs:
        views.setdefault(leg.view, []).append(leg)
    clusters: list[list[Leg]] = []
    for _, view in sorted(views.items()):
        view.sort(key=_position)
        taken: set[int] = set()
        left: list[Leg] = []
        by_serial = _serials(clusters)
        for leg in view:
            found = by_serial.get((leg.system, leg.serial)) if leg.serial else None
            if found is not None and found not in taken:
                taken.add(found)
                clusters[found].append(leg)
            else:
                left.append(leg)
        alone = _in_time_order(clusters, left, taken, window_ms)
        clusters.extend([leg] for leg in alone)
        clusters.sort(key=lambda members: _position(members[0]))
    return clusters


def _position(leg: Leg) -> tuple[int, str]:
    return (-1 if leg.at is None else leg.at, leg.leg_id)


def _serials(clusters: list[list[Leg]]) -> dict[tuple[str, str | None], int]:
    known: dict[tuple[str, str | None], int] = {}
    for index, members in enumerate(clusters):
        for leg in members:
            if leg.serial:
                known.setdefault((leg.system, leg.serial), index)
    return known


def _in_time_order(clusters: list[list[Leg]], left: list[Leg], taken: set[int], window_ms: int) -> list[Leg]:
    """Pair legs with free clusters, both sorted by time, earliest first; return the legs that stay alone.

    For intervals of one width this order-preserving walk finds as many pairs as any matching can.
    """
    alone: list[Leg] = []
    free = [index for index in range(len(clusters)) if index not in taken]
    start = 0
    for leg in left:
        reach = window_ms + _GRAIN_MS[leg.precision]
        while start < len(free) and _long_before(clusters[free[start]], leg, reach):
            start += 1
        chosen = None
        for position in range(start, len(free)):
            members = clusters[free[position]]
            if _long_after(members, leg, reach):
                break
            if all(compatible(leg, member, window_ms) for member in members):
                chosen = position
                break
        if chosen is None:
            alone.append(leg)
        else:
            clusters[free.pop(chosen)].append(leg)
    return alone


def _long_before(members: list[Leg], leg: Leg, reach: int) -> bool:
    return leg.at is not None and all(
        member.at is not None and member.at + _GRAIN_MS[member.precision] + reach < leg.at
        for member in members
    )


def _long_after(members: list[Leg], leg: Leg, reach: int) -> bool:
    return leg.at is not None and all(
        member.at is not None and member.at > leg.at + _GRAIN_MS[member.precision] + reach
        for member in members
    )
