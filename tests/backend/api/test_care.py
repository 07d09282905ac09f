"""Care over HTTP: the route is for care staff, and who may not read care neither writes nor corrects it."""

from __future__ import annotations

from pathlib import Path

from backend import answers
from backend.security.sealing import CLOSED
from etl.writing.load import load
from graph_schema.store import LOCAL, Store
from tests.backend.api.conftest import Service
from tests.backend.api.test_users import _as
from tests.backend.district.test_care import ANN, REGIMES, REGISTER, VISITS
from tests.backend.security.test_sealing import PEOPLE
from tests.etl.opened import text_of


def test_care_over_http(store: Store, empty: Service, tmp_path: Path) -> None:
    """Trap: a case role reads, confirms, types in or corrects care; care staff read cases."""
    bad = [*VISITS, [ANN, "不是日期", "2024-02-16", "冬三", ""]]
    register = [REGISTER[0], [*REGISTER[1][:-1], "从阿凡处购买"]]
    tables = {"戒毒措施": REGIMES, "走访": bad, "涉毒人员": register, "涉案人员": PEOPLE}
    for name, rows in tables.items():
        (tmp_path / f"{name}.csv").write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    their, carer = _as(empty, "li.wei", "investigator"), _as(empty, "an.ning", "care")
    row = {"身份证号": ANN, "走访日期": "2024-02-01"}
    assert their.post("/entries", json={"kind": "visits", "rows": [row]}).status_code == 403
    for path in ("/care", "/care/check", f"/care/{ANN}"):
        assert their.get(path).status_code == 403
        assert carer.get(path).status_code == 200
    confirmed = {"care_class": "C", "reason": "走访所见"}
    assert their.post(f"/care/{ANN}/class", json=confirmed).status_code == 403
    entry = carer.post(f"/care/{ANN}/class", json=confirmed)
    assert (
        entry.status_code == 201 and carer.get(f"/care/{ANN}").json()["items"][0]["class"]["confirmed"] == "C"
    )
    undo = f"/care/reviews/{entry.json()['review']['id']}/undo"
    assert their.post(undo, json={"reason": "x"}).status_code == 403
    assert carer.post(undo, json={"reason": "误操作"}).status_code == 201
    files = answers.loads(store, LOCAL)["files"]
    visits = next(file for file in files if "走访" in file["path"])
    rows = [{"file": visits["sha256"][:12], "sheet": "", "row": 5, "cells": {"走访日期": "2024-02-16"}}]
    answer = their.post(f"/imports/{visits['load']}/rejects/corrections", json={"rows": rows})
    assert answer.status_code == 403
    shown = their.get(f"/imports/{visits['load']}/rejects").json()["rejects"]
    assert [(each["row"], each["cells"], each["around"]) for each in shown if "走访" in each["path"]] == [
        (5, [], [])
    ]
    assert carer.get("/persons").status_code == 403
    entries, people = (
        next(file["sha256"][:12] for file in files if name in file["path"])
        for name in ("涉毒人员", "涉案人员")
    )
    refs = {"row": [f"{visits['sha256'][:12]}/-/2", f"{entries}/-/2", f"{people}/-/2"]}
    care, entry_row, case = carer.get("/evidence", params=refs).json()["rows"]
    assert care["found"] and "社区戒毒" in entry_row["cells"] and not case["found"]
    assert "从阿凡处购买" not in entry_row["cells"] and CLOSED in entry_row["cells"]
    theirs = their.get("/evidence", params=refs).json()["rows"]
    assert [each["found"] for each in theirs] == [False, True, True]
    assert "从阿凡处购买" in theirs[1]["cells"] and "社区戒毒" not in theirs[1]["cells"]
