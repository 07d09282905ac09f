"""Plates one character apart: whether a read of a barred plate is better explained by a regular neighbour misread."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from backend.district.passes import Pass
from graph_schema.beijing import moment

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZIO"
_DIGITS = "0123456789"
_SAME_CAR_MS = 5_000
_REGULAR_DAYS = 3
_NEAR_MINUTES = 20


def neighbours(vehicle: str) -> list[str]:
    """All plates of the same kind that differ in one character."""
    plate, _, kind = vehicle.rpartition("|")
    found = []
    for place, own in enumerate(plate):
        signs = _PROVINCES if place == 0 else _LETTERS if place == 1 else _DIGITS + _LETTERS
        found += [f"{plate[:place]}{sign}{plate[place + 1 :]}|{kind}" for sign in signs if sign != own]
    return found


class Neighbours:
    """Reads of the neighbours of one plate, by camera."""

    def __init__(self, reads: Iterable[tuple[str, int, str]]) -> None:
        self._times: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._of: dict[str, set[str]] = defaultdict(set)
        for vehicle, at, camera in reads:
            self._times[camera, vehicle].append(at)
            self._of[camera].add(vehicle)
        for times in self._times.values():
            times.sort()

    def explains(self, read: Pass) -> str | None:
        """The neighbour a read really was of, as far as the cameras show: read at the same moment, or a regular
        of this camera and hour who is missing just on this day."""
        for vehicle in sorted(self._of.get(read.camera, ())):
            times = self._times[read.camera, vehicle]
            near = bisect_left(times, read.at - _SAME_CAR_MS)
            if near < len(times) and times[near] <= read.at + _SAME_CAR_MS:
                return vehicle
            if _regular_but_today(times, read.at):
                return vehicle
        return None


def _regular_but_today(times: Sequence[int], at: int) -> bool:
    own = moment(at)
    days = {moment(time).date() for time in times if _minutes_apart(moment(time), own) <= _NEAR_MINUTES}
    around = {day for day in days if abs((day - own.date()).days) <= 28}
    return own.date() not in days and len(around) >= _REGULAR_DAYS


def _minutes_apart(a: dt.datetime, b: dt.datetime) -> int:
    apart = abs((a.hour - b.hour) * 60 + a.minute - b.minute)
    return min(apart, 24 * 60 - apart)


def by_plate(wanted: Iterable[str], reads: Iterable[tuple[str, int, str]]) -> Mapping[str, Neighbours]:
    """For each vehicle the reads of its neighbours."""
    owner: dict[str, list[str]] = defaultdict(list)
    every = sorted(wanted)
    for vehicle in every:
        for other in neighbours(vehicle):
            owner[other].append(vehicle)
    found: dict[str, list[tuple[str, int, str]]] = {vehicle: [] for vehicle in every}
    for read in reads:
        for vehicle in owner.get(read[0], ()):
            found[vehicle].append(read)
    return {vehicle: Neighbours(each) for vehicle, each in found.items()}


def expected_false(
    plates: int,
    neighbours_each: int,
    passes_each: int,
    wrong: float,
    exactly: float,
    agreeing: float,
    least: int,
) -> float:
    """Barred plates that chance alone names in a period.

    Each has some neighbours in circulation, each of those so many passes, a share read wrong, a share of that as
    exactly this plate, a share of those agreeing in looks; a plate is named by ``least`` of them.
    """
    mean = neighbours_each * passes_each * wrong * exactly * agreeing
    fewer = sum(math.exp(-mean) * mean**n / math.factorial(n) for n in range(least))
    return plates * mean if least <= 1 else plates * (1 - fewer)
