"""How many items each noun has; a noun is counted anew only where its list can have become another.

That is after a load, a run or a new rule file; judgements put a list in another order, those on offers alone change how
many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path

from backend.answers.runs import published
from backend.contract.district.common import Envelope
from backend.contract.district.counts import NounCount, NounCounts
from backend.district.answering import ALL, Listing
from backend.district.care.answers import care_list
from backend.district.chemicals.answers import chemicals_list
from backend.district.clues.answers import OFFER, clues_list
from backend.district.drivers.answers import drivers_list
from backend.district.figures.answers import figures_list
from backend.district.risk.answers import risk_list
from backend.district.tasks.answers import tasks_list
from backend.district.water.answers import water_list
from backend.judgements import ledger
from backend.security.audited import recorded
from backend.security.rights import Right, rights
from graph_schema.home import upline_home
from graph_schema.store import Store, Viewer

LISTS: Mapping[str, tuple[Right, Callable[[Store, Viewer, Listing], Envelope]]] = {
    "clues": (Right.CASES, clues_list),
    "risk": (Right.CASES, risk_list),
    "chemicals": (Right.CASES, chemicals_list),
    "drivers": (Right.CASES, drivers_list),
    "care": (Right.CARE, care_list),
    "water": (Right.CASES, water_list),
    "figures": (Right.LEDGER, figures_list),
    "tasks": (Right.CASES, tasks_list),
}


class DistrictCounts:
    """The counts of the present state, for each graph, noun and set of rights; one object serves a whole service."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str, frozenset[Right]], tuple[Hashable, int]] = {}

    def of(self, store: Store, viewer: Viewer, noun: str | None = None) -> NounCounts:
        """One count for each noun the viewer may read, or for one of them, with its record."""
        with recorded(viewer, "district.counts", {"noun": noun} if noun else {}) as trace:
            mine, state = rights(viewer), _state(store, viewer)
            found = [
                NounCount(noun=name, items=self._counted(store, viewer, name, state))
                for name, (right, _) in LISTS.items()
                if right in mine and noun in (None, name)
            ]
            answer = NounCounts(count=len(found), items=found)
            trace.tell(answer)
            return answer

    def _counted(self, store: Store, viewer: Viewer, noun: str, state: Hashable) -> int:
        key = store.home, noun, rights(viewer)
        now = (state, _offers(store, viewer)) if noun == "clues" else state
        before = self._known.get(key)
        if before is None or before[0] != now:
            before = self._known[key] = (now, LISTS[noun][1](store, viewer, ALL)["count"])
        return before[1]


def _state(store: Store, viewer: Viewer) -> Hashable:
    """What all lists follow from: loads, the run, rule files."""
    loads = sorted(int(row["load"]) for row in store.read(viewer, "load.sources", timeout=60.0))
    files = sorted((upline_home() / "rules").glob("*.csv"))
    return (
        store.as_of,
        tuple(loads),
        published(store, viewer).run_id,
        tuple((file.name, file.stat().st_mtime_ns) for file in files),
    )


def _offers(store: Store, viewer: Viewer) -> Hashable:
    """The newest judgement on two clues: those put sellers together or apart."""
    return tuple(entry.review_id for entry in ledger.entries(store, viewer, OFFER)[-1:])
