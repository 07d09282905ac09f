"""Long work: jobs with their progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from backend.contract.base import Shape

JobKind = Literal["load", "unload", "look", "entry", "corrections", "analyse", "as_of"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]


class JobProgress(Shape):
    """How far a job is; total is 0 where unknown."""

    stage: str
    done: int
    total: int
    detail: str


class JobError(Shape):
    """Why a job failed."""

    code: str
    detail: str


class JobShown(Shape):
    """A job."""

    id: str
    kind: JobKind
    user: str
    state: JobState
    progress: JobProgress
    result: Mapping[str, object] | None
    error: JobError | None
    created: str
    started: str | None
    finished: str | None


class JobsShown(Shape):
    """Jobs of this service since it started, newest first."""

    jobs: list[JobShown]
