"""Loading: files in, observed graph out, every row accounted for."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from etl.apply import Refused, apply
from etl.archive import Archive, Stopped, Tally
from etl.checks import notes_of, run_checks
from etl.facts import Origin
from etl.past import forget
from etl.plan import Change, build
from etl.readers import Unreadable
from etl.readers.containers import walk
from etl.readers.members import Member
from etl.readers.sniff import kind_of
from etl.rejects import not_taken, write_rejects
from etl.second_reader import SecondReader
from etl.sources import open_file
from etl.taking_back import refusal_of, take_back
from etl.worker import WORKER
from graph_schema.errors import Busy, InputError, UplineError
from graph_schema.home import upline_home
from graph_schema.store import LOCAL, Store, room


@dataclass(frozen=True)
class LoadOptions:
    """What the person who loads says about the files; kept on each SourceFile for later access rules."""

    case_no: str | None = None
    basis: str | None = None
    unit: str | None = None
    marking: str | None = None
    dry_run: bool = False
    password: str | None = None
    signed_by: str | None = None
    entry: str | None = None  # kind of table typed in by hand: all of it loads, or nothing
    purpose: str | None = None
    use_until: int | None = None  # epoch ms, as are the next two
    asked_from: int | None = None
    asked_until: int | None = None


@dataclass(frozen=True)
class Progress:
    """``stage`` is reading, matching, writing or checking; ``done`` of ``total`` (0 where unknown) rows."""

    stage: str
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True)
class FileReport:
    """What became of one file, archive member or refused thing; read = loaded + duplicate + rejected + excluded."""

    path: str
    kind: str | None
    state: str  # loaded | known | refused; reading while it is
    reason: str | None = None
    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    excluded: int = 0
    sha256: str | None = None
    excluded_reasons: dict[str, int] = field(default_factory=dict)
    rejects: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LoadReport:
    """One load: its number (0 where nothing new came), its files, events now in the graph."""

    load: int
    files: list[FileReport]
    events: dict[str, int]


Watch = Callable[[Progress], None]


def _silent(_: Progress) -> None:
    return


def _never() -> bool:
    return False


def load(
    store: Store,
    paths: Sequence[Path],
    options: LoadOptions | None = None,
    progress: Watch | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> LoadReport:
    """Load files, folders and archives; one bad file never stops the others.

    A load that was killed is carried on first. Raises ``Busy`` while another process loads, ``Stopped`` where
    ``cancelled`` says so before anything was decided, ``EngineError`` where the database goes away (the plan
    stays and is carried on next time).
    """
    options, watch, stop = options or LoadOptions(), progress or _silent, cancelled or _never
    home = upline_home()
    with exclusive(home):
        archive = Archive(home)
        archive.check()
        refused_before = resume(store, archive, watch)
        standing = [str(row["sha256"]) for row in store.read(LOCAL, "load.sources", timeout=60.0)]
        reports, fresh = take_in_all(archive, paths, options, set(standing), watch, stop)
        if options.entry:
            _need_all(archive, reports)
        if options.dry_run:
            seen = [counted(archive, report) for report in reports]
            for entry in fresh:
                archive.forget(entry["sha256"])
            return LoadReport(0, [*refused_before, *seen], events_now(store))
        number = next_load(store) if fresh else 0
        if fresh:
            for position, entry in enumerate(fresh):
                entry |= {"load": number, "position": position}
            watch(Progress("matching", 0, 0))
            change = Change(number, standing, add=[entry["sha256"] for entry in fresh], files=fresh)
            with room.watched(home):
                folder = build(archive, change)
            refused = carry_out(store, archive, folder, watch, "")
            if refused:
                number, reports = 0, _instead(reports, refused)
            else:
                watch(Progress("checking", 0, 0))
                run_checks(archive, change.add, standing)
        told = [counted(archive, report) for report in reports]
        return LoadReport(number, [*refused_before, *told], events_now(store))


def take_in_all(
    archive: Archive,
    paths: Sequence[Path],
    options: LoadOptions,
    known: set[str],
    watch: Watch,
    stop: Callable[[], bool],
) -> tuple[list[FileReport], list[dict[str, Any]]]:
    """Read all files into the archive: what became of each, and the properties of those that are new.

    A large text is read by a second reader while this one goes on; files count in the order in which they stand.
    """
    reports: list[FileReport] = []
    handed: list[tuple[int, Member, Future[str]]] = []  # with their place among the reports

    def settle(each: tuple[int, Member, Future[str]]) -> None:
        place, member, kind = each
        reports[place] = _settled(archive, member, kind.result)
        known.update(_loaded(reports[place]))
        handed.remove(each)

    with SecondReader(archive.home) as second:
        for member in walk(paths, password=options.password):
            for each in [e for e in handed if e[2].done() or e[1].sha256 == member.sha256]:
                settle(each)
            report = _without_reading(member, known)
            if report is None:
                origin, tick = _origin(member, options), _tick(member, watch, stop)
                if second.takes(member, len(handed)):
                    handed.append((len(reports), member, second.read(member, origin, tick)))
                    report = FileReport(member.path, None, "reading", sha256=member.sha256)
                else:
                    report = _settled(archive, member, partial(_read, archive, member, origin, tick))
            reports.append(report)
            known.update(_loaded(report))
        while handed:
            settle(handed[0])
    return reports, [_source_file(report, options) for report in reports if report.state == "loaded"]


def _loaded(report: FileReport) -> Iterator[str]:
    if report.state == "loaded" and report.sha256:
        yield report.sha256


def _need_all(archive: Archive, reports: list[FileReport]) -> None:
    """Raise ``InputError`` where a row of an entry was not taken, saying which and why; nothing is kept then."""
    for report in reports:
        if report.state == "refused":
            raise InputError(report.reason)
        if report.sha256 and (report.rejected or report.excluded):
            problems = not_taken(archive, report.sha256)
            archive.forget(report.sha256)
            raise InputError(problems)


def resume(store: Store, archive: Archive, watch: Watch) -> list[FileReport]:
    """Carry on every plan that was decided but not wholly written; return the files of those that were refused."""
    refused: list[FileReport] = []
    for folder in archive.pending_plans():
        about = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        refused += carry_out(store, archive, folder, watch, "resumed")
        forget(archive, about["remove"])
    return refused


def carry_out(store: Store, archive: Archive, folder: Path, watch: Watch, detail: str) -> list[FileReport]:
    """Write a plan, or take it back whole where the database will never take it; return its files then.

    No refused plan ever stands in the way of the next: the home can be used at once.
    """
    why = refusal_of(folder)
    if why is None:
        try:
            apply(store, folder, lambda done, total: watch(Progress("writing", done, total, detail)))
            return []
        except Refused as error:
            why = str(error)
    files = take_back(store, archive, folder, why)
    told = str(Unreadable("refused_by_database", detail=why))
    return [FileReport(str(f["path"]), None, "refused", told, sha256=str(f["sha256"])) for f in files]


def _instead(reports: list[FileReport], refused: list[FileReport]) -> list[FileReport]:
    """The reports, with what the database refused in place of what was read."""
    by_sha = {report.sha256: report for report in refused}
    return [by_sha.get(report.sha256, report) if report.state == "loaded" else report for report in reports]


class exclusive:
    """One loader at a time per home: matching must see every file that is loaded."""

    def __init__(self, home: Path) -> None:
        self._lock = FileLock(home / "loader.lock")

    def __enter__(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise Busy(
                "另一个导入正在进行，结束后再试。 / Another load is running; try again when it has ended."
            ) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _without_reading(member: Member, known: set[str]) -> FileReport | None:
    """What is to be said of a file that need not be read, None where it has to be."""
    if member.refused:
        return FileReport(member.path, None, "refused", member.refused)
    if member.sha256 in known:
        return FileReport(
            member.path,
            None,
            "known",
            "该文件此前已导入，未产生新数据。 / Already loaded; nothing new.",
            sha256=member.sha256,
        )
    return None


def _origin(member: Member, options: LoadOptions) -> Origin:
    return Origin(member.path, member.sha256, options.case_no, member.beside, options.entry, options.password)


def _tick(member: Member, watch: Watch, stop: Callable[[], bool]) -> Callable[[int], None]:
    def tick(rows: int) -> None:
        if stop():
            raise Stopped
        watch(Progress("reading", rows, 0, member.path))

    return tick


def _read(archive: Archive, member: Member, origin: Origin, tick: Callable[[int], None]) -> str:
    """Read one file into the archive here and return its kind; raise Unreadable."""
    tick(0)
    if kind_of(member.file) == "text" and not member.beside:
        return archive.keep(member.sha256, member.path, open_file(member.file, origin), tick)
    return WORKER.keep(archive.home, member.file, origin, tick)


def _settled(archive: Archive, member: Member, kind: Callable[[], str]) -> FileReport:
    """The report of a file that was read, or why it could not be.

    A file that vanished, cannot be read to its end or meets a fault of its reader is refused like any other; only
    a full disk, a wrong argument and whoever stops the load end it.
    """
    try:
        with room.watched(archive.home):
            found = kind()
    except Unreadable as error:
        refused = error
    except (Stopped, UplineError):
        raise
    except OSError as error:
        refused = Unreadable("unreadable", detail=error.strerror or error)
    except Exception as error:
        sys.excepthook(
            type(error), error, error.__traceback__
        )  # the reader's own fault is told, not swallowed
        refused = Unreadable("reader_failed", detail=f"{type(error).__name__}: {error}"[:200])
    else:
        return _tallied(archive, FileReport(member.path, found, "loaded", sha256=member.sha256))
    return FileReport(member.path, None, "refused", str(refused), sha256=member.sha256)


def counted(archive: Archive, report: FileReport) -> FileReport:
    """The report with the file's row counts as they stand now, its rejects written out, and what checks found."""
    told = _tallied(archive, report)
    if told is report or report.sha256 is None:
        return report
    return replace(told, notes=notes_of(archive, report.sha256, report.path))


