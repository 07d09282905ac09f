"""Answers about tasks: the list, one task, what is wrong with their data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from backend.contract.district.common import Checked
from backend.contract.district.tasks import TaskItem, Tasks
from backend.district.answering import Listing, asked_day, cut, envelope, one, plain
from backend.district.reviewed import reviewed
from backend.district.rows import rows_of
from backend.district.tasks import items
from backend.security.audited import audited
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

TASK = Text("任务", "task")


@audited("tasks.list")
def tasks_list(store: Store, viewer: Viewer, asked: Listing) -> Tasks:
    """All tasks, most overdue first; the period bounds the first deadline."""
    day = asked_day(store, viewer, asked.on)
    kept = [
        each
        for each in _items(store, viewer, day)
        if asked.unit in (None, each["unit"]) and asked.within(each["first_due"] or each["due"])
    ]
    shown, left_out = cut(reviewed(store, viewer, "tasks", items.ranked(kept)), asked.limit)
    about = envelope(store, viewer, "tasks list", asked.asked(), day, [items.RULE], len(shown), left_out)
    return {**about, "items": shown}


@audited("tasks.show", "task_id")
def tasks_show(store: Store, viewer: Viewer, task_id: str, *, on: dt.date | None = None) -> Tasks:
    """One task with its reasons and its rank among all. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    ranked = reviewed(store, viewer, "tasks", items.ranked(_items(store, viewer, day)))
    found = one(ranked, task_id, TASK)
    about = envelope(store, viewer, "tasks show", plain({"id": task_id, "on": on}), day, [items.RULE], 1, 0)
    return {**about, "items": [found]}


@audited("tasks.check")
def tasks_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Gaps, impossible dates and problems of tasks no table has."""
    day = asked_day(store, viewer, on)
    found = [each for told in _told(store, viewer) for each in items.findings(*told)]
    about = envelope(store, viewer, "tasks check", plain({"on": on}), day, [items.RULE], len(found), 0)
    return {**about, "items": found}


Told = tuple[dict[str, Any], list[dict[str, Any]], list[str]]  # properties of nodes, as the driver gives them


def _told(store: Store, viewer: Viewer) -> list[Told]:
    """Every task with its problems and its own rows."""
    read = store.read(viewer, "district.tasks", timeout=60.0)
    rows = rows_of(store, viewer, [f"Task:{each['task']['task_id']}" for each in read])
    return [
        (each["task"], each["problems"], rows.get(f"Task:{each['task']['task_id']}", [])) for each in read
    ]


def _items(store: Store, viewer: Viewer, day: dt.date) -> list[TaskItem]:
    """Tasks a table tells of; a number that only a problem names is a finding of ``check``."""
    told = _told(store, viewer)
    return [items.item(task, problems, rows, day) for task, problems, rows in told if task.get("title")]
