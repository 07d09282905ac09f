"""The published weights of the scored model, read strictly from ``weights.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import Any

import yaml

from graph_schema.errors import InputError
from graph_schema.language import Text

DEFAULT = Path(__file__).with_name("weights.yaml")
_HEAD = {"version", "expected_twins", "shown_from", "comparisons"}
_LEVEL = ({"zh", "en", "m", "u"}, {"zh", "en", "m", "per_holder"})

FEWEST = 500
"""Fewer holders count as so many: the files of one case are drawn from a larger town."""


@dataclass(frozen=True)
class ComparisonLevel:
    """One outcome of a comparison: how often among the same and among others."""

    name: str
    zh: str
    en: str
    m: float
    u: float
    per_holder: bool

    def chance(self, holders: int) -> float:
        """How often two different holders show it, among so many."""
        return min(self.u / max(holders, FEWEST), 0.5) if self.per_holder else self.u

    def weight(self, holders: int) -> float:
        """What it adds to the log-odds."""
        return log(self.m / self.chance(holders))


@dataclass(frozen=True)
class Comparison:
    """One thing compared, its outcomes from strongest to weakest, and where the values come from."""

    name: str
    zh: str
    en: str
    source: str
    levels: dict[str, ComparisonLevel]


@dataclass(frozen=True)
class IdentityWeights:
    """The whole model."""

    version: str
    expected_twins: float
    shown_from: float
    comparisons: dict[str, Comparison]

    def prior(self, holders: int) -> float:
        """Chance that two of so many holders, taken at random, are one person."""
        return min(2 * self.expected_twins / max(holders, FEWEST), 0.1)


@cache
def load_weights(path: Path = DEFAULT) -> IdentityWeights:
    """Read a weight file; an unknown, missing or impossible entry is an ``InputError`` that names it."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != _HEAD:
        raise InputError(
            Text(f"{path.name} 须恰有 {sorted(_HEAD)}", f"{path.name}: needs exactly {sorted(_HEAD)}")
        )
    comparisons = {name: _comparison(path, name, entry) for name, entry in raw["comparisons"].items()}
    return IdentityWeights(
        str(raw["version"]), float(raw["expected_twins"]), float(raw["shown_from"]), comparisons
    )


def _comparison(path: Path, name: str, entry: Any) -> Comparison:
    if not isinstance(entry, dict) or set(entry) != {"zh", "en", "source", "levels"}:
        raise InputError(
            Text(
                f"{path.name}：{name} 须有 zh、en、source 和 levels",
                f"{path.name}: {name} needs zh, en, source and levels",
            )
        )
    levels = {level: _level(path, f"{name}.{level}", values) for level, values in entry["levels"].items()}
    return Comparison(name, entry["zh"], entry["en"], entry["source"], levels)


def _level(path: Path, name: str, values: Any) -> ComparisonLevel:
    if not isinstance(values, dict) or set(values) not in _LEVEL:
        raise InputError(
            Text(
                f"{path.name}：{name} 须有 zh、en、m 和 u（或 per_holder）",
                f"{path.name}: {name} needs zh, en, m and u or per_holder",
            )
        )
    m, scaled = values["m"], "per_holder" in values
    u = values["per_holder" if scaled else "u"]
    if not (isinstance(m, float) and 0 < m < 1 and isinstance(u, float) and u > 0 and (scaled or u < 1)):
        raise InputError(
            Text(
                f"{path.name}：{name} 的 m、u 须在 0 与 1 之间",
                f"{path.name}: {name}: m and u lie between 0 and 1",
            )
        )
    return ComparisonLevel(name.rpartition(".")[2], values["zh"], values["en"], m, u, scaled)
