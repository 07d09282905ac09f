"""Reading files into the archive, with the result of each file, before anything is written to the graph."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from etl.intake.beside import with_tables
from etl.intake.containers import walk
from etl.intake.opening import opened
from etl.intake.readers import Readers
from etl.intake.reports import FileReport, LoadOptions, OnProgress, Progress
from etl.intake.worker import WORKER
from etl.reading import Unreadable
from etl.reading.members import Member
from etl.reading.sniff import kind_of
from etl.storage.archive import Archive, Stopped, Tally
from etl.storage.compartments import need_declared
from etl.storage.facts import FileOrigin
from etl.storage.rejects import write_rejects
from graph_schema.errors import UplineError
from graph_schema.language import Text
from graph_schema.store import room


def take_in_all(
    archive: Archive,
    paths: Sequence[Path],
    options: LoadOptions,
    known: set[str],
    watch: OnProgress,
    stop: Callable[[], bool],
) -> tuple[list[FileReport], list[dict[str, Any]]]:
    """Read all files into the archive: what became of each, and the properties of those that are new.

    Large texts are read by others while this one goes on; files count in the order in which they stand.
    """
    if options.compartment:
        need_declared(archive.home, (options.compartment,))
    reports: list[FileReport] = []
    handed: list[tuple[int, Member, Future[str]]] = []  # with their place among the reports
    given_as: dict[str, Path] = {}

    def settle(each: tuple[int, Member, Future[str]]) -> None:
        place, member, kind = each
        reports[place] = _settled(archive, member, kind.result)
        known.update(_loaded(reports[place]))
        handed.remove(each)
        _say_origin(archive, reports[place], member, given_as[member.sha256], options)

    try:
        with Readers(archive.home) as others:
            for given, member in _members(paths, options):
                for each in [e for e in handed if e[2].done() or e[1].sha256 == member.sha256]:
                    settle(each)
                given_as[member.sha256] = given
                report = _without_reading(member, known)
                if report is None:
                    origin, tick = _origin(member, options), _tick(member, watch, stop)
                    if others.takes(member, len(handed)):
                        handed.append((len(reports), member, others.read(member, origin, tick)))
                        report = FileReport(member.path, None, "reading", sha256=member.sha256)
                    else:
                        report = _settled(archive, member, partial(read_one, archive, member, origin, tick))
                reports.append(report)
                known.update(_loaded(report))
                _say_origin(archive, report, member, given, options)
            while handed:
                settle(handed[0])
    except room.DiskFull:
        for sha256 in [sha256 for report in reports for sha256 in _loaded(report)]:
            archive.forget(sha256)  # room for the next try
        raise
    reports = with_tables(archive, reports)
    return reports, [_source_file(report, options) for report in reports if report.state == "loaded"]


def _members(paths: Sequence[Path], options: LoadOptions) -> Iterator[tuple[Path, Member]]:
    """Every file with the path it was found under."""
    for given in paths:
        for member in walk([given], password=options.password):
            yield given, member


def _say_origin(
    archive: Archive, report: FileReport, member: Member, given: Path, options: LoadOptions
) -> None:
    """Write down where a file that was read came from, and keep a copy where that is wanted."""
    if report.state != "loaded":
        return
    said = {"case_no": options.case_no, "entry": options.entry}
    with room.watched(archive.home):
        archive.came_from(member.sha256, {"given": str(given.absolute()), "path": member.path, **said})
        if options.keep:
            archive.keep_original(member.sha256, member.file, member.beside)


def _loaded(report: FileReport) -> Iterator[str]:
    if report.state == "loaded" and report.sha256:
        yield report.sha256


def _without_reading(member: Member, known: set[str]) -> FileReport | None:
    """What is to be said of a file that need not be read, None where it has to be."""
    if member.refused:
        picture = member.sha256 if member.reason == "image" else None  # it may belong to a table
        return FileReport(member.path, None, "refused", member.refused, sha256=picture)
    if member.sha256 in known:
        return FileReport(
            member.path,
            None,
            "known",
            Text("该文件此前已导入，未产生新数据。", "Already loaded; nothing new."),
            sha256=member.sha256,
        )
    return None


def _origin(member: Member, options: LoadOptions) -> FileOrigin:
    return FileOrigin(
        member.path, member.sha256, options.case_no, member.beside, options.entry, options.password
    )


def _tick(member: Member, watch: OnProgress, stop: Callable[[], bool]) -> Callable[[int], None]:
    def tick(rows: int) -> None:
        if stop():
            raise Stopped
        watch(Progress("reading", rows, 0, member.path))

    return tick


def read_one(archive: Archive, member: Member, origin: FileOrigin, tick: Callable[[int], None]) -> str:
    """Read one file into the archive here and return its kind; raise Unreadable."""
    tick(0)
    if kind_of(member.file) == "text" and not member.beside:
        return archive.keep(member.sha256, member.path, opened(member.file, origin, tick), tick)
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
        return tallied(archive, FileReport(member.path, found, "loaded", sha256=member.sha256))
    return FileReport(member.path, None, "refused", refused.text, sha256=member.sha256)


def tallied(archive: Archive, report: FileReport) -> FileReport:
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


SAID = (
    "basis",
    "purpose",
    "use_until",
    "asked_from",
    "asked_until",
    "unit",
    "marking",
    "compartment",
    "signed_by",
)
"""What the person who loads says of the files, as it stands on each SourceFile."""


def _source_file(report: FileReport, options: LoadOptions) -> dict[str, Any]:
    return {
        "sha256": report.sha256,
        "path": report.path,
        "kind": report.kind,
        "loaded_at": int(time.time() * 1000),
        **({"cases": [options.case_no]} if options.case_no else {}),
        **{name: value for name in SAID if (value := getattr(options, name)) is not None},
    }
