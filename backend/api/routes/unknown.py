"""Files and facts no layout knows: mappings of unknown tables, hand entries, rejected rows and their correction."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import Annotated, cast

from fastapi import Body, Form, Query, Request

from backend.answers.rejects import files_of, open_tables, rejects
from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id, Nothing, Page
from backend.api.schemas.imports import Corrections, Entry, MapAsked
from backend.api.uploads import keep, workplace
from backend.api.work import entering, loading
from backend.contract.jobs import JobShown
from backend.contract.loads import Rejects
from backend.contract.mappings import EntryKinds, MappingShown, MappingsShown, Proposal
from backend.security.audited import recorded
from backend.security.circles import open_to, sealed_rows
from backend.security.sealing import CLOSED
from etl.intake.ask import pairs, propose
from etl.layouts import saved
from etl.mapping.decide import StatedMapping, save, shown
from etl.mapping.unknown import MappingChoices
from etl.storage.archive import Archive
from etl.storage.compartments import need_declared
from etl.storage.rejects import write_corrected
from etl.writing.entries import kinds, table_of_entry
from etl.writing.load import LoadOptions
from graph_schema.errors import Conflict
from graph_schema.language import Text
from graph_schema.store import Row

router = Router(responses=documented("E-AUDIT"))
BASE = "/imports/mappings"


@router.post(
    f"{BASE}/propose",
    responses=documented("E-TOO-LARGE"),
    tags=["imports"],
)
def propose_mapping(
    request: Request, ask: Ask, asked: Annotated[MapAsked, Form(media_type="multipart/form-data")]
) -> Json[Proposal]:
    """Propose how an unknown table maps, with a preview of its first rows and counts over the whole file."""
    known = MappingChoices(
        asked.sheet or None,
        asked.kind or None,
        asked.header,
        pairs(asked.set),
        tuple(asked.inflow),
        tuple(asked.outflow),
    )
    with recorded(ask.viewer, "map", {"file": asked.file.filename or ""}) as trace:
        folder = keep(request.app.state.home, [asked.file])
        try:
            (file,) = [path for path in folder.rglob("*") if path.is_file()]
            found = cast(Proposal, propose(file, known))  # made by a reader, in a process of its own
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        trace.tell(found)
    return Json(found)


@router.get(BASE, tags=["imports"])
def mappings(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[MappingsShown]:
    """All saved mappings."""
    with recorded(ask.viewer, "mappings", {}) as trace:
        found: MappingsShown = {"mappings": [shown(layout) for layout in saved.all_saved().values()]}
        trace.tell(found)
    return Json(found)


@router.get(
    f"{BASE}/{{name}}",
    responses=documented("E-NOT-FOUND"),
    tags=["imports"],
)
def mapping(ask: Ask, name: Id, asked: Annotated[Nothing, Query()]) -> Json[MappingShown]:
    """One saved mapping."""
    with recorded(ask.viewer, "mapping", {"name": name}, (name,)) as trace:
        found = shown(saved.one(name))
        trace.tell(found)
    return Json(found)


@router.put(f"{BASE}/{{name}}", tags=["imports"])
def keep_mapping(ask: Ask, name: Id, asked: Annotated[StatedMapping, Body()]) -> Json[MappingShown]:
    """Keep a mapping under a name; the same name again is its next version. Files of that shape then load by themselves."""
    with recorded(ask.viewer, "mapping.save", {"name": name}, (name,), changes=True) as trace:
        found = shown(save(name, asked))
        trace.tell(found)
    return Json(found)


@router.delete(
    f"{BASE}/{{name}}",
    responses=documented("E-NOT-FOUND"),
    tags=["imports"],
)
def forget_mapping(ask: Ask, name: Id, asked: Annotated[Nothing, Query()]) -> Json[MappingsShown]:
    """Forget a mapping; files loaded by it stay loaded until they are unloaded. Returns those that are left."""
    with recorded(ask.viewer, "mapping.delete", {"name": name}, (name,), changes=True) as trace:
        saved.delete(name)
        found: MappingsShown = {"mappings": [shown(layout) for layout in saved.all_saved().values()]}
        trace.tell(found)
    return Json(found)


@router.get("/entries/kinds", tags=["imports"])
def entry_kinds(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[EntryKinds]:
    """What can be entered by hand, with the fields of each kind."""
    with recorded(ask.viewer, "add.kinds", {}) as trace:
        found: EntryKinds = {"kinds": kinds()}
        trace.tell(found)
    return Json(found)


@router.post("/entries", status_code=202, tags=["imports"])
def enter(ask: Ask, asked: Annotated[Entry, Body()]) -> Json[JobShown]:
    """Load what somebody typed in, as a job: a source of its own, signed by the user, undone by unloading it."""
    about = {"kind": asked.kind, "rows": len(asked.rows), "compartment": asked.compartment}
    with recorded(ask.viewer, "add", about, changes=True) as trace:
        table = table_of_entry(asked.kind)
        if table is not None and sealed_rows(ask.viewer, table):
            open_to(ask.viewer, "care")
        need_declared(ask.store.home, filter(None, [asked.compartment]))
        said = asked.basis or None, asked.compartment or None
        work = entering(ask.store, asked.kind, asked.rows, ask.viewer.user, *said)
        job = ask.jobs.add("entry", ask.viewer, work, ask.language, trace.begun)
    return Json(job.shown(ask.viewer), 202)


@router.get(
    "/imports/{load_id}/rejects",
    responses=documented("E-NOT-FOUND"),
    tags=["imports"],
)
def rejected(ask: Ask, load_id: Id, asked: Annotated[Page, Query()]) -> Json[Rejects]:
    """Rejected rows of a load, each with column, value, reason and the raw rows around it."""
    found = rejects(ask.store, ask.viewer, load_id, limit=asked.limit, skip=start_of(asked.cursor)[1])
    return Json({**found, "next": following(len(found["rejects"]), found["total"], asked.cursor)})


@router.post(
    "/imports/{load_id}/rejects/corrections",
    status_code=202,
    responses=documented("E-NOT-FOUND"),
    tags=["imports"],
)
def correct(request: Request, ask: Ask, load_id: Id, asked: Annotated[Corrections, Body()]) -> Json[JobShown]:
    """Load corrected rows of a load as a new source signed by the user, as a job."""
    about = {"load": load_id, "rows": len(asked.rows)}
    with recorded(ask.viewer, "rejects.correct", about, (load_id,), changes=True) as trace:
        read = files_of(ask.store, ask.viewer, load_id)
        open_tables(ask.store, ask.viewer, read, {(row.file, row.sheet) for row in asked.rows})
        files = {str(file["sha256"]): str(file["path"]) for file in read}
        folder = workplace(request.app.state.home)
        try:
            by_file: dict[str, list[tuple[str, int, dict[str, str]]]] = {}
            for row in asked.rows:
                sha256 = next((each for each in files if each.startswith(row.file)), "")
                cells = {name: cell for name, cell in row.cells.items() if cell != CLOSED}
                by_file.setdefault(sha256, []).append((row.sheet, row.row, cells))
            for sha256, changes in by_file.items():
                write_corrected(Archive(ask.store.home), sha256, files.get(sha256, ""), changes, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        options = LoadOptions(signed_by=ask.viewer.user, compartment=_compartment(read), keep=True)
        work = loading(ask.store, folder, options)
        job = ask.jobs.add("corrections", ask.viewer, work, ask.language, trace.begun)
    return Json(job.shown(ask.viewer), 202)


def _compartment(files: Iterable[Row]) -> str | None:
    """The compartment of a load, for what is made of its rows. Raises ``Conflict`` where its files bear several."""
    found = {file["compartment"] for file in files}
    if len(found) > 1:
        raise Conflict(
            Text(
                "这些文件属于不同的知悉范围，请逐个文件更正。",
                "These files are of different compartments: correct them file by file.",
            )
        )
    compartment: str | None = found.pop()
    return compartment
