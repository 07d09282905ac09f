"""Who holds an identifier in the published run: one holder each, with his reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from backend.answers.runs import Run
from graph_schema.declaration import load_declaration
from graph_schema.store import Store, Viewer


def held_refs(store: Store, viewer: Viewer, run: Run, refs: Iterable[str]) -> dict[str, str]:
    """Person id by node reference ``Label:key``; what nobody holds is left out."""
    labels = load_declaration().labels
    keys: dict[str, list[str]] = defaultdict(list)
    for ref in sorted(set(refs)):
        label, _, key = ref.partition(":")
        if label in labels and labels[label].identifier:
            keys[label].append(key)
    held: dict[str, str] = {}
    for label, wanted in keys.items():
        rows = store.read(viewer, "holder.some", labels={"label": label}, keys=wanted, run=run.run_id)
        held |= {f"{label}:{row['key']}": row["person"] for row in rows}
    return held
