"""Paths between two persons: the shortest, or such in time order, each hop with what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from backend.answers.endpoints import station
from backend.answers.ordering import Event, OrderedHop, ordered_paths
from backend.answers.reach import HUB, Search, Sieve, around, shortest, walked
from backend.answers.runs import Run, on_run
from backend.answers.shape import caption, day_edge, person, reference, time_text
from backend.contract import graph as contract
from backend.security.audited import audited
from graph_schema.store import Row, Store, Viewer
from graph_schema.store.failures import QueryTimedOut

MOST_HOPS = 8
MOST_PATHS = 20
MOST_EVENTS = 200_000
SHOWN_EVENTS = 20
"""Events of a hop whose rows are shown; ``count`` says how many there are."""


@audited("path", "a", "b")
@on_run
def path(
    store: Store,
    viewer: Viewer,
    run: Run,
    a: str,
    b: str,
    *,
    ordered: bool = False,
    max_hops: int = 6,
    k: int = 3,
    types: Sequence[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
    least_yuan: float | None = None,
) -> contract.Paths:
    """Paths from a to b, each of which may be a person id, node reference, number, case number or name.

    ``ordered`` asks for paths whose events do not go back in time. Between two stations count the events
    between what they hold, and supply candidates. ``truncated`` says that a bound was reached, so that "no
    path" may mean "none found"; ``hubs`` names what was too large to walk through.

    ``types`` keeps hops of these relationship types, ``first`` and ``last`` (days of Beijing, both included) those
    of a period, ``least_yuan`` payments of at least so much; raises ``InputError`` for a type no path goes along.
    """
    sieve = Sieve(
        tuple(types),
        day_edge(first),
        day_edge(last, last=True),
        round(least_yuan * 100) if least_yuan else None,
    )
    ends = station(store, viewer, run, a), station(store, viewer, run, b)
    search = Search(store, viewer, run, ends, sieve)
    hops, most = min(max_hops, MOST_HOPS), min(k, MOST_PATHS)
    if ordered:
        routes = _in_order(search, hops, most)
    else:
        plain = shortest(search, hops, most)
        links = _links(search, {pair for stations in plain for pair in pairwise(stations)})
        routes = [(stations, [_hop(links[pair]) for pair in pairwise(stations)]) for stations in plain]
    known = _described(search, {*ends, *(each for stations, _ in routes for each in stations)})
    return {
        "from": known[ends[0]],
        "to": known[ends[1]],
        "ordered": ordered,
        "max_hops": hops,
        "paths": [_route(known, stations, found) for stations, found in routes],
        "truncated": search.cut,
        "hubs": _hubs(search),
        "run": run.name,
    }


def _route(
    known: dict[str, contract.Station], stations: list[str], hops: list[contract.Step]
) -> contract.Route:
    named = [known[each] for each in stations]
    return {
        "length": len(hops),
        "stations": named,
        "persons": [each["person"] for each in named if each["person"] is not None],
        "hops": [
            {"from": start["id"], "to": end["id"], **hop}
            for start, end, hop in zip(named, named[1:], hops, strict=False)
        ],
    }


def _in_order(search: Search, hops: int, most: int) -> list[tuple[list[str], list[contract.Step]]]:
    stations = around(search, hops)
    events, raw = _events(search, stations)
    found = ordered_paths(events, *search.ends, hops, most)
    return [
        ([steps[0].start, *(step.end for step in steps)], [_dated(raw, step) for step in steps])
        for steps in found
    ]


def _events(search: Search, stations: list[str]) -> tuple[list[Event], Row]:
    rels = [name for name in search.sieve.rels() if name != "SUPPLIES"]
    if not rels:
        return [], {}
    try:
        rows = search.store.read(
            search.viewer,
            "path.events",
            labels={"rels": rels},
            **search.sieve.bounds(),
            timeout=search.left(),
            nodes=stations,
            ends=list(search.ends),
            run=search.run.run_id,
            hub=HUB,
            rows=MOST_EVENTS,
        )
    except QueryTimedOut:
        search.cut = True
        return [], {}
    raw = rows[0]
    search.cut |= len(raw["at"]) >= MOST_EVENTS
    columns = zip(raw["s"], raw["t"], raw["at"], raw["precision"], strict=True)
    return [Event(s, t, at, precision, n) for n, (s, t, at, precision) in enumerate(columns)], raw


def _dated(raw: Row, step: OrderedHop) -> contract.Step:
    n = step.event.index
    at = time_text(raw["at"][n])
    return {
        "kind": raw["kind"][n],
        "direction": "forward" if step.event.a == step.start else "backward",
        "event": raw["id"][n],
        "first": at,
        "last": at,
        "at_precision": raw["precision"][n],
        "count": 1,
        "fen": raw["fen"][n] if raw["fen"][n] >= 0 else None,
        "evidence": raw["evidence"][n],
    }


def _links(search: Search, pairs: set[tuple[str, str]]) -> dict[tuple[str, str], list[contract.Link]]:
    links: dict[tuple[str, str], list[contract.Link]] = {pair: [] for pair in pairs}
    if not pairs:
        return links
    rows = search.store.read(
        search.viewer,
        "path.links",
        labels={"rels": search.sieve.rels()},
        **search.sieve.bounds(),
        timeout=search.left(),
        pairs=[list(pair) for pair in sorted(pairs)],
        shown=SHOWN_EVENTS,
    )
    for row in rows:
        links[row["s"], row["t"]].append(
            {
                "kind": row["kind"],
                "direction": "forward" if row["forward"] else "backward",
                "relation": row["foreign_kind"],
                "count": row["n"],
                "first": time_text(row["first"]),
                "last": time_text(row["last"]),
                "fen": row["fen"] if row["kind"] == "PAID" else None,
                "currency": row["currency"],
                "score": row["score"],
                "evidence": list(dict.fromkeys(ref for refs in row["evidence"] if refs for ref in refs)),
            }
        )
    return links


def _hop(links: list[contract.Link]) -> contract.Step:
    """A hop by its most frequent link; ``links`` has them all."""
    if not links:
        return {"kind": "", "evidence": [], "links": []}
    first = links[0]
    return {
        "kind": first["kind"],
        "direction": first["direction"],
        "relation": first["relation"],
        "count": first["count"],
        "first": first["first"],
        "last": first["last"],
        "fen": first["fen"],
        "currency": first["currency"],
        "score": first["score"],
        "evidence": first["evidence"],
        "links": links,
    }


def _described(search: Search, stations: set[str]) -> dict[str, contract.Station]:
    rows = search.store.read(search.viewer, "path.describe", nodes=sorted(stations))
    known: dict[str, contract.Station] = {}
    for row in rows:
        label, props = row["label"], row["props"]
        is_person = label == "Person"
        known[row["station"]] = {
            "id": props["person_id"] if is_person else reference(label, props),
            "label": label,
            "caption": caption(label, props),
            "person": person(props) if is_person else None,
        }
    return known


def _hubs(search: Search) -> list[contract.Hub]:
    """The largest of what was not walked through; an end that is one itself included."""
    rows = search.store.read(
        search.viewer,
        "path.hubs",
        labels={"rels": walked()},
        nodes=[*search.ends, *sorted(search.hubs)[:1000]],
        hub=HUB,
    )
    return [
        {"id": reference(row["label"], row["props"]), "label": row["label"], "events": row["degree"]}
        for row in rows
    ]
