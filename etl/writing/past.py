"""The observed graph of some of the files, in a home of its own beside the present one: those up to an earlier load, or
those a user may see.

The graph is a function of the facts of its files; so what it was is made anew from the facts of the files loaded
until then, by the same code. What was unloaded since is not in it: taken out is taken out of the past as well.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
from filelock import FileLock

from etl.checks import run_checks
from etl.storage.archive import Archive
from etl.writing.apply import apply
from etl.writing.plan import Change, build
from graph_schema import shared_file
from graph_schema.store import LOCAL, Store, embedded
from graph_schema.store.places import Places, read_json

FOLDER = "as-of"
_ABOUT = "as-of.json"
_CHECKS = "checks.json"
NO_ROWS = pa.table({"sheet": pa.array([], pa.string()), "row": pa.array([], pa.int64())})


@dataclass(frozen=True)
class Part:
    """One load of a graph made anew: its number there, its files, when it began and ended (epoch ms)."""

    load: int
    files: list[dict[str, Any]]
    started_at: int
    finished_at: int


def past_home(home: Path, load: int | str) -> Path:
    """Where the graph as of a load, or of a set of files, is kept."""
    return home / FOLDER / str(load)


def homes(home: Path) -> list[Path]:
    """The homes of all graphs kept beside ``home``, finished or not."""
    folder = home / FOLDER
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def files_until(store: Store, load: int) -> list[dict[str, Any]]:
    """Properties of the files of the loads up to ``load`` that are loaded now, in the order of loading."""
    return [row["file"] for row in store.read(LOCAL, "load.source_props", load=load, timeout=60.0)]


def stands(home: Path, load: int | str, made_of: dict[str, Any]) -> bool:
    """Whether the graph as of a load is there, whole, and made of just this."""
    return read_json(past_home(home, load) / _ABOUT) == made_of


def finish(home: Path, load: int | str, made_of: dict[str, Any]) -> None:
    """Say that the graph as of a load is whole, and of what it was made."""
    shared_file.put(past_home(home, load) / _ABOUT, json.dumps(made_of))


def rebuild(store: Store, load: int, tick: Callable[[int, int], None]) -> Path:
    """Make the observed graph as of a load; return its home, which counts only once ``finish`` has said so."""
    home = past_home(store.home, load)
    make(store.home, home, parts(store, files_until(store, load)), tick)
    return home


def parts(store: Store, files: Iterable[dict[str, Any]]) -> list[Part]:
    """Files, in the order of loading, by the load that brought them."""
    times = {int(row["load"]): row for row in store.read(LOCAL, "load.history", timeout=60.0)}
    return [
        Part(number, list(entries), times[number]["started_at"], times[number]["finished_at"])
        for number, entries in groupby(files, key=lambda entry: int(entry["load"]))
    ]


def make(
    now: Path, home: Path, loads: Iterable[Part], tick: Callable[[int, int], None], alone: bool = False
) -> None:
    """Make in ``home`` the observed graph of some loads of the home ``now``.

    ``alone``: nothing stays of what was found by comparing with other files, of which there may be more in ``now``.
    """
    drop(home)
    home.mkdir(parents=True, mode=0o700)
    archive, then = Archive(now), Archive(home)
    standing: list[str] = []
    with Store.connect(home=home) as past:
        for each in loads:
            shas = [str(entry["sha256"]) for entry in each.files]
            for sha256 in shas:
                share(archive, then, sha256)
                if alone:
                    _by_itself(then, sha256)
            change = Change(each.load, list(standing), add=shas, files=[dict(entry) for entry in each.files])
            apply(past, build(then, change), tick)
            past.write(
                "load.at_times",
                load_id=str(each.load),
                started_at=each.started_at,
                finished_at=each.finished_at,
            )
            if alone:
                run_checks(then, shas, standing)
            standing += shas


def _by_itself(then: Archive, sha256: str) -> None:
    """Forget what other files said of a file: which rows repeat theirs, what is missing on which side."""
    then.mark_duplicates(sha256, NO_ROWS)
    (then.facts(sha256) / _CHECKS).unlink(
        missing_ok=True
    )  # a link: written in place, it would change the other's


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
    (home / _ABOUT).unlink(missing_ok=True)  # nobody opens it any more
    if Places(home).db.is_dir():
        embedded.stop(home)
    shutil.rmtree(home, ignore_errors=True)
    if home.exists():  # its server wrote a last file meanwhile
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
