"""Long work: uploads, unloading, analyses, as jobs with progress; and what is loaded."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Form, Query, Request, Response
from fastapi.responses import StreamingResponse

from backend import answers
from backend.answers.shape import day_edge
from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.progress import events
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id, Nothing, Page
from backend.api.schemas.imports import Analyse, AsOf, Unload, Upload
from backend.api.uploads import keep
from backend.api.work import analysing, loading, looking, remembering, unloading
from backend.contract.jobs import JobKind, JobShown, JobsShown
from backend.contract.loads import Checks, Loads
from backend.contract.mappings import FileKinds
from backend.contract.runs import Pending, Runs
from backend.runs.as_of import next_began
from backend.security.audited import recorded
from backend.security.taking_out import may_take_out
from etl.layouts.registry import layouts as all_layouts
from etl.storage.compartments import need_declared
from etl.writing.load import LoadOptions

router = Router(responses=documented("E-AUDIT"))


@router.post(
    "/imports",
    status_code=202,
    responses=documented("E-TOO-LARGE"),
    tags=["imports"],
)
def upload(
    request: Request, ask: Ask, asked: Annotated[Upload, Form(media_type="multipart/form-data")]
) -> Json[JobShown]:
    """Take files, and archives of files, and load them as one job."""
    names = [file.filename or "" for file in asked.files]
    about = {"files": names, "case_no": asked.case_no, "compartment": asked.compartment}
    with recorded(ask.viewer, "import", about, changes=True) as trace:
        need_declared(request.app.state.home, filter(None, [asked.compartment]))
        folder = keep(request.app.state.home, asked.files)
        work = loading(ask.store, folder, _options(asked, ask.viewer.user))
        job = ask.jobs.add("load", ask.viewer, work, ask.language, trace.begun)
    return Json(job.shown(ask.viewer), 202)


def _options(asked: Upload, user: str) -> LoadOptions:
    return LoadOptions(
        signed_by=user,
        case_no=asked.case_no or None,
        basis=asked.basis or None,
        unit=asked.unit or None,
        marking=asked.marking or None,
        compartment=asked.compartment or None,
        purpose=asked.purpose or None,
        use_until=day_edge(asked.use_until, last=True),
        asked_from=day_edge(asked.asked_from),
        asked_until=day_edge(asked.asked_until, last=True),
        dry_run=asked.dry_run,
        password=asked.password or None,
        keep=True,
    )


@router.get("/imports/kinds", tags=["imports"])
def kinds(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[FileKinds]:
    """What the shipped kinds of files are called; a mapping of one's own is called by its name."""
    with recorded(ask.viewer, "imports.kinds", {}) as trace:
        found: FileKinds = {
            "kinds": [{"kind": each.name, "zh": each.zh, "en": each.en} for each in all_layouts().values()]
        }
        trace.tell(found)
    return Json(found)


@router.get("/loads", tags=["imports"])
def loads(ask: Ask, asked: Annotated[Page, Query()]) -> Json[Loads]:
    """Files in the graph, newest load first, each with its row counts, basis and marking."""
    found = answers.loads(ask.store, ask.viewer, limit=asked.limit, skip=start_of(asked.cursor)[1])
    return Json({**found, "next": following(len(found["files"]), found["total"], asked.cursor)})


@router.post(
    "/as-of",
    status_code=202,
    responses=documented("E-NOT-FOUND"),
    tags=["imports"],
)
def as_of(ask: Ask, asked: Annotated[AsOf, Body()]) -> Json[JobShown]:
    """Prepare, as a job, the graph as of an earlier load, so that questions may name it by ``as_of``."""
    with recorded(ask.viewer, "as_of", {"load": asked.load}, changes=True) as trace:
        next_began(ask.store, asked.load)  # a load that never was is refused at once
        work = remembering(ask.store, asked.load)
        job = ask.jobs.add("as_of", ask.viewer, work, ask.language, trace.begun)
    return Json(job.shown(ask.viewer), 202)


