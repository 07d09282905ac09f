"""A worker as the service's own, but for two questions that never end: of 7 key players in the database, of 9 in Python."""

from __future__ import annotations

from typing import Any

from backend import answers
from backend.api.worker import main
from graph_schema.store import Store

SLOW = "UNWIND range(1, $n) AS a UNWIND range(1, $n) AS b WITH a, b WHERE (a + b) % 7 = 8 RETURN count(*) AS total"
_asked = answers.gang_measures


def gang_measures(store: Store, viewer: Any, gang_id: str, *, k: int, **more: Any) -> Any:
    if k == 7:
        store._asked("asked.slow", SLOW, {"n": 60_000}, 60.0)
    while k == 9:
        sum(range(1000))
    return _asked(store, viewer, gang_id, k=k, **more)


if __name__ == "__main__":
    answers.gang_measures = gang_measures  # type: ignore[assignment]
    main()
