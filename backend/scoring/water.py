"""Scores the list of waste water against the truth: jumps found in time, wrong alarms, the next manhole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.demo.score_people import Json

_IN_TIME = 2  # samples


@dataclass(frozen=True)
class PlantedJump:
    """A planted jump: the samples taken since it began (the jump is in all of them), and whether it was poured away."""

    site: str
    target: str
    days: Sequence[str]
    disposal: bool = False


@dataclass(frozen=True)
class WaterScore:
    """Planted jumps, those found within two samples, what else is listed, and how the next manhole was chosen."""

    planted: int
    found: int
    wrong: tuple[str, ...]
    searched: int
    halved: int

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def right(self) -> float:
        return self.halved / self.searched if self.searched else 1.0


def score(
    items: Sequence[Json],
    planted: Sequence[PlantedJump],
    sewers: Mapping[str, tuple[str, int]],
    firms: Mapping[str, float] | None = None,
    least: int = 300,
) -> WaterScore:
    """``sewers``: node → downstream and the people at it; ``firms``: node → weight of its firms."""
    listed = {(each["site"], each["target"]): each for each in items}
    found = [
        each
        for each in planted
        if (item := listed.get((each.site, each.target))) is not None and item["at"] in each.days[:_IN_TIME]
    ]
    known = {(each.site, each.target) for each in planted}
    wrong = tuple(sorted("|".join(key) for key in listed.keys() - known))
    searched = [item for item in items if item["upstream"] and item["score"] > 0]
    halved = sum(_halves(item, sewers, firms or {}, least) for item in searched)
    return WaterScore(len(planted), len(found), wrong, len(searched), halved)


def _halves(
    item: Json, sewers: Mapping[str, tuple[str, int]], firms: Mapping[str, float], least: int
) -> bool:
    """Whether no node that may be sampled splits the whole catchment nearer to half than the one named."""
    root = item["node"]
    behind = {node: _behind(node, sewers) for node in sewers}
    inside = [node for node in sewers if root in _way(node, sewers)]
    by_firms = item["origin"] in ("disposal", "manufacture") and any(node in firms for node in inside)
    weight = {node: firms.get(node, 0.0) if by_firms else float(sewers[node][1]) for node in inside}
    whole = sum(weight.values())
    allowed = [node for node in inside if sum(sewers[each][1] for each in behind[node]) >= least]
    apart = {node: abs(sum(weight[each] for each in behind[node]) - whole / 2) for node in allowed}
    chosen = [each["node"] for each in item["upstream"] if each["next"]]
    return len(chosen) == 1 and chosen[0] in apart and apart[chosen[0]] <= min(apart.values()) + 1e-9


def _way(node: str, sewers: Mapping[str, tuple[str, int]]) -> list[str]:
    """The nodes the water of a node passes, itself first."""
    way = [node]
    while way[-1] in sewers:
        way.append(sewers[way[-1]][0])
    return way


def _behind(node: str, sewers: Mapping[str, tuple[str, int]]) -> list[str]:
    return [each for each in sewers if node in _way(each, sewers)]
