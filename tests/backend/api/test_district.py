"""The district's nouns by HTTP: the same JSON as the command line."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import ANY

import pytest

from backend.district.answering import Listing
from backend.district.counts import DistrictCounts
from backend.district.tasks import answers
from backend.reviews.answers import judge
from backend.security.audited import audit_log
from graph_schema.store import LOCAL, Store, Viewer
from tests.backend.conftest import Builder
from tests.backend.district.test_deliveries import at


@pytest.fixture
def tasks(district: Store, builder: Builder) -> Store:
    builder.do(
        "CREATE (:Task {task_id: 'RW1', title: '毛发检测', unit: '甲所', first_due_at: $due, status: '进行中'}), "
        "(:Task {task_id: 'RW2', title: '园区检查', unit: '乙所', first_due_at: $later, done_at: $due})",
        due=at("2024-03-31"),
        later=at("2024-05-01"),
    )
    return district


def test_the_api_mirrors_the_command_line(tasks: Store, api: Any) -> None:
    """Trap: route and command compute a figure each of their own; `from` and `to` are not taken."""
    listed = api.get("/tasks", params={"on": "2024-04-10", "limit": 100}).json()
    assert listed == answers.tasks_list(tasks, LOCAL, Listing(dt.date(2024, 4, 10), limit=100))
    assert [(each["id"], each["overdue_days"]) for each in listed["items"]] == [("RW1", 10), ("RW2", 0)]
    some = api.get("/tasks", params={"from": "2024-04-01", "to": "2024-05-01", "on": "2024-04-10"}).json()
    assert [each["id"] for each in some["items"]] == ["RW2"]
    one = api.get("/tasks/RW1", params={"on": "2024-04-10"}).json()
    assert one["items"][0]["reasons"][0]["value"] == 10.0
    assert api.get("/tasks/check").json()["count"] == 0
    assert api.get("/tasks/RW9").status_code == 404
    assert api.get("/tasks", params={"on": "morgen"}).status_code == 422


def test_an_id_may_hold_a_slash(district: Store, builder: Builder, api: Any) -> None:
    """Trap: a task, unit or site whose name holds a slash has no page; its report is taken for an item."""
    builder.do(
        "CREATE (:Task {task_id: 'RW/24/1', title: '毛发检测', first_due_at: $due})", due=at("2024-03-31")
    )
    answer = api.get("/tasks/RW%2F24%2F1").json()
    assert [each["id"] for each in answer["items"]] == ["RW/24/1"]
    made = api.get("/tasks/reports/RW%2F24%2F1", params={"format": "pdf", "language": "en"})
    assert made.status_code == 200 and made.content.startswith(b"%PDF") and made.headers["X-Upline-Audit"]
    assert api.get("/tasks/reports/RW%2F24%2F9").status_code == 404


def _records() -> int:
    return sum(1 for _ in audit_log().records())


def test_all_nouns_are_counted_in_one_answer(tasks: Store, api: Any) -> None:
    """Trap: the page of all nouns asks each list whole; a count that stays when something was decided or loaded."""
    assert {each["noun"]: each["items"] for each in api.get("/district").json()["items"]} == {
        **dict.fromkeys(("clues", "risk", "chemicals", "drivers", "care", "water", "figures"), ANY),
        "tasks": 2,
    }
    counts, care = DistrictCounts(), Viewer("an", "care")
    assert [each["noun"] for each in counts.of(tasks, care)["items"]] == ["care", "figures"]
    before = _records()
    counts.of(tasks, care)
    assert _records() == before + 1, "from memory, with a record of its own"


def test_a_noun_is_counted_by_itself_and_anew_only_where_it_may_differ(
    tasks: Store, api: Any, builder: Builder
) -> None:
    """Trap: the first tile waits for all lists; every decision counts all anew; a stale count after one on offers."""
    assert api.get("/district", params={"noun": "tasks"}).json()["items"] == [{"noun": "tasks", "items": 2}]
    assert api.get("/district", params={"noun": "money"}).status_code == 422
    counts = DistrictCounts()
    assert counts.of(tasks, Viewer("an", "care"), "tasks")["items"] == [], "no count of what is not hers"

    def asked(noun: str) -> int:
        """Records one count leaves: one from memory, more where the list is read."""
        before = _records()
        counts.of(tasks, LOCAL, noun)
        return _records() - before

    builder.do("CREATE (:Clue {clue_id: 'C1', text: '甲'}), (:Clue {clue_id: 'C2', text: '乙'})")
    assert (asked("tasks"), asked("clues"), asked("tasks"), asked("clues")) == (2, 2, 1, 1)
    judge(tasks, LOCAL, "item", "confirmed", ["tasks:RW1"], "已核实")
    assert (asked("tasks"), asked("clues")) == (1, 1)
    judge(tasks, LOCAL, "offer", "confirmed", ["Clue:C1", "Clue:C2"], "同一卖家")
    assert (asked("tasks"), asked("clues")) == (1, 2)
    (clues,) = counts.of(tasks, LOCAL, "clues")["items"]
    assert clues["items"] == 1
