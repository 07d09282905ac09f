"""Breadth-first search from two ends over the database, one layer at a time, with stated limits."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from backend.answers.runs import Run
from backend.answers.supplies import THRESHOLD
from graph_schema.declaration import load_declaration
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Parameters, Store, Viewer
from graph_schema.store.failures import QueryTimedOut

MOST_IN_LAYER = 3_000
"""Stations one layer is followed from."""
MOST_ROWS = 60_000
"""Neighbours read for one layer."""
HUB = 20_000
"""An identifier or case with more events than this is not walked through."""
SECONDS = 20.0
"""A search takes at most this long."""

_PASSING = {"SEEN_AT", "STAYED_AT"}
"""Having been in the same place or cell makes no path: too many people have."""


def walked() -> list[str]:
    """Relationship types a path goes along: every kind of event but mere presence and care, and supplies."""
    declared = load_declaration()
    events = [name for name in declared.events() if declared.relationships[name].circle is None]
    return [name for name in events if name not in _PASSING] + ["SUPPLIES"]


@dataclass(frozen=True)
class Sieve:
    """What may make a hop: relationship types (all where none is named), a period, a smallest amount of payments."""

    types: tuple[str, ...] = ()
    from_at: int | None = None
    to_at: int | None = None
    least_fen: int | None = None

    def rels(self) -> list[str]:
        """Types that are walked and wanted. Raises ``InputError`` for one that no path goes along."""
        every = walked()
        if unknown := sorted(set(self.types) - set(every)):
            some = "，".join(unknown[:5])
            raise InputError(
                Text(f"路径不经过关系种类 {some}。", f"No path goes along relationship type {some}.")
            )
        return [name for name in every if not self.types or name in self.types]

    def bounds(self) -> Parameters:
        """Its bounds as parameters of a query."""
        return {"from_at": self.from_at, "to_at": self.to_at, "least_fen": self.least_fen}


@dataclass
class Search:
    """One search: its bounds, and what had to be left out."""

    store: Store
    viewer: Viewer
    run: Run
    ends: tuple[str, str]
    sieve: Sieve = Sieve()
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    cut: bool = False
    hubs: set[str] = field(default_factory=set)
    events: dict[str, int] = field(default_factory=dict)

    def rare_first(self, stations: Iterable[str]) -> list[str]:
        """Stations with few events before busy ones: what everybody deals with says little."""
        return sorted(stations, key=lambda station: (self.events.get(station, 0), station))

    def left(self) -> float:
        """Seconds left, at least one."""
        return max(1.0, self.until - time.monotonic())

    def neighbours(self, stations: list[str]) -> dict[str, set[str]]:
        """Stations one hop away from each of ``stations``."""
        if len(stations) > MOST_IN_LAYER:
            self.cut = True
            stations = sorted(stations)[:MOST_IN_LAYER]
        found: dict[str, set[str]] = {}
        rows = self.store.read(
            self.viewer,
            "path.step",
            labels={"rels": self.sieve.rels()},
            **self.sieve.bounds(),
            timeout=self.left(),
            nodes=stations,
            ends=list(self.ends),
            run=self.run.run_id,
            hub=HUB,
            least=THRESHOLD,
            rows=MOST_ROWS,
        )
        self.cut |= len(rows) >= MOST_ROWS
        for row in rows:
            if row["hub"] is None:
                found.setdefault(row["s"], set()).add(row["t"])
                self.events[row["t"]] = max(self.events.get(row["t"], 0), row["events"])
            else:
                self.hubs.add(row["hub"])
        return found


class _Side:
    """The search from one end: layer of each station seen, and the stations it was reached from."""

    def __init__(self, end: str) -> None:
        self.depth = 0
        self.frontier = {end}
        self.parents: dict[str, set[str]] = {end: set()}
        self.depths = {end: 0}

    def grow(self, search: Search) -> None:
        reached: dict[str, set[str]] = {}
        for station, others in search.neighbours(sorted(self.frontier)).items():
            for other in others:
                if other not in self.parents:
                    reached.setdefault(other, set()).add(station)
        self.parents |= reached
        self.frontier = set(reached)
        self.depth += 1
        self.depths |= dict.fromkeys(reached, self.depth)

    def ways(self, station: str, search: Search) -> Iterator[list[str]]:
        """Shortest ways from the end to ``station``, those by rare stations first."""
        before = self.parents[station]
        if not before:
            yield [station]
        for each in search.rare_first(before):
            for way in self.ways(each, search):
                yield [*way, station]


def shortest(search: Search, most_hops: int, most_paths: int) -> list[list[str]]:
    """Up to ``most_paths`` shortest paths between the ends as lists of stations; nothing where there is none.

    Shortest paths are never counted or enumerated beyond what is asked for.
    """
    a, b = search.ends
    if a == b:
        return [[a]]
    sides = (_Side(a), _Side(b))
    try:
        while sides[0].depth + sides[1].depth < most_hops:
            # An end that is a hub itself cannot be left, but it can be reached from the other end.
            open_sides = [side for side in sides if side.frontier]
            if not open_sides or time.monotonic() > search.until:
                search.cut |= bool(open_sides)
                break
            near = min(open_sides, key=lambda side: len(side.frontier))
            far = sides[1] if near is sides[0] else sides[0]
            near.grow(search)
            if meeting := near.frontier & far.parents.keys():
                nearest = min(far.depths[station] for station in meeting)
                at = (station for station in meeting if far.depths[station] == nearest)
                return list(islice(_joined(search, sides, search.rare_first(at)), most_paths))
    except QueryTimedOut:
        search.cut = True
    return []


def _joined(search: Search, sides: tuple[_Side, _Side], meeting: list[str]) -> Iterator[list[str]]:
    for station in meeting:
        for way in sides[0].ways(station, search):
            for back in sides[1].ways(station, search):
                yield way + back[-2::-1]


def around(search: Search, hops: int) -> list[str]:
    """Stations on any path of at most ``hops`` hops between the ends, and some more: a ball around each."""
    seen: set[str] = set()
    for end, radius in zip(search.ends, (hops - hops // 2, hops // 2), strict=True):
        side = _Side(end)
        try:
            for _ in range(radius):
                if not side.frontier:
                    break
                side.grow(search)
        except QueryTimedOut:
            search.cut = True
        seen |= side.parents.keys()
    return sorted(seen)
