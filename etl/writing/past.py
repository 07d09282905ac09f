"""The observed graph as of an earlier load, in a home of its own beside the present one.

The graph is a function of the facts of its files; so what it was is made anew from the facts of the files loaded
until then, by the same code. What was unloaded since is not in it: taken out is taken out of the past as well.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from filelock import FileLock

from etl.storage.archive import Archive
from etl.writing.apply import apply
from etl.writing.plan import Change, build
from graph_schema import shared_file
from graph_schema.store import LOCAL, Store, embedded
from graph_schema.store.places import Places, read_json

FOLDER = "as-of"
_ABOUT = "as-of.json"


def past_home(home: Path, load: int) -> Path:
    """Where the graph as of a load is kept."""
    return home / FOLDER / str(load)


def homes(home: Path) -> list[Path]:
    """The homes of all graphs of the past kept beside ``home``, finished or not."""
    folder = home / FOLDER
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def files_until(store: Store, load: int) -> list[dict[str, Any]]:
    """Properties of the files of the loads up to ``load`` that are loaded now, in the order of loading."""
    return [row["file"] for row in store.read(LOCAL, "load.source_props", load=load, timeout=60.0)]


def stands(home: Path, load: int, made_of: dict[str, Any]) -> bool:
    """Whether the graph as of a load is there, whole, and made of just this."""
    return read_json(past_home(home, load) / _ABOUT) == made_of


def finish(home: Path, load: int, made_of: dict[str, Any]) -> None:
    """Say that the graph as of a load is whole, and of what it was made."""
    shared_file.put(past_home(home, load) / _ABOUT, json.dumps(made_of))


def rebuild(store: Store, load: int, tick: Callable[[int, int], None]) -> Path:
    """Make the observed graph as of a load; return its home, which counts only once ``finish`` has said so."""
    home = past_home(store.home, load)
    drop(home)
    home.mkdir(parents=True, mode=0o700)
    now, then = Archive(store.home), Archive(home)
    times = {int(row["load"]): row for row in store.read(LOCAL, "load.history", timeout=60.0)}
    standing: list[str] = []
    with Store.connect(home=home) as past:
        for number, entries in groupby(files_until(store, load), key=lambda entry: int(entry["load"])):
            files = list(entries)
            shas = [str(entry["sha256"]) for entry in files]
            for sha256 in shas:
                share(now, then, sha256)
            apply(past, build(then, Change(number, list(standing), add=shas, files=files)), tick)
            said = {name: times[number][name] for name in ("started_at", "finished_at")}
            past.write("load.at_times", load_id=str(number), **said)
            standing += shas
    return home


def share(now: Archive, then: Archive, sha256: str) -> None:
    """The facts and rows of a file, as the same files on disk where that can be: neither side writes into one."""
    folder, copy = now.facts(sha256), then.facts(sha256)
    pairs = [(path, copy / path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    copy.mkdir(parents=True)
    for source, target in [*pairs, (now.rows(sha256), then.rows(sha256))]:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:  # another disk, or one without links
            shutil.copy2(source, target)


def drop(home: Path) -> None:
    """Remove a graph of the past; its server is stopped."""
    if not home.exists():
        return
    if Places(home).db.is_dir():
        embedded.stop(home)
    (home / _ABOUT).unlink(missing_ok=True)
    shutil.rmtree(home)


def forget(archive: Archive, shas: list[str]) -> None:
    """Drop what was kept of files that are taken out, and every graph of the past that holds one of them.

    A graph of the past that was left unfinished may hold them too and goes as well; one that is being made is
    waited for.
    """
    for sha256 in shas:
        archive.forget(sha256)
    if not shas or not (archive.home / FOLDER).is_dir():
        return
    with making(archive.home):
        for home in homes(archive.home):
            about = read_json(home / _ABOUT)
            if about is None or not set(shas).isdisjoint(about["files"]):
                drop(home)


def making(home: Path) -> FileLock:
    """The lock under which a graph of the past is made or removed."""
    (home / FOLDER).mkdir(mode=0o700, exist_ok=True)
    return FileLock(home / FOLDER / "making.lock")
