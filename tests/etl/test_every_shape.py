"""A folder with a file of every shape: everything recognised, every row accounted for, and taken out without a trace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend.cli import app
from etl.writing.load import load
from graph_schema.store import Store
from tests.etl.canonical import canonical_hash
from tests.etl.opened import facts_of
from tests.etl.sources.samples import tables, text_of, write_all


@pytest.mark.parametrize("name", sorted(tables()))
def test_the_sample_of_a_layout_loads_as_that_layout(name: str, tmp_path: Path) -> None:
    """Trap: a sample in the docs that is refused, taken for another table, or loses a row."""
    path = tmp_path / "a.csv"
    path.write_text(text_of(tables()[name]), encoding="utf-8")
    (facts,) = facts_of(path)
    assert facts.kind == name
    assert set(facts.states()) <= {"loaded", "excluded"} and facts.states()["loaded"] >= 1, facts.reasons()


def upline(*arguments: str) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    return json.loads(result.stdout)


def test_a_folder_of_every_shape(store: Store, tmp_path: Path) -> None:
    """Traps: a shape that is refused in company; a row nobody counted; a trace that stays after the unload."""
    calls = tables()["call_records"]
    (tmp_path / "base.csv").write_text(text_of(calls).replace("13900001234", "13900007777"), encoding="utf-8")
    load(store, [tmp_path / "base.csv"])
    before = canonical_hash(store)
    folder = tmp_path / "all"
    written = write_all(folder)
    report = upline("load", str(folder), "--basis", "测调〔2026〕1号")
    assert {file["state"] for file in report["files"]} == {"loaded"}, [
        (file["path"], file["reason"]) for file in report["files"] if file["state"] != "loaded"
    ]
    assert len(report["files"]) >= len(written)
    for file in report["files"]:
        parts = [file[name] for name in ("loaded", "duplicate", "rejected", "excluded")]
        assert file["read"] == sum(parts) and file["read"] > 0, file
        assert file["rejected"] == 0, file
    kinds = {kind for file in report["files"] for kind in str(file["kind"]).split("+")}
    assert {"bank_transactions", "tenpay_trades", "call_records", "seizures"} <= kinds
    assert canonical_hash(store) != before
    upline("unload", str(report["load"]))
    assert canonical_hash(store) == before
