"""``upline tasks``: tasks under supervision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.console import show, told
from backend.cli.district.options import add_check, add_list, add_show, key, noun, show_list, show_reasons
from backend.district.words import PROBLEM_STATES, TASK_STATES
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.common import Checked
    from backend.contract.district.tasks import TaskItem, Tasks
    from backend.district.answering import Listing
    from graph_schema.store import Store

app = noun(help="查看督办任务及其逾期和问题。 / See supervised tasks, how late they are, and their problems.")
_COLUMNS = (
    Text("任务", "task"),
    Text("名称", "title"),
    Text("板块", "section"),
    Text("责任单位", "unit"),
    Text("首次期限", "first due"),
    Text("状态", "state"),
    Text("逾期天数", "days overdue"),
    Text("未销号问题", "open problems"),
)


def _list(graph: Store, asked: Listing) -> Tasks:
    from backend.district.tasks.answers import tasks_list

    return tasks_list(graph, LOCAL, asked)


def _show_list(found: Tasks) -> None:
    rows = [_row(each) for each in found["items"]]
    show_list(Text("任务", "tasks"), found["items"], found["left_out"], _COLUMNS, rows)


def _row(task: TaskItem) -> list[object]:
    return [
        task["id"],
        task["subjects"][0]["name"],
        task["section"],
        task["unit"],
        task["first_due"],
        TASK_STATES[task["state"]],
        task["overdue_days"],
        sum(problem["state"] != "closed" for problem in task["problems"]),
    ]


def _show(graph: Store, task_id: str, on: dt.date | None) -> Tasks:
    from backend.district.tasks.answers import tasks_show

    return tasks_show(graph, LOCAL, task_id, on=on)


def _show_one(found: Tasks) -> None:
    task = found["items"][0]
    state = TASK_STATES[task["state"]]
    show_reasons(task, f"{task['id']} {task['subjects'][0]['name']} · {told(state.zh, state.en)}")
    show(
        told("问题", "Problems"),
        [
            Text("编号", "id"),
            Text("状态", "state"),
            Text("首次期限", "first due"),
            Text("销号日期", "closed on"),
        ],
        [
            [each["id"], PROBLEM_STATES[each["state"]], each["first_due"], each["closed_on"]]
            for each in task["problems"]
        ],
    )


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.tasks.answers import tasks_check

    return tasks_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    help="列出任务，逾期最久的在前；期间指首次期限。 / List tasks, the most overdue first; the period bounds the first deadline.",
)
add_show(
    app,
    _show,
    _show_one,
    key("task_id", help="任务编号 / task id"),
    help="显示一项任务及其理由和问题。 / Show one task with its reasons and problems.",
)
add_check(
    app,
    _check,
    help="检查任务数据的缺漏和矛盾。 / Check the data of tasks for gaps and contradictions.",
)
