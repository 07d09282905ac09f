"""Reading care from the graph: one row per resident id."""

from __future__ import annotations

import datetime as dt

from backend.district.care.told import CareRecord, entry, regime_row, tested, visit_row
from graph_schema.identifiers import resident_id
from graph_schema.store import Row, Store, Viewer


def people(store: Store, viewer: Viewer) -> list[CareRecord]:
    """Everybody a table of care or the register names, by resident id; also those only tested or listed."""
    return [told(row) for row in store.read(viewer, "care.people", ids=None, timeout=120.0)]


def _born(number: str) -> dt.date | None:
    """Day of birth by a verified resident id; one that is not verified tells none."""
    return dt.date.fromisoformat(resident_id.birth(number)) if resident_id.is_valid(number) else None


def told(row: Row) -> CareRecord:
    """One resident id with everything told of it."""
    regimes = [found for props in row["regimes"] if (found := regime_row(props)) is not None]
    return CareRecord(
        resident_id=row["id"],
        names=tuple(dict.fromkeys(row["names"])),
        birth=_born(row["id"]),
        phones=tuple(row["phones"]),
        entries=tuple(entry(props) for props in row["entries"]),
        regimes=tuple(sorted(regimes, key=lambda each: (each.decided, each.id))),
        tests=tuple(sorted(map(tested, row["tests"]), key=lambda each: each.id)),
        visits=tuple(sorted(map(visit_row, row["visits"]), key=lambda each: each.id)),
        evidence=tuple(dict.fromkeys(row["rows"])),
    )
