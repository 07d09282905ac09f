"""A verification lead: a barred person × a vehicle tied to him that passed cameras on days he was free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from backend.district.days import day_of
from backend.district.drivers.clones import Told, enough, tell
from backend.district.drivers.custody import Span, inside
from backend.district.drivers.fit import features, judge
from backend.district.drivers.licences import Loss
from backend.district.drivers.misreads import Neighbours
from backend.district.drivers.parameters import Parameters
from backend.district.drivers.passes import Pass
from backend.district.drivers.speed import Jump, Roads, jumps
from backend.district.drivers.ties import Hold, Vehicle
from backend.district.drivers.windows import Window, held_out, windows


@dataclass(frozen=True)
class Barred:
    """A person whose licence is lost for drugs, with the days he cannot have driven himself."""

    id: str
    name: str | None
    loss: Loss
    spans: tuple[Span, ...]
    next_from: dt.date
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sorted:
    """The reads of a plate after the loss: what they are worth."""

    fitting: tuple[Pass, ...]
    strange: tuple[Pass, ...]
    unsure: int
    neighbours: dict[str, int]
    in_custody: int
    untied: int


@dataclass(frozen=True)
class Lead:
    """All that an item is made of."""

    person: Barred
    vehicle: Vehicle
    hold: Hold
    passes: tuple[Pass, ...]
    reads: Sorted
    told: Told | None
    windows: tuple[Window, ...]
    back_test: tuple[int, int]


def lead(
    person: Barred,
    car: Vehicle,
    reads: Sequence[Pass],
    near: Neighbours,
    roads: Roads,
    on: dt.date,
    rule: Parameters,
) -> Lead | None:
    """The lead of one person and vehicle as of a day; None where nothing speaks for one."""
    if car.gone or car.disputed:
        return None
    after = [each for each in reads if person.loss.after(each.at) and _day(each) <= on]
    found = _sort(after, person, car, near, rule)
    timed = [*found.fitting, *found.strange]
    told = tell(found.fitting, found.strange, jumps(timed, roads, rule), rule)
    kept = tuple(each for each in found.fitting if told is None or each not in told.out)
    if not enough(kept, rule):
        return None

    def free(day: dt.date) -> bool:
        first = day_of(person.loss.lost_at)
        held = first is None or day <= first or inside(person.spans, day)
        return not held and day <= on and _tied(person, car, day) is not None

    hold = _tied(person, car, _day(kept[-1]))
    assert hold is not None, "a pass that fits lies in the time of a tie"
    best = tuple(windows(kept, on, free, rule))
    return Lead(person, car, hold, kept, found, told, best, held_out(kept, on, free, rule))


def worst(told: Told | None) -> Jump | None:
    """The jump a finding of clones rests on, if one."""
    return told.jump if told else None


def _sort(reads: Sequence[Pass], person: Barred, car: Vehicle, near: Neighbours, rule: Parameters) -> Sorted:
    fitting: list[Pass] = []
    strange: list[Pass] = []
    unsure = in_custody = untied = 0
    misread: dict[str, int] = {}
    for read in reads:
        verdict = judge(read, car.car, rule)
        if verdict in ("unsure_read", "unclear"):
            unsure += 1
        elif verdict == "differs":
            strange.append(read)
        elif inside(person.spans, _day(read)):
            in_custody += 1
        elif _tied(person, car, _day(read)) is None:
            untied += 1
        elif (other := _misread(read, car, near, rule)) is not None:
            misread[other] = misread.get(other, 0) + 1
        else:
            fitting.append(read)
    return Sorted(tuple(fitting), tuple(strange), unsure, misread, in_custody, untied)


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