@router.get(
    "/imports/{load}/checks",
    responses=documented("E-NOT-FOUND"),
    tags=["imports"],
)
def checks(ask: Ask, load: Id, asked: Annotated[Nothing, Query()]) -> Json[Checks]:
    """What was found when a load was checked for lost data: counts, sums, balances, gaps, both sides."""
    return Json(answers.checks(ask.store, ask.viewer, load))


@router.delete("/loads/{load_id}", status_code=202, tags=["imports"])
def unload(ask: Ask, load_id: Id, asked: Annotated[Unload, Query()]) -> Json[JobShown]:
    """Take one load (by number) or one file (by SHA-256) out again, as a job; what other files prove stays.

    Whoever loaded it may, and a chief or an administrator.
    """
    kind: JobKind = "look" if asked.dry_run else "unload"
    work = looking if asked.dry_run else unloading
    with recorded(ask.viewer, kind, {"load": load_id}, (load_id,), changes=True) as trace:
        may_take_out(ask.store, ask.viewer, load_id)
        job = ask.jobs.add(kind, ask.viewer, work(ask.store, load_id), ask.language, trace.begun)
    return Json(job.shown(ask.viewer), 202)


@router.get("/runs", tags=["runs"])
def runs(ask: Ask, asked: Annotated[Page, Query()]) -> Json[Runs]:
    """Runs, newest first; ``current`` marks the published one."""
    found = answers.runs(ask.store, ask.viewer, limit=asked.limit, skip=start_of(asked.cursor)[1])
    return Json({**found, "next": following(len(found["runs"]), found["total"], asked.cursor)})


@router.get("/runs/pending", tags=["runs"])
def pending(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Pending]:
    """What came, went or was judged since the published run: not in the answers until the next analysis."""
    return Json(answers.pending(ask.store, ask.viewer))


@router.post("/runs", status_code=202, tags=["runs"])
def analyse(ask: Ask, asked: Annotated[Analyse, Body()]) -> Json[JobShown]:
    """Compute and publish a run, as a job."""
    with recorded(ask.viewer, "analyse", {"seed": asked.seed}, changes=True) as trace:
        work = analysing(ask.store, ask.viewer, asked.seed)
        job = ask.jobs.add("analyse", ask.viewer, work, ask.language, trace.begun)
    return Json(job.shown(ask.viewer), 202)


@router.get("/jobs", tags=["jobs"])
def jobs(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[JobsShown]:
    """Jobs since the service started, newest first."""
    with recorded(ask.viewer, "jobs", {}) as trace:
        answer: JobsShown = {"jobs": [job.shown(ask.viewer) for job in ask.jobs.all()]}
        trace.tell(answer)
    return Json(answer)


@router.get(
    "/jobs/{job_id}",
    responses=documented("E-NOT-FOUND"),
    tags=["jobs"],
)
def job(ask: Ask, job_id: Id, asked: Annotated[Nothing, Query()]) -> Json[JobShown]:
    """One job, with its result when it is done."""
    with recorded(ask.viewer, "job", {"job": job_id}, (job_id,)) as trace:
        answer = ask.jobs.get(job_id).shown(ask.viewer)
        trace.tell(answer)
    return Json(answer)


@router.get(
    "/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses={
        **documented("E-NOT-FOUND"),
        200: {"description": "The job at every change", "content": {"text/event-stream": {}}},
    },
    tags=["jobs"],
)
def job_events(ask: Ask, job_id: Id, asked: Annotated[Nothing, Query()]) -> Response:
    """The job at every change, as server-sent events, until it has ended."""
    with recorded(ask.viewer, "job.events", {"job": job_id}, (job_id,)):
        found = ask.jobs.get(job_id)
    return StreamingResponse(events(found, ask.viewer), media_type="text/event-stream")


@router.post(
    "/jobs/{job_id}/cancel",
    status_code=202,
    responses=documented("E-NOT-FOUND"),
    tags=["jobs"],
)
def cancel(ask: Ask, job_id: Id, asked: Annotated[Nothing, Query()]) -> Json[JobShown]:
    """Ask a job to end at its next safe point; what a load has decided by then is carried out."""
    with recorded(ask.viewer, "job.cancel", {"job": job_id}, (job_id,), changes=True):
        answer = ask.jobs.cancel(job_id).shown(ask.viewer)
    return Json(answer, 202)
