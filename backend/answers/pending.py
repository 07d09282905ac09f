"""Changes since the published run began that its answers do not include: files loaded or taken out, and judgements."""

from __future__ import annotations

from collections.abc import Iterable

from backend.answers.shape import time_text
from backend.contract.runs import Pending
from backend.judgements import ledger
from backend.judgements.words import FROM_NEXT_RUN
from backend.security.audited import audited
from graph_schema.store import Props, Store, Viewer


@audited("runs.pending")
def pending(store: Store, viewer: Viewer) -> Pending:
    """How many files came and went and how many judgements changed since the published run read the graph.

    What came and went again in between, or was judged and taken back, is as it was and counts for nothing.
    """
    runs = store.read(viewer, "run.current")
    run: Props = runs[0] if runs else {"run_id": None, "load": 0, "started_at": 0}
    history = store.read(viewer, "load.history", timeout=60.0)
    then = _present(row for row in history if row["load"] <= run["load"])
    now = {str(row["sha256"]) for row in store.read(viewer, "load.sources", timeout=60.0)}
    loaded, unloaded, judged = len(now - then), len(then - now), _judged(store, viewer, run["started_at"])
    return {
        "run": run["run_id"],
        "since": time_text(run["started_at"]) if run["run_id"] else None,
        "loaded": loaded,
        "unloaded": unloaded,
        "judged": judged,
        "pending": bool(loaded or unloaded or judged),
    }


def _present(history: Iterable[Props]) -> set[str]:
    """The files that were in after these loads and unloads."""
    files: set[str] = set()
    for row in sorted(history, key=lambda row: int(row["load"])):
        if row["action"] == "load":
            files.update(row["files"] or ())
        else:
            files.difference_update(row["files"] or ())
    return files


def _judged(store: Store, viewer: Viewer, since: int) -> int:
    """Subjects about which something else stands now than stood when the run began."""
    changed = 0
    for kind in FROM_NEXT_RUN:
        entries = ledger.entries(store, viewer, kind)
        then = ledger.verdicts([entry for entry in entries if entry.at < since])
        now = ledger.verdicts(entries)
        changed += sum(
            (then[about].verdict if about in then else None) != (now[about].verdict if about in now else None)
            for about in then.keys() | now.keys()
        )
    return changed
