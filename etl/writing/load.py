"""Loading: files in, observed graph out, every row accounted for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from etl.checks import notes_of, run_checks
from etl.intake.reports import FileReport, LoadOptions, LoadReport, OnProgress, Progress
from etl.intake.taking_in import take_in_all, tallied
from etl.reading import Unreadable
from etl.storage.archive import Archive, Stopped
from etl.storage.corrected import corrects
from etl.storage.rejects import not_taken
from etl.writing.apply import Refused, apply
from etl.writing.past import forget
from etl.writing.plan import Change, build
from etl.writing.taking_back import refusal_of, take_back
from graph_schema.errors import Busy, InputError, UplineError
from graph_schema.home import upline_home
from graph_schema.language import Text
from graph_schema.store import LOCAL, Row, Store, room


def _silent(_: Progress) -> None:
    return


def _never() -> bool:
    return False


def load(
    store: Store,
    paths: Sequence[Path],
    options: LoadOptions | None = None,
    progress: OnProgress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> LoadReport:
    """Load files, folders and archives; one bad file never stops the others.

    A load that was killed is carried on first. Raises ``Busy`` while another process loads, ``Stopped`` where
    ``cancelled`` says so before anything was decided, ``EngineError`` where the database goes away or a disk is full
    (the plan stays and is carried on next time).
    """
    options, watch, stop = options or LoadOptions(), progress or _silent, cancelled or _never
    home = upline_home()
    with exclusive(home), room.told(home):
        archive = Archive(home)
        archive.check()
        refused_before = resume(store, archive, watch)
        sources = store.read(LOCAL, "load.sources", timeout=60.0)
        standing = [str(row["sha256"]) for row in sources]
        reports, fresh = take_in_all(archive, paths, options, set(standing), watch, stop)
        if options.entry:
            _need_all(archive, reports)
        _inherit(archive, fresh, sources)
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


def _inherit(archive: Archive, fresh: list[dict[str, Any]], sources: list[Row]) -> None:
    """Let a corrected list of rejects bear the compartment of the files its rows come from.

    Raises ``InputError`` where these bear several, or another than the list was given; nothing is kept then.
    """
    of_path = {str(row["path"]): row["compartment"] for row in sources if row["compartment"]}
    for entry in fresh if of_path else ():
        found = {of_path[path] for path in corrects(archive, entry["sha256"]) & of_path.keys()}
        given = entry.get("compartment")
        if len(found) > 1 or (given and found - {given}):
            for each in fresh:
                archive.forget(each["sha256"])
            names = "、".join(sorted(found))
            raise InputError(
                Text(
                    f"{entry['path']} 中的行来自知悉范围“{names}”的文件，请按知悉范围分开，分别用 --compartment 导入。",
                    f"The rows of {entry['path']} come from files of the compartment {names}: load them apart, "
                    "each by --compartment.",
                )
            )
        for name in found:
            entry["compartment"] = name


def _need_all(archive: Archive, reports: list[FileReport]) -> None:
    """Raise ``InputError`` where a row of an entry was not taken, saying which and why; nothing is kept then."""
    for report in reports:
        if report.state == "refused":
            raise InputError(report.reason)
        if report.sha256 and (report.rejected or report.excluded):
            problems = not_taken(archive, report.sha256)
            archive.forget(report.sha256)
            raise InputError(problems)


def resume(store: Store, archive: Archive, watch: OnProgress) -> list[FileReport]:
    """Carry on every plan that was decided but not wholly written; return the files of those that were refused."""
    refused: list[FileReport] = []
    for folder in archive.pending_plans():
        about = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        refused += carry_out(store, archive, folder, watch, "resumed")
        forget(archive, about["remove"])
    return refused


def carry_out(
    store: Store, archive: Archive, folder: Path, watch: OnProgress, detail: str
) -> list[FileReport]:
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
    told = Unreadable("refused_by_database", detail=why).text
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
                Text(
                    "另一个导入正在进行，结束后再试。",
                    "Another load is running; try again when it has ended.",
                )
            ) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def counted(archive: Archive, report: FileReport) -> FileReport:
    """The report with the file's row counts as they stand now, its rejects written out, and what checks found."""
    told = tallied(archive, report)
    if told is report or report.sha256 is None:
        return report
    return replace(told, notes=notes_of(archive, report.sha256))


def next_load(store: Store) -> int:
    """The number of the next load, from 1 on."""
    return 1 + max((int(row["load"]) for row in store.read(LOCAL, "load.history", timeout=60.0)), default=0)


def events_now(store: Store) -> dict[str, int]:
    """How many calls and payments the graph holds."""
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
