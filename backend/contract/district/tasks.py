"""Tasks under supervision."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Shape
from backend.contract.district.common import Envelope, Item

TaskState = Literal["not_started", "in_progress", "done", "closed"]
ProblemState = Literal["open", "rectified", "checked", "closed"]


class TaskProblem(Shape):
    """A problem of a task as of the day asked for."""

    id: str
    state: ProblemState
    first_due: str | None
    closed_on: str | None


class TaskItem(Item):
    """A task under supervision; overdue days count from the first deadline."""

    section: str | None
    unit: str | None
    first_due: str | None
    due: str | None
    state: TaskState
    problems: list[TaskProblem]
    overdue_days: int


class Tasks(Envelope):
    """Tasks, the most overdue first."""

    items: list[TaskItem]
