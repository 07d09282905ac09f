"""Puts a restored state in place of the former one by renames that a kill cannot tear apart.

The renames are written down before the first is done. A rename already done is recognised by its target, so
carrying them out again after a kill ends in the same state.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from graph_schema import shared_file
from graph_schema.store.places import Places, read_json

MADE_ANEW = "as-of"
"""The folder of graphs made of this home's files: as of earlier loads, or of the files somebody may see."""
LEFT_OUT = ("db", "tmp", "cache", MADE_ANEW)
"""Folders of a home no backup needs; former states a restore set aside are left out as well."""
SECRETS = ("token", "users.json")
"""What opens an installation: in a backup under a password only."""
AUDIT = "audit"
"""Folders that begin with this hold the record of who did what."""


def state(home: Path) -> list[Path]:
    """Return the files and folders of a home that a backup holds, apart from the database."""
    kept_aside = ("before-", "restoring-", "importing-")
    return [
        top
        for top in sorted(home.iterdir())
        if top.name not in LEFT_OUT and not top.name.startswith(kept_aside) and top.suffix != ".lock"
    ]


def _outlives(name: str) -> bool:
    """Whether a file of a home stays through a restore: who may sign in and what was done is no state to go back to."""
    return name in SECRETS or name.startswith(AUDIT)


def plan_data(places: Places, staging: Path, before: Path, also: Sequence[str] = ()) -> None:
    """Write down the renames that put the database in ``staging`` in place, and folders of the home that go with it."""
    pairs = [(places.data, before / "db" / "data", Places(staging).data)]
    pairs += [(places.home / name, before / name, staging / name) for name in also]
    out = [[str(there), str(aside)] for there, aside, _ in pairs if there.is_dir()]
    moves = out + [[str(new), str(there)] for there, _, new in pairs if new.is_dir()]
    shared_file.put(places.restore, json.dumps({"moves": moves, "staging": str(staging)}))


def plan(places: Places, staging: Path, before: Path) -> None:
    """Write down the renames that put ``staging`` in place and what is there now into ``before``."""
    out = [(top, before / top.name) for top in state(places.home) if not _outlives(top.name)]
    out += [(top, aside) for top, aside in _apart(places, before) if top.is_dir()]
    new = staging / "home"
    into = [
        (top, places.home / name)
        for top in (sorted(new.iterdir()) if new.is_dir() else [])
        if (name := _place(places.home, top, staging.name.partition("-")[2]))
    ]
    into.append((Places(staging).data, places.data))
    moves = [[str(old), str(target)] for old, target in out + into]
    shared_file.put(places.restore, json.dumps({"moves": moves, "staging": str(staging)}))


def _apart(places: Places, before: Path) -> list[tuple[Path, Path]]:
    """What no backup holds as files and a restore sets aside all the same."""
    return [
        (places.data, before / "db" / "data"),
        (places.home / MADE_ANEW, before / MADE_ANEW),
    ]


def _place(home: Path, top: Path, stamp: str) -> str | None:
    """Under which name a file or folder of a backup comes into the home; None where what is there outlives it.

    An audit log that is no earlier state of the one there is evidence too, and is kept beside it.
    """
    if not _outlives(top.name) or not (home / top.name).exists():
        return top.name
    if top.name == AUDIT and not _earlier(top, home / AUDIT):
        return f"{AUDIT}-restored-{stamp}"
    return None


def _earlier(kept: Path, there: Path) -> bool:
    """Whether every log in ``kept`` is the beginning of the one of that name in ``there``."""
    return all(_begins(there / path.name, path) for path in kept.glob("*.jsonl"))


def _begins(whole: Path, part: Path) -> bool:
    if not whole.is_file() or whole.stat().st_size < part.stat().st_size:
        return False
    with whole.open("rb") as one, part.open("rb") as other:
        while block := other.read(1 << 20):
            if one.read(len(block)) != block:
                return False
    return True


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
