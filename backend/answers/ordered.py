"""Ordered traces over everything paid: N layers down or up, returns, splits and merges, each with its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from backend.analysis.model.facts import PRECISIONS
from backend.analysis.temporal import Bounds, Knot, Trace, Transfers, merges, returns, splits, trace
from backend.answers.endpoints import meant
from backend.answers.people import people
from backend.answers.runs import Run, on_run
from backend.answers.shape import time_text
from backend.contract.person import Person
from backend.contract.suites import KnotShown, Ordered, TransferReached, TransferShown
from backend.runs.ordered_persons import find, person_arrays
from backend.runs.ordered_store import KeptState, ordered_arrays
from backend.security.audited import audited
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

HOUR = 3_600_000
SHOWN = 500
"""Events whose rows are given; ``total`` says how many were reached."""
MOST_KNOTS = 50


@dataclass(frozen=True)
class TraceGround:
    """What a trace runs on: transfers between accounts or persons, and how their nodes are called."""

    kept: KeptState
    transfers: Transfers
    names: pa.Array
    by: Literal["person", "account"]
    start: int


@audited("trace", "start")
@on_run
def ordered(
    store: Store,
    viewer: Viewer,
    run: Run,
    start: str,
    *,
    direction: str = "down",
    layers: int = 6,
    window_hours: float | None = None,
    ratio_least: float | None = None,
    ratio_most: float | None = None,
    first: int | None = None,
    last: int | None = None,
    fan: int = 200,
    exchange: bool = False,
    limit: int = SHOWN,
) -> Ordered:
    """Where the money of an account or person went (``down``) or came from (``up``), in time order.

    ``start`` may be a person id, node reference, number or name; a person is traced over all he holds. Each
    event names the event it was reached by. ``exchange`` follows money into another currency, whose amounts are
    not compared. ``returns`` are temporal cycles back to the start, ``splits``
    and ``merges`` single sums that left in parts or were gathered. ``truncated`` says that something was cut
    to the newest; ``cut`` names where.
    """
    ground = ground_of(store, viewer, run, start)
    ratio = None if ratio_least is None and ratio_most is None else (ratio_least or 0.0, ratio_most or 1e9)
    if ratio is not None and ratio[0] > ratio[1]:
        raise InputError(Text("比例下限大于上限。", "The smallest ratio is above the largest."))
    window = None if window_hours is None else round(window_hours * HOUR)
    bounds = Bounds(
        "up" if direction == "up" else "down", layers, window, ratio, first, last, fan, exchange=exchange
    )
    nowhere = ground.start < 0
    source = np.array([] if nowhere else [ground.start], dtype=np.int64)
    found = trace(ground.transfers, source, bounds)
    cycles, round_trip = ([], None) if nowhere else returns(ground.transfers, ground.start, bounds)
    shown = range(min(len(found), limit))  # the first layers whole before deeper ones
    knots = _knots(ground.transfers, found, window)
    wanted = {int(event) for event in found.event[: len(shown)]}
    wanted |= {event for cycle in cycles[:MOST_KNOTS] for event in cycle.events}
    wanted |= {event for some in knots.values() for knot in some for event in (knot.whole, *knot.parts)}
    events = transfers_shown(store, viewer, ground, sorted(wanted))
    answer: Ordered = {
        "start": start,
        "by": ground.by,
        "direction": bounds.direction,
        "layers": [
            {"layer": n, "events": int((found.layer == n).sum())}
            for n in range(1, int(found.layer.max(initial=0)) + 1)
        ],
        "total": len(found),
        "events": [_reached(ground, events, found, p) for p in shown],
        "returns": [
            {"returned": rounded(cycle.returned), "events": [events[e] for e in cycle.events]}
            for cycle in cycles[:MOST_KNOTS]
        ],
        "splits": [_knot(events, knot) for knot in knots["splits"]],
        "merges": [_knot(events, knot) for knot in knots["merges"]],
        "truncated": found.truncated or len(shown) < len(found) or bool(round_trip and round_trip.truncated),
        "cut": [ground.names[n].as_py() for n in found.cut[:100]],
        "run": run.name,
        "persons": [],
    }
    return {**answer, "persons": persons_of(store, viewer, run, ground.by, answer["events"])}


def rounded(share: float | None) -> float | None:
    """A share as it is shown."""
    return None if share is None else round(share, 4)


def ground_of(store: Store, viewer: Viewer, run: Run, start: str) -> TraceGround:
    label, key = meant(store, viewer, run, start)
    kept = ordered_arrays(store, viewer)
    if label == "Person":
        persons = person_arrays(store, viewer, kept, run.run_id)
        return TraceGround(kept, persons.transfers, persons.names, "person", persons.find(key))
    return TraceGround(kept, kept.transfers, kept.refs, "account", find(kept.refs, f"{label}:{key}"))


def _knots(transfers: Transfers, found: Trace, window: int | None) -> dict[str, list[Knot]]:
    span = 48 * HOUR if window is None else window
    events = np.unique(found.event)
    return {
        "splits": splits(transfers, events, span)[:MOST_KNOTS],
        "merges": merges(transfers, events, span)[:MOST_KNOTS],
    }


def transfers_shown(
    store: Store, viewer: Viewer, ground: TraceGround, wanted: list[int]
) -> dict[int, TransferShown]:
    """Events as the contract has them, with their rows."""
    held, kept = ground.transfers, ground.kept
    ids = kept.ids.take(pa.array(wanted, pa.int64())).to_pylist()
    rows = store.read(viewer, "ordered.rows", ids=ids, timeout=60.0) if ids else []
    more = {row["id"]: row for row in rows}
    return {
        n: {
            "event": event_id,
            "from": ground.names[int(held.source[n])].as_py(),
            "to": ground.names[int(held.target[n])].as_py(),
            "from_account": kept.refs[int(kept.transfers.source[n])].as_py(),
            "to_account": kept.refs[int(kept.transfers.target[n])].as_py(),
            "at": time_text(int(held.at[n])),
            "at_precision": PRECISIONS[int(held.precision[n])],
            "fen": int(held.fen[n]),
            "currency": kept.units[int(held.unit[n])] or None,
            "memo": more.get(event_id, {}).get("memo"),
            "evidence": list(more.get(event_id, {}).get("evidence") or ()),
        }
        for n, event_id in zip(wanted, ids, strict=True)
    }


def _knot(events: dict[int, TransferShown], knot: Knot) -> KnotShown:
    parts = [events[each] for each in knot.parts]
    return {"share": round(knot.share, 4), "whole": events[knot.whole], "parts": parts}


def _reached(
    ground: TraceGround, events: dict[int, TransferShown], found: Trace, position: int
) -> TransferReached:
    parent = int(found.parent[position])
    ids = ground.kept.ids
    return {
        **events[int(found.event[position])],
        "layer": int(found.layer[position]),
        "parent": ids[int(found.event[parent])].as_py() if parent >= 0 else None,
    }


def persons_of(
    store: Store, viewer: Viewer, run: Run, by: Literal["person", "account"], events: Iterable[TransferShown]
) -> list[Person]:
    """The persons at the ends of payments; none between accounts."""
    if by != "person":
        return []
    ends = {end for event in events for end in (event["from"], event["to"])}
    known = people(store, viewer, run, (end for end in ends if ":" not in end))
    return [known[each] for each in sorted(known)]
