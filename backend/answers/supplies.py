"""Supplies: who probably supplies whom, each with the signals it was added up from."""

from __future__ import annotations

from collections.abc import Iterable

from backend.answers.runs import Run, bounds, on_run
from backend.answers.shape import parsed, person, time_text
from backend.contract.supplies import SuppliesFound, SupplyEdge
from backend.judgements.overlay import Overlay
from backend.security.audited import audited
from graph_schema.store import Parameters, Props, Store, Viewer

SHOWN_FROM = 0.05
"""Weaker candidates are not listed at all."""
THRESHOLD = 0.5
"""From here a candidate counts as a supply on screens, in drawings and in tables."""


@audited("supplies", "person_id")
@on_run
def supplies(
    store: Store,
    viewer: Viewer,
    run: Run,
    *,
    person_id: str | None = None,
    min_score: float = SHOWN_FROM,
    limit: int | None = None,
    skip: int = 0,
) -> SuppliesFound:
    """Supply candidates of everybody, or of one person in either role, strongest first."""
    one = "" if person_id is None else "person_"
    who: Parameters = {"prefix": run.prefix} if person_id is None else {"key": run.key(person_id)}
    total = store.read(viewer, f"supply.{one}count", min_score=min_score, **who)[0]["total"]
    page = {**who, **bounds(limit, skip)}
    rows = store.stream(viewer, f"supply.{one}page", min_score=min_score, timeout=120.0, **page)
    return {"edges": edges(rows, Overlay.read(store, viewer)), "total": total, "run": run.name}


def edges(rows: Iterable[Props], overlay: Overlay) -> list[SupplyEdge]:
    """Rows of a supply query as edges of the contract, with what was decided about each."""
    return [
        overlay.of_supply(
            {
                "supplier": person(row["supplier"]),
                "buyer": person(row["buyer"]),
                "score": row["score"],
                "from": time_text(row["from_at"]),
                "to": time_text(row["to_at"]),
                "signals": parsed(row["signals"], []),
                "months": parsed(row["months"], []),
            }
        )
        for row in rows
    ]
