"""Unloading: exactly one load's evidence goes, whatever order files came and went in."""

from __future__ import annotations

import csv
from pathlib import Path

import hypothesis
import hypothesis.strategies as st
import pytest

from etl.storage.archive import Archive, OtherFormat
from etl.writing.load import load
from etl.writing.unload import unload, would_go
from graph_schema.errors import NotFound
from graph_schema.store import Store
from tests.etl.canonical import picture

CALLS = ["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"]
BANK = ["交易卡号", "交易时间", "交易金额", "收付标志", "交易对手账卡号", "对手户名", "交易流水号"]
CASES = ["案件编号", "姓名", "身份证号", "手机号码", "涉案身份", "供述上家"]
A, B, C = "13900001234", "13900005678", "13900009999"
CARD, OTHER = "6200990000000000119", "6200990000000000127"


def call(own: str, other: str, kind: str, minute: int) -> list[str]:
    return [own, other, kind, f"2024-03-05 20:{minute:02}:{7 if kind == '主叫' else 9:02}", "47"]


def paid(card: str, other: str, way: str, minute: int) -> list[str]:
    return [card, f"2024-03-05 21:{minute:02}:07", "300.00", way, other, "季二水", f"99{minute}"]


FILES = {
    "甲话单.csv": [CALLS, *(call(A, B, "主叫", n) for n in range(6)), call(A, C, "主叫", 30)],
    "乙话单.csv": [CALLS, *(call(B, A, "被叫", n) for n in range(3, 9))],
    "甲话单补充.csv": [CALLS, *(call(A, B, "主叫", n) for n in range(4, 12))],
    "甲流水.csv": [BANK, *(paid(CARD, OTHER, "出", n) for n in range(4))],
    "乙流水.csv": [BANK, *(paid(OTHER, CARD, "进", n) for n in range(2, 6))],
    "涉案人员.csv": [
        CASES,
        ["A9900000000002026060001", "章一凡", "990101199001010019", A, "贩卖", f"上家电话{B}"],
    ],
}
"""Both sides of the same calls and transfers, and a second return that overlaps the first."""


def write(folder: Path, name: str) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(FILES[name])
    return path


def one(store: Store, folder: Path, name: str) -> str:
    report = load(store, [write(folder, name)])
    assert [file.state for file in report.files] == ["loaded"], report
    return str(report.load)


def empty(store: Store) -> None:
    with store.driver.session(database=store.database) as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()
    Archive(store.home)  # makes its folders
    for path in (*(store.home / "facts").iterdir(), *(store.home / "rows").iterdir()):
        if path.is_dir():
            for file in path.iterdir():
                file.unlink()
            path.rmdir()
        elif path.name != ".format":
            path.unlink()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def test_any_sequence_ends_in_the_graph_of_what_is_left(store: Store, folder: Path) -> None:
    """Trap: after some loads and unloads, evidence of a file that went is still there, or other evidence is gone."""
    seen: dict[frozenset[str], list[str]] = {}

    @hypothesis.settings(max_examples=4, deadline=None, derandomize=True, database=None)
    @hypothesis.given(st.lists(st.sampled_from(sorted(FILES)), min_size=3, max_size=6))
    def check(steps: list[str]) -> None:
        empty(store)
        loaded: dict[str, str] = {}
        for name in steps:  # a file that is there goes, one that is not comes
            if name in loaded:
                unload(store, loaded.pop(name))
            else:
                loaded[name] = one(store, folder, name)
        after = picture(store)
        kept = frozenset(loaded)
        if kept not in seen:
            empty(store)
            for name in sorted(kept):
                one(store, folder, name)
            seen[kept] = picture(store)
        assert after == seen[kept], steps

    check()


def test_records_go_with_the_events_they_are_ends_of(store: Store, folder: Path) -> None:
    """Trap: a record is deleted with its relationships, which are then missed: the unload stops for good."""
    one(store, folder, "甲话单.csv")
    before = picture(store)
    number = one(store, folder, "涉案人员.csv")
    assert any("INVOLVED_IN" in line for line in picture(store))
    unload(store, number)
    assert picture(store) == before


def test_what_would_go_is_what_goes(store: Store, folder: Path) -> None:
    """Trap: an unload that takes out more than it said, or a look that changes something."""
    one(store, folder, "甲话单.csv")
    number = one(store, folder, "乙话单.csv")
    before = picture(store)
    told = would_go(store, number)
    assert picture(store) == before and not list((store.home / "plans").iterdir())
    # Six calls in 乙's books: three that 甲 shows too, three of his own.
    assert told["events"] == {"CALLED": {"gone": 3, "changed": 3}} and told["rows"] == 6
    unload(store, number)
    with store.driver.session() as session:
        calls = session.run("MATCH ()-[e:CALLED]->() RETURN size(e.evidence) AS n").value()
    assert sorted(calls) == [1] * 7
    with pytest.raises(NotFound):
        would_go(store, number)


def test_old_ids_still_lead_to_the_event(store: Store, folder: Path) -> None:
    """Trap: a bookmark or a judgement on an event that stays points to nothing after an unload."""
    loads = {name: one(store, folder, name) for name in ("甲流水.csv", "乙流水.csv")}
    query = "MATCH ()-[e:PAID]->() RETURN [e.event_id] + coalesce(e.aliases, []) AS ids, e.at AS at"
    with store.driver.session() as session:
        old = [record.data() for record in session.run(query) if len(record["ids"]) == 2]
    assert len(old) == 2
    unload(store, loads["乙流水.csv"])
    with store.driver.session() as session:
        new = {record["at"]: set(record["ids"]) for record in session.run(query)}
    for event in old:
        (staying,) = [ids for ids in new.values() if ids & set(event["ids"])]
        for event_id in event["ids"]:
            assert event_id in staying or Archive(store.home).lives_on_as(event_id) in staying


def test_facts_of_another_version_are_refused(store: Store, folder: Path) -> None:
    """Trap: facts an older program wrote are matched with new ones by keys that mean something else."""
    number = one(store, folder, "甲话单.csv")
    before = picture(store)
    for stamp in ("0", None):
        path = store.home / "facts" / ".format"
        path.write_text(stamp, encoding="ascii") if stamp else path.unlink()
        with pytest.raises(OtherFormat, match="UPLINE_HOME"):
            load(store, [write(folder, "乙话单.csv")])
        with pytest.raises(OtherFormat):
            unload(store, number)
    assert picture(store) == before
