"""What every load and unload did, beside the database: one small file each, so that the database can be made anew.

``UPLINE_HOME/loads/<number>.json`` holds the load as its node has it and the properties of the files it brought. Of a file
that was taken out only the digest stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph_schema import shared_file
from graph_schema.store import LOCAL, Store
from graph_schema.store.places import read_json

FOLDER = "loads"
LoadRecord = dict[str, Any]  # a load: its properties, and under ``add`` those of its files that are loaded


def keep(store: Store) -> None:
    """Write down every finished load that is not yet; to disk before this returns."""
    folder = store.home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for row in store.read(LOCAL, "load.history", timeout=60.0):
        path = folder / f"{row['load']}.json"
        if row["state"] == "finished" and not path.exists():
            shared_file.put(
                path, json.dumps({**row, "add": _files(store, int(row["load"]))}, ensure_ascii=False)
            )


def kept(home: Path) -> list[LoadRecord]:
    """All loads written down, in their order."""
    found = [entry for path in (home / FOLDER).glob("*.json") if (entry := read_json(path)) is not None]
    return sorted(found, key=lambda entry: int(entry["load"]))


def forget(home: Path, shas: Iterable[str]) -> None:
    """Drop what is written down of files that were taken out."""
    gone = set(shas)
    for entry in kept(home):
        left = [file for file in entry["add"] if file["sha256"] not in gone]
        if len(left) < len(entry["add"]):
            path = home / FOLDER / f"{entry['load']}.json"
            shared_file.put(path, json.dumps({**entry, "add": left}, ensure_ascii=False))


def _files(store: Store, load: int) -> list[LoadRecord]:
    rows = store.read(LOCAL, "load.source_props", load=load, timeout=60.0)
    return [row["file"] for row in rows if int(row["file"]["load"]) == load]
