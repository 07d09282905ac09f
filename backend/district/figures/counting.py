"""Counting: from entries to the figures of every unit; the whole is their sum, the lists are kept with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.district.figures.entries import NO_UNIT, Entry
from backend.district.figures.indicators import PERCENT_FROM, RANK_FROM, Indicator

WHOLE = "全区"


@dataclass(frozen=True)
class Figure:
    """One indicator of one unit in one period: its lists, and what they come to."""

    unit: str
    numerator: tuple[Entry, ...]
    denominator: tuple[Entry, ...] | None
    elsewhere: int = 0  # persons who count for another unit of the same period

    @property
    def n(self) -> int:
        return sum(each.count for each in self.numerator)

    @property
    def d(self) -> int | None:
        return None if self.denominator is None else sum(each.count for each in self.denominator)

    def value(self, least: int) -> float | None:
        """The count; of a share the per cent, None on too small a base."""
        if self.d is None:
            return float(self.n)
        return None if self.d < max(least, 1) else round(100.0 * self.n / self.d, 4)

    @property
    def share(self) -> float | None:
        return self.n / self.d if self.d else None

    @property
    def evidence(self) -> list[str]:
        lists = (*self.numerator, *(self.denominator or ()))
        return list(dict.fromkeys(row for each in lists for row in each.evidence))


def count(above: Sequence[Entry], below: Sequence[Entry] | None) -> dict[str, Figure]:
    """The figure of every unit that has any, and of the whole, from what is counted and what it is divided by.

    A person counts once in a period, for the unit that was first; so units add up to the whole.
    """
    owner: dict[str, str] = {}
    bottom = _once(below, owner) if below is not None else None
    top = _once(above, owner)
    touched = _units_of(above)
    units = sorted({*top, *(bottom or {}), *touched})
    found = {
        unit: Figure(
            unit,
            tuple(top.get(unit, ())),
            None if bottom is None else tuple(bottom.get(unit, ())),
            sum(owner.get(key, unit) != unit for key in touched.get(unit, ())),
        )
        for unit in units
    }
    every = [entry for unit in units for entry in top.get(unit, ())]
    under = None if bottom is None else tuple(entry for unit in units for entry in bottom.get(unit, ()))
    return {WHOLE: Figure(WHOLE, tuple(every), under), **found}


def _once(entries: Sequence[Entry], owner: dict[str, str]) -> dict[str, list[Entry]]:
    """Entries by unit, each key once: of several the earliest, with the rows of all."""
    first: dict[str, Entry] = {}
    rows: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: (each.day, each.unit, each.evidence)):
        first.setdefault(entry.key, entry)
        rows[entry.key] += entry.evidence
    found: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in first.items():
        unit = owner.setdefault(key, entry.unit)
        found[unit].append(
            Entry(**{**entry.__dict__, "unit": unit, "evidence": tuple(dict.fromkeys(rows[key]))})
        )
    return found


def _units_of(entries: Sequence[Entry]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        found[entry.unit].add(entry.key)
    return found


def ranks(
    figures: Mapping[str, Figure], indicator: Indicator, targets: Mapping[str, float]
) -> dict[str, int]:
    """Places of units, ties shared (1, 2, 2, 4); only with five or more below the line.

    A share is ranked by itself, a count by its target; what has neither has no place.
    """
    scores: dict[str, float] = {}
    for unit, figure in figures.items():
        if unit in (WHOLE, NO_UNIT):
            continue
        below = figure.d if figure.d is not None else targets.get(unit)
        if below is not None and below >= RANK_FROM:
            scores[unit] = figure.n / below
    if indicator.better in ("down", "zero"):
        return {unit: 1 + sum(other < score for other in scores.values()) for unit, score in scores.items()}
    return {unit: 1 + sum(other > score for other in scores.values()) for unit, score in scores.items()}


def change(now: float | None, before: float | None, *, share: bool = False) -> float | None:
    """Relative to the period before; of a count none on a base below twenty, whose per cent would say nothing."""
    if now is None or before is None or before < PERCENT_FROM * (not share) or before == 0:
        return None
    return round((now - before) / before, 6)


def completion(value: float | None, target: float | None) -> float | None:
    """Done ÷ target; none on a target below twenty."""
    if value is None or target is None or target < PERCENT_FROM:
        return None
    return round(value / target, 6)
