"""The district's nouns on the command line: each has list, show and check, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from backend.cli.console import emit, errors, show, store, told
from backend.district import asking
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

tasks_app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
On = Annotated[str | None, typer.Option("--on", help="截至哪一天，如 2026-03-01 / as of which day")]
From = Annotated[str | None, typer.Option("--from", help="首次期限不早于 / first deadline from")]
To = Annotated[str | None, typer.Option("--to", help="首次期限不晚于 / first deadline until")]
Unit = Annotated[str | None, typer.Option("--unit", help="责任单位 / responsible unit")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="最多项数 / at most so many items")]
STATES = {
    "not_started": Text("未开始", "not started"),
    "in_progress": Text("进行中", "in progress"),
    "done": Text("已完成", "done"),
    "closed": Text("已办结", "closed"),
}


def day(text: str | None) -> dt.date | None:
    """A day as typed. Raises ``InputError``."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        message = Text(f"日期应写成 2026-03-01：{text}", f"write a day as 2026-03-01, not {text}")
        raise InputError(message) from error


@tasks_app.command("list")
def tasks_list(
    as_json: Json = False,
    on: On = None,
    first: From = None,
    last: To = None,
    unit: Unit = None,
    limit: Limit = None,
) -> None:
    """列出任务，逾期最久的在前。 / List tasks, the most overdue first."""
    with errors(), store() as graph:
        found = asking.tasks_list(
            graph, LOCAL, on=day(on), first=day(first), last=day(last), unit=unit, limit=limit
        )
    if as_json:
        emit(found)
        return
    show(
        told(
            f"任务：{found['count']} 项，另有 {found['left_out']} 项未列",
            f"{found['count']} tasks, {found['left_out']} not listed",
        ),
        [
            Text("任务", "task"),
            Text("名称", "title"),
            Text("板块", "section"),
            Text("责任单位", "unit"),
            Text("首次期限", "first due"),
            Text("状态", "state"),
            Text("逾期天数", "days overdue"),
            Text("未销号问题", "open problems"),
        ],
        [
            [
                each["id"],
                each["subjects"][0]["name"],
                each["section"],
                each["unit"],
                each["first_due"],
                STATES[each["state"]],
                each["overdue_days"],
                sum(problem["state"] != "closed" for problem in each["problems"]),
            ]
            for each in found["items"]
        ],
    )


@tasks_app.command("show")
def tasks_show(
    task_id: Annotated[str, typer.Argument(help="任务编号 / task id")], as_json: Json = False, on: On = None
) -> None:
    """显示一项任务及其理由和问题。 / Show one task with its reasons and problems."""
    with errors(), store() as graph:
        found = asking.tasks_show(graph, LOCAL, task_id, on=day(on))
    if as_json:
        emit(found)
        return
    task = found["items"][0]
    said = [*task["reasons"], *task["missing"]]
    show(
        f"{task['id']} {task['subjects'][0]['name']} · {told(*_both(STATES[task['state']]))}",
        [Text("规则", "rule"), Text("理由", "reason"), Text("原始行", "rows")],
        [[each["rule"], told(each["zh"], each["en"]), "\n".join(each["evidence"])] for each in said],
    )
    show(
        told("问题", "Problems"),
        [
            Text("编号", "id"),
            Text("状态", "state"),
            Text("首次期限", "first due"),
            Text("销号日期", "closed on"),
        ],
        [[each["id"], each["state"], each["first_due"], each["closed_on"]] for each in task["problems"]],
    )


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


@tasks_app.command("check")
def tasks_check(as_json: Json = False, on: On = None, limit: Limit = None) -> None:
    """检查任务数据的缺漏和矛盾。 / Check the data of tasks for gaps and contradictions."""
    with errors(), store() as graph:
        found = asking.tasks_check(graph, LOCAL, on=day(on), limit=limit)
    if as_json:
        emit(found)
        return
    show(
        told(f"发现 {found['count']} 处", f"{found['count']} findings"),
        [Text("编号", "id"), Text("问题", "finding"), Text("原始行", "rows")],
        [[each["id"], told(each["zh"], each["en"]), "\n".join(each["evidence"])] for each in found["items"]],
    )
