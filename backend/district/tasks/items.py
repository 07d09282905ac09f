"""Tasks under supervision: state, problems and days overdue from the first deadline, as of a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from backend.contract.district.common import Finding, Reason, Rule
from backend.contract.district.tasks import ProblemState, TaskItem, TaskProblem, TaskState
from backend.district.days import day_of, day_text, happened
from backend.district.reasons import reason
from graph_schema.store import Props

OVERDUE = "task_overdue@1"
RULE: Rule = {"id": OVERDUE, "example": False, "source": "自首次期限起算"}
_CLOSED = ("销号", "办结", "归档")
_DONE = ("完成",)
_NOT_STARTED = ("未开始", "未启动", "未开展")
_CALLED_OFF = ("取消", "撤销", "终止", "作废", "并入")
_NOT_YET = re.compile(
    r"(?:未|没|待|拟|部分|基本|即将|预计|争取)[^，。；]{0,3}?(?:完成|销号|办结|归档|取消|撤销|终止)"
)
"""What only says that it is to come: 未办结 holds 办结."""


def item(task: Props, problems: Sequence[Props], rows: list[str], on: dt.date) -> TaskItem:
    """One task as of a day; its rank is given when the list is put in order."""
    days = overdue_days(task, on)
    states = [_problem(each, on) for each in problems]
    evidence = list(dict.fromkeys([*rows, *(row for each in problems for row in each.get("evidence") or ())]))
    return {
        "id": task["task_id"],
        "rank": 0,
        "score": float(days),
        "subjects": [{"label": "Task", "id": task["task_id"], "name": task.get("title")}],
        "reasons": [_overdue(days, rows)] if days else [],
        "against": _against(task, rows),
        "missing": _missing(task, rows),
        "review": None,
        "evidence": evidence,
        "section": task.get("section"),
        "unit": task.get("unit"),
        "first_due": day_text(task.get("first_due_at")),
        "due": day_text(task.get("due_at")),
        "state": state_of(task, states, on),
        "problems": states,
        "overdue_days": days,
    }


def overdue_days(task: Props, on: dt.date) -> int:
    """Days from the first deadline to the day it was done, else to ``on``; never below zero.

    A deadline put off changes nothing. Where no first deadline is stated the only one known is the first.
    """
    due = day_of(task.get("first_due_at")) or day_of(task.get("due_at"))
    if due is None:
        return 0
    done = task.get("done_at")
    end = day_of(done) if happened(done, on) else on
    return max(0, ((end or on) - due).days)


def state_of(task: Props, problems: Sequence[TaskProblem], on: dt.date) -> TaskState:
    """Closed only where no problem is open any more, or it was called off; done by its date or its word; else as far
    as it is.
    """
    status, done_at = _said(task), task.get("done_at")
    if called_off(task) and not happened(done_at, on):
        return "closed"
    open_problems = any(each["state"] != "closed" for each in problems)
    if any(word in status for word in _CLOSED) and not open_problems and not _later(done_at, on):
        return "closed"
    said = any(word in status for word in (*_DONE, *_CLOSED))
    if happened(done_at, on) or (said and done_at is None):
        return "done"
    return (
        "not_started" if any(word in (task.get("status") or "") for word in _NOT_STARTED) else "in_progress"
    )


def called_off(task: Props) -> bool:
    """Whether nothing more is wanted of a task: withdrawn, stopped, or merged into another."""
    return any(word in _said(task) for word in _CALLED_OFF)


def _said(task: Props) -> str:
    return _NOT_YET.sub("", task.get("status") or "")


def _later(at: int | None, on: dt.date) -> bool:
    return at is not None and not happened(at, on)


def _problem(problem: Props, on: dt.date) -> TaskProblem:
    state: ProblemState = "open"
    if happened(problem.get("closed_at"), on):
        state = "closed"
    elif happened(problem.get("checked_at"), on):
        state = "checked"
    elif happened(problem.get("done_at"), on):
        state = "rectified"
    closed_on = day_text(problem.get("closed_at")) if state == "closed" else None
    first_due = day_text(problem.get("first_due_at"))
    return {"id": problem["problem_id"], "state": state, "first_due": first_due, "closed_on": closed_on}


def _overdue(days: int, rows: list[str]) -> Reason:
    return {
        "rule": OVERDUE,
        "zh": f"自首次期限起逾期 {days} 天",
        "en": f"{days} days overdue from the first deadline",
        "value": float(days),
        "threshold": 0.0,
        "unit": "d",
        "kind": "event",
        "evidence": rows,
    }


def _against(task: Props, rows: list[str]) -> list[Reason]:
    if not called_off(task):
        return []
    return [
        reason(
            OVERDUE,
            f"状态为“{task['status']}”，不再督办",
            f"Its status is “{task['status']}”: nothing more is wanted",
            rows,
        )
    ]


def _missing(task: Props, rows: list[str]) -> list[Reason]:
    if task.get("first_due_at") is not None:
        return []
    return [
        {
            "rule": OVERDUE,
            "zh": "未写首次期限",
            "en": "No first deadline is stated",
            "value": None,
            "threshold": None,
            "unit": "",
            "kind": "event",
            "evidence": rows,
        }
    ]


def ranked(items: Sequence[TaskItem]) -> list[TaskItem]:
    """Most overdue first, then by first deadline and number; ranks from 1."""
    ordered = sorted(items, key=lambda each: (-each["overdue_days"], each["first_due"] or "9999", each["id"]))
    return [{**each, "rank": n} for n, each in enumerate(ordered, start=1)]


def findings(task: Props, problems: Sequence[Props], rows: list[str]) -> list[Finding]:
    """What is wrong with the rows of a task and of its problems."""
    found = []
    theirs = list(dict.fromkeys(row for each in problems for row in each.get("evidence") or ()))
    if task.get("title") is None:
        found.append(("no_task", "有问题，无任务", "Problems name a task no table has"))
    if task.get("first_due_at") is None and task.get("due_at") is None and task.get("title") is not None:
        found.append(("no_deadline", "无期限", "No deadline"))
    if _before(task, "due_at", "first_due_at"):
        found.append(
            ("deadline_before_first", "截止日期早于首次期限", "The deadline is before the first one")
        )
    told: list[Finding] = [
        {"code": code, "zh": zh, "en": en, "id": task["task_id"], "evidence": rows or theirs}
        for code, zh, en in found
    ]
    for each in problems:
        for earlier, later in (
            ("at", "done_at"),
            ("at", "closed_at"),
            ("done_at", "checked_at"),
            ("done_at", "closed_at"),
        ):
            if _before(each, later, earlier):
                zh, en = "日期先后颠倒", "Dates in the wrong order"
                code, rows_of = "dates_out_of_order", list(each.get("evidence") or ())
                told.append({"code": code, "zh": zh, "en": en, "id": each["problem_id"], "evidence": rows_of})
                break
    return told


def _before(props: Props, late: str, early: str) -> bool:
    a, b = props.get(late), props.get(early)
    return a is not None and b is not None and a < b