def _tallied(archive: Archive, report: FileReport) -> FileReport:
    """The report with row counts and rejects; the report itself where nothing of the file is kept."""
    if report.state != "loaded" or report.sha256 is None or not archive.rows(report.sha256).exists():
        return report
    tally: Tally = archive.tally(report.sha256)
    rejects = write_rejects(archive, report.sha256, report.path) if tally.rejected else []
    return replace(
        report,
        read=tally.read,
        loaded=tally.loaded,
        duplicate=tally.duplicate,
        rejected=tally.rejected,
        excluded=tally.excluded,
        excluded_reasons=tally.excluded_reasons,
        rejects=[str(path) for path in rejects],
    )


_SAID = ("basis", "purpose", "use_until", "asked_from", "asked_until", "unit", "marking", "signed_by")
"""What the person who loads says of the files, as it stands on each SourceFile."""


def _source_file(report: FileReport, options: LoadOptions) -> dict[str, Any]:
    return {
        "sha256": report.sha256,
        "path": report.path,
        "kind": report.kind,
        "loaded_at": int(time.time() * 1000),
        **({"cases": [options.case_no]} if options.case_no else {}),
        **{name: value for name in _SAID if (value := getattr(options, name)) is not None},
    }


def next_load(store: Store) -> int:
    return 1 + max((int(row["load"]) for row in store.read(LOCAL, "load.history", timeout=60.0)), default=0)


def events_now(store: Store) -> dict[str, int]:
    return {
        "calls": int(store.read(LOCAL, "load.count_calls", timeout=60.0)[0]["n"]),
        "payments": int(store.read(LOCAL, "load.count_payments", timeout=60.0)[0]["n"]),
    }


__all__ = [
    "FileReport",
    "LoadOptions",
    "LoadReport",
    "Progress",
    "Stopped",
    "UplineError",
    "counted",
    "events_now",
    "exclusive",
    "load",
    "next_load",
    "resume",
    "take_in_all",
]
