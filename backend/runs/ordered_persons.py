"""The same payments between persons: who holds what in the published run, indexed once per run on disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from backend.analysis.temporal.transfers import Transfers, indexed
from backend.runs.observed import columns, names
from backend.runs.ordered_store import KeptState, load_transfers, read_text, write_text, write_transfers
from graph_schema.store import Store, Viewer

TIMEOUT = 600.0


@dataclass(frozen=True)
class PersonTransfers:
    """Transfers between persons; ``names`` are person ids, or the reference of a node nobody holds."""

    names: pa.Array
    transfers: Transfers

    def find(self, name: str) -> int:
        """Node number of a person id or reference, -1 where no payment names it."""
        return find(self.names, name)


def find(names: pa.Array, name: str) -> int:
    """Position of a text in a column of texts, -1 where it is not there."""
    return int(pc.index(names, pa.scalar(name, names.type)).as_py())


def person_arrays(store: Store, viewer: Viewer, kept: KeptState, run: str) -> PersonTransfers:
    """The arrays of ``kept`` by holder in ``run``; an own transfer of a person is no hop."""
    folder = kept.folder / f"persons-{run or 'none'}"
    if not (folder / "names.arrow").exists():
        _make(store, viewer, kept, run, folder)
    return PersonTransfers(read_text(folder, "names"), load_transfers(folder))


def _make(store: Store, viewer: Viewer, kept: KeptState, run: str, folder: Path) -> None:
    holder: dict[str, str] = {}
    passing: set[str] = set()
    for label in ("Account", "Phone"):
        row = columns(store, viewer, "ordered.holders", names(label), run=run)
        for key, person, platform in zip(row["keys"], row["persons"], row["platforms"], strict=True):
            holder[f"{label}:{key}"] = person
            if platform:
                passing.add(person)
    refs = kept.refs.to_pylist()
    known = [holder.get(ref, ref) for ref in refs]
    people = sorted(set(known))
    number = {name: n for n, name in enumerate(people)}
    of = np.array([number[name] for name in known], dtype=np.int32)
    stop = np.array([name in passing for name in people], dtype=np.bool_)
    stop[of[np.asarray(kept.transfers.stop)]] = True
    old = kept.transfers
    made = indexed(of[old.source], of[old.target], old.at, old.precision, old.fen, old.unit, stop)
    scratch = folder.with_name(f".{folder.name}-{uuid4().hex[:8]}")
    scratch.mkdir()
    write_transfers(scratch, made)
    write_text(scratch, "names", pa.array(people, pa.large_string()))
    for other in kept.folder.glob("persons-*"):
        shutil.rmtree(other, ignore_errors=True)  # of a run that is no longer published
    scratch.replace(folder)
