"""An export loaded again: the graph that left, in an empty database, from the file the real exporter wrote."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from backend.exports.make import export_graph
from etl.writing.load import load
from etl.writing.unload import unload
from graph_schema.store import LOCAL, Store

HOSTILE = "=cmd|'/c calc'!A1<b>\u202e𠮷 _x0041_"
FILES = {
    "话单.csv": [
        ["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"],
        ["13900001234", "13900005678", "主叫", "2024-03-05 20:01:07", "47"],
        ["13900001234", "13900005678", "主叫", "2024-03-05 20:01:07", "47"],
        ["13900001234", "13900009999", "被叫", "2024-03-06 20:01:07", "5"],
    ],
    "流水.csv": [
        ["交易卡号", "交易时间", "交易金额", "收付标志", "交易对手账卡号", "对手户名", "交易流水号", "备注"],
        ["6200990000000000119", "2024-03-05 21:01:07", "300.00", "出", "6200990000000000127", "季二水", "991", HOSTILE],
    ],
    "涉案人员.csv": [
        ["案件编号", "姓名", "身份证号", "手机号码", "涉案身份", "供述上家"],
        ["A9900000000002026060001", "章一凡", "990101199001010019", "13900001234", "贩卖", "上家电话13900005678"],
    ],
}  # fmt: skip


def observed(store: Store) -> tuple[set[str], set[str]]:
    """Nodes and relationships by what they say of the world; where it was written is another file now."""
    with store.driver.session(database=store.database) as session:
        nodes = session.run(
            "MATCH (n) WHERE n:Phone OR n:Account OR n:Case OR n:ResidentId RETURN labels(n)[0] AS label, "
            "coalesce(n.number, n.account_id, n.case_no, n.resident_id) AS key"
        ).values()
        edges = session.run(
            "MATCH (a)-[e:CALLED|PAID|SAYS_SUPPLIER|INVOLVED_IN|STATES]->(b) "
            "RETURN type(e), coalesce(a.number, a.account_id, a.name, ''), "
            "coalesce(b.number, b.account_id, b.case_no, b.resident_id, ''), e.at, e.fen, e.seconds, e.memo, e.note, e.how"
        ).values()
    return {json.dumps(row, ensure_ascii=False) for row in nodes}, {
        json.dumps(row, ensure_ascii=False) for row in edges
    }


@pytest.mark.parametrize("form", ["json", "graphml", "gexf", "ftm", "anx"])
def test_what_left_comes_back(store: Store, tmp_path: Path, form: str) -> None:
    """Traps: an export only its own test can read; a hostile memo changed; two equal calls made one; one made two."""
    for name, rows in FILES.items():
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    first = load(store, [tmp_path / name for name in FILES])
    before = observed(store)
    assert len(before[1]) >= 7 and any("calc" in edge for edge in before[1])
    target = tmp_path / f"out.{form}"
    export_graph(store, LOCAL, form, target, derived=False)
    unload(store, str(first.load))
    assert observed(store) == (set(), set())
    report: Any = load(store, [target])
    (file,) = report.files
    assert (file.state, file.rejected) == ("loaded", 0), file
    assert observed(store) == before
