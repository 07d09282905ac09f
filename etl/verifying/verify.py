"""Verification: the source files are read again and compared with what is kept of them and with the graph.

The way from file to graph is the one a load takes (``read_one``, ``build``, ``batches``); it goes into a home of its own,
which is removed at the end, and nothing that is kept is touched.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.intake.containers import walk
from etl.intake.reports import OnProgress, Progress
from etl.intake.taking_in import read_one
from etl.reading import Unreadable
from etl.reading.members import Member, digest
from etl.storage import loads
from etl.storage.archive import Archive, Stopped
from etl.storage.facts import FileOrigin
from etl.verifying import facts
from etl.verifying.graph import Graph
from etl.verifying.report import Difference, FileVerified, Verified, said
from etl.writing.load import exclusive
from etl.writing.past import share
from etl.writing.plan import Change, build
from graph_schema.errors import Conflict, NotFound
from graph_schema.language import Text
from graph_schema.store import LOCAL, Store, room


@dataclass(frozen=True)
class VerifyScope:
    """What to verify: one load or all; at most ``sample`` files, by chance; ``places`` to look for sources as well."""

    load: int | None = None
    sample: int | None = None
    places: tuple[Path, ...] = ()
    password: str | None = None


def verify(store: Store, wanted: VerifyScope, watch: OnProgress, stop: Callable[[], bool]) -> Verified:
    """Compare sources, rows, facts and graph; see ``Verified``. Nothing is loaded meanwhile.

    Raises ``NotFound`` where nothing is loaded, ``Conflict`` where a load has to be carried on first, ``Stopped`` where
    ``stop`` says so.
    """
    home = store.home
    with exclusive(home), room.told(home):
        kept = Archive(home)
        kept.check()
        if kept.pending_plans():
            text = Text(
                "有未完成的导入，请先再导入一次以接续。", "A load is unfinished; load again to carry it on."
            )
            raise Conflict(text)
        known = {str(row["sha256"]): row for row in store.read(LOCAL, "load.sources", timeout=60.0)}
        chosen = _chosen(known, wanted)
        found = Verified([_file(known[sha]) for sha in chosen], whole=len(chosen) == len(known))
        with _scratch(home) as aside, room.watched(home):
            anew = Archive(aside)
            _Sources(kept, anew, found, wanted, watch, stop).read_again()
            for difference in _entries(store, found):
                found.differences.add(difference)
            _compare_graph(store, kept, anew, list(known), found, watch, stop)
    return found


def _chosen(known: dict[str, Any], wanted: VerifyScope) -> list[str]:
    """The files to verify, in the order of loading."""
    shas = [sha for sha, row in known.items() if wanted.load is None or int(row["load"]) == wanted.load]
    if not shas:
        raise NotFound(Text("没有可核验的导入。", "There is no such load to verify."))
    if wanted.sample is not None and wanted.sample < len(shas):
        shas = sorted(random.SystemRandom().sample(shas, wanted.sample), key=list(known).index)
    return shas


def _file(row: dict[str, Any]) -> FileVerified:
    return FileVerified(int(row["load"]), str(row["path"]), str(row["sha256"]))


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    """A home of its own for what is read anew, with the mappings and dictionaries of the real one."""
    for left in (home / "tmp").glob("verify-*"):  # of a verification that was killed
        shutil.rmtree(left, ignore_errors=True)
    aside = home / "tmp" / f"verify-{time.monotonic_ns()}"
    aside.mkdir(parents=True, mode=0o700)
    try:
        for name in ("mappings", "dictionaries"):
            if (home / name).is_dir():
                shutil.copytree(home / name, aside / name)
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


class _Sources:
    """Reads the source of every file again, from a kept copy, the place it was loaded from, or where one is told to look."""

    def __init__(
        self,
        kept: Archive,
        anew: Archive,
        found: Verified,
        wanted: VerifyScope,
        watch: OnProgress,
        stop: Callable[[], bool],
    ) -> None:
        self._kept, self._anew, self._wanted = kept, anew, wanted
        self._watch, self._stop = watch, stop
        self._differences = found.differences
        self._open = {file.sha256: file for file in found.files}

    def read_again(self) -> None:
        """Compare every file that can be had; the rest is changed or gone."""
        for sha256 in list(self._open):
            self._from_copy(sha256)
        for place in self._places():
            for member in walk([place], password=self._wanted.password):
                self._tick(0, member.path)
                if member.sha256 in self._open and not member.refused:
                    self._read(member)
        for place in self._places():
            self._changed(place)
        for file in self._open.values():
            if file.state == "gone":
                self._differences.add(
                    Difference("gone", file.path, file.sha256, found=self._given(file.sha256))
                )

    def _given(self, sha256: str) -> str:
        return str(self._kept.origin(sha256).get("given", ""))

    def _places(self) -> list[Path]:
        """Where to look for the files that are still open, each place once."""
        given = [Path(text) for sha in self._open if (text := self._given(sha))]
        return [path for path in dict.fromkeys([*given, *self._wanted.places]) if path.exists()]

    def _from_copy(self, sha256: str) -> None:
        file = self._kept.original(sha256) / "file"
        if not file.is_file():
            return
        beside = {path.name: path for path in (file.parent / "beside").iterdir()}
        now = digest(file)
        member = Member(self._open[sha256].path, file, now, file.stat().st_size, beside=beside)
        self._read(member) if now == sha256 else self._read_changed(sha256, member)

    def _read(self, member: Member) -> None:
        """Read a file that is what it was, and compare what is kept of it."""
        file = self._open.pop(member.sha256)
        origin = self._kept.origin(file.sha256)
        if self._into_aside(member, file, origin):
            file.rows = self._anew.tally(file.sha256).read
            told = list(self._compared(file))
            file.state = "different" if told else "same"
            for difference in told:
                self._differences.add(difference)

    def _compared(self, file: FileVerified) -> Iterator[Difference]:
        if self._kept.facts(file.sha256).is_dir() and self._kept.rows(file.sha256).is_file():
            yield from facts.differences(self._kept, self._anew, file.sha256, file.path)
        else:
            yield Difference("fact", file.path, file.sha256, about="facts", found="-")

    def _into_aside(self, member: Member, file: FileVerified, said_then: dict[str, Any]) -> bool:
        """Read a file as its load did; False where it cannot be read now, which is a difference."""
        origin = FileOrigin(
            str(said_then.get("path", file.path)),
            member.sha256,
            said_then.get("case_no"),
            member.beside,
            said_then.get("entry"),
            self._wanted.password,
        )
        try:
            read_one(self._anew, member, origin, lambda rows: self._tick(rows, file.path))
        except Unreadable as error:
            file.state = "different"
            self._differences.add(Difference("unreadable", file.path, file.sha256, found=said(error)))
            return False
        return True

    def _changed(self, place: Path) -> None:
        """Of the files that are still open, those that stand under their old path with another content."""
        by_path = {
            str(self._kept.origin(sha).get("path")): sha
            for sha in self._open
            if self._given(sha) == str(place)
        }
        if not by_path:
            return
        for member in walk([place], password=self._wanted.password):
            self._tick(0, member.path)
            sha256 = by_path.get(member.path)
            if sha256 and member.sha256 and self._open[sha256].state == "gone":
                self._read_changed(sha256, member)

    def _read_changed(self, sha256: str, member: Member) -> None:
        """Say that a source has changed, and in which rows where it can still be read."""
        file = self._open[sha256]
        file.state = "changed"
        self._differences.add(
            Difference("changed", file.path, sha256, column="sha256", expected=sha256, found=member.sha256)
        )
        if member.refused or not self._kept.rows(sha256).is_file():
            return
        if self._into_aside(member, file, self._kept.origin(sha256)):
            for difference in facts.changed_rows(self._kept, sha256, self._anew, member.sha256, file.path):
                self._differences.add(difference)
        file.state = "changed"

    def _tick(self, rows: int, path: str) -> None:
        if self._stop():
            raise Stopped
        self._watch(Progress("reading", rows, 0, path))


def _entries(store: Store, found: Verified) -> Iterator[Difference]:
    """Files whose entry in the graph is no longer the one written down when they were loaded."""
    rows = store.read(LOCAL, "load.source_props", load=2**62, timeout=60.0)
    there = {str(row["file"]["sha256"]): row["file"] for row in rows}
    mine = {file.sha256 for file in found.files}
    for load in loads.kept(store.home):
        for file in load["add"]:
            sha256, now = str(file["sha256"]), there.get(str(file["sha256"]))
            here = Difference("source", str(file["path"]), sha256, about=f"SourceFile:{sha256}")
            if now is None and found.whole:
                yield here
            elif now is not None and sha256 in mine:
                for name in sorted(now.keys() | file.keys()):
                    if now.get(name) != file.get(name):
                        values = said(file.get(name)), said(now.get(name))
                        yield Difference("source", here.file, sha256, "", 0, name, here.about, *values)


def _compare_graph(
    store: Store,
    kept: Archive,
    anew: Archive,
    known: Sequence[str],
    found: Verified,
    watch: OnProgress,
    stop: Callable[[], bool],
) -> None:
    """Compare the graph with the plan of the facts: those read anew, and those kept of the files that were not read."""
    mine = [file.sha256 for file in found.files]
    for sha256 in known:
        if not anew.facts(sha256).is_dir():
            if not (kept.facts(sha256).is_dir() and kept.rows(sha256).is_file()):
                return  # told already of a file at hand; without all facts there is no plan to compare with
            share(kept, anew, sha256)
    watch(Progress("matching", 0, 0))
    if stop():
        raise Stopped
    plan = build(anew, Change(0, [sha for sha in known if sha not in set(mine)], add=mine), look_only=True)

    def tick(done: int) -> None:
        if stop():
            raise Stopped
        watch(Progress("checking", done, 0))

    paths = {file.sha256[:12]: (file.path, file.sha256) for file in found.files}
    graph = Graph(store, paths, found.whole, tick)
    for difference in graph.differences(plan):
        found.differences.add(difference)
    found.compared = dict(graph.compared)
