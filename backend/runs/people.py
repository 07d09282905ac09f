"""The people a run is computed about: who is who, what the graph says of them, whose numbers follow each other."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from backend.analysis.model.facts import Facts, Succession
from backend.runs.facts import read_facts
from backend.runs.observed import Observed, read_observed
from backend.runs.uncollected import uncollected
from etl.intake.reports import OnProgress, Progress
from etl.resolve.features import NumberHistory
from etl.resolve.swaps import swaps
from etl.writing.tabled import event_table
from graph_schema.store import Store, Viewer


def _silent(_: Progress) -> None:
    return


@uncollected()
def read_people(
    store: Store, viewer: Viewer, progress: OnProgress = _silent
) -> tuple[Observed, Facts, NumberHistory]:
    """What a run is computed from: who is who, the facts, and which numbers follow each other, in the facts too."""
    with event_table(store, viewer, progress) as table:
        observed = read_observed(store, viewer, table)
        facts = read_facts(store, viewer, observed, table)
    network = read_network(observed, facts)
    holder = observed.holder
    facts.successions = [
        Succession(holder[swap.old], holder[swap.new], swap.share, swap.rarity, swap.lead)
        for swap in network.swaps
        if holder.get(swap.old, -1) != holder.get(swap.new, -1) and swap.old in holder and swap.new in holder
        if not swap.replaced  # a place in a circle is a question, never counted
    ]
    return observed, facts, network


def read_network(observed: Observed, facts: Facts) -> NumberHistory:
    """Spans and successions of the numbers that talk."""
    calls = facts.calls
    a, b = (pa.array(refs, pa.string()) for refs in (calls.a_ref, calls.b_ref))
    seen = pa.table({"ref": pa.chunked_array([a, b]), "at": np.concatenate((calls.at, calls.at))})
    ends = seen.group_by("ref").aggregate([("at", "min"), ("at", "max")])
    first, last = ends["at_min"].to_pylist(), ends["at_max"].to_pylist()
    spans = dict(zip(ends["ref"].to_pylist(), zip(first, last, strict=True), strict=True))
    return NumberHistory(observed.worn, spans, swaps(a, b, calls.at, observed.alone))
