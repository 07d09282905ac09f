"""Tasks under supervision: overdue from the first deadline, problems to their closing, as of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from backend.contract.district.tasks import TaskProblem
from backend.district.answering import ALL, Listing
from backend.district.tasks import answers
from backend.district.tasks.items import overdue_days, state_of
from etl.writing.load import load
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store
from tests.backend.district.test_deliveries import at
from tests.etl.opened import text_of

ON = dt.date(2024, 4, 10)
TASKS = [
    ["任务编号", "任务名称", "板块", "责任单位", "首次期限", "截止日期", "完成日期", "状态"],
    ["RW1", "毛发检测", "重点人员", "甲所", "2024-03-31", "2024-06-30", "", "进行中"],
    ["RW2", "园区检查", "企业", "乙所", "2024-03-31", "2024-03-31", "2024-04-05", "已完成"],
    ["RW3", "进校宣讲", "宣教", "甲所", "2024-05-01", "", "", "未开始"],
    ["RW4", "清理台账", "企业", "乙所", "", "", "", "进行中"],
]
PROBLEMS = [
    [
        "问题编号",
        "任务编号",
        "责任单位",
        "发现日期",
        "问题",
        "首次期限",
        "整改完成日期",
        "复查日期",
        "销号日期",
    ],
    ["WT1", "RW2", "乙所", "2024-03-01", "台账不全", "2024-03-20", "2024-03-18", "2024-03-19", "2024-04-02"],
    ["WT2", "RW2", "乙所", "2024-03-01", "标识不清", "2024-03-20", "2024-02-18", "", ""],
    ["WT3", "RW9", "乙所", "2024-03-01", "未双锁", "2024-03-20", "", "", ""],
]


@pytest.mark.parametrize(
    ("task", "days"),
    [
        ({"first_due_at": at("2024-03-31"), "due_at": at("2024-06-30")}, 10),
        ({"first_due_at": at("2024-03-31"), "done_at": at("2024-04-05")}, 5),
        ({"first_due_at": at("2024-03-31"), "done_at": at("2024-04-20")}, 10),
        ({"first_due_at": at("2024-03-31"), "done_at": at("2024-03-01")}, 0),
        ({"first_due_at": at("2024-04-10")}, 0),
        ({"due_at": at("2024-04-09")}, 1),
        ({}, 0),
    ],
)
def test_overdue_counts_from_the_first_deadline(task: dict[str, int], days: int) -> None:
    """Trap: a deadline put off makes a late task punctual; what was done later counts as done already."""
    assert overdue_days(task, ON) == days


@pytest.mark.parametrize(
    ("status", "done", "open_problem", "state"),
    [
        ("进行中", None, True, "in_progress"),
        ("未开始", None, False, "not_started"),
        ("未完成", None, False, "in_progress"),
        ("已完成", None, True, "done"),
        ("已销号", "2024-04-01", False, "closed"),
        ("已销号", "2024-04-01", True, "done"),
        ("已完成", "2024-04-11", False, "in_progress"),
        ("未办结", None, False, "in_progress"),
        ("待销号", None, False, "in_progress"),
        ("尚未归档", None, False, "in_progress"),
        ("已取消", None, True, "closed"),
        ("并入其他任务", None, False, "closed"),
    ],
)
def test_a_task_is_closed_with_its_last_problem(
    status: str, done: str | None, open_problem: bool, state: str
) -> None:
    """Traps: 未完成 contains 完成, 未办结 办结; a task called off is late for ever; one closed over an open problem; a state
    of tomorrow told today.
    """
    task = {"status": status, "done_at": at(done) if done else None}
    problem: TaskProblem = {
        "id": "W",
        "state": "open" if open_problem else "closed",
        "first_due": None,
        "closed_on": None,
    }
    assert state_of(task, [problem], ON) == state


def test_list_show_and_check_from_loaded_tables(store: Store, tmp_path: Path) -> None:
    """Trap: a task that only a problem names is listed; items without their rows; a cut list that hides how much."""
    for name, rows in (("任务.csv", TASKS), ("问题.csv", PROBLEMS)):
        (tmp_path / name).write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    found = answers.tasks_list(store, LOCAL, Listing(ON, limit=3))
    assert (found["count"], found["left_out"], found["on"]) == (3, 1, "2024-04-10T00:00:00+08:00")
    assert [(each["id"], each["rank"], each["overdue_days"]) for each in found["items"]] == [
        ("RW1", 1, 10),
        ("RW2", 2, 5),
        ("RW3", 3, 0),
    ]
    late, done, _ = found["items"]
    assert late["evidence"] and late["reasons"][0]["evidence"] == late["evidence"]
    assert [(each["id"], each["state"], each["closed_on"]) for each in done["problems"]] == [
        ("WT1", "closed", "2024-04-02"),
        ("WT2", "rectified", None),
    ]
    assert len(done["evidence"]) == 3, "its own row and those of its two problems"
    assert all(each["against"] == [] and each["review"] is None for each in found["items"])
    mine = answers.tasks_list(store, LOCAL, Listing(ON, unit="甲所", first=dt.date(2024, 4, 1)))
    assert [each["id"] for each in mine["items"]] == ["RW3"]
    newest = answers.tasks_list(store, LOCAL, ALL)
    assert newest["on"].startswith("2024-04-05"), "the newest thing that happened, not a deadline ahead"
    shown = answers.tasks_show(store, LOCAL, "RW4", on=ON)["items"][0]
    assert shown["rank"] == 4 and shown["missing"][0]["en"] == "No first deadline is stated"
    with pytest.raises(NotFound):
        answers.tasks_show(store, LOCAL, "RW9", on=ON)
    checked = {(each["code"], each["id"]) for each in answers.tasks_check(store, LOCAL)["items"]}
    assert checked == {("no_deadline", "RW4"), ("no_task", "RW9"), ("dates_out_of_order", "WT2")}
