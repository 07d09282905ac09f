"""Speeds between cameras that one car cannot reach, with the clocks' error; drifting clocks are put right first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from backend.district.drivers.parameters import Parameters
from backend.district.passes import Pass, Trips

_EARTH_KM = 6371.0088
_FEW_VEHICLES = 20
_FEW_NEIGHBOURS = 2

Where = Mapping[str, tuple[float, float]]
"""Longitude and latitude of each camera."""


@dataclass(frozen=True)
class Jump:
    """Two reads of one plate that follow each other too fast; ``least_kmh`` grants the clocks their error."""

    first: Pass
    second: Pass
    km: float
    seconds: float
    least_kmh: float

    @property
    def kmh(self) -> float:
        """Speed by the clocks as they stand; where they show the same second, the least it can have been."""
        return self.km / self.seconds * 3600 if self.seconds > 0 else self.least_kmh


@dataclass(frozen=True)
class Roads:
    """What is known of the way between cameras: where they stand, how long others took, how wrong their clocks are."""

    where: Where
    trips: Mapping[tuple[str, str], Trips]
    offsets: Mapping[str, float]


def kmh_between(km: float, seconds: float, error_s: float) -> tuple[float, float]:
    """Least and greatest speed over a distance, each clock wrong by up to ``error_s``."""
    slow = km / (seconds + 2 * error_s) * 3600
    fast = seconds - 2 * error_s
    return slow, km / fast * 3600 if fast > 0 else math.inf


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (longitude, latitude): no road is shorter."""
    (x1, y1), (x2, y2) = ((math.radians(lon), math.radians(lat)) for lon, lat in (a, b))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(h))


def apart(positions: Mapping[str, Sequence[tuple[float, float]]], least_km: float) -> dict[str, float]:
    """Cameras that stand at two places, and how far these lie apart: moved, or written wrong in some file.

    Where such a camera stood when it read a plate nobody can tell, so no speed is judged by it.
    """
    far = {
        camera: max((distance_km(a, b) for a, b in combinations(places, 2)), default=0.0)
        for camera, places in positions.items()
    }
    return {camera: round(km, 3) for camera, km in sorted(far.items()) if km >= least_km}


def jumps(reads: Sequence[Pass], roads: Roads, rule: Parameters) -> list[Jump]:
    """Reads in order of time whose cameras are too far apart for one car."""
    timed = sorted(
        (read.at / 1000 - roads.offsets.get(read.camera, 0.0), n)
        for n, read in enumerate(reads)
        if read.precision == "second" and read.camera in roads.where
    )
    found = []
    for (before, i), (after, k) in pairwise(timed):
        a, b = reads[i], reads[k]
        km = distance_km(roads.where[a.camera], roads.where[b.camera])
        seconds = after - before
        if km < rule.number("least_km") or _usual(roads.trips.get((a.camera, b.camera)), seconds, rule):
            continue
        least, _ = kmh_between(km, seconds, rule.number("clock_error_s"))
        if least > rule.number("check_kmh"):
            found.append(Jump(a, b, round(km, 3), round(seconds, 3), least))
    return found


def _usual(trips: Trips | None, seconds: float, rule: Parameters) -> bool:
    """Whether others take hardly longer on this very way: then no speed limit says anything."""
    return (
        trips is not None
        and trips.vehicles >= _FEW_VEHICLES
        and seconds >= trips.fast_s * rule.number("fast_share")
    )


def clock_offsets(trips: Mapping[tuple[str, str], Trips], least_s: float) -> dict[str, float]:
    """Seconds by which a camera's clock is ahead, found from median times there and back.

    A clock that is ahead makes every way to it longer and every way from it shorter by the same; a neighbour's
    own error shows with one neighbour only, so the median over the neighbours is the camera's. Cameras with one
    neighbour are left as they are: which of the two is wrong cannot be told.
    """
    seen: dict[str, list[float]] = defaultdict(list)
    for (a, b), there in trips.items():
        back = trips.get((b, a))
        if back is not None and min(there.vehicles, back.vehicles) >= _FEW_VEHICLES:
            seen[b].append((there.median_s - back.median_s) / 2)
    middle = {camera: median(each) for camera, each in seen.items() if len(each) >= _FEW_NEIGHBOURS}
    return {camera: value for camera, value in middle.items() if abs(value) >= least_s}
