"""Answers about tasks: the list, one task, what is wrong with their data."""

from __future__ import annotations

import datetime as dt

from backend.contract.district.common import Checked, Finding, Rule
from backend.contract.district.tasks import TaskItem, Tasks
from backend.district.answering import Listing, asked_day, cut, envelope, one, plain
from backend.district.reviewed import reviewed
from backend.district.rows import rows_of
from backend.district.rules import Rules, rules
from backend.district.tasks import items
from backend.district.tasks.escalation import escalated, inspection_finding
from backend.security.audited import audited
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer

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
    about = envelope(store, viewer, "tasks list", asked.asked(), day, _rules(), len(shown), left_out)
    return {**about, "items": shown}


@audited("tasks.show", "task_id")
def tasks_show(store: Store, viewer: Viewer, task_id: str, *, on: dt.date | None = None) -> Tasks:
    """One task with its reasons and its rank among all. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    ranked = reviewed(store, viewer, "tasks", items.ranked(_items(store, viewer, day)))
    found = one(ranked, task_id, TASK)
    about = envelope(store, viewer, "tasks show", plain({"id": task_id, "on": on}), day, _rules(), 1, 0)
    return {**about, "items": [found]}


@audited("tasks.check")
def tasks_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Gaps, impossible dates and problems of tasks no table has."""
    day = asked_day(store, viewer, on)
    found = [each for told in _told(store, viewer) for each in items.findings(*told)]
    found += _inspections(store, viewer)
    about = envelope(store, viewer, "tasks check", plain({"on": on}), day, _rules(), len(found), 0)
    return {**about, "items": found}


def _rules() -> list[Rule]:
    return [items.RULE, rules("time_limits").said()]


TaskRows = tuple[Row, list[Row], list[str]]  # properties of nodes, as the driver gives them


def _told(store: Store, viewer: Viewer) -> list[TaskRows]:
    """Every task with its problems and its own rows."""
    read = store.read(viewer, "district.tasks", timeout=60.0)
    rows = rows_of(store, viewer, [f"Task:{each['task']['task_id']}" for each in read])
    return [
        (each["task"], each["problems"], rows.get(f"Task:{each['task']['task_id']}", [])) for each in read
    ]


def _items(store: Store, viewer: Viewer, day: dt.date) -> list[TaskItem]:
    """Tasks a table tells of; a number that only a problem names is a finding of ``check``."""
    limits = rules("time_limits")
    found = [
        items.item(task, problems, rows, day)
        for task, problems, rows in _told(store, viewer)
        if task.get("title")
    ]
    return [_escalated(each, limits, day) for each in found]


def _escalated(task: TaskItem, limits: Rules, day: dt.date) -> TaskItem:
    """What its days overdue call for while it is not done."""
    if task["state"] in ("done", "closed"):
        return task
    more = escalated(task["overdue_days"], limits.on(day), limits.id, task["evidence"][:1])
    return {**task, "reasons": [*task["reasons"], *more]}


def _inspections(store: Store, viewer: Viewer) -> list[Finding]:
    """Joint inspections whose problems are not those of the table of problems."""
    read = store.read(viewer, "tasks.joint", timeout=60.0)
    rows = rows_of(store, viewer, [f"Inspection:{each['inspection']['inspection_id']}" for each in read])
    found: list[Finding] = []
    for each in read:
        inspection_id = each["inspection"]["inspection_id"]
        told = inspection_finding(each["inspection"].get("problem_count"), len(each["problems"]))
        if told:
            own = rows.get(f"Inspection:{inspection_id}", [])
            more = [row for problem in each["problems"] for row in problem["evidence"] or ()]
            zh, en = told
            evidence = list(dict.fromkeys([*own, *more]))
            found.append(
                {"code": "problem_count", "zh": zh, "en": en, "id": inspection_id, "evidence": evidence}
            )
    return found
