"""Administration and audit: own rows count and can be taken out, shipped ones stay; the log shows itself, hidden ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backend import answers
from backend.answers import administration
from graph_schema.dictionaries import find_code_words, load
from graph_schema.dictionaries.own import forget
from graph_schema.store import Store, Viewer
from tests.backend.conftest import Builder, ms


@pytest.fixture(autouse=True)
def clean(store: Store) -> Any:
    """No rows of one test in the next."""
    yield
    for path in (Path(store.home) / "dictionaries").glob("*"):
        path.unlink()
    forget()


def test_an_own_code_word_is_found_and_forgotten_again(api: Any) -> None:
    """Trap: a row that is saved and never used, or used until the service is started anew."""
    assert not [word for word in find_code_words("今晚要两张邮票纸") if word.word == "邮票纸"]
    made = api.post(
        "/dictionaries/code_words", json={"cells": {"value": "邮票纸", "meaning": "LSD", "ambiguity": "1"}}
    )
    assert made.status_code == 201, made.text
    assert made.json()["entry"] == {**made.json()["entry"], "own": True}
    assert [word for word in find_code_words("今晚要两张邮票纸") if word.word == "邮票纸"]
    listed = api.get("/dictionaries/code_words", params={"text": "邮票纸"}).json()
    assert [(row["cells"]["id"], row["own"]) for row in listed["entries"]] == [("site-1", True)]
    counts = {each["name"]: each["own"] for each in api.get("/dictionaries").json()["dictionaries"]}
    assert counts["code_words"] == 1 and counts["tiers"] == 0
    assert api.delete("/dictionaries/code_words/site-1").status_code == 200
    assert not [word for word in find_code_words("今晚要两张邮票纸") if word.word == "邮票纸"]
    assert "site" not in api.get("/rules").json()["dictionaries"]
    for cells in ({"value": "邮票纸"}, {"value": "邮票纸", "ambiguity": "often"}):
        assert api.post("/dictionaries/code_words", json={"cells": cells}).status_code == 422, cells


def test_shipped_rows_stay_and_bad_ones_are_refused(api: Any) -> None:
    """Trap: a wrong row that makes every later load fail."""
    before = load("tiers")
    for cells in ({"meaning": "ohne"}, {"value": "x", "nonsense": "1"}, {"value": "x", "id": before[0].id},
                  {"value": "x", "valid_from": "gestern"}):  # fmt: skip
        assert api.post("/dictionaries/tiers", json={"cells": cells}).status_code == 422, cells
    assert api.delete(f"/dictionaries/tiers/{before[0].id}").status_code == 404
    assert api.post("/dictionaries/..%2Fx", json={"cells": {"value": "x"}}).status_code in (404, 405)
    assert load("tiers") == before


def test_the_rules_say_why(api: Any) -> None:
    """Trap: a weight or a parameter nobody can ask the reason of."""
    rules = api.get("/rules").json()
    assert all(each["reason"] and each["source"] for each in rules["weights"])
    shown = {each["name"]: each for each in rules["parameters"]}
    assert shown["groups.ties.sells"]["value"] == 0.5 and rules["parameters_version"]
    assert shown["network.communities.sweep"]["value"] == [0.01, 0.02, 0.05, 0.1]
    assert all(
        each[key]["zh"] and each[key]["en"] for each in shown.values() for key in ("unit", "reason", "source")
    )
    assert any("347" in str(row["cells"]) for row in rules["tiers"])


def test_the_log_shows_itself_without_saying_who_it_is_about(api: Any, stranger: Any) -> None:
    """Trap: an audit page that gives out what it should protect, or that leaves no trace of its own."""
    api.get("/persons/P-seller", headers={"X-Purpose": "0417"})
    stranger.get("/persons/P-seller")
    records = api.get("/audit", params={"action": "person", "limit": 5}).json()["records"]
    assert records[0]["action"] == "person" and records[0]["objects"] == ["P-s…er"]
    assert records[0]["purpose"] == "0417"
    refused = api.get("/audit", params={"refused": True, "limit": 1}).json()["records"][0]
    assert refused["outcome"] == "E-SIGN-IN"
    newest = api.get("/audit", params={"limit": 2}).json()
    assert newest["records"][0]["action"] == "audit" and newest["next"]
    following = api.get("/audit", params={"limit": 2, "cursor": newest["next"]}).json()["records"]
    assert following[0]["seq"] <= newest["records"][-1]["seq"]
    assert api.get("/audit", params={"first": "2999-01-01"}).json()["total"] == 0
    check = api.get("/audit/check").json()
    assert check["good"] and check["head"]["seq"] >= newest["records"][0]["seq"]
    assert stranger.get("/audit").status_code == 401


def test_files_past_their_use_come_first(api: Any, district: Store) -> None:
    """Trap: an expired file somewhere down a list of hundreds."""
    Builder(district).do(
        "MATCH (f:SourceFile) WHERE f.kind = 'bank_transactions' SET f.use_until = $at",
        at=ms("2026-05-01T00:00:00"),
    )
    files = api.get("/retention").json()["files"]
    assert files[0]["days_left"] < 0 and files[0]["path"].endswith(".xlsx") and files[1]["days_left"] is None


def test_kinds_of_files_have_names(api: Any) -> None:
    """Trap: an investigator reads bank_transactions where the workbench means 银行交易明细."""
    kinds = {each["kind"]: each for each in api.get("/imports/kinds").json()["kinds"]}
    assert len(kinds) > 20 and all(each["zh"] and each["en"] for each in kinds.values())
    assert "bank_transactions" in kinds


def test_who_reads_no_cases_sees_no_paths(district: Store) -> None:
    """Trap: a file called after a person and his number, in the lists an administrator looks after."""
    clerk, investigator = Viewer("u", "administrator"), Viewer("u", "investigator")
    for list_of in (answers.loads, administration.retention):
        assert {file["path"].partition(".")[0] for file in list_of(district, clerk)["files"]} == {"…"}
        assert not [f for f in list_of(district, investigator)["files"] if f["path"].startswith("…")]
