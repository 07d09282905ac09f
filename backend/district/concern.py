"""Persons of concern (重点人员): an entry counts only while it is valid; sealed, revoked and expired ones never do."""

from __future__ import annotations

from graph_schema.store import Props

VALID = "有效"
DAY_MS = 86_400_000


def counts(entry: Props, on: int) -> bool:
    """Whether an entry may be used on a day (its first moment in epoch ms); the last day still counts.

    A blank state is no statement that the entry is valid: it does not count.
    """
    first, last = entry.get("from_at"), entry.get("to_at")
    begun = first is None or first < on + DAY_MS
    return entry.get("watch_state") == VALID and begun and (last is None or last >= on)
