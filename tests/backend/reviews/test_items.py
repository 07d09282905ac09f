"""Judgements about items of the district's nouns: laid over the list, undone, care a circle of its own."""

from __future__ import annotations

import pytest

from backend.district.answering import ALL
from backend.district.tasks.answers import tasks_list, tasks_show
from backend.judgements import ledger
from backend.reviews import answers
from backend.security.errors import Forbidden
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store, Viewer
from tests.backend.conftest import Builder
from tests.backend.district.test_deliveries import at

CARE = Viewer(user="ward", role="care", purpose="走访")
CASES = Viewer(user="det", role="investigator", purpose="串案")


@pytest.fixture
def tasks(district: Store, builder: Builder) -> Store:
    builder.do(
        "UNWIND [['RW1', '2024-03-31'], ['RW2', '2024-04-30'], ['RW3', '2024-05-31']] AS row "
        "CREATE (t:Task {task_id: row[0], title: row[0], status: '进行中'})"
    )
    builder.do("MATCH (t:Task {task_id: 'RW1'}) SET t.first_due_at = $due", due=at("2024-03-31"))
    return district


def test_an_item_is_decided_and_the_decision_undone(tasks: Store) -> None:
    """Trap: a rejected item vanishes from the list, or keeps its place; an undo that leaves the decision there."""
    entry = answers.judge(tasks, CASES, "item", "rejected", ["tasks:RW1"], "重复下达")["review"]
    items = tasks_list(tasks, LOCAL, ALL)["items"]
    assert [(each["id"], each["rank"]) for each in items] == [("RW2", 1), ("RW3", 2), ("RW1", 3)]
    review = items[-1]["review"]
    assert review is not None and (review["id"], review["by"], review["reason"], review["decision"]) == (
        entry["id"],
        "det",
        "重复下达",
        "rejected",
    )
    assert [each["review"] for each in items[:2]] == [None, None]
    answers.judge(tasks, CASES, "item", "confirmed", ["tasks:RW3"], "属实")
    assert [each["id"] for each in tasks_list(tasks, LOCAL, ALL)["items"]] == ["RW2", "RW3", "RW1"]
    answers.undo(tasks, CASES, entry["id"], "看错了")
    assert [each["id"] for each in tasks_list(tasks, LOCAL, ALL)["items"]] == ["RW1", "RW2", "RW3"]
    assert tasks_show(tasks, LOCAL, "RW1")["items"][0]["review"] is None


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ("RW1", InputError),
        ("tasks:", InputError),
        ("leads:RW1", InputError),
        ("tasks:RW9", NotFound),
        ("Task:RW1", InputError),
    ],
)
def test_only_an_item_there_is_can_be_judged(tasks: Store, named: str, error: type[Exception]) -> None:
    """Trap: a mistyped number is decided about, and the item itself stays open."""
    with pytest.raises(error):
        answers.judge(tasks, LOCAL, "item", "confirmed", [named], "属实")
    assert ledger.entries(tasks, LOCAL) == []


def test_care_is_judged_and_seen_by_its_staff_alone(tasks: Store) -> None:
    """Trap: the ledger tells case staff of registered persons, or care staff of cases."""
    for verdict in ("confirmed", "comment"):
        with pytest.raises(Forbidden):
            answers.judge(tasks, CASES, "item", verdict, ["care:990101199003070018"], "看看")
    care = ledger.append(tasks, CARE, "item", "confirmed", ["care:990101199003070018"], "核实")
    task = answers.judge(tasks, CASES, "item", "confirmed", ["tasks:RW1"], "属实")["review"]
    with pytest.raises(Forbidden):
        answers.judge(tasks, CARE, "item", "confirmed", ["tasks:RW1"], "属实")
    with pytest.raises(Forbidden):
        answers.judge(tasks, CARE, "lead", "comment", ["L-0001"], "看看")
    assert [each["id"] for each in answers.reviews(tasks, CARE)["reviews"]] == [care.review_id]
    assert [each["id"] for each in answers.reviews(tasks, CASES)["reviews"]] == [task["id"]]
    for viewer, other in ((CASES, care.review_id), (CARE, task["id"])):
        with pytest.raises(NotFound):
            answers.review(tasks, viewer, other)
        with pytest.raises(NotFound):
            answers.undo(tasks, viewer, other, "撤销")
    assert len(answers.reviews(tasks, LOCAL)["reviews"]) == 2
