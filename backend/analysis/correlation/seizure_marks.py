"""Marks of seized goods (laboratory batch and packaging): who carried which, and how much sharing one still says."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter, whole_parameter

FEW = whole_parameter("correlation.seizure_marks.few")
LEAST = parameter("correlation.seizure_marks.least")


def carriers(facts: Facts, kind: Literal["batch", "packaging"]) -> dict[str, dict[int, list[str]]]:
    """Mark → person it was seized from → rows of these seizures."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for seizure in facts.seizures:
        mark = seizure.batch if kind == "batch" else seizure.packaging
        if mark and seizure.person >= 0:
            found[mark][seizure.person].extend(seizure.evidence)
    return found


def strength(holders: int) -> float:
    """1 for a mark found with at most ``FEW`` persons, less the more persons carry it, 0 below ``LEAST``."""
    shared = min(1.0, FEW / max(holders, 1))
    return shared if shared >= LEAST else 0.0
