"""Scores the list of offers against the truth by pairs of clues of one seller, and the status of what was tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from backend.contract.district.clues import OfferItem


@dataclass(frozen=True)
class CluesScore:
    """Pairs told, true and right; others (buyers, forwarders, officers) that were joined to anything; statuses told wrong."""

    told: int
    true: int
    right: int
    joined_others: tuple[str, ...]
    wrong_status: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


def score(
    items: Iterable[OfferItem],
    sellers: Mapping[str, Sequence[str]],
    others: Sequence[str],
    tested: Mapping[str, bool],
) -> CluesScore:
    """Only clues the truth knows count: what else is loaded belongs to nobody here."""
    every = list(items)
    known = {clue for clues in sellers.values() for clue in clues} | set(others)
    groups = [[clue for clue in each["clues"] if clue in known] for each in every]
    status = {each["clue"]: each["status"] == "controlled" for item in every for each in item["substances"]}
    told, true = _pairs(groups), _pairs(sellers.values())
    apart = {clue for group in groups if len(group) > 1 for clue in group} & set(others)
    wrong = tuple(sorted(clue for clue, controlled in tested.items() if status.get(clue) is not controlled))
    return CluesScore(len(told), len(true), len(told & true), tuple(sorted(apart)), wrong)


def _pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    return {(min(a, b), max(a, b)) for group in groups for a, b in combinations(group, 2)}
