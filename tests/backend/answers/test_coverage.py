"""Coverage: what was asked for, what came back, and what nobody asked for, from real files to the answer."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from backend import answers
from backend.contract.coverage import Coverage
from backend.runs import analyse
from etl.writing.load import LoadOptions, load
from graph_schema.store import LOCAL, Store

WHO, PHONE, OTHER, CARD, UNASKED = (
    "990101199001010019",
    "13900001234",
    "13900005678",
    "6200990000000000119",
    "13900009999",
)


def write(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def call(own: str, other: str, kind: str, at: str) -> list[str]:
    return [own, other, kind, at, "47"]


def lines_of(store: Store) -> dict[str, dict[str, Any]]:
    found = answers.coverage(store, LOCAL, WHO)
    TypeAdapter(Coverage).validate_python(found)
    return {line["identifier"]: {**line, "months": found["months"]} for line in found["lines"]}


def test_what_was_never_asked_is_no_silence(store: Store, tmp_path: Path) -> None:
    """Traps: an empty month told as no dealings; the other side's bill told as his; a request told as an answer."""
    head = ["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"]
    own = [
        call(PHONE, OTHER, "主叫", f"{day} 20:00:07")
        for day in ("2026-01-05", "2026-01-20", "2026-03-25", "2026-03-31")
    ]
    elsewhere = [
        call(OTHER, UNASKED, "主叫", "2026-02-03 20:00:07"),
        call(OTHER, PHONE, "被叫", "2026-01-05 20:00:09"),
    ]
    people = [
        ["案件编号", "姓名", "身份证号", "手机号码", "银行卡号", "涉案身份"],
        ["A9900000000002026060001", "章一凡", WHO, PHONE, CARD, "贩卖"],
        ["A9900000000002026060001", "章一凡", WHO, UNASKED, "", "贩卖"],
    ]
    asked = [
        [
            "任务流水号",
            "银行名称",
            "证账号码",
            "账卡号",
            "发送时间",
            "反馈结果",
            "明细起始时间",
            "明细截止时间",
        ],
        ["T990000000001", "示例银行", WHO, CARD, "2026-04-01 09:00:00", "", "2026-01-01", "2026-03-31"],
    ]
    load(store, [write(tmp_path / "本机话单.csv", head, *own)], LoadOptions(basis="测调〔2026〕1号"))
    load(
        store,
        [
            write(tmp_path / "对端话单.csv", head, *elsewhere),
            write(tmp_path / "涉案人员.csv", *people),
            write(tmp_path / "查询任务信息.csv", *asked),
        ],
    )
    analyse(store, LOCAL, seed=1)
    lines = lines_of(store)

    phone = lines[f"Phone:+86{PHONE}"]
    assert phone["months"] == ["2026-01", "2026-02", "2026-03"]
    (source,) = phone["sources"]
    assert (source["path"], source["basis"], source["events"]) == ("本机话单.csv", "测调〔2026〕1号", 4)
    assert (source["first"], source["last"]) == ("2026-01-05", "2026-03-31")
    assert [cell["state"] for cell in phone["cells"]] == ["answered", "silent", "answered"]
    assert [(gap["kind"], gap["first"], gap["last"]) for gap in phone["missing"]] == [
        ("gap", "2026-01-20", "2026-03-25")
    ]

    unasked = lines[f"Phone:+86{UNASKED}"]
    assert unasked["sources"] == [] and [gap["kind"] for gap in unasked["missing"]] == ["never_asked"]
    assert [(cell["state"], cell["elsewhere"]) for cell in unasked["cells"]] == [
        ("not_asked", 0),
        ("not_asked", 1),
        ("not_asked", 0),
    ]

    card = lines[f"Account:card:{CARD}"]
    assert [request["request"] for request in card["requests"]] == ["T990000000001"]
    assert [cell["state"] for cell in card["cells"]] == ["asked"] * 3
    assert [gap["kind"] for gap in card["missing"]] == ["unanswered"]


def test_the_period_asked_for_counts_as_covered(store: Store, tmp_path: Path) -> None:
    """Trap: a return that has no row in its last months is told as not asked for there."""
    head = ["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"]
    people = [
        ["案件编号", "姓名", "身份证号", "手机号码", "涉案身份"],
        ["A9900000000002026060001", "章一凡", WHO, PHONE, "贩卖"],
    ]
    jan, apr = 1767196800000, 1777564799999  # 2026-01-01 to 2026-04-30 in Beijing
    load(
        store,
        [write(tmp_path / "话单.csv", head, call(PHONE, OTHER, "主叫", "2026-02-05 20:00:07"))],
        LoadOptions(asked_from=jan, asked_until=apr),
    )
    load(store, [write(tmp_path / "涉案人员.csv", *people)])
    analyse(store, LOCAL, seed=1)
    phone = lines_of(store)[f"Phone:+86{PHONE}"]
    assert phone["months"] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert [cell["state"] for cell in phone["cells"]] == ["silent", "answered", "silent", "silent"]
    assert [(gap["first"], gap["last"]) for gap in phone["missing"]] == [
        ("2026-01-01", "2026-02-05"),
        ("2026-02-05", "2026-04-30"),
    ]
