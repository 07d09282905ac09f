"""A verification lead: a barred person × a vehicle tied to him that passed cameras on days he was free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from backend.district.days import day_of
from backend.district.drivers.clones import PlateFinding, enough, tell
from backend.district.drivers.custody import OpenSpan, inside
from backend.district.drivers.fit import features, judge
from backend.district.drivers.licences import Loss
from backend.district.drivers.misreads import Neighbours
from backend.district.drivers.parameters import Parameters
from backend.district.drivers.speed import Roads, jumps
from backend.district.drivers.ties import Hold, Vehicle
from backend.district.drivers.windows import CameraWindow, held_out, windows
from backend.district.passes import Pass


@dataclass(frozen=True)
class Barred:
    """A person whose licence is lost for drugs, with the days he cannot have driven himself."""

    id: str
    name: str | None
    loss: Loss
    spans: tuple[OpenSpan, ...]
    next_from: dt.date
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sorted:
    """The reads of a plate: what they are worth. A clone shows before the loss as well as after it."""

    fitting: tuple[Pass, ...]  # after the loss, on days the person was free
    strange: tuple[Pass, ...]  # after the loss, of another car by their looks
    plate: tuple[Pass, ...]  # all that fit, whenever
    others: tuple[Pass, ...]  # all of other looks, whenever
    unsure: int
    neighbours: dict[str, int]
    in_custody: int


@dataclass(frozen=True)
class BarredLead:
    """All that an item is made of."""

    person: Barred
    vehicle: Vehicle
    hold: Hold
    passes: tuple[Pass, ...]
    reads: Sorted
    told: PlateFinding | None
    windows: tuple[CameraWindow, ...]
    back_test: tuple[int, int]


def lead(
    person: Barred,
    car: Vehicle,
    reads: Sequence[Pass],
    near: Neighbours,
    roads: Roads,
    on: dt.date,
    rule: Parameters,
    since: dt.date = dt.date.min,
) -> BarredLead | None:
    """The lead of one person and vehicle as of a day; None where nothing speaks for one.

    ``since`` is the first day there are passes at all: weeks before it were not looked at.
    """
    if car.gone or car.disputed:
        return None
    found = _sort([each for each in reads if _day(each) <= on], person, car, near, rule)
    plate = [*found.plate, *found.others]
    told = tell(found.plate, found.others, jumps(plate, roads, rule), rule)
    kept = tuple(each for each in found.fitting if told is None or each not in told.out)
    if not enough(kept, rule):
        return None

    def free(day: dt.date) -> bool:
        first = day_of(person.loss.lost_at)
        held = first is None or day <= first or inside(person.spans, day)
        return not held and since <= day <= on and _tied(person, car, day) is not None

    hold = _tied(person, car, _day(kept[-1]))
    assert hold is not None, "a pass that fits lies in the time of a tie"
    best = tuple(windows(kept, on, free, rule))
    return BarredLead(person, car, hold, kept, found, told, best, held_out(kept, on, free, rule))


def _sort(reads: Sequence[Pass], person: Barred, car: Vehicle, near: Neighbours, rule: Parameters) -> Sorted:
    fitting: list[Pass] = []
    plate: list[Pass] = []
    others: list[Pass] = []
    unsure = in_custody = 0
    misread: dict[str, int] = {}
    for read in reads:
        if _tied(person, car, _day(read)) is None:
            continue
        verdict, after = judge(read, car.car, rule), person.loss.after(read.at)
        if verdict in ("unsure_read", "unclear"):
            unsure += after
        elif verdict == "differs":
            others.append(read)
        elif (other := _misread(read, car, near, rule)) is not None:
            misread[other] = misread.get(other, 0) + after
        else:
            plate.append(read)
            held = inside(person.spans, _day(read))
            in_custody += after and held
            fitting += [read] if after and not held else []
    strange = tuple(each for each in others if person.loss.after(each.at))
    return Sorted(tuple(fitting), strange, tuple(plate), tuple(others), unsure, misread, in_custody)


def _misread(read: Pass, car: Vehicle, near: Neighbours, rule: Parameters) -> str | None:
    """The neighbour a read is explained by; a read whose make and colour agree needs no such explanation."""
    said = features(read, car.car, rule)
    if said["brand"] == said["colour"] == "agrees":
        return None
    return near.explains(read)


def _tied(person: Barred, car: Vehicle, day: dt.date) -> Hold | None:
    """The row that ties the person to the car on a day, owning before using."""
    holds = sorted(car.of(person.id), key=lambda each: (each.kind != "owner", each.basis or ""))
    return next((each for each in holds if each.covers(day)), None)


def _day(read: Pass) -> dt.date:
    day = day_of(read.at)
    assert day is not None
    return day
