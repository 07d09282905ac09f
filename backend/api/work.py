"""What jobs do: load uploaded files, take a load out again, analyse."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from backend.api.jobs import Job
from backend.district.derived import derive
from backend.runs import analyse
from backend.runs.as_of import prepare
from backend.watches import look_again
from etl.writing.entries import enter
from etl.writing.load import FileReport, LoadOptions, LoadReport, load
from etl.writing.unload import unload, would_go
from graph_schema.store import LOCAL, Store, Viewer

Work = Callable[[Job], Mapping[str, object]]

COUNTS = ("read", "loaded", "duplicate", "rejected", "excluded")


def loading(store: Store, folder: Path, options: LoadOptions) -> Work:
    """Load everything in ``folder``, which is removed afterwards: rows are kept as read by then."""

    def work(job: Job) -> Mapping[str, object]:
        try:
            # Once matching has begun the plan is carried out: a note is taken, no cancellation any more.
            report = load(store, [folder], options, job.note, job.cancelled.is_set)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return report_json(report) | _leads(store, options.dry_run)

    return work


def unloading(store: Store, load_id: str) -> Work:
    """Take a load or a file out again."""
    return lambda job: report_json(unload(store, load_id, job.note)) | _leads(store)


def looking(store: Store, load_id: str) -> Work:
    """Count what taking a load out would take along."""
    return lambda _: would_go(store, load_id)


def entering(
    store: Store,
    kind: str,
    rows: list[dict[str, str]],
    signed_by: str,
    basis: str | None,
    compartment: str | None,
) -> Work:
    """Load what somebody typed in."""
    return lambda _: report_json(enter(store, kind, rows, signed_by, basis, compartment)) | _leads(store)


def remembering(store: Store, load: int) -> Work:
    """Prepare the graph as of a load."""

    def work(job: Job) -> Mapping[str, object]:
        prepare(store, load, job.note)
        return {"load": load}

    return work


def analysing(store: Store, viewer: Viewer, seed: int) -> Work:
    """Compute and publish a run for the viewer; a cancelled one leaves the published run as it is."""
    return lambda job: asdict(analyse(store, viewer, seed, job.tell, derive=derive)) | _leads(store)


def _leads(store: Store, unchanged: bool = False) -> dict[str, int]:
    """How many leads the watches found now that the graph has changed."""
    return {"leads": 0 if unchanged else look_again(store, LOCAL).new}


def report_json(report: LoadReport) -> dict[str, object]:
    """A load report in the shape of the contract, with the load's number."""
    return {
        "load": report.load,
        "files": [_file(file) for file in report.files],
        "events": dict(report.events),
    }


def _file(file: FileReport) -> dict[str, object]:
    counts = {name: getattr(file, name) for name in COUNTS}
    return {"path": file.path, "kind": file.kind, "state": file.state, "reason": file.reason, **counts}
