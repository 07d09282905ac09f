"""What is stored is held against its source: every difference is found and named by file, row and column."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from backend.cli import app
from etl.storage.archive import Archive, Stopped
from etl.verifying.report import Difference, Verified
from etl.verifying.verify import VerifyScope, verify
from etl.writing.entries import enter
from etl.writing.load import LoadOptions, load
from etl.writing.unload import unload
from graph_schema.store import Store
from tests.etl.canonical import canonical_hash

CASE = "A9900000000002026060001"
HEADING = ["案件编号", "姓名", "身份证号", "手机号码", "涉案身份"]
CALLS = ["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"]
ONE = [["13900001234", "13900005678", "主叫", "2024-03-05 20:15:07", "47"]]
OTHER = [
    ["13900005678", "13900001234", "被叫", "2024-03-05 20:15:09", "47"],
    ["13900005678", "13900001234", "主叫", "2024-03-06 20:15:09", "12"],
]


def _csv(path: Path, rows: list[list[str]]) -> Path:
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def sources(tmp_path: Path, store: Store) -> Path:
    """Two carriers' views of one call, a table of a case in an archive, a workbook; then a hand entry; in two loads."""
    folder = tmp_path / "来源"
    folder.mkdir()
    book = openpyxl.Workbook()
    for row in [CALLS, *OTHER]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "二.xlsx")
    table = _csv(
        tmp_path / "三.csv", [HEADING, [CASE, "章一凡", "990101199001010019", "13900001234", "贩卖"]]
    )
    with zipfile.ZipFile(folder / "包.zip", "w") as package:
        package.write(table, "三.csv")
    _csv(folder / "四.csv", [["案件编号", "案件名称", "立案时间"], [CASE, "测试零包案", "2026-06-01"]])
    load(store, [_csv(folder / "一.csv", [CALLS, *ONE])])
    load(store, [folder])
    enter(store, "person", [{"姓名": "李测试", "身份证号": "990101199001010027"}], "测试员")
    return folder


def _verify(store: Store, **wanted: object) -> Verified:
    return verify(store, VerifyScope(**wanted), lambda _: None, lambda: False)  # type: ignore[arg-type]


def _named(found: Verified) -> set[tuple[str, str, int, str]]:
    return {(each.kind, each.file, each.row, each.column) for each in found.differences.listed}


def _sha(store: Store, path: str) -> str:
    return next(row["sha256"] for row in store.rows("load.sources") if row["path"] == path)


def test_what_nobody_touched_is_the_same(store: Store, sources: Path) -> None:
    """Trap: a check that cries at what is in order: merged events, archives, workbooks, hand entries, later loads."""
    before = canonical_hash(store)
    found = _verify(store)
    assert found.differences.listed == [] and found.whole
    assert [(file.path, file.state, file.rows) for file in found.files][:3] == [
        ("一.csv", "same", 1),
        ("二.xlsx", "same", 2),
        ("包.zip/三.csv", "same", 1),
    ]
    assert found.files[4].state == "same", "what somebody typed in is kept and read again"
    assert found.compared["events"] == sum(store.rows("load.count_calls")[0].values()) + _others(store)
    assert canonical_hash(store) == before and not list((Path(store.home) / "tmp").glob("verify-*"))

    part = _verify(store, load=2)
    assert part.differences.listed == [] and len(part.files) == 3 and not part.whole
    assert len(_verify(store, sample=1).files) == 1
    shutil.move(sources, sources.with_name("别处"))
    assert _verify(store, places=(sources.with_name("别处"),)).differences.listed == []


def _others(store: Store) -> int:
    with store.driver.session(database=store.database) as session:
        asked = "MATCH ()-[e]->() WHERE e.event_id IS NOT NULL AND NOT e:CALLED RETURN count(e)"
        return int(session.run(asked).single(strict=True)[0])


@contextmanager
def _instead(path: Path, change: Callable[[Path], object]) -> Iterator[None]:
    """A file changed, and put back."""
    aside = path.read_bytes()
    change(path)
    yield
    path.write_bytes(aside)


