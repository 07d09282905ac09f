"""``upline tasks``: tasks under supervision."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import emit, errors, show, store, told
from backend.cli.district.options import (
    AsJson,
    From,
    Limit,
    On,
    To,
    Unit,
    add_check,
    day,
    listing,
    noun,
    show_list,
    show_reasons,
)
from backend.contract.district.tasks import TaskItem
from backend.district.tasks import answers
from backend.district.words import PROBLEM_STATES, TASK_STATES
from graph_schema.language import Text
from graph_schema.store import LOCAL

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


@app.command("list")
def tasks_list(
    as_json: AsJson = False,
    on: On = None,
    first: From = None,
    last: To = None,
    unit: Unit = None,
    limit: Limit = None,
) -> None:
    """列出任务，逾期最久的在前；期间指首次期限。 / List tasks, the most overdue first; the period bounds the first deadline."""
    with errors(), store() as graph:
        found = answers.tasks_list(graph, LOCAL, listing(on, first, last, unit, limit))
    if as_json:
        emit(found)
        return
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


@app.command("show")
def tasks_show(
    task_id: Annotated[str, typer.Argument(help="任务编号 / task id")], as_json: AsJson = False, on: On = None
) -> None:
    """显示一项任务及其理由和问题。 / Show one task with its reasons and problems."""
    with errors(), store() as graph:
        found = answers.tasks_show(graph, LOCAL, task_id, on=day(on))
    if as_json:
        emit(found)
        return
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


add_check(
    app,
    answers.tasks_check,
    help="检查任务数据的缺漏和矛盾。 / Check the data of tasks for gaps and contradictions.",
)
