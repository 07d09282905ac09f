"""Care over HTTP: the route is for care staff, and who may not read care neither writes nor corrects it."""

from __future__ import annotations

from pathlib import Path

from backend import answers
from etl.writing.load import load
from graph_schema.store import LOCAL, Store
from tests.backend.api.conftest import Service
from tests.backend.api.test_users import _as
from tests.backend.district.test_care import ANN, REGIMES, VISITS
from tests.etl.opened import text_of


def test_care_over_http(store: Store, empty: Service, tmp_path: Path) -> None:
    """Trap: a case role reads, confirms, types in or corrects care; care staff read cases."""
    bad = [*VISITS, [ANN, "不是日期", "2024-02-16", "冬三", ""]]
    for name, rows in (("戒毒措施", REGIMES), ("走访", bad)):
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
    visits = next(file for file in answers.loads(store, LOCAL)["files"] if "走访" in file["path"])
    rows = [{"file": visits["sha256"][:12], "sheet": "", "row": 5, "cells": {"走访日期": "2024-02-16"}}]
    answer = their.post(f"/imports/{visits['load']}/rejects/corrections", json={"rows": rows})
    assert answer.status_code == 403
    shown = their.get(f"/imports/{visits['load']}/rejects").json()["rejects"]
    assert [(each["row"], each["cells"], each["around"]) for each in shown if "走访" in each["path"]] == [
        (5, [], [])
    ]
    assert carer.get("/persons").status_code == 403
