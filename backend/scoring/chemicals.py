"""How the findings of ``chemicals`` stand against the truth: what was planted is found, clean firms are left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.demo.score_people import Json


@dataclass(frozen=True)
class ChemicalFigures:
    """Found of planted by kind; false findings among all, and clean firms named."""

    planted: dict[str, int]
    found: dict[str, int]
    items: int
    false: int
    clean_named: int

    def recall(self, kind: str) -> float:
        """Share of what was planted of a kind; 1 where nothing was."""
        return self.found.get(kind, 0) / self.planted[kind] if self.planted.get(kind) else 1.0

    @property
    def false_share(self) -> float:
        return self.false / self.items if self.items else 0.0


def score(items: Sequence[Json], truth: Json) -> ChemicalFigures:
    """Compare items with the noun's truth: a planted fault is found by an item of its kind about one of its firms."""
    planted: dict[str, int] = {}
    found: dict[str, int] = {}
    bad: set[tuple[str, str]] = set()
    told = {(each["kind"], each["company"]) for each in items}
    for fault in truth["planted"]:
        kind, pairs = fault["kind"], {(fault["kind"], code) for code in fault["firms"]}
        planted[kind] = planted.get(kind, 0) + 1
        found[kind] = found.get(kind, 0) + bool(pairs & told)
        bad |= pairs
    false = [each for each in items if (each["kind"], each["company"]) not in bad]
    clean = {each["company"] for each in false} - {code for _, code in bad}
    return ChemicalFigures(planted, found, len(items), len(false), len(clean))
