"""A run reads the event table: whatever was loaded and taken out, the table says what the graph says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import hypothesis
import hypothesis.strategies as st
import pytest

from backend.runs.people import read_people
from etl.intake.reports import Progress
from etl.storage.event_table import EventTable
from etl.writing import tabled
from etl.writing.entries import enter
from etl.writing.unload import unload
from graph_schema.store import LOCAL, Store, embedded
from graph_schema.store.backup import backup, restore
from tests.backend.runs import by_bolt
from tests.etl.writing.test_unload import CARD, FILES, OTHER, empty, one


def agreed(store: Store) -> tuple[int, list[Progress]]:
    """How many events a run reads, which the graph says too, and what it told meanwhile."""
    seen: list[Progress] = []
    observed, facts, _ = read_people(store, LOCAL, seen.append)
    return by_bolt.assert_same(store, observed, facts), seen


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def test_after_any_loads_and_unloads_the_table_says_what_the_graph_says(store: Store, folder: Path) -> None:
    """Trap: an event two books share stands twice, an unload leaves it, or one takes it from the book that stays."""

    @hypothesis.settings(
        max_examples=4, deadline=None, derandomize=True, database=None, phases=[hypothesis.Phase.generate]
    )
    @hypothesis.given(st.lists(st.sampled_from(sorted(FILES)), min_size=3, max_size=6))
    def check(steps: list[str]) -> None:
        empty(store)
        loaded: dict[str, str] = {}
        for name in steps:
            if name in loaded:
                unload(store, loaded.pop(name))
            else:
                loaded[name] = one(store, folder, name)
        count, seen = agreed(store)
        assert seen == [], "the table followed every step: nothing is made anew"
        assert count or not loaded

    check()


def test_what_is_entered_by_hand_is_in_the_table(store: Store, folder: Path) -> None:
    """Trap: an entry, which is a load of one row, is known to the graph alone."""
    one(store, folder, "甲流水.csv")
    before, _ = agreed(store)
    entry = {"付款账号": CARD, "收款账号": OTHER, "金额": "700", "时间": "2024-03-05 20:15:07"}
    report = enter(store, "payment", [entry], "章一凡")
    assert agreed(store) == (before + 1, [])
    unload(store, str(report.load))
    assert agreed(store) == (before, [])


def test_a_table_that_does_not_agree_is_made_anew(store: Store, folder: Path) -> None:
    """Trap: a home of an older version, a table of other files or a graph that was changed since is read as it is."""
    one(store, folder, "甲话单.csv")
    number = one(store, folder, "乙话单.csv")
    count, _ = agreed(store)
    table = EventTable(store.home)
    manifest = table.folder / "table.json"

    manifest.unlink()  # as after an update
    assert agreed(store)[1], "a user sees why it takes longer"
    assert agreed(store) == (count, []), "once"

    told = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**told, "files": "0" * 64}), encoding="utf-8")
    assert agreed(store)[1]

    with store.driver.session() as session:
        session.run("MATCH ()-[e:CALLED]->() WITH e LIMIT 1 DELETE e").consume()
    again, seen = agreed(store)
    assert again == count - 1 and seen

    manifest.unlink()
    unload(store, number)
    assert not manifest.exists(), "a table that is not there follows nothing"
    assert agreed(store)[1]


@pytest.mark.long
def test_a_restored_database_is_read_as_it_is(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: after a restore a run reads the events of the state that was set aside."""
    home, kept = tmp_path / "home", tmp_path / "kept.tar"
    monkeypatch.setenv("UPLINE_HOME", str(home))
    monkeypatch.setenv("UPLINE_DB_HEAP", "512m")
    try:
        with Store.connect() as store:
            one(store, folder, "甲话单.csv")
            count, _ = agreed(store)
        backup(home, kept, force=True)
        with Store.connect() as store:
            one(store, folder, "乙话单.csv")
            assert agreed(store)[0] > count
        later = tmp_path / "later"
        shutil.copytree(EventTable(home).folder, later)
        restore(home, kept, force=True)
        with Store.connect() as store:
            assert agreed(store) == (count, []), "the table came back with its database"
            shutil.rmtree(EventTable(home).folder)
            shutil.copytree(later, EventTable(home).folder)
            again, seen = agreed(store)
            assert again == count and seen, "the table of a later state is made anew"
    finally:
        embedded.stop(home)


def test_nothing_of_a_file_taken_out_stays_in_the_table(store: Store, folder: Path) -> None:
    """Trap: a row an earlier part holds, which a later load had replaced, outlives the file it came from."""
    first = one(store, folder, "甲话单.csv")
    second = one(store, folder, "乙话单.csv")
    one(store, folder, "涉案人员.csv")
    unload(store, second)
    unload(store, first)
    parts = [path.read_bytes() for path in EventTable(store.home).folder.glob("*.parquet")]
    with tabled.event_table(store, LOCAL, lambda _: None) as con:
        names = [str(path) for path in EventTable(store.home).folder.glob("*.parquet")]
        held = con.execute("SELECT DISTINCT rel FROM read_parquet(?)", [names]).fetchall()
    assert parts and held == [("SAYS_SUPPLIER",)]
