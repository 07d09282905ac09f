"""A plan the database will never take: taken back whole, its files refused, the home usable at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from backend.runs.analyse import analyse
from etl.storage.archive import Archive
from etl.writing.apply import apply
from etl.writing.load import FileReport, carry_out, load
from etl.writing.plan import Change, build
from etl.writing.taking_back import take_back
from etl.writing.unload import unload
from graph_schema.store import Store
from tests.etl.canonical import picture
from tests.etl.facts_by_hand import T0, keep, leg, record

A, B = "Account:wechat:wxid_demo_a", "Account:wechat:wxid_demo_b"
CARD, SHOP, SHOP2 = "Account:card:6299990000000001", "Account:shop:财付通", "Account:shop:支付宝"
P1, P2, SIM = "Phone:+8619900000001", "Phone:+8619900000002", "Sim:460009900000001"
HEAD = "案件编号,姓名,身份证号,涉案身份\n"
GOOD = HEAD + "A9901,章一凡,990101199001010019,贩卖\n"

Facts = tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]


def paid(row: int, side: str, text: str, **more: Any) -> dict[str, Any]:
    base = {"amount": 5000, "currency": "CNY", "system": "tenpay", "serial": "42", "side": side, "text": text}
    return leg(row, "PAID", A, B, T0, **{**base, **more})


def shop(row: int, ref: str) -> dict[str, Any]:
    return {"sheet": "", "row": row, "ref": ref, "props": '{"platform": true, "platform_name": "甲"}'}


BASE: Facts = (
    [paid(2, "start", "饭"), leg(3, "CALLED", P1, P2, T0, amount=60), leg(4, "USED_WITH", P1, SIM, None)],
    [record(2, "owner", "测试甲", **{A.replace(":", "__"): "registered"})],
    [shop(2, SHOP)],
)
SECOND: Facts = (
    [
        paid(2, "end", "饭", start_card=CARD),
        paid(3, "start", "饭", serial="43", amount=700),
        leg(4, "CALLED", P2, P1, T0, amount=9),
        leg(5, "USED_WITH", P2, SIM, None),
    ],
    [record(2, "owner", "测试甲", **{B.replace(":", "__"): "registered"})],
    [shop(2, SHOP2), {"sheet": "", "row": 3, "ref": SHOP, "props": '{"platform_name": "乙"}'}],
)
NODE, LINK = (
    "CREATE CONSTRAINT adhoc FOR (n:{}) REQUIRE n.{} IS UNIQUE",
    ("CREATE CONSTRAINT adhoc FOR ()-[n:{}]-() REQUIRE n.{} IS UNIQUE"),
)
KINDS = {
    "nodes": ("load.nodes", NODE.format("Account", "platform")),
    "props": ("load.props", NODE.format("Account", "platform_name")),
    "records": ("load.records", NODE.format("Record", "name")),
    "states": ("load.states", LINK.format("STATES", "how")),
    "events": ("load.events", LINK.format("USED_WITH", "seen_from")),
    "amount events": ("load.amount_events", LINK.format("CALLED", "at")),
    "payments": ("load.payments", LINK.format("PAID", "memo")),
    "files": ("load.finish", NODE.format("SourceFile", "path")),
    "finish": ("load.finish", NODE.format("Load", "state")),
}
"""What makes the real database refuse each kind of batch of the second load: a constraint the first one used up."""


@pytest.fixture
def constrained(store: Store) -> Iterator[Store]:
    yield store
    with store.driver.session() as session:
        session.run("DROP CONSTRAINT adhoc IF EXISTS").consume()


def plan(archive: Archive, number: int, standing: list[str], name: str, facts: Facts) -> tuple[Path, str]:
    sha = keep(archive, name, *facts)
    files = [{"sha256": sha, "path": "a.csv", "load": number, "position": 0}]
    return build(archive, Change(number, standing, add=[sha], files=files)), sha


def first(store: Store) -> tuple[Archive, str]:
    archive = Archive(store.home)
    folder, sha = plan(archive, 1, [], "first", BASE)
    apply(store, folder, lambda *_: None)
    return archive, sha


def run(archive: Archive, store: Store, folder: Path) -> list[FileReport]:
    return carry_out(store, archive, folder, lambda _: None, "")


def loads(store: Store) -> list[str]:
    with store.driver.session() as session:
        return [row["id"] for row in session.run("MATCH (l:Load) RETURN l.load_id AS id ORDER BY id")]


SHORT = ("nodes", "events")
"""Kinds `make test` refuses; `make faults` has them all."""


@pytest.mark.parametrize(
    "kind", [each if each in SHORT else pytest.param(each, marks=pytest.mark.long) for each in KINDS]
)
def test_each_kind_of_batch_can_be_refused(constrained: Store, kind: str) -> None:
    """Trap: a batch refused for good stands before every later load and analysis of the home."""
    store = constrained
    archive, standing = first(store)
    before = picture(store)
    with store.driver.session() as session:
        session.run(KINDS[kind][1]).consume()
    folder, sha = plan(archive, 2, [standing], "second", SECOND)
    [refused] = run(archive, store, folder)
    assert (refused.state, refused.sha256) == ("refused", sha)
    assert "undone" in (refused.reason or "") and KINDS[kind][0] in (refused.reason or "")
    assert picture(store) == before and loads(store) == ["1"]
    assert archive.pending_plans() == [] and not archive.facts(sha).exists()
    with store.driver.session() as session:
        session.run("DROP CONSTRAINT adhoc").consume()
    folder, _ = plan(archive, 2, [standing], "second", SECOND)
    assert run(archive, store, folder) == [], "the number is free, and nothing of the first try is in the way"
    assert picture(store) != before


@pytest.mark.parametrize("after", range(0, 10, 2))
def test_taken_back_after_any_batch(store: Store, after: int) -> None:
    """Trap: what is undone depends on how far the plan came; a second try after a kill undoes too much."""

    class Stop(Exception):
        pass

    archive, standing = first(store)
    before = picture(store)
    folder, _ = plan(archive, 2, [standing], "second", SECOND)
    ticks = iter(range(100))

    def tick(_done: int, _total: int) -> None:
        if next(ticks) >= after:
            raise Stop

    with pytest.raises(Stop):
        apply(store, folder, tick)
    copy = {path.name: path.read_bytes() for path in folder.iterdir()}
    for _ in range(2):  # the second time as after a kill before the plan's folder went
        take_back(store, archive, folder, "because")
        assert picture(store) == before
        folder.mkdir()
        for name, data in copy.items():
            (folder / name).write_bytes(data)
        keep(archive, "second", *SECOND)


def test_an_event_that_is_missing_is_made_again(store: Store) -> None:
    """Trap: a graph that lost an event refuses every load that touches it, and every unload."""
    archive, standing = first(store)
    before = picture(store)
    with store.driver.session() as session:
        session.run("MATCH ()-[e:PAID]->() DELETE e").consume()
    folder, _ = plan(archive, 2, [standing], "second", SECOND)
    assert [report.state for report in run(archive, store, folder)] == ["refused"]
    assert picture(store) == before
    with store.driver.session() as session:
        session.run("MATCH ()-[e:PAID]->() DELETE e").consume()
    unload(store, "1")
    assert picture(store) == [] and archive.pending_plans() == []


def test_a_home_that_stood_still_goes_on(store: Store, tmp_path: Path) -> None:
    """Trap: a plan of an older version with 10 MB to index ends every load and every analysis of the home."""
    archive, standing = first(store)
    before = picture(store)
    folder, _ = plan(archive, 2, [standing], "second", SECOND)
    refs = pq.read_table(folder / "refs.parquet").to_pylist()
    refs.append({"label": "Phone", "ref": "Phone:" + "1" * 10_000_000})
    pq.write_table(pq.read_table(folder / "refs.parquet").from_pylist(refs), folder / "refs.parquet")
    analyse(store)
    assert picture(store) == before
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    report = load(store, [tmp_path / "good.csv"])
    assert (report.load, [file.state for file in report.files]) == (2, ["loaded"])


def test_a_value_beyond_all_bounds_rejects_its_row(store: Store, tmp_path: Path) -> None:
    """Trap: one cell of 10 MB in a column of numbers; its row's owner is lost for the others too."""
    huge = "9" * 10_000_000
    (tmp_path / "a.csv").write_text(
        HEAD
        + f"A9901,章一凡,990101199001010019,贩卖\nA9902,季二水,{huge},贩卖\n{huge},季二水,990101199001010035,贩卖\n"
        + f"A9902,{huge},,贩卖\nA9902,季二水,990101199001010035,贩卖\n",
        encoding="utf-8",
    )
    report = load(store, [tmp_path / "a.csv"])
    [file] = report.files
    assert (file.loaded, file.rejected) == (2, 3)
    assert Path(file.rejects[0]).read_text(encoding="utf-8-sig").count("too_long") == 3
    assert not archive_pending(store)


