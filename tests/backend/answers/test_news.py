"""What is new: against the last run before, never against one of another view, and nothing of a case one may not see."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from backend import answers
from backend.runs.keep import ABOUT
from graph_schema.store import LOCAL, Store, Viewer
from tests.backend.conftest import MAJOR, PACKET


@pytest.fixture
def runs(district: Store) -> Iterator[Path]:
    """The folder of kept runs, empty."""
    folder = Path(district.home) / "runs"
    shutil.rmtree(folder, ignore_errors=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def kept(runs: Path, name: str, started: int, rows: list[dict[str, Any]], view: str = "all") -> None:
    folder = runs / name
    folder.mkdir(parents=True)
    (folder / ABOUT).write_text(json.dumps({"run_id": name, "view": view, "started_at": started}))
    pq.write_table(pa.Table.from_pylist(rows) if rows else pa.table({}), folder / "chains.parquet")


def chain(case_no: str, score: float, *reaches: str) -> dict[str, Any]:
    return {"case_no": case_no, "score": score, "reaches": list(reaches)}


def test_what_leads_further_and_what_holds_less(district: Store, runs: Path) -> None:
    """Traps: a run of another view as measure, a later one, a lead that is only stronger told as new."""
    current = answers.runs(district, LOCAL, limit=1)["runs"][0]["id"]
    kept(
        runs,
        "R-9001",
        1_000,
        [chain(PACKET, 0.9), chain("A2", 0.8, MAJOR), chain("A3", 0.5, MAJOR)],
        LOCAL.view,
    )
    kept(runs, "R-9002", 2_000, [chain(PACKET, 0.9, MAJOR)], "another view")
    kept(runs, "R-9003", 3_000, [chain(PACKET, 0.9, MAJOR), chain("A2", 0.4, MAJOR)], LOCAL.view)
    kept(runs, current, 5_000, [chain(PACKET, 0.9, MAJOR), chain("A2", 0.6, MAJOR)], LOCAL.view)
    found = answers.news(district, LOCAL, since=2_500)
    assert found["before"] == "R-9001"
    assert found["reached"] == [{"case_no": PACKET, "reaches": [MAJOR], "score": 0.9}]
    assert found["weaker"] == [
        {"case_no": "A2", "before": 0.8, "now": 0.6},
        {"case_no": "A3", "before": 0.5, "now": 0.0},
    ]
    assert found["runs"] == 2 and found["stronger"] == []
    after = answers.news(
        district, LOCAL, since=4_000
    )  # of several runs in a day the one before the last visit counts
    assert after["before"] == "R-9003"
    assert after["stronger"] == [{"case_no": "A2", "before": 0.4, "now": 0.6}] and after["reached"] == []
    narrow = Viewer(user="x", role="investigator", view=LOCAL.view, cases=frozenset({PACKET}))
    seen = answers.news(district, narrow, since=2_500)
    assert seen["reached"] == seen["weaker"] == []


def test_nothing_to_compare_with_is_said(district: Store, runs: Path) -> None:
    """Traps: everything told as new because no earlier run is kept; opened cases lost with it."""
    found = answers.news(district, LOCAL, since=0)
    assert found["before"] is None and found["reached"] == found["weaker"] == []
    cases = {case["case_no"]: case["opened_at"] for case in answers.cases(district, LOCAL)["cases"]}
    assert {each["case_no"] for each in found["opened"]} == {no for no, opened in cases.items() if opened}
    assert answers.news(district, LOCAL, since=2**47 - 1)["opened"] == []
