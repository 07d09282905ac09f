"""What ``list``, ``show`` and ``check`` of every noun have in common: the day, the period, the envelope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from backend.contract.district.common import AnyItem, AskedOf, Envelope, Rule
from backend.district.days import day_of, start_text
from backend.district.passes import newest_pass
from graph_schema.beijing import now
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

I = TypeVar("I", bound=AnyItem)  # noqa: E741


@dataclass(frozen=True)
class Listing:
    """What a list may be asked for: the day, a period (both days included), a unit, how many items."""

    on: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    unit: str | None = None
    limit: int | None = None

    def asked(self, **more: str | int | bool | None) -> AskedOf:
        """The options that were given, as the envelope repeats them."""
        own = {"on": self.on, "from": self.first, "to": self.last, "unit": self.unit, "limit": self.limit}
        return plain({**own, **more})

    def within(self, day: str | None) -> bool:
        """Whether a day (ISO text) lies in the period; without a period every item does, one without a day too."""
        if self.first is None and self.last is None:
            return True
        if day is None:
            return False
        first = self.first.isoformat() if self.first else ""
        return first <= day <= (self.last.isoformat() if self.last else "9999")


ALL = Listing()
"""Everything, on the day of the newest row."""


def plain(asked: Mapping[str, dt.date | str | int | bool | None]) -> AskedOf:
    """Options as JSON; those not given are left out."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asked.items()
        if value is not None
    }


def asked_day(store: Store, viewer: Viewer, on: dt.date | None) -> dt.date:
    """The day an answer is for: the one asked for, else that of the newest row of something that happened."""
    if on is not None:
        return on
    known = store.read(viewer, "district.newest", timeout=60.0)[0]["at"], newest_pass(store, viewer)
    newest = max((at for at in known if at is not None), default=None)
    return day_of(newest) or now().date()


def envelope(
    store: Store,
    viewer: Viewer,
    command: str,
    asked: AskedOf,
    on: dt.date,
    rules: Sequence[Rule],
    count: int,
    left_out: int,
    run: str | None = None,
) -> Envelope:
    """What stands around the items of every answer."""
    return {
        "command": command,
        "asked": asked,
        "as_of": store.as_of if store.as_of is not None else _newest_load(store, viewer),
        "run": run,
        "on": start_text(on),
        "rules": list(rules),
        "count": count,
        "left_out": left_out,
    }


def cut(items: Sequence[I], limit: int | None) -> tuple[list[I], int]:
    """The first ``limit`` items, and how many are left out."""
    shown = list(items if limit is None else items[:limit])
    return shown, len(items) - len(shown)


def one(items: Sequence[I], item_id: str, noun: Text) -> I:
    """The item of an id. Raises ``NotFound`` naming the noun."""
    for each in items:
        if each["id"] == item_id:
            return each
    raise NotFound(Text(f"没有{noun.zh} {item_id}", f"there is no {noun.en} {item_id}"))


def _newest_load(store: Store, viewer: Viewer) -> int | None:
    loads = [int(row["load"]) for row in store.read(viewer, "load.sources", timeout=60.0)]
    return max(loads, default=None)
