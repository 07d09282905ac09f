"""Escalation of overdue tasks, and joint inspections against the table of problems."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from backend.district.answering import Listing
from backend.district.rules import rules
from backend.district.tasks import answers
from backend.district.tasks.escalation import escalated
from etl.writing.load import load
from graph_schema.store import LOCAL, Store
from tests.backend.district.test_tasks import PROBLEMS, TASKS
from tests.etl.opened import text_of

ON = dt.date(2024, 4, 20)
JOINT = [
    ["检查编号", "检查日期", "牵头部门", "参加部门", "责任单位", "问题数"],
    ["LH1", "2024-03-01", "禁毒办", "应急管理局；生态环境局", "乙所", "2"],
    ["LH2", "2024-03-05", "禁毒办", "市场监管局", "甲所", "0"],
]


@pytest.mark.parametrize(
    ("days", "level"), [(0, None), (1, "提醒"), (14, "提醒"), (15, "通报"), (45, "约谈")]
)
def test_the_highest_level_reached(days: int, level: str | None) -> None:
    """Trap: a task a month late still only reminded; one in time reminded at all."""
    told = escalated(days, rules("time_limits").on(ON), "time_limits@1", ["r"])
    assert [each["zh"].endswith(f"“{level}”") for each in told] == ([True] if level else [])


def test_open_tasks_escalate_and_inspections_are_compared(store: Store, tmp_path: Path) -> None:
    """Trap: a task done late is escalated for ever; problems of a joint inspection that nobody entered."""
    problems = [
        [*PROBLEMS[0], "检查编号"],
        *([*row, "LH1"] for row in PROBLEMS[1:2]),
        *([*row, ""] for row in PROBLEMS[2:]),
    ]
    for name, rows in (("任务", TASKS), ("问题", problems), ("联合检查", JOINT)):
        (tmp_path / f"{name}.csv").write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    found = {each["id"]: each for each in answers.tasks_list(store, LOCAL, Listing(ON))["items"]}
    assert [each["rule"] for each in found["RW1"]["reasons"]] == ["task_overdue@1", "time_limits@1"]
    assert [each["rule"] for each in found["RW2"]["reasons"]] == ["task_overdue@1"], "late, but done"
    assert found["RW3"]["reasons"] == []
    told = [
        each for each in answers.tasks_check(store, LOCAL, on=ON)["items"] if each["code"] == "problem_count"
    ]
    assert [(each["id"], len(each["evidence"])) for each in told] == [("LH1", 2)]
    none = next(
        each for each in answers.tasks_check(store, LOCAL, on=ON)["items"] if each["code"] == "no_task"
    )
    assert none["evidence"], "the rows of the problems that name it"