def archive_pending(store: Store) -> list[Path]:
    return Archive(store.home).pending_plans()


CALLS = "本机号码,对方号码,通话时间,通话时长(秒),呼叫类型\n13900001234,{},2024-03-05 10:00:00,{},主叫\n"


@pytest.mark.parametrize(
    ("number", "seconds"), [("1" * 9_000, "5"), ("一" * 1_001, "5"), ("13900005678", "9" * 400)]
)
def test_call_records_are_bounded(store: Store, tmp_path: Path, number: str, seconds: str) -> None:
    """Trap: a shifted row puts a text into the number; a duration no integer holds."""
    (tmp_path / "a.csv").write_text(
        CALLS.format("13900009999", "7") + "\n" + CALLS.format(number, seconds).split("\n")[1] + "\n",
        encoding="utf-8",
    )
    [file] = load(store, [tmp_path / "a.csv"]).files
    assert (file.state, file.loaded, file.rejected) == ("loaded", 1, 1)


def test_tables_that_are_no_layout_are_bounded_too(store: Store, tmp_path: Path) -> None:
    """Trap: node tables of other programs, whose ids, kinds and numbers no layout bounds."""
    (tmp_path / "nodes.csv").write_text(
        "id:ID,name,:LABEL\n1,甲,Person\n" + "2" * 5_000 + ",乙,Person\n3,丙," + "k" * 9_000 + "\n",
        encoding="utf-8",
    )
    [file] = load(store, [tmp_path / "nodes.csv"]).files
    assert (file.state, file.loaded, file.rejected) == ("loaded", 1, 2)
