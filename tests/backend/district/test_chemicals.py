"""Precursors from loaded tables: list, show, check and their evidence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from backend.demo.files.registers import uscc
from backend.district.answering import ALL, Listing
from backend.district.chemicals import answers
from backend.district.chemicals.law import KG
from etl.writing.load import load
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store
from tests.etl.opened import text_of

A, B, S, OUTSIDE = (uscc(f"91990101MA{n:07d}") for n in (1, 2, 3, 9))
TABLES = {
    "企业": [
        ["企业名称", "统一社会信用代码", "园区", "行业", "地址", "法定代表人", "管控等级", "联系电话"],
        ["示例一厂", A, "东园", "化工", "示例县东园1号", "章一", "一般", "0990-1"],
        ["示例二厂", B, "西园", "化工", "示例县西园2号", "章二", "一般", "0990-2"],
        ["示例商行", S, "西园", "贸易", "示例县西园3号", "章三", "重点", "0990-3"],
    ],
    "购销": [
        ["备案证明号", "购买单位代码", "销售单位代码", "化学品名称", "数量(千克)", "日期", "方向", "用途"],
        ["BA1", A, S, "丁酮", "1000", "2024-01-05", "购", "生产"],
        ["BA1", A, S, "甲基乙基酮", "1000", "2024-01-04", "销", ""],
        ["BA1", A, S, "丁酮", "400", "2024-02-05", "购", "生产"],
        ["BA1", A, S, "丁酮", "400", "2024-02-05", "购", "生产"],
        ["", B, S, "盐酸", "300", "2024-02-06", "购", "生产"],
        ["", B, "", "硫酸", "300", "2024-01-16", "购", "生产"],
        ["", OUTSIDE, S, "盐酸", "300", "2024-02-06", "销", ""],
    ],
    "许可": [
        ["证号", "单位代码", "种类", "化学品名称", "数量(千克)", "有效期起", "有效期止"],
        ["BA1", A, "购买", "丁酮", "1500", "2024-01-01", "2024-06-30"],
        ["JY1", S, "经营备案", "丁酮", "9000", "2024-01-01", "2024-12-31"],
        ["JY2", S, "经营备案", "盐酸", "9000", "2024-01-01", "2024-12-31"],
    ],
    "领用": [
        ["统一社会信用代码", "化学品名称", "数量(千克)", "日期", "用途", "领用人"],
        [A, "MEK", "800", "2024-01-20", "生产", "章四"],
        [A, "MEK", "100", "2024-01-21", "报损", "章四"],
        [A, "MEK", "50", "2024-01-22", "退库", "章四"],
        [A, "丁酮", "200", "2024-02-20", "生产", "章四"],
        [A, "丁酮", "200", "2024-02-20", "生产", "章四"],
    ],
    "盘点": [
        ["统一社会信用代码", "化学品名称", "盘点日期", "实物数量(千克)", "盘点人"],
        [A, "丁酮", "2023-12-31", "100", "章五"],
        [A, "丁酮", "2024-01-31", "250", "章五"],
        [A, "丁酮", "2024-02-29", "450", "章五"],
        [B, "硫酸", "2023-12-31", "0", "章五"],
        [B, "硫酸", "2024-01-31", "300", "章五"],
    ],
    "设备": [
        [
            "设备编号",
            "统一社会信用代码",
            "设备种类",
            "容积(升)",
            "状态",
            "状态日期",
            "对方单位代码",
            "报告日期",
        ],
        ["SB1", B, "反应釜", "500", "出租", "2024-01-05", S, ""],
        ["SB2", B, "离心机", "50", "在用", "2024-01-05", "", ""],
    ],
    "检查": [
        ["统一社会信用代码", "检查日期", "检查部门", "检查结果", "检查编号", "提级前", "提级后"],
        [A, "2024-01-20", "禁毒办", "需整改", "JC1", "一般", "一般"],
        [B, "2024-02-20", "禁毒办", "合格", "JC2", "一般", "重点"],
    ],
    "整改": [
        [
            "问题编号",
            "检查编号",
            "责任单位",
            "发现日期",
            "问题",
            "首次期限",
            "整改完成日期",
            "复查日期",
            "销号日期",
        ],
        ["WT1", "JC1", "甲所", "2024-01-20", "台账不全", "2024-02-10", "2024-02-20", "", ""],
    ],
}


def test_list_show_and_check_from_loaded_tables(store: Store, tmp_path: Path) -> None:
    """Trap: synonyms, two reports of one delivery, two equal lots of a day, declared losses count wrong; strangers are named."""
    for name, rows in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    found = answers.chemicals_list(store, LOCAL, ALL)
    assert found["on"].startswith("2024-02-29")
    told = {(each["kind"], each["company"], each["chemical"]): each for each in found["items"]}
    assert set(told) == {
        ("balance", A, "甲基乙基酮"),
        ("permit", A, "甲基乙基酮"),
        ("unfiled", B, "盐酸"),
        ("equipment", B, None),
    }
    gap = told["balance", A, "甲基乙基酮"]
    # February: 250 + 2 × 400 − 2 × 200 − 450 = 200; January: 100 + 1000 − 800 − 100 + 50 − 250 = 0
    assert (gap["mg"], gap["from"], gap["to"]) == (200 * KG, "2024-01-31", "2024-02-29")
    assert gap["tier"] == "较重" and gap["precursor_class"] == 3
    assert gap["evidence"] and all(each["evidence"] for each in gap["reasons"])
    over = told["permit", A, "甲基乙基酮"]
    assert (over["mg"], over["limit_mg"], over["tier"]) == (1800 * KG, 1500 * KG, "较重")
    assert over["against"], "genuine use speaks against a crime"
    rules = {rule["id"] for rule in found["rules"]}
    assert {reason["rule"] for each in found["items"] for reason in each["reasons"]} <= rules
    assert [each["rank"] for each in found["items"]] == [1, 2, 3, 4]

    east = answers.chemicals_list(store, LOCAL, Listing(unit="东园", limit=1))
    assert (east["count"], east["left_out"]) == (1, 1)
    early = answers.chemicals_list(store, LOCAL, Listing(dt.date(2024, 2, 4)))
    assert {each["kind"] for each in early["items"]} == {"equipment"}, "what was known on that day"

    shown = answers.chemicals_show(store, LOCAL, gap["id"])["items"][0]
    seen = shown["inspections"]
    assert (seen["visits"], seen["with_finding"], seen["problems"], seen["closed"], seen["overdue"]) == (
        1,
        1,
        1,
        0,
        1,
    )
    assert seen["level"]["now"] == "一般" and seen["level"]["proposed"]
    assert (seen["rank"], seen["of"]) == (2, 3), "the dealer nobody ever inspected comes before it"
    with pytest.raises(NotFound):
        answers.chemicals_show(store, LOCAL, "C-0")

    checked = {(each["code"], each["id"]) for each in answers.chemicals_check(store, LOCAL)["items"]}
    assert {("one_sided", S), ("problem_overdue", "WT1"), ("problem_unchecked", "WT1")} <= checked
    assert {("level_proposed", A), ("inspect_next", A)} <= checked
    assert ("level_proposed", B) not in checked, "raised and confirmed by the inspection already"
