"""What the graph and the passes tell of barred drivers, read once for a list, an item or a check."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.district.days import day_of
from backend.district.drivers.custody import custody, dead, released
from backend.district.drivers.fit import judge
from backend.district.drivers.leads import Barred, BarredLead, lead
from backend.district.drivers.licences import Loss, loss_in_force, next_from
from backend.district.drivers.misreads import Neighbours, by_plate, neighbours
from backend.district.drivers.parameters import Parameters
from backend.district.drivers.speed import Roads, apart, clock_offsets, jumps
from backend.district.drivers.ties import Vehicle, vehicle
from backend.district.passes import Pass, Passes, Trips, open_passes
from backend.security.circles import sealed
from graph_schema.store import Props, Row, Store, Viewer

Entries = dict[str, list[Row]]  # properties of nodes, as the driver gives them


@dataclass
class DriverData:
    """Everything the noun judges from."""

    on: dt.date
    rule: Parameters
    entries: Entries
    names: dict[str, str]
    barred: dict[str, Barred]
    vehicles: list[Vehicle]
    reads: Mapping[str, Sequence[Pass]]
    near: Mapping[str, Neighbours]
    roads: Roads
    drift: dict[str, float] = field(default_factory=dict)
    since: dt.date = dt.date.min
    moved: dict[str, float] = field(default_factory=dict)

    def leads(self) -> list[BarredLead]:
        """Every lead there is on that day."""
        found = []
        for car in self.vehicles:
            reads = self.reads.get(car.id, ())
            for person in sorted({each.person for each in car.holds if each.person in self.barred}):
                near = self.near.get(car.id) or Neighbours(())
                made = lead(self.barred[person], car, reads, near, self.roads, self.on, self.rule, self.since)
                found += [made] if made else []
        return found


def told(store: Store, viewer: Viewer, on: dt.date, rule: Parameters) -> DriverData:
    """Read licences, vehicles, custody and passes."""
    entries, names = _licences(store, viewer)
    words = rule.words("drug_reason")
    losses = {
        person: loss
        for person, each in entries.items()
        if (loss := loss_in_force(each, on, words)) is not None
        and not dead(text for row in each for text in (row.get("state"), row.get("reason")))
    }
    ids = sorted(losses)
    barred = _barred(store, viewer, losses, names, on, rule)
    rows = store.read(viewer, "drivers.vehicles", timeout=120.0, ids=ids) if ids else []
    vehicles = [vehicle(row["vehicle"], row["ties"]) for row in rows]
    where = {
        str(row["camera"]): (float(row["lon"]), float(row["lat"]))
        for row in store.read(viewer, "drivers.cameras", timeout=60.0)
        if row["lon"] is not None and row["lat"] is not None
    }
    trips: Mapping[tuple[str, str], Trips] = {}
    moved: dict[str, float] = {}
    with open_passes(store, viewer) as passes:
        span = passes.span()
        reads = passes.of([each.id for each in vehicles])
        near = _near(passes, vehicles, reads, barred)
        if _any_jump(vehicles, reads, where, rule):
            trips = passes.trips()
            moved = apart(passes.positions(), rule.number("least_km"))
            where = {camera: at for camera, at in where.items() if camera not in moved}
    offsets = clock_offsets(trips, rule.number("clock_drift_s"))
    roads = Roads(where, _righted(trips, offsets), offsets)
    since = (day_of(span[0]) if span else None) or dt.date.min
    return DriverData(on, rule, entries, names, barred, vehicles, reads, near, roads, offsets, since, moved)


def _licences(store: Store, viewer: Viewer) -> tuple[Entries, dict[str, str]]:
    entries: Entries = defaultdict(list)
    names: dict[str, str] = {}
    for row in store.read(viewer, "drivers.licences", timeout=120.0):
        entries[row["person"]].append({**row["licence"], "evidence": row["evidence"]})
        names.update((row["person"], name) for name in row["names"][:1])
    return dict(entries), names


def _barred(
    store: Store,
    viewer: Viewer,
    losses: Mapping[str, Loss],
    names: Mapping[str, str],
    on: dt.date,
    rule: Parameters,
) -> dict[str, Barred]:
    """Barred persons. Days in custody leave passes out for every reader; dates of release are care's alone."""
    if not losses:
        return {}
    closed = sealed(viewer, "Regime")
    held = {
        row["person"]: row for row in store.read(viewer, "drivers.held", timeout=120.0, ids=sorted(losses))
    }
    found = {}
    for person, loss in losses.items():
        row = held[person]
        if dead((*row["controls"], *(each.get("ended_reason") for each in row["regimes"]))):
            continue
        out = None if closed else released(row["regimes"], on, rule)
        found[person] = Barred(
            person,
            names.get(person),
            loss,
            tuple(custody(row["regimes"], row["involved"], rule)),
            next_from(loss, out, rule.number("wait_years")),
            tuple(sorted(set(row["units"]))),
        )
    return found


def _near(
    passes: Passes,
    vehicles: Iterable[Vehicle],
    reads: Mapping[str, Sequence[Pass]],
    barred: Mapping[str, Barred],
) -> Mapping[str, Neighbours]:
    """Neighbours of the plates that were read at all after a loss."""
    first = min((each.loss.lost_at for each in barred.values()), default=0)
    seen = [car.id for car in vehicles if any(read.at >= first for read in reads[car.id])]
    others = {other for each in seen for other in neighbours(each)}
    return by_plate(seen, passes.reads(others)) if others else {}


def _any_jump(
    vehicles: Iterable[Vehicle],
    reads: Mapping[str, Sequence[Pass]],
    where: Mapping[str, tuple[float, float]],
    rule: Parameters,
) -> bool:
    bare = Roads(where, {}, {})
    return any(
        jumps([read for read in reads[car.id] if judge(read, car.car, rule) != "unsure_read"], bare, rule)
        for car in vehicles
    )


def _righted(
    trips: Mapping[tuple[str, str], Trips], offsets: Mapping[str, float]
) -> dict[tuple[str, str], Trips]:
    """Travel times with the clocks put right."""
    found = {}
    for (a, b), each in trips.items():
        ahead = offsets.get(b, 0.0) - offsets.get(a, 0.0)
        found[a, b] = Trips(each.median_s - ahead, each.fast_s - ahead, each.vehicles)
    return found


def lost_on(entry: Props) -> dt.date | None:
    """The day an entry of the register says the licence was lost."""
    return day_of(entry.get("lost_at"))
