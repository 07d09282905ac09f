"""Puts a restored state in place of the former one by renames that a kill cannot tear apart.

The renames are written down before the first is done. A rename already done is recognised by its target, so
carrying them out again after a kill ends in the same state.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from graph_schema.store.places import Places, read_json, write_private

LEFT_OUT = ("db", "tmp", "cache")
"""Folders of a home no backup needs; former states a restore set aside are left out as well."""


def state(home: Path) -> list[Path]:
    """Return the files and folders of a home that a backup holds, apart from the database."""
    kept_aside = ("before-", "restoring-", "importing-")
    return [
        top
        for top in sorted(home.iterdir())
        if top.name not in LEFT_OUT and not top.name.startswith(kept_aside)
    ]


def plan_data(places: Places, staging: Path, before: Path) -> None:
    """Write down the renames that put the database in ``staging`` in place, and nothing else."""
    out = [[str(places.data), str(before / "db" / "data")]] if places.data.is_dir() else []
    moves = [*out, [str(Places(staging).data), str(places.data)]]
    write_private(places.restore, json.dumps({"moves": moves, "staging": str(staging)}))


def plan(places: Places, staging: Path, before: Path) -> None:
    """Write down the renames that put ``staging`` in place and what is there now into ``before``."""
    out = [(top, before / top.name) for top in state(places.home)]
    if places.data.is_dir():
        out.append((places.data, before / "db" / "data"))
    new = staging / "home"
    into = [(top, places.home / top.name) for top in sorted(new.iterdir())] if new.is_dir() else []
    into.append((Places(staging).data, places.data))
    moves = [[str(old), str(target)] for old, target in out + into]
    write_private(places.restore, json.dumps({"moves": moves, "staging": str(staging)}))


def finish(places: Places) -> bool:
    """Carry out what is written down; False where there is nothing. Call under the start lock."""
    body = read_json(places.restore)
    if body is None:
        return False
    for old, target in ((Path(old), Path(target)) for old, target in body["moves"]):
        if old.exists() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            old.rename(target)
    shutil.rmtree(body["staging"], ignore_errors=True)
    places.restore.unlink()
    return True
