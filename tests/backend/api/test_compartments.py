"""Compartments at the door: who lacks one only reads, from a graph of his own, and gets nothing until that is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.api.own_graphs import OwnGraphs
from backend.security.audited import audit_log
from backend.security.rights import OF_THE_SITE, below
from etl.intake.reports import LoadOptions
from etl.storage.compartments import FILE, declare, declared, reconcile
from etl.writing import past
from etl.writing.load import Progress, load
from graph_schema.errors import Busy, InputError
from graph_schema.store import LOCAL, Store, Viewer
from tests.accounts import token_of
from tests.backend.api.conftest import Service
from tests.backend.api.test_gate import READS
from tests.backend.api.test_intent import CHANGES, _path
from tests.backend.conftest import Builder

COMPARTMENT = "专案甲"
WRONG = "案件编号,姓名,身份证号,涉案身份,抓获日期\nA9901000000002026040009,章一,990101199001010019,贩卖,2026-13-41\n"
DRAWN = ("POST /tables", "POST /drawings/canvas")


@pytest.fixture
def outsider(api: Service, district: Store, monkeypatch: pytest.MonkeyPatch) -> Service:
    """An investigator who lacks a compartment, in a service that makes no graph for him."""
    Builder(district).do(
        "UNWIND [1, 2] AS n MERGE (l:Load {load_id: toString(n)}) "
        "SET l.load = n, l.action = 'load', l.state = 'finished', l.started_at = n, l.finished_at = n"
    )
    monkeypatch.setattr(OwnGraphs, "_make", lambda self, now, seen: None)
    assert api.post("/compartments", json={"name": COMPARTMENT}).status_code == 201
    return Service(api.port, token_of(Path(district.home), "wang", "investigator"))


def test_until_his_graph_is_made_nobody_gets_anything(outsider: Service, api: Service) -> None:
    """Trap: the graph of all files answers while the other is being made, or where one asks for an earlier load."""
    for path in (
        *READS,
        "/views",
        "/leads",
        "/watches",
        "/reviews",
        "/district",
        "/retention",
        "/exports?format=csv",
    ):
        assert api.get(path).ok, path
        answer = outsider.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "E-BUSY"), (path, answer.text)
        assert "甲一" not in answer.text and "13900" not in answer.text
        assert outsider.get(path, params={"as_of": 1}).status_code == 409, path
    assert outsider.get("/imports/mappings").status_code == 403
    assert outsider.get("/session").json()["rights"] == [
        "cases",
        "ledger",
        "loads",
        "rows",
        "rules",
        "session",
    ]


def test_who_sees_some_files_only_reads(outsider: Service, district: Store) -> None:
    """Trap: a judgement or a load of somebody who sees half lands in the graph of all, and its answer tells of the rest."""
    for operation, more in CHANGES.items():
        method, path = _path(operation)
        if below(path, OF_THE_SITE):
            continue
        answer = outsider.request(method, path, headers={"Accept-Language": "en"}, **more)
        assert answer.status_code == 403 and "only some of the files" in answer.text, operation
        assert list(audit_log().records())[-1]["outcome"] == "E-FORBIDDEN"


def test_a_compartment_given_and_taken_counts_from_the_next_request(
    outsider: Service, api: Service, district: Store
) -> None:
    """Trap: a cached right, or an administrator who puts himself in."""
    his = "/users/wang/compartments"
    assert api.put(his, json={"compartments": ["无此范围"]}).status_code == 422
    given = api.put(his, json={"compartments": [COMPARTMENT]}).json()["user"]
    assert given["compartments"] == [COMPARTMENT]
    assert outsider.get("/persons").ok
    assert api.put(his, json={"compartments": []}).ok
    assert outsider.get("/persons").status_code == 503
    assert api.put(his, json={"compartments": [COMPARTMENT]}).ok and outsider.get("/persons").ok
    assert api.post("/compartments", json={"name": "专案乙"}).ok
    assert outsider.get("/persons").status_code == 503, "a new compartment is open to nobody"
    boss = Service(api.port, token_of(Path(district.home), "boss", "administrator"))
    assert boss.put("/users/boss/compartments", json={"compartments": [COMPARTMENT]}).status_code == 403
    assert outsider.put(his, json={"compartments": [COMPARTMENT]}).status_code == 403
    assert boss.put(his, json={"compartments": [COMPARTMENT, "专案乙"]}).ok and outsider.get("/persons").ok


def test_a_list_that_cannot_be_read_opens_nothing(outsider: Service, api: Service, district: Store) -> None:
    """Trap: a damaged list of compartments reads as none, and everybody sees everything."""
    file = Path(district.home) / FILE
    kept = file.read_text(encoding="utf-8")
    for damaged in ("", "{", '{"name": 1}', "[1]"):
        file.write_text(damaged, encoding="utf-8")
        assert outsider.get("/persons").status_code >= 500, damaged
    file.write_text(kept, encoding="utf-8")
    assert outsider.get("/persons").status_code == 503
    file.unlink()
    lost = outsider.get("/persons")
    assert lost.status_code >= 500 and FILE in lost.json()["detail"], (
        "a list that was lost is no list without names"
    )
    Builder(district).do("MATCH (f:SourceFile) WITH f LIMIT 1 SET f.compartment = $name", name=COMPARTMENT)
    reconcile(district.home, district)
    assert declared(district.home) == (COMPARTMENT,), "what files bear is declared"
    assert outsider.get("/persons").status_code == 503


def test_nobody_hears_of_anothers_graph(district: Store) -> None:
    """Trap: whoever waits is told how many rows the graph of somebody else has, and so what is hidden from him."""
    graphs = OwnGraphs()
    graphs._note("of-other", Progress("writing", 812, 48_210))
    assert not any(each in graphs._told("of-mine").zh for each in ("812", "写入"))
    assert "812/48210" in graphs._told("of-other").zh


def test_corrected_rows_stay_in_the_compartment_of_their_file(store: Store, tmp_path: Path) -> None:
    """Trap: a list of rejects loaded by itself makes rows open to everybody, and the hidden file's name with them."""
    declare(store.home, [COMPARTMENT, "专案乙"], by="local")
    (tmp_path / "涉案人员.csv").write_text(WRONG, encoding="utf-8")
    report = load(store, [tmp_path], LoadOptions(compartment=COMPARTMENT))
    (rejects,) = report.files[0].rejects
    corrected = tmp_path / "again" / "corrected.csv"
    corrected.parent.mkdir()
    corrected.write_text(
        Path(rejects).read_text(encoding="utf-8-sig").replace("2026-13-41", "2026-03-04"), "utf-8"
    )
    with pytest.raises(InputError, match=COMPARTMENT):
        load(store, [corrected], LoadOptions(compartment="专案乙"))
    load(store, [corrected])
    found = {row["path"]: row["compartment"] for row in store.read(LOCAL, "load.sources")}
    assert set(found.values()) == {COMPARTMENT}


def test_a_worker_makes_no_graph(district: Store, outsider: Service) -> None:
    """Trap: a process that is ended with its caller makes a graph, or answers from the one of all files."""
    seen = Viewer("wang", "investigator", compartments=frozenset())
    with pytest.raises(Busy):
        OwnGraphs(makes=False).store(district, seen)
    assert not past.homes(district.home)


def test_files_are_loaded_under_declared_compartments_alone(store: Store, tmp_path: Path) -> None:
    """Trap: a name written wrongly hides a file from everybody, or from nobody."""
    file = tmp_path / "a.csv"
    file.write_text("本机号码,对端号码,呼叫类型,开始时间,通话时长(秒)\n", encoding="utf-8")
    with pytest.raises(InputError):
        load(store, [file], LoadOptions(compartment=COMPARTMENT))
    with pytest.raises(InputError):
        declare(store.home, ["甲 乙"], "local")
