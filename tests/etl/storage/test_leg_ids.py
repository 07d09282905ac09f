"""No two links share an id: of two with one id one would be lost on its way into the graph."""

from __future__ import annotations

from pathlib import Path

import duckdb

from backend.demo.district import generate
from etl.intake.reports import LoadOptions
from etl.intake.taking_in import take_in_all
from etl.storage.archive import Archive
from etl.writing.load import load
from graph_schema.store import Store
from tests.districts import thin_out
from tests.etl.opened import text_of
from tests.etl.sources.samples import write_all

WAYBILL = [
    ["运单号", "寄件人电话", "寄件地址", "收件人电话", "收件地址", "寄件时间", "签收时间"],
    [
        "SF9900000000001",
        "13900005678",
        "甲路",
        "13900001234",
        "甲路",
        "2024-03-02 10:20:00",
        "2024-03-04 16:05:00",
    ],
]


def shared(home: Path) -> list[tuple[str, int]]:
    """Ids several legs of the archive carry."""
    files = [str(path) for path in (home / "facts").glob("*/legs.parquet")]
    assert files
    with duckdb.connect() as con:
        return con.execute(
            "SELECT leg_id, count(*) FROM read_parquet(?) GROUP BY leg_id HAVING count(*) > 1", [files]
        ).fetchall()


def test_every_shape_and_a_demo_have_an_id_for_each_leg(tmp_path: Path) -> None:
    """Trap: one row says two things between the same two ends, as a parcel sent from and to one place."""
    write_all(tmp_path / "shapes")
    generate(tmp_path / "demo", seed=7, size=0.2)
    thin_out(tmp_path / "demo", 3)
    archive = Archive(tmp_path / "home")
    paths = [tmp_path / "shapes", tmp_path / "demo"]
    take_in_all(archive, paths, LoadOptions(), set(), lambda step: None, lambda: False)
    assert shared(tmp_path / "home") == []


def test_a_parcel_sent_from_and_to_one_place_keeps_both_links(store: Store, tmp_path: Path) -> None:
    """Trap: the place it came from is lost where it is also the place it went to."""
    (tmp_path / "运单.csv").write_text(text_of(WAYBILL), encoding="utf-8")
    load(store, [tmp_path])
    with store.driver.session(database=store.database) as session:
        kinds = session.run(
            "MATCH (:Parcel)-[e:RELATED_TO]->(:Place) RETURN e.kind AS kind ORDER BY kind"
        ).value("kind")
    assert kinds == ["SENT_FROM", "SENT_TO"]
