"""What ``list``, ``show`` and ``check`` of a noun have in common, and the noun tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from backend.answers.shape import Answer
from backend.district import tasks
from backend.district.contract import TaskItem
from backend.district.days import day_of, start_text
from backend.district.rows import rows_of
from backend.security.audited import audited
from graph_schema.beijing import now
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer


def asked_day(store: Store, viewer: Viewer, on: dt.date | None) -> dt.date:
    """The day an answer is for: the one asked for, else that of the newest row of something that happened."""
    newest = None if on else store.read(viewer, "district.newest", timeout=60.0)[0]["at"]
    return on or day_of(newest) or now().date()


def envelope(
    store: Store,
    viewer: Viewer,
    command: str,
    asked: Mapping[str, Any],
    on: dt.date,
    items: Sequence[Any],
    limit: int | None,
) -> Answer:
    """Wrap items as every noun does; what ``limit`` cuts off is counted as left out."""
    shown = list(items if limit is None else items[:limit])
    given = {name: _plain(value) for name, value in asked.items() if value is not None}
    return {
        "command": command,
        "asked": given,
        "as_of": store.as_of if store.as_of is not None else _newest_load(store, viewer),
        "run": None,
        "on": start_text(on),
        "rules": [tasks.RULE],
        "count": len(shown),
        "left_out": len(items) - len(shown),
        "items": shown,
    }


def _newest_load(store: Store, viewer: Viewer) -> int | None:
    loads = [int(row["load"]) for row in store.read(viewer, "load.sources", timeout=60.0)]
    return max(loads, default=None)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@audited("tasks.list")
def tasks_list(
    store: Store,
    viewer: Viewer,
    *,
    on: dt.date | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    unit: str | None = None,
    limit: int | None = None,
) -> Answer:
    """All tasks, most overdue first; ``first`` and ``last`` (inclusive) bound the first deadline."""
    day = asked_day(store, viewer, on)
    asked = {"on": on, "from": first, "to": last, "unit": unit, "limit": limit}
    kept = [each for each in _items(store, viewer, day) if unit is None or each["unit"] == unit]
    edges = (first.isoformat() if first else "", last.isoformat() if last else "9999")
    if first or last:
        kept = [each for each in kept if edges[0] <= (each["first_due"] or each["due"] or "") <= edges[1]]
    return envelope(store, viewer, "tasks list", asked, day, tasks.ranked(kept), limit)


@audited("tasks.show", "task_id")
def tasks_show(store: Store, viewer: Viewer, task_id: str, *, on: dt.date | None = None) -> Answer:
    """One task with its reasons and its rank among all. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    found = [each for each in tasks.ranked(_items(store, viewer, day)) if each["id"] == task_id]
    if not found:
        raise NotFound(Text(f"没有任务 {task_id}", f"there is no task {task_id}"))
    return envelope(store, viewer, "tasks show", {"id": task_id, "on": on}, day, found, None)


@audited("tasks.check")
def tasks_check(
    store: Store, viewer: Viewer, *, on: dt.date | None = None, limit: int | None = None
) -> Answer:
    """Gaps, impossible dates and problems of tasks no table has."""
    day = asked_day(store, viewer, on)
    found = [each for told in _told(store, viewer) for each in tasks.findings(*told)]
    return envelope(store, viewer, "tasks check", {"on": on, "limit": limit}, day, found, limit)


def _told(store: Store, viewer: Viewer) -> list[tuple[dict[str, Any], list[dict[str, Any]], list[str]]]:
    """Every task with its problems and its own rows."""
    read = store.read(viewer, "district.tasks", timeout=60.0)
    rows = rows_of(store, viewer, [f"Task:{each['task']['task_id']}" for each in read])
    return [
        (each["task"], each["problems"], rows.get(f"Task:{each['task']['task_id']}", [])) for each in read
    ]


def _items(store: Store, viewer: Viewer, day: dt.date) -> list[TaskItem]:
    """Tasks a table tells of; a number that only a problem names is a finding of ``check``."""
    told = _told(store, viewer)
    return [tasks.item(task, problems, rows, day) for task, problems, rows in told if task.get("title")]
