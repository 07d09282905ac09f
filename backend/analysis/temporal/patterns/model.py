"""What a pattern of money is, and within which limits it is sought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from backend.analysis.model.kinds import PatternKind
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.temporal.transfers import Transfers
from graph_schema.arrays import Ints

HOUR = 3_600_000
WINDOW = round(parameter("temporal.patterns.window") * HOUR)
LEAST = whole_parameter("temporal.patterns.least")
FAN_LEAST = whole_parameter("temporal.patterns.fan_least")
RATIO = (parameter("temporal.patterns.least_ratio"), parameter("temporal.patterns.most_ratio"))
LAYERS = whole_parameter("temporal.patterns.layers")
FAN = whole_parameter("temporal.patterns.fan")
MOST = whole_parameter("temporal.patterns.most")

PATTERN_KINDS: tuple[PatternKind, ...] = get_args(PatternKind)


@dataclass(frozen=True)
class PatternLimits:
    """Within what a pattern is sought. Times are ms.

    ``window`` is the longest time of one stage, ``least`` the least number of branches (of hops in a cycle, of
    payments passed on), ``ratio`` what leaves through what came in. ``exchange`` lets the currency change; amounts
    of two currencies are not compared. ``fan`` events of a node are looked at in one window, ``most`` walks in all.
    """

    window: int = WINDOW
    least: int = LEAST
    ratio: tuple[float, float] = RATIO
    layers: int = LAYERS
    exchange: bool = False
    first: int | None = None
    last: int | None = None
    fan: int = FAN
    most: int = MOST


def least_of(kind: PatternKind) -> int:
    """How many branches a pattern of this kind needs where nobody says otherwise."""
    return FAN_LEAST if kind in ("fan_in", "fan_out") else LEAST


@dataclass(frozen=True)
class Pattern:
    """One pattern: by stage the events, in order of time.

    ``centre`` are the nodes it turns about, none for a bipartite layer. ``branches`` is what ``PatternLimits.least`` counts.
    ``share`` is what left through what came in where all is of one currency and the kind has two stages.
    """

    kind: PatternKind
    centre: tuple[int, ...]
    stages: tuple[tuple[int, ...], ...]
    branches: int
    share: float | None = None

    @property
    def events(self) -> tuple[int, ...]:
        return tuple(event for stage in self.stages for event in stage)


@dataclass(frozen=True)
class Patterns:
    """All patterns of a kind, those with most branches first; ``cut`` are nodes of which not all events were seen."""

    found: tuple[Pattern, ...]
    truncated: bool
    cut: tuple[int, ...]


def timed(transfers: Transfers, limits: PatternLimits) -> Ints:
    """The events a pattern may use, in order of time: with a time inside the limits, from one node to another."""
    first = 0 if limits.first is None else limits.first
    fits = (transfers.at >= max(first, 0)) & (transfers.source != transfers.target)
    if limits.last is not None:
        fits &= transfers.at <= limits.last
    return np.flatnonzero(
        fits & ~transfers.stop[transfers.source] & ~transfers.stop[transfers.target]
    ).astype(np.int64)


def share_of(transfers: Transfers, came: tuple[int, ...], left: tuple[int, ...]) -> float | None:
    """What left through what came in; None where several currencies take part or nothing came in."""
    both = np.array([*came, *left], dtype=np.int64)
    total = int(transfers.fen[list(came)].sum())
    if total <= 0 or len(np.unique(transfers.unit[both])) > 1:
        return None
    return int(transfers.fen[list(left)].sum()) / total


def sums_alike(
    transfers: Transfers, came: tuple[int, ...], left: tuple[int, ...], limits: PatternLimits
) -> bool:
    """Whether the sums fit the ratio; across currencies only where an exchange may lie between."""
    share = share_of(transfers, came, left)
    if share is None:
        return limits.exchange
    return limits.ratio[0] <= share <= limits.ratio[1]
