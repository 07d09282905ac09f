"""What a run derives in the district: clues of one seller, what rules point at, proposed classes of care.

The nouns' answers are worked out when asked. A run keeps what they said then as relationships: SAME_OFFER between clues,
FLAGS from the run to what a rule points at, RATES to entries of persons in care (closed to case roles by its circle).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from backend.contract.district.common import AnyItem
from backend.district.answering import Listing, asked_day
from backend.district.care.answers import proposals
from backend.district.chemicals.answers import chemicals_list
from backend.district.clues.answers import Board
from backend.district.drivers.answers import drivers_list
from backend.district.risk.answers import risk_list
from backend.district.tasks.answers import tasks_list
from backend.district.water.answers import water_list
from backend.runs.derived import Derived
from graph_schema.store import Store, Viewer

MOST_ROWS = 200
"""Rows kept with one relationship."""


def derive(store: Store, viewer: Viewer) -> Derived:
    """Everything the nouns say on the day of the newest row."""
    day = asked_day(store, viewer, None)
    flags: dict[str, list[list[object]]] = {}
    for listed in LISTS:
        for item in listed(store, viewer, Listing(day)):
            for label, row in _flags(item):
                flags.setdefault(label, []).append(row)
    classes: list[list[object]] = [
        [each.told.resident_id, each.proposed, _json([dict(factor) for factor in each.factors])]
        for each in proposals(store, viewer, day)
    ]
    return Derived(_offers(Board(store, viewer, day)), flags, classes)


def _offers(board: Board) -> list[list[object]]:
    """Each pair of clues once, with its first reason; what persons said holds as in the answers."""
    found: dict[tuple[str, str], list[object]] = {}
    for group in board.groups:
        for join in group.joins:
            pair = (join.a, join.b) if join.a < join.b else (join.b, join.a)
            why = f"{join.kind} {join.shown}".strip()
            found.setdefault(pair, [*pair, why, join.score, list(join.evidence[:MOST_ROWS])])
    return list(found.values())


def _flags(item: AnyItem) -> Iterator[tuple[str, list[object]]]:
    """What each rule of an item points at: its first subject that has a node."""
    subject = next((each for each in item["subjects"] if each["label"] in POINTED_AT), None)
    if subject is None:
        return
    rows: dict[str, list[str]] = {}
    for reason in item["reasons"]:
        rows.setdefault(reason["rule"], []).extend(reason["evidence"])
    for rule, evidence in rows.items():
        yield (
            subject["label"],
            [subject["id"], rule, item["score"], list(dict.fromkeys(evidence))[:MOST_ROWS]],
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


POINTED_AT = ("Company", "Vehicle", "Sewer", "Task")
"""Labels of what rules point at: never a person; of a barred driver it is the vehicle."""
LISTS: Sequence[Callable[[Store, Viewer, Listing], Sequence[AnyItem]]] = (
    lambda store, viewer, asked: risk_list(store, viewer, asked)["items"],
    lambda store, viewer, asked: chemicals_list(store, viewer, asked)["items"],
    lambda store, viewer, asked: drivers_list(store, viewer, asked)["items"],
    lambda store, viewer, asked: water_list(store, viewer, asked)["items"],
    lambda store, viewer, asked: tasks_list(store, viewer, asked)["items"],
)
