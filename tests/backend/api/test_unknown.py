"""Unknown tables, hand entries and corrections through the service, on the real store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph_schema.store import Store
from tests.backend.api.test_jobs import ended

CARD, OTHER = "6200990000000000119", "6200990000000000127"
BOOKS = f"""记账日,本人账户,对方户头,往来金额(元),收付,附注,对方名称
2024-03-05 21:14:07,{CARD},{OTHER},300.00,付,货款,季二水
2024-03-06 21:14:07,{CARD},{OTHER},301.50,收,货款,季二水
2024-13-07 21:14:07,{CARD},{OTHER},302.00,付,货款,季二水
"""
NAME = "某支付"


def payments(store: Store) -> list[int]:
    with store.driver.session(database=store.database) as session:
        return session.run("MATCH ()-[e:PAID]->() RETURN e.fen AS fen ORDER BY fen").value()


def test_map_save_load_correct_and_undo(empty: Any, store: Store) -> None:
    """Trap: a proposal that keeps something by itself, a mapping nobody can see or take back."""
    api = empty
    file = {"file": ("客户往来.csv", BOOKS.encode(), "text/csv")}
    proposed = api.post("/imports/mappings/propose", files=file, data={"set": ["附注=memo"]}).json()
    assert proposed["kind"] == "bank_transactions" and proposed["mapping"]["fields"]["memo"] == "附注"
    assert proposed["preview"]["counts"] == {"read": 3, "loaded": 2, "rejected": 1, "excluded": 0}
    assert api.get("/imports/mappings").json() == {"mappings": []}
    assert not list((Path(store.home) / "uploads").iterdir()) and payments(store) == []
    kept = api.put(f"/imports/mappings/{NAME}", json=proposed["mapping"])
    assert kept.status_code == 200 and kept.json()["version"] == 1
    assert api.get(f"/imports/mappings/{NAME}").json() == kept.json()
    job = ended(api, api.post("/imports", files={"files": file["file"]}).json()["id"])
    assert [f["kind"] for f in job["result"]["files"]] == [f"bank_transactions/{NAME}@1"]
    load = job["result"]["load"]
    rejects = api.get(f"/imports/{load}/rejects").json()
    (row,) = rejects["rejects"]
    assert (row["row"], row["column"], row["value"], row["reason"]) == (
        4,
        "记账日",
        "2024-13-07 21:14:07",
        "bad_time",
    )
    assert [near["row"] for near in row["around"]] == [2, 3] and rejects["total"] == 1
    change = {"file": row["file"], "row": 4, "cells": {"记账日": "2024-03-07 21:14:07"}}
    for wrong in ({"row": 2}, {"cells": {"没有": "x"}}, {"file": "0" * 64}):
        answer = api.post(f"/imports/{load}/rejects/corrections", json={"rows": [change | wrong]})
        assert answer.status_code == 422, answer.text
    fed = api.post(f"/imports/{load}/rejects/corrections", json={"rows": [change]})
    assert [f["loaded"] for f in ended(api, fed.json()["id"])["result"]["files"]] == [1]
    assert payments(store) == [30000, 30150, 30200]
    left = api.get(f"/imports/{load}/rejects").json()
    assert left == {"rejects": [], "total": 0, "next": None}, "corrected is no longer rejected"
    counts = {f["load"]: (f["rejected"], f["corrected"]) for f in api.get("/loads").json()["files"]}
    assert counts == {int(load): (0, 1), int(load) + 1: (0, 0)}
    newest = api.get("/loads?limit=1").json()["files"][0]
    assert newest["signed_by"] == "local"
    look = ended(api, api.delete(f"/loads/{load}?dry_run=true").json()["id"])
    assert look["result"]["events"] == {"PAID": {"gone": 2, "changed": 0}}
    assert payments(store) == [30000, 30150, 30200]
    ended(api, api.delete(f"/loads/{load}").json()["id"])
    assert payments(store) == [30200]
    assert api.delete(f"/imports/mappings/{NAME}").json() == {"mappings": []}
    assert api.get(f"/imports/mappings/{NAME}").status_code == 404


def test_a_hand_entry_is_a_signed_source(empty: Any, store: Store) -> None:
    """Trap: what somebody typed in cannot be told from what a bank sent, or cannot be taken back."""
    api = empty
    case = {"案件编号": "A9900000000002026060009", "立案日期": "2026-06-01", "案件名称": "测试案"}
    job = ended(
        api, api.post("/entries", json={"kind": "case", "rows": [case], "basis": "接警登记"}).json()["id"]
    )
    assert job["state"] == "done", job
    source = api.get("/loads?limit=1").json()["files"][0]
    assert (source["kind"], source["signed_by"], source["basis"]) == ("hand_entry/cases", "local", "接警登记")
    amended = case | {"案件名称": "测试案（改）"}
    ended(api, api.post("/entries", json={"kind": "case", "rows": [amended]}).json()["id"])

    def name() -> list[str]:
        with store.driver.session(database=store.database) as session:
            return session.run("MATCH (c:Case) RETURN c.case_name AS name").value()

    assert name() == ["测试案（改）"]
    second = api.get("/loads?limit=1").json()["files"][0]
    ended(api, api.delete(f"/loads/{second['load']}").json()["id"])
    assert name() == ["测试案"]
    for wrong, why in (
        ({"kind": "case", "rows": [case | {"立案日期": "昨天"}]}, "立案日期"),
        ({"kind": "case", "rows": [{"案件名称": "无编号"}]}, "案件编号"),
        ({"kind": "case", "rows": [case | {"没有的栏": "x"}]}, "没有的栏"),
        ({"kind": "nonsense", "rows": [case]}, "nonsense"),
    ):
        failed = ended(api, api.post("/entries", json=wrong).json()["id"])
        assert failed["state"] == "failed" and why in failed["error"]["detail"], failed
    link = {"标识A": "13900001234", "标识B": "wxid_sample0002", "关系": "同住"}
    ended(api, api.post("/entries", json={"kind": "link", "rows": [link]}).json()["id"])
    with store.driver.session(database=store.database) as session:
        found = session.run("MATCH (:Phone)-[e:RELATED_TO]->(:Account) RETURN e.name AS name").value()
    assert found == ["同住"]


def test_a_correction_taken_out_leaves_its_row_rejected(empty: Any) -> None:
    """Trap: a row that counts as corrected though the correction is gone."""
    api = empty
    text = "案件编号,案件名称,立案日期,案件类别\nA9900000000002026060001,测试案,2026-13-01,贩卖毒品\n"
    job = api.post("/imports", files=[("files", ("案件.csv", text.encode(), "text/csv"))]).json()
    load = ended(api, job["id"])["result"]["load"]
    row = api.get(f"/imports/{load}/rejects").json()["rejects"][0]
    change = {"file": row["file"], "row": row["row"], "cells": {row["column"]: "2026-06-01"}}
    fed = ended(api, api.post(f"/imports/{load}/rejects/corrections", json={"rows": [change]}).json()["id"])
    assert api.get(f"/imports/{load}/rejects").json()["total"] == 0
    ended(api, api.delete(f"/loads/{fed['result']['load']}").json()["id"])
    assert api.get(f"/imports/{load}/rejects").json()["total"] == 1
    assert [f["rejected"] for f in api.get("/loads").json()["files"]] == [1]
