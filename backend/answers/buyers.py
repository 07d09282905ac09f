"""A person's suppliers, their other buyers, and sellers who supply each other."""

from __future__ import annotations

from typing import Literal

from backend.analysis.network.mutual_supply import markets
from backend.answers.endpoints import person_meant
from backend.answers.people import people
from backend.answers.runs import Run, bounds, on_run
from backend.answers.supplies import THRESHOLD, edges
from backend.contract.supplies import Buyers, SupplierOf, SupplyEdge
from backend.judgements.overlay import Overlay
from backend.security.audited import audited
from graph_schema.store import Store, Viewer

MOST = 2_000


@audited("buyers", "person")
@on_run
def buyers(store: Store, viewer: Viewer, run: Run, person: str, *, min_score: float = THRESHOLD) -> Buyers:
    """Suppliers of a person with their signals, the other buyers of each, and the market each belongs to.

    All supplies are candidates of at least ``min_score``. Sellers who supply each other are one market:
    among them nobody is put above the others.
    """
    person_id = person_meant(store, viewer, run, person)
    overlay = Overlay.read(store, viewer)

    def listed(of: str, side: Literal["supplier", "buyer"]) -> list[SupplyEdge]:
        """Supplies of a person in which the other one is the ``side``."""
        key = run.key(of)
        rows = store.read(viewer, "supply.person_page", key=key, min_score=min_score, **bounds(MOST))
        return [edge for edge in edges(rows, overlay) if edge[side]["id"] != of]

    columns = store.read(viewer, "series.edges", timeout=60.0, prefix=run.prefix, min_score=min_score)[0]
    groups = markets(list(zip(columns["suppliers"], columns["buyers"], strict=True)))
    suppliers: list[SupplierOf] = []
    for edge in listed(person_id, "supplier"):
        supplier = edge["supplier"]["id"]
        others = [other for other in listed(supplier, "buyer") if other["buyer"]["id"] != person_id]
        suppliers.append(
            {
                **edge,
                "others": [{"buyer": other["buyer"], "score": other["score"]} for other in others],
                "market": next((group for group in groups if supplier in group), []),
            }
        )
    known = people(store, viewer, run, [person_id])
    return {
        "person": known[person_id],
        "suppliers": suppliers,
        "market": next((group for group in groups if person_id in group), []),
        "run": run.run_id,
    }
