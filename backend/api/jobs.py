"""Long work: one job after the other in one thread, with progress, whether or not anybody is watching."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backend.answers.shape import at_text
from backend.contract.jobs import JobKind, JobShown, JobState
from backend.security.audited import recorded
from backend.security.rights import Right, rights
from etl.storage.archive import Stopped
from etl.writing.load import Progress
from graph_schema.errors import Conflict, NotFound, UplineError
from graph_schema.language import Text, in_language
from graph_schema.store import Viewer

log = logging.getLogger("upline.jobs")

KEPT = 200
"""Finished jobs that are remembered."""
WAITING = 100
"""Jobs that may wait."""
ENDED = ("done", "failed", "cancelled")


@dataclass
class Job:
    """One piece of work: queued, running, then done, failed or cancelled; ``version`` counts its changes."""

    id: str
    kind: JobKind
    viewer: Viewer  # who asked for it
    work: Callable[[Job], Mapping[str, object]]
    state: JobState = "queued"
    progress: Progress = field(default_factory=lambda: Progress("waiting", 0, 0))
    result: Mapping[str, object] | None = None
    error: tuple[str, str] | None = None  # code and text
    language: str = "zh"  # of who asked for it
    asked: int = 0  # the audit record of his asking
    created: float = field(default_factory=time.time)
    started: float | None = None
    finished: float | None = None
    version: int = 0
    cancelled: threading.Event = field(default_factory=threading.Event)

    def tell(self, progress: Progress) -> None:
        """Take a report of progress; raises ``Stopped`` where the job was cancelled."""
        if self.cancelled.is_set():
            raise Stopped
        self.progress = progress
        self.version += 1

    def note(self, progress: Progress) -> None:
        """Take a report of progress of a step that cannot be left half done."""
        self.progress = progress
        self.version += 1

    def shown(self, viewer: Viewer) -> JobShown:
        """The job as the API gives it; whoever reads no cases sees that it is there and how far it is."""
        reads = Right.CASES in rights(viewer)
        return {
            "id": self.id,
            "kind": self.kind,
            "user": self.viewer.user,
            "state": self.state,
            "progress": {
                "stage": self.progress.stage,
                "done": self.progress.done,
                "total": self.progress.total,
                "detail": self.progress.detail if reads else "",
            },
            "result": self.result if reads else None,
            "error": {
                "code": self.error[0],
                "detail": in_language(self.error[1], self.language) if reads else "",
            }
            if self.error
            else None,
            "created": at_text(self.created * 1000),
            "started": at_text(self.started * 1000) if self.started else None,
            "finished": at_text(self.finished * 1000) if self.finished else None,
        }


class Jobs:
    """The jobs of one service: loading and analysing write, so there is one worker."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: queue.Queue[Job | None] = queue.Queue()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="upline-jobs", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Cancel what is going on and wait for its next safe point."""
        with self._lock:
            for job in self._jobs.values():
                job.cancelled.set()
        self._queue.put(None)
        self._thread.join(timeout=30)

    def add(
        self,
        kind: JobKind,
        viewer: Viewer,
        work: Callable[[Job], Mapping[str, object]],
        language: str = "zh",
        asked: int = 0,
    ) -> Job:
        """Queue a job, told in the language of who asks; ``asked`` is the number of the audit record of that.

        Raises ``Conflict`` where a hundred already wait.
        """
        with self._lock:
            if sum(job.state not in ENDED for job in self._jobs.values()) >= WAITING:
                raise Conflict(
                    Text("等待的任务过多，稍后再试。", "Too many jobs are waiting; try again later.")
                )
            job = Job(secrets.token_hex(8), kind, viewer, work, language=language, asked=asked)
            self._jobs[job.id] = job
            for old in [each for each in self._jobs.values() if each.state in ENDED][:-KEPT]:
                del self._jobs[old.id]
        self._queue.put(job)
        return job

    def get(self, job_id: str) -> Job:
        """A job by id. Raises ``NotFound``."""
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise NotFound(Text("没有这个任务。", "There is no such job."))
        return job

    def all(self) -> list[Job]:
        """All jobs, newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def cancel(self, job_id: str) -> Job:
        """Ask a job to end at its next safe point; one that waits ends at once."""
        job = self.get(job_id)
        job.cancelled.set()
        with self._lock:
            if job.state == "queued":
                self._end(job, "cancelled")
        return job

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            with self._lock:
                if job.state != "queued":
                    continue
                job.state, job.started = "running", time.time()
                job.version += 1
            self._work(job)

    def _work(self, job: Job) -> None:
        try:
            result = _on_record(job)
        except Stopped:
            self._finish(job, "cancelled")
        except UplineError as error:
            job.error = error.code, error.text
            self._finish(job, "failed")
        except Exception as error:
            # The worker must outlive any mistake of one job; values stay out of the log.
            places = [
                f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:]
            ]
            log.error("job %s: %s at %s", job.kind, type(error).__name__, " < ".join(reversed(places)))
            job.error = "E-INTERNAL", type(error).__name__
            self._finish(job, "failed")
        else:
            job.result = result
            self._finish(job, "done")

    def _finish(self, job: Job, state: JobState) -> None:
        with self._lock:
            self._end(job, state)

    def _end(self, job: Job, state: JobState) -> None:
        job.state, job.finished = state, time.time()
        job.version += 1


def _on_record(job: Job) -> Mapping[str, object]:
    """Do the work, its intent in the audit log before it and its outcome after it."""
    about, note = {"job": job.id}, f"requested in record {job.asked}" if job.asked else ""
    with recorded(job.viewer, f"job.{job.kind}", about, (job.id,), changes=True, note=note) as trace:
        result = job.work(job)
        trace.tell(result)
    return result
