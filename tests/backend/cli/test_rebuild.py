"""A database that is gone: everything but the published run is there again after one command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend import watches
from backend.cli import app
from backend.reviews.answers import judge
from backend.runs.people import read_people
from etl.intake.reports import Progress
from etl.writing.load import load
from etl.writing.unload import unload
from graph_schema.store import LOCAL, Store, embedded
from graph_schema.store.places import Places
from tests.backend.runs import by_bolt
from tests.etl.canonical import picture

HEADING = "案件编号,姓名,身份证号,手机号码,涉案身份\n"
CALLS = "本机号码,对端号码,呼叫类型,开始时间,通话时长(秒)\n"
CASE = "A9900000000002026060001"


def _files(folder: Path) -> list[Path]:
    texts = {
        "a.csv": f"{HEADING}{CASE},章一凡,990101199001010019,13900001234,贩卖\n",
        "b.csv": f"{CALLS}13900001234,13900005678,主叫,2024-03-05 20:15:07,47\n",
        "c.csv": f"{CALLS}13900005678,13900001234,被叫,2024-03-05 20:15:09,47\n",
        "d.csv": f"{CALLS}13900009999,13900001234,主叫,2024-03-06 20:15:09,4\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _history(store: Store) -> list[dict[str, Any]]:
    return [row | {"done": 0} for row in store.read(LOCAL, "load.history", timeout=60.0)]


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_lost_database_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the volume of the database is lost, and judgements, leads and watches, which no file says, with it."""
    home, again = tmp_path / "home", CliRunner()
    monkeypatch.setenv("UPLINE_HOME", str(home))
    monkeypatch.setenv("UPLINE_DB_HEAP", "512m")
    try:
        with Store.connect() as store:
            one, two, three, four = _files(tmp_path)
            load(store, [one, two])
            gone = load(store, [four])
            load(store, [three])
            unload(store, str(gone.load))
            watches.add_watch(
                store, LOCAL, {"kind": "appears", "target": "Phone:+8613900001234"}, name="看住"
            )
            lead = watches.add_lead(store, LOCAL, "核查 5678 号机主", ["Phone:+8613900005678"])["lead"]["id"]
            judge(store, LOCAL, "lead", "confirmed", [lead], "核实")
            before, loads = picture(store), _history(store)
        embedded.stop(home)
        shutil.rmtree(Places(home).neo4j)
        Places(home).password.unlink()

        told = again.invoke(app, ["doctor", "--json"])
        assert [each["name"] for each in json.loads(told.stdout)["checks"] if each["ok"] is False] == ["data"]
        done = again.invoke(app, ["rebuild", "--json"])
        assert done.exit_code == 0, done.output
        with Store.connect() as store:
            assert picture(store) == before
            assert _history(store) == loads
            seen: list[Progress] = []
            observed, facts, _ = read_people(store, LOCAL, seen.append)
            assert by_bolt.assert_same(store, observed, facts) == 1
            assert seen == [], "the event table comes with the database"
            assert load(store, [four]).events["calls"] == 2
    finally:
        embedded.stop(home)
