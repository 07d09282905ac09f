"""Scores the list of barred drivers against the truth: found, blamed, and windows in weeks not looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.contract.district.drivers import DriverLead
from backend.demo.nouns.drivers import LeadTruth


@dataclass(frozen=True)
class DriversScore:
    """Planted barred drivers found, innocents named without doubt about the plate, windows hit in held-out weeks."""

    planted: int
    found: int
    missed: tuple[str, ...]
    blamed: tuple[str, ...]
    windows: int
    chances: int
    hits: int

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def hit_rate(self) -> float:
        return self.hits / self.chances if self.chances else 0.0


def score(items: Sequence[DriverLead], truth: Iterable[LeadTruth], on: date, weeks: int = 3) -> DriversScore:
    """Items as of ``on``; passes of the ``weeks`` after it are held out and only counted here."""
    every = list(truth)
    kind = {each.person: each.what for each in every}
    barred = {(each.person, each.vehicle): each for each in every if each.barred}
    named = {(each["person"]["id"], _id(each)): each for each in items if _names(each)}
    found = barred.keys() & named.keys()
    blamed = sorted(f"{kind[p]} {p}" for p, car in named if kind.get(p, "barred") != "barred")
    windows = chances = hits = 0
    for key in found:
        for window in named[key]["windows"]:
            windows += 1
            days = _days(on, window["weekday"], weeks)
            chances += len(days)
            hits += sum(
                _hit(barred[key], window["camera"], day, window["from"], window["to"]) for day in days
            )
    missed = tuple(sorted(" ".join(key) for key in barred.keys() - found))
    return DriversScore(len(barred), len(found), missed, tuple(blamed), windows, chances, hits)


def _names(item: DriverLead) -> bool:
    """Whether an item points at a person: not where the plate is doubted."""
    return item["clone"] is None or item["clone"]["state"] == "misread"


def _id(item: DriverLead) -> str:
    return f"{item['vehicle']['plate']}|{item['vehicle']['plate_kind']}"


def _days(on: date, weekday: int, weeks: int) -> list[date]:
    first = on + timedelta(days=(weekday - on.isoweekday() - 1) % 7 + 1)
    return [first + timedelta(days=7 * week) for week in range(weeks)]


def _hit(truth: LeadTruth, camera: str, day: date, first: str, last: str) -> bool:
    times = [datetime.fromisoformat(at) for at, seen in truth.passes if seen == camera]
    return any(at.date() == day and first <= f"{at:%H:%M}" <= last for at in times)
