"""The loop of leads on a database: accept, answer, rules; the table 线索反馈 feeds the same figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend import watches
from backend.cli import app
from backend.reviews.answers import judge, undo
from etl.writing.load import load
from graph_schema.errors import Conflict, InputError
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import PACKET
from tests.etl.opened import text_of

CLUES = [
    ["线索编号", "平台", "平台账号", "发布时间", "内容"],
    ["XS1", "QQ", "990010001", "2026-03-01 23:10:00", "代购"],
    ["XS2", "QQ", "990010002", "2026-03-01 23:10:00", "代购"],
    ["XS3", "QQ", "990010003", "2026-03-01 23:10:00", "代购"],
]
ANSWERS = [
    ["线索编号", "承办单位", "下发时间", "签收时间", "反馈期限", "反馈时间", "结果"],
    [
        "XS1",
        "甲所",
        "2026-03-02 10:00:00",
        "2026-03-02 15:00:00",
        "2026-03-09",
        "2026-03-05 10:00:00",
        "查实",
    ],
    [
        "XS2",
        "甲所",
        "2026-03-02 10:00:00",
        "2026-03-04 15:00:00",
        "2026-03-09",
        "2026-03-12 10:00:00",
        "查否",
    ],
    ["XS3", "甲所", "2026-03-02 10:00:00", "", "2026-03-09", "", ""],
]


def lead(store: Store, *rules: str) -> str:
    made = watches.add_lead(store, LOCAL, "核查企业", [PACKET], rules=rules)["lead"]
    assert made["rules"] == list(rules)
    return made["id"]


def send(store: Store, lead_id: str, **seen: str) -> None:
    judge(store, LOCAL, "lead", "sent", [lead_id], "请核查", seen={"unit": "甲所", **seen})


def test_a_lead_goes_its_way(district: Store) -> None:
    """Trap: a lead is accepted before it was sent, answered with any word, or its rules are lost on the way."""
    made = lead(district, "own_history@1", "lease@1")
    with pytest.raises(Conflict):
        watches.accept_lead(district, LOCAL, made)
    send(district, made, level="urgent")
    (shown,) = watches.leads(district, LOCAL)["leads"]
    assert shown["course"] is not None and shown["course"]["level"] == "urgent" and shown["deadline"]
    accepted = watches.accept_lead(district, LOCAL, made)["lead"]
    assert (accepted["status"], accepted["unit"]) == ("accepted", "甲所")
    with pytest.raises(Conflict):
        watches.accept_lead(district, LOCAL, made)
    with pytest.raises(InputError):
        watches.answer_lead(district, LOCAL, made, "也许")
    done = watches.answer_lead(district, LOCAL, made, "查实", persons=3)["lead"]
    assert (
        done["status"] == "answered"
        and done["course"] is not None
        and done["course"]["result"] == "confirmed"
    )
    found = {each["rule"]: each for each in watches.lead_rules(district, LOCAL)["items"]}
    assert set(found) == {"own_history@1", "lease@1"}
    assert all(
        (each["sent"], each["confirmed"], each["precision"], each["persons"]) == (1, 1, 1.0, 3)
        for each in found.values()
    )
    said = judge(district, LOCAL, "lead", "rejected", [made], "复核不实")
    assert watches.lead_rules(district, LOCAL)["items"][0]["precision"] == 0.0
    undo(district, LOCAL, said["review"]["id"], "弄错了")
    assert watches.lead_rules(district, LOCAL)["items"][0]["precision"] == 1.0
    with pytest.raises(Conflict):
        watches.answer_lead(district, LOCAL, lead(district), "查否")


def test_clue_answers_of_the_table_count_too(store: Store, tmp_path: Path) -> None:
    """Trap: precision of clues is computed on another base; a clue without an answer lowers it."""
    for name, rows in (("线索.csv", CLUES), ("线索反馈.csv", ANSWERS)):
        (tmp_path / name).write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    (clue,) = watches.lead_rules(store, LOCAL)["items"]
    assert (clue["rule"], clue["sent"], clue["answered"], clue["confirmed"], clue["refuted"]) == (
        "clue@1",
        3,
        2,
        1,
        1,
    )
    assert (clue["precision"], clue["median_hours"], clue["late"]) == (0.5, 156.0, 2)
    assert clue["low"] == 0.0945 and clue["high"] == 0.9055


def upline(*arguments: str) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_command_line(district: Store) -> None:
    """Trap: commands of the contract that exist only in the service."""
    made = upline("leads", "add", "核查", "--about", PACKET, "--rule", "stay@1")["lead"]["id"]
    upline("leads", "send", made, "--unit", "甲所", "--reason", "核查", "--level", "complex")
    assert upline("leads", "accept", made)["lead"]["status"] == "accepted"
    assert upline("leads", "answer", made, "无法核实")["lead"]["course"]["result"] == "unclear"
    (row,) = upline("leads", "rules")["items"]
    assert (row["rule"], row["unclear"], row["precision"]) == ("stay@1", 1, None)
