"""Watching a noun of the district: an item it did not list before is a hit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backend.contract.district.common import AnyItem
from backend.district.answering import Listing
from backend.district.chemicals.answers import chemicals_list
from backend.district.clues.answers import clues_list
from backend.district.days import start_text
from backend.district.drivers.answers import drivers_list
from backend.district.figures.answers import figures_list
from backend.district.figures.items import DIFFERS
from backend.district.reviewed import rejected
from backend.district.risk.answers import risk_list
from backend.district.tasks.answers import tasks_list
from backend.district.water.answers import water_list
from graph_schema.language import Text
from graph_schema.store import Store, Viewer


@dataclass(frozen=True)
class WatchedItem:
    """An item as a watch tells of it: ``key`` is the same as long as it is the same finding; ``on`` its last day."""

    key: str
    named: str
    item: AnyItem
    on: str | None = None

    @property
    def why(self) -> Text:
        """The first reason; an item without any is told by its name alone."""
        first = next(iter(self.item["reasons"]), None)
        return Text(first["zh"], first["en"]) if first else Text("", "")

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about, as leads name it."""
        return tuple(f"{each['label']}:{each['id']}" for each in self.item["subjects"] if each["id"])

    @property
    def at(self) -> int | None:
        """The first moment of that day, epoch ms."""
        if self.on is None:
            return None
        return int(datetime.fromisoformat(start_text(date.fromisoformat(self.on[:10]))).timestamp() * 1000)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that speak for it, so that their yield can be told once the lead is answered."""
        return tuple(dict.fromkeys(each["rule"] for each in self.item["reasons"]))


def listed(store: Store, viewer: Viewer, noun: str, unit: str | None) -> Iterator[WatchedItem]:
    """The items of a noun that are findings, of one unit where one is named; those decided against are none."""
    for each in _OF[noun](store, viewer, Listing(unit=unit)):
        if not rejected(each.item):
            yield each


def _named(item: AnyItem) -> str:
    return "、".join(each["name"] or each["id"] for each in item["subjects"][:2])


def _clues(store: Store, viewer: Viewer, asked: Listing) -> Sequence[WatchedItem]:
    """Every clue that was joined to others: one that comes later to a known seller is news."""
    return [
        WatchedItem(
            clue, "、".join((clue, *(each for each in item["clues"] if each != clue))), item, item["last_on"]
        )
        for item in clues_list(store, viewer, asked)["items"]
        if len(item["clues"]) > 1
        for clue in item["clues"]
    ]


def _risk(store: Store, viewer: Viewer, asked: Listing) -> Sequence[WatchedItem]:
    return [
        WatchedItem(each["uscc"], _named(each), each) for each in risk_list(store, viewer, asked)["items"]
    ]


def _chemicals(store: Store, viewer: Viewer, asked: Listing) -> Sequence[WatchedItem]:
    found = chemicals_list(store, viewer, asked)["items"]
    return [WatchedItem(each["id"], _named(each), each, each["to"]) for each in found]


def _drivers(store: Store, viewer: Viewer, asked: Listing) -> Sequence[WatchedItem]:
    found = drivers_list(store, viewer, asked)["items"]
    return [WatchedItem(each["id"], _named(each), each, each["passes"][-1]["at"]) for each in found]


def _water(store: Store, viewer: Viewer, asked: Listing) -> Sequence[WatchedItem]:
    """Each alarm anew: the same site and target may rise again after it fell."""
    return [
        WatchedItem(f"{each['id']} {each['at']}", f"{each['site']} {each['target']}", each, each["at"])
        for each in water_list(store, viewer, asked)["items"]
    ]


def _figures(store: Store, viewer: Viewer, asked: Listing) -> Sequence[WatchedItem]:
    """Only figures that were reported otherwise than they are counted."""
    return [
        WatchedItem(each["id"], f"{each['figure']} {each['unit']} {each['from'][:7]}", each, each["to"])
        for each in figures_list(store, viewer, asked)["items"]
        if any(reason["rule"] == DIFFERS for reason in each["reasons"])
    ]


def _tasks(store: Store, viewer: Viewer, asked: Listing) -> Sequence[WatchedItem]:
    """Only tasks that are overdue and not done."""
    return [
        WatchedItem(each["id"], _named(each), each, each["first_due"])
        for each in tasks_list(store, viewer, asked)["items"]
        if each["overdue_days"] and each["state"] in ("not_started", "in_progress")
    ]


_OF: Mapping[str, Callable[[Store, Viewer, Listing], Sequence[WatchedItem]]] = {
    "clues": _clues,
    "risk": _risk,
    "chemicals": _chemicals,
    "drivers": _drivers,
    "water": _water,
    "figures": _figures,
    "tasks": _tasks,
}