def _altered(column: str, value: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        rows = pq.read_table(path)
        at = rows.column_names.index(column)
        values = pa.array([value, *rows[column].to_pylist()[1:]], rows.schema.field(column).type)
        pq.write_table(rows.set_column(at, rows.schema.field(column), values), path)

    return change


def test_a_source_that_changed_or_went_is_named(store: Store, sources: Path) -> None:
    """Trap: the file a row was read from says something else now, or is gone, and the row still passes as proven."""
    longer = [CALLS, [*ONE[0][:4], "470"]]
    with _instead(sources / "一.csv", lambda path: _csv(path, longer)):
        found = _verify(store)
        cell = Difference(
            "changed", "一.csv", _sha(store, "一.csv"), "", 2, "通话时长(秒)", "cells", "470", "47"
        )
        assert cell in found.differences.listed
        assert _named(found) == {("changed", "一.csv", 0, "sha256"), ("changed", "一.csv", 2, "通话时长(秒)")}
    with _instead(sources / "包.zip", Path.unlink):
        assert _named(_verify(store)) == {("gone", "包.zip/三.csv", 0, "")}
    kept = next((Path(store.home) / "originals").iterdir()) / "file"
    with _instead(kept, lambda path: path.write_bytes(path.read_bytes() + b"\n")):
        assert {each.kind for each in _verify(store).differences.listed} == {"changed"}
    assert _verify(store).differences.listed == []


def test_what_was_altered_on_disk_is_named(store: Store, sources: Path) -> None:
    """Trap: somebody rewrites a fact or a raw row beside the database, and every later graph is made of it."""
    archive, sha256 = Archive(Path(store.home)), _sha(store, "二.xlsx")
    with _instead(archive.facts(sha256) / "legs.parquet", _altered("amount", 4700)):
        found = _verify(store).differences.listed
        said = Difference("fact", "二.xlsx", sha256, "Sheet", 2, "amount", "legs", "47", "4700")
        assert found == [said]
    with _instead(archive.rows(sha256), _altered("cells", ["1", *OTHER[0][1:]])):
        assert _named(_verify(store)) == {("row", "二.xlsx", 2, "本机号码")}
    with _instead(archive.facts(sha256) / "legs.parquet", lambda path: path.write_bytes(b"PAR1")):
        assert {each.kind for each in _verify(store).differences.listed} == {"unreadable"}
    with _instead(archive.facts(sha256) / "legs.parquet", Path.unlink):
        assert {each.kind for each in _verify(store).differences.listed} == {"unreadable"}


CHANGES = {
    "MATCH ()-[e:CALLED {seconds: 12}]->() SET e.seconds = 13": ("altered", "二.xlsx", 3, "seconds"),
    "MATCH ()-[e:CALLED {seconds: 13}]->() SET e.seconds = 12, e.at = e.at + 1000": (
        "altered",
        "二.xlsx",
        3,
        "at",
    ),
    "MATCH ()-[e:CALLED {seconds: 12}]->() SET e.at = e.at - 1000, e.noted = 'x'": (
        "altered",
        "二.xlsx",
        3,
        "noted",
    ),
    "MATCH (a)-[e:CALLED {seconds: 12}]->(b) REMOVE e.noted "
    "CREATE (a)-[c:CALLED]->(b) SET c = e {.*, event_id: 'ffffffffffffffff'}": ("extra", "二.xlsx", 3, ""),
    "MATCH ()-[e:CALLED {seconds: 12}]->() DELETE e": ("missing", "二.xlsx", 3, ""),
    "MATCH (n:Record {name: '章一凡'}) SET n.name = '章二凡'": ("altered", "包.zip/三.csv", 2, "name"),
    "MATCH (n:Record {name: '章二凡'})-[s:STATES]->(:Phone) SET n.name = '章一凡' DELETE s": (
        "missing",
        "包.zip/三.csv",
        2,
        "",
    ),
    "MATCH (n:Case) SET n.opened_at = 1": ("altered", "", 0, "opened_at"),
    "MATCH (f:SourceFile {path: '二.xlsx'}) SET f.rejected = 5": ("source", "二.xlsx", 0, "rejected"),
    "MATCH (f:SourceFile {path: '二.xlsx'}) DELETE f": ("source", "二.xlsx", 0, ""),
}
"""What somebody does to the database, each on top of the one before, and the difference that tells of it."""


def test_what_was_altered_in_the_database_is_named(store: Store, sources: Path) -> None:
    """Trap: somebody with the database's password changes, adds or takes out what files say, past Upline and its log."""
    for cypher, named in CHANGES.items():
        with store.driver.session(database=store.database) as session:
            session.run(cypher).consume()
        assert named in _named(_verify(store)), cypher


def test_it_can_be_stopped_and_says_what_it_found(store: Store, sources: Path) -> None:
    """Trap: a stopped check leaves rows behind, or exit codes and JSON that a nightly job cannot tell apart."""
    with pytest.raises(Stopped):
        verify(store, VerifyScope(), lambda _: None, lambda: True)
    assert not list((Path(store.home) / "tmp").glob("verify-*"))
    again = CliRunner()
    done = again.invoke(app, ["verify", "--json"])
    assert done.exit_code == 0 and json.loads(done.stdout)["same"] is True, done.output
    assert again.invoke(app, ["verify", "9"]).exit_code == 3
    (sources / "一.csv").unlink()
    told = again.invoke(app, ["verify", "--json"])
    assert told.exit_code == 1 and json.loads(told.stdout)["counts"] == {"gone": 1}
    assert "一.csv" in again.invoke(app, ["verify", "1"], env={"UPLINE_LANG": "en"}).stdout


def test_copies_go_with_their_file(store: Store, tmp_path: Path) -> None:
    """Trap: a file is taken out, and the copy kept of it stays behind."""
    file = _csv(tmp_path / "一.csv", [CALLS, *ONE])
    number = load(store, [file], LoadOptions(keep=True)).load
    file.unlink()
    assert _verify(store).differences.listed == []
    unload(store, str(number))
    assert not list((Path(store.home) / "originals").iterdir())
