"""Waste water from loaded tables: what is listed, shown and found wrong; the search goes on with each sample above."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from backend.district.answering import ALL, Listing
from backend.district.water import answers
from backend.reviews.answers import judge
from etl.writing.load import load
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store
from tests.etl.opened import text_of

USCC = "91990100MA0000001G"
HEADINGS = (
    "采样点 节点编号 采样日期 流量(立方米/日) 服务人口 目标物 浓度(纳克/升) 检出限(纳克/升) 定量限(纳克/升)"
)
SAMPLES = [[*HEADINGS.split(), *["可替宁(纳克/升)", "生活污水占比", "采样方式", "对映体分数"]]]
NETWORK = [
    ["节点编号", "节点名称", "类型", "下游节点", "服务人口", "企业代码"],
    ["GW1", "示例一厂", "污水厂", "", "9000", ""],
    ["GW2", "东井", "检查井", "GW1", "5000", ""],
    ["GW3", "东一井", "检查井", "GW2", "4200", USCC],
    ["GW4", "西井", "检查井", "GW1", "4000", ""],
    ["GW5", "楼井", "检查井", "GW3", "40", ""],
]
FIRMS = [
    ["企业名称", "统一社会信用代码", "行业", "易制毒类别"],
    ["示例化工", USCC, "化工", "第二类"],
]


def _row(
    day: dt.date, target: str, value: str, site: str = "示例一厂", node: str = "GW1", ef: str = ""
) -> list[str]:
    return [site, node, day.isoformat(), "2000", "9000", target, value, "1", "2", "900", "0.8", "24h混合", ef]


def _quarters(count: int) -> list[dt.date]:
    return [dt.date(2022, 1, 10) + dt.timedelta(days=91 * place) for place in range(count)]


def _write(folder: Path, name: str, rows: list[list[str]]) -> Path:
    (folder / name).write_text(text_of(rows), encoding="utf-8")
    return folder / name


def test_list_show_and_check_from_loaded_tables(store: Store, tmp_path: Path) -> None:
    """Trap: censored rows rejected or zero, a medicine listed, a search that ends at a house or ignores later samples."""
    rows = list(SAMPLES)
    *before, last = _quarters(10)
    for place, day in enumerate(before):
        rows += [_row(day, "MDMA", str(20 + place % 3)), _row(day, "氯胺酮", "<LOQ"), _row(day, "吗啡", "90")]
    rows += [_row(last, "MDMA", "160", ef="0.51"), _row(last, "氯胺酮", "ND"), _row(last, "吗啡", "900")]
    rows.append(["无名点", "GW9", last.isoformat(), "", "", "MDMA", "<LOQ", "", "", "", "", "", ""])
    for name, table in (("污水.csv", rows), ("管网.csv", NETWORK), ("企业.csv", FIRMS)):
        _write(tmp_path, name, table)
    report = load(store, [tmp_path])
    assert all(file.state == "loaded" and file.rejected == 0 for file in report.files)

    found = answers.water_list(store, LOCAL, ALL)
    assert found["on"].startswith(last.isoformat()) and found["rules"][0]["example"]
    (item,) = found["items"]
    assert (item["id"], item["site"], item["node"], item["at"]) == (
        "示例一厂|MDMA",
        "示例一厂",
        "GW1",
        last.isoformat(),
    )
    assert item["load"] is not None and item["load"]["p50"] == pytest.approx(160 * 2000 / 9000, rel=1e-4)
    assert (item["origin"], item["use"], item["factor"]) == ("disposal", None, None), (
        "poured away is not used"
    )
    assert item["chart"]["kind"] == "jump" and item["chart"]["arl0"] == pytest.approx(1864.7)
    assert item["evidence"] and item["reasons"][0]["evidence"] == item["evidence"]
    assert found["tests_a_year"] == pytest.approx(8.0, abs=0.1) and 0 < found["false_a_year"] < 0.1
    assert next(each["node"] for each in item["upstream"] if each["next"]) == "GW3", "where the firm is"
    assert "GW5" not in {each["node"] for each in item["upstream"]}, "forty people are too few"
    assert [each["uscc"] for each in item["firms"]] == [USCC]

    everything = answers.water_list(store, LOCAL, Listing(), every=True)
    assert [each["at"] is None for each in everything["items"]] == [False, True, True]
    shown = answers.water_show(store, LOCAL, "示例一厂|氯胺酮")["items"][0]
    assert shown["load"] == {"p5": 0.0, "p50": 0.111111, "p95": 0.222222, "unit": "mg/1000/d"}, (
        "ND: up to the LOD"
    )
    assert len(shown["samples"]) == 10 and all(
        each["below"] and each["value"] is None for each in shown["samples"]
    )
    assert answers.water_list(store, LOCAL, Listing(before[-1]))["items"] == [], "the day before the jump"
    assert answers.water_list(store, LOCAL, Listing(unit="别处"))["items"] == []
    with pytest.raises(NotFound):
        answers.water_show(store, LOCAL, "示例一厂|可卡因")
    checked = {(each["code"], each["id"]) for each in answers.water_check(store, LOCAL)["items"]}
    assert ("no_limit", f"无名点|MDMA|{last}") in checked and (
        "unknown_node",
        f"无名点|MDMA|{last}",
    ) in checked

    judge(store, LOCAL, "item", "rejected", ["water:示例一厂|MDMA"], "采样污染")
    (item,) = answers.water_list(store, LOCAL, ALL)["items"]
    assert item["review"] is not None and item["review"]["decision"] == "rejected"

    after = last + dt.timedelta(days=7)
    again = [*SAMPLES, _row(after, "MDMA", "<2", "东井", "GW2"), _row(after, "MDMA", "150")]
    load(store, [_write(tmp_path, "再采.csv", again)])
    (item,) = answers.water_list(store, LOCAL, ALL)["items"]
    assert item["at"] == last.isoformat(), "the alarm began with its first sample"
    assert {each["node"] for each in item["upstream"]} == {"GW1", "GW4"}, "the usual branch is cleared"
