"""Scores care against the truth: every day exact, campaign numbers exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.contract.district.care import Campaign, CareItem
from backend.demo.nouns.care import CarePersonTruth, CareTruth
from backend.demo.score_people import Json


@dataclass(frozen=True)
class CareScore:
    """How many persons were compared, and what differs: person, what he is, what is wrong, told and true."""

    persons: int
    days: int
    wrong: tuple[str, ...]

    @property
    def exact(self) -> bool:
        return not self.wrong


def truth_of(told: Json) -> CareTruth:
    """The truth as it was saved."""
    return CareTruth(
        told["on"], [CarePersonTruth(**each) for each in told["persons"]], list(told["campaigns"])
    )


def relapses(truth: CareTruth) -> tuple[int, int]:
    """Found using again in the year, of those under a regime at home when it began."""
    followed = [each for each in truth.persons if each.followed]
    return sum(each.used for each in followed), len(followed)


def score(items: Sequence[CareItem], campaigns: Iterable[Campaign], truth: CareTruth) -> CareScore:
    """Compare the list of the truth's day."""
    by_id = {each["id"]: each for each in items}
    wrong: list[str] = []
    days = 0
    for true in truth.persons:
        item = by_id.get(true.person)
        if item is None:
            wrong.append(f"{true.person} {true.what}: not listed")
            continue
        told = _told(item)
        days += len(true.due)
        for name, value in _true(true).items():
            if told[name] != value:
                wrong.append(f"{true.person} {true.what}: {name} {told[name]} for {value}")
    figures = {(each["campaign"], each["post"]): each for each in campaigns}
    for line in truth.campaigns:
        found = figures.get((line["campaign"], line["post"]))
        if found is None or any(
            found[name] != line[name] for name in ("listed", "tested", "positive", "missing")
        ):
            wrong.append(f"{line['campaign']}: {found} for {line}")
    return CareScore(len(truth.persons), days, tuple(wrong))


def _told(item: CareItem) -> dict[str, object]:
    return {
        "ends": sorted(str(each["ends_on"]) for each in item["regimes"]),
        "suspended": sorted(each["days_suspended"] for each in item["regimes"]),
        "due": {each["on"]: each["done_on"] for each in item["due"] if each["what"] == "test"},
        "exit_on": item["exit_on"],
        "counted": item["counted"],
        "sealed": item["sealed"],
    }


def _true(true: CarePersonTruth) -> dict[str, object]:
    return {
        "ends": sorted(map(str, true.ends)),
        "suspended": sorted(true.suspended),
        "due": true.due,
        "exit_on": true.exit_on,
        "counted": true.counted,
        "sealed": true.minor,
    }
