"""How many items each noun has, in one answer; counted anew only after a load, a run, a judgement or a new rule file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from backend.answers.runs import published
from backend.contract.district.common import Envelope
from backend.contract.district.counts import NounCount, NounCounts
from backend.district.answering import ALL, Listing
from backend.district.care.answers import care_list
from backend.district.chemicals.answers import chemicals_list
from backend.district.clues.answers import clues_list
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
    """The counts of the present state, for each set of rights; one object serves a whole service."""

    def __init__(self) -> None:
        self._known: dict[frozenset[Right], tuple[Hashable, list[NounCount]]] = {}

    def of(self, store: Store, viewer: Viewer) -> NounCounts:
        """One count for each noun the viewer may read, with its record."""
        with recorded(viewer, "district.counts", {}) as trace:
            found = self._counted(store, viewer)
            answer = NounCounts(count=len(found), items=found)
            trace.tell(answer)
            return answer

    def _counted(self, store: Store, viewer: Viewer) -> list[NounCount]:
        mine, state = rights(viewer), _state(store, viewer)
        before = self._known.get(mine)
        if before is None or before[0] != state:
            before = self._known[mine] = (state, _count(store, viewer))
        return before[1]


def _count(store: Store, viewer: Viewer) -> list[NounCount]:
    mine, found = rights(viewer), []
    for noun, (right, listed) in LISTS.items():
        if right in mine:
            answer = listed(store, viewer, ALL)
            found.append(NounCount(noun=noun, items=answer["count"]))
    return found


def _state(store: Store, viewer: Viewer) -> Hashable:
    """What the lists follow from: loads, the run, judgements, rule files."""
    loads = sorted(int(row["load"]) for row in store.read(viewer, "load.sources", timeout=60.0))
    files = sorted((upline_home() / "rules").glob("*.csv"))
    return (
        store.as_of,
        tuple(loads),
        published(store, viewer).run_id,
        tuple(entry.review_id for entry in ledger.entries(store, viewer)[-1:]),
        tuple((file.name, file.stat().st_mtime_ns) for file in files),
    )
