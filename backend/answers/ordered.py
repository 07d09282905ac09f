"""Ordered traces over everything paid: N layers down or up, returns, splits and merges, each with its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from backend.analysis.model.facts import PRECISIONS
from backend.analysis.temporal import (
    Bounds,
    Cycle,
    Knot,
    Trace,
    Transfers,
    merges,
    returns,
    splits,
    trace,
    trace_of,
)
from backend.answers.endpoints import meant
from backend.answers.flows import MOST_FLOWS, Flow, flow_shown, flows
from backend.answers.holders import held_refs
from backend.answers.people import people
from backend.answers.runs import Run, on_run
from backend.answers.shape import time_text
from backend.contract.person import Person
from backend.contract.suites import KnotShown, Ordered, TraceLimits, TransferReached, TransferShown
from backend.runs.ordered_persons import find, person_arrays
from backend.runs.ordered_store import KeptState, ordered_arrays
from backend.security.audited import audited
from graph_schema.arrays import Ints
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

HOUR = 3_600_000
SHOWN = 500
"""Events whose rows are given; ``layers`` says how many were reached."""
NO_MOST = 1e9
"""The upper ratio where nothing bounds it from above."""
MOST_KNOTS = 50


@dataclass(frozen=True)
class TraceGround:
    """What a trace runs on: transfers between accounts or persons, and how their nodes are called."""

    kept: KeptState
    transfers: Transfers
    names: pa.Array
    by: Literal["person", "account"]
    start: int
    payment: int | None = None
    asked: str | None = None


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
    """Where the money of an account, a person or one payment went (``down``) or came from (``up``), in time order.

    ``start`` may be a person id, node reference, number, name or the id of a payment; a person is traced over all he
    holds. Each event names the event it was reached by; ``flows`` add all of them up by layer. ``exchange`` follows
    money into another currency, whose amounts are not compared. ``returns`` are temporal cycles back to the start,
    ``splits`` and ``merges`` single sums that left in parts or were gathered. ``truncated`` says that something was cut
    to the newest; ``cut`` names where.
    """
    ground = ground_of(store, viewer, run, start)
    ratio = (
        None if ratio_least is None and ratio_most is None else (ratio_least or 0.0, ratio_most or NO_MOST)
    )
    if ratio is not None and ratio[0] > ratio[1]:
        raise InputError(Text("比例下限大于上限。", "The smallest ratio is above the largest."))
    window = None if window_hours is None else round(window_hours * HOUR)
    bounds = Bounds(
        "up" if direction == "up" else "down", layers, window, ratio, first, last, fan, exchange=exchange
    )
    followed = _followed(ground, bounds)
    return _answer(store, viewer, run, start, ground, followed, limit)


@dataclass(frozen=True)
class _Followed:
    """What was found: the trace, the way back to its start, sums split and gathered."""

    bounds: Bounds
    found: Trace
    cycles: list[Cycle]
    truncated: bool
    knots: dict[str, list[Knot]]


def _followed(ground: TraceGround, bounds: Bounds) -> _Followed:
    cycles: list[Cycle] = []
    cut = False
    if ground.payment is not None:
        found = trace_of(ground.transfers, np.array([ground.payment], dtype=np.int64), bounds)
    elif ground.start < 0:
        found = trace(ground.transfers, np.array([], dtype=np.int64), bounds)
    else:
        found = trace(ground.transfers, np.array([ground.start], dtype=np.int64), bounds)
        cycles, round_trip = returns(ground.transfers, ground.start, bounds)
        cut = round_trip.truncated or len(cycles) > MOST_KNOTS
    knots = _knots(ground.transfers, found, bounds.window)
    cut |= any(len(some) > MOST_KNOTS for some in knots.values())
    knots = {name: some[:MOST_KNOTS] for name, some in knots.items()}
    return _Followed(bounds, found, cycles[:MOST_KNOTS], found.truncated or cut, knots)


def _once(found: Trace) -> Ints:
    """Positions of the payments reached, each once in a layer: a coarse time lets several ways lead to one."""
    key = np.c_[found.layer, found.event].astype(np.int64)
    return np.sort(np.unique(key, axis=0, return_index=True)[1])


def _answer(
    store: Store, viewer: Viewer, run: Run, start: str, ground: TraceGround, followed: _Followed, limit: int
) -> Ordered:
    found, bounds = followed.found, followed.bounds
    held = ground.transfers
    once = _once(found)
    shown = once[:limit].tolist()  # the first layers whole before deeper ones
    every = flows(ground.kept, held.source, held.target, found, _in_cash(store, viewer, ground, found))
    largest = every[:MOST_FLOWS]
    events = transfers_shown(store, viewer, ground, _wanted(followed, largest, shown))
    cut = [str(ground.names[n].as_py()) for n in found.cut[:100]]
    origin = str(ground.names[ground.start].as_py()) if ground.start >= 0 else ground.asked
    holders, known = _described(store, viewer, run, events, {*cut, *([origin] if origin else [])})
    return {
        "start": start,
        "origin": origin,
        "by": ground.by,
        "direction": bounds.direction,
        "limits": _limits(bounds),
        "layers": [
            {"layer": n, "events": int((found.layer[once] == n).sum())}
            for n in range(1, int(found.layer.max(initial=0)) + 1)
        ],
        "flows": [flow_shown(ground.kept, _ends(ground, flow), flow, events) for flow in largest],
        "flows_total": len(every),
        "total": len(np.unique(found.event)),
        "events": [_reached(ground, events, found, p) for p in shown],
        "returns": [
            {"returned": rounded(cycle.returned), "events": [events[e] for e in cycle.events]}
            for cycle in followed.cycles
        ],
        "splits": [_knot(events, knot) for knot in followed.knots["splits"]],
        "merges": [_knot(events, knot) for knot in followed.knots["merges"]],
        "truncated": followed.truncated or len(shown) < len(once) or len(largest) < len(every),
        "cut": cut,
        "run": run.name,
        "persons": known,
        "holders": holders,
    }


def _wanted(followed: _Followed, largest: list[Flow], shown: list[int]) -> list[int]:
    """Numbers of the events whose rows are given: those listed, the newest of each flow, all of knots and returns."""
    wanted = {int(event) for event in followed.found.event[shown]}
    wanted |= {event for cycle in followed.cycles for event in cycle.events}
    wanted |= {e for some in followed.knots.values() for knot in some for e in (knot.whole, *knot.parts)}
    return sorted(wanted | {event for flow in largest for event in flow.newest})


def _described(
    store: Store, viewer: Viewer, run: Run, events: dict[int, TransferShown], more: set[str]
) -> tuple[dict[str, str], list[Person]]:
    """Who holds the accounts and numbers that are named, by reference, and everybody named or holding, by id."""
    ends: tuple[Literal["from", "to"], ...] = ("from", "to")
    accounts: tuple[Literal["from_account", "to_account"], ...] = ("from_account", "to_account")
    named = more | {event[end] for event in events.values() for end in ends}
    refs = {each for each in named if ":" in each}
    refs |= {event[end] for event in events.values() for end in accounts}
    holders = held_refs(store, viewer, run, refs)
    known = people(store, viewer, run, {*(named - refs), *holders.values()})
    return holders, [known[each] for each in sorted(known)]


def _limits(bounds: Bounds) -> TraceLimits:
    return {
        "layers": bounds.layers,
        "window_hours": None if bounds.window is None else bounds.window / HOUR,
        "ratio_least": None if bounds.ratio is None else bounds.ratio[0],
        "ratio_most": None if bounds.ratio is None else bounds.ratio[1],
        "first": bounds.first,
        "last": bounds.last,
        "fan": bounds.fan,
        "exchange": bounds.exchange,
    }


def _ends(ground: TraceGround, flow: Flow) -> list[str]:
    return [str(ground.names[n].as_py()) for n in (flow.source, flow.target)]


def _in_cash(store: Store, viewer: Viewer, ground: TraceGround, found: Trace) -> set[int]:
    """Numbers of those events that were cash."""
    numbers = np.unique(found.event)
    ids = ground.kept.ids.take(pa.array(numbers)).to_pylist()
    rows = store.read(viewer, "ordered.cash", ids=ids, timeout=60.0) if ids else []
    cash = {row["id"] for row in rows}
    return {int(n) for n, event in zip(numbers, ids, strict=True) if event in cash}


def rounded(share: float | None) -> float | None:
    """A share as it is shown."""
    return None if share is None else round(share, 4)


def ground_of(store: Store, viewer: Viewer, run: Run, start: str) -> TraceGround:
    """What a trace from ``start`` runs on; ``start`` of it is -1 where no payment names the person or account."""
    kept = ordered_arrays(store, viewer)
    payment = find(kept.ids, start)
    if payment >= 0:
        persons = person_arrays(store, viewer, kept, run.run_id)
        return TraceGround(kept, persons.transfers, persons.names, "person", -1, payment)
    label, key = meant(store, viewer, run, start)
    if label == "Person":
        persons = person_arrays(store, viewer, kept, run.run_id)
        return TraceGround(kept, persons.transfers, persons.names, "person", persons.find(key), asked=key)
    ref = f"{label}:{key}"
    return TraceGround(kept, kept.transfers, kept.refs, "account", find(kept.refs, ref), asked=ref)


def _knots(transfers: Transfers, found: Trace, window: int | None) -> dict[str, list[Knot]]:
    span = 48 * HOUR if window is None else window
    events = np.unique(found.event)
    return {
        "splits": splits(transfers, events, span),
        "merges": merges(transfers, events, span),
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
            "cash": bool(more.get(event_id, {}).get("cash")),
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
