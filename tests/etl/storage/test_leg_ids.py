"""No two links of any shape share an id: of two with one id one would be lost. Matched in buckets they are the same events."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from backend.demo.district import generate
from etl.intake.reports import LoadOptions
from etl.intake.taking_in import take_in_all
from etl.matching import buckets
from etl.matching.match import match
from etl.storage import quiet_duckdb
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


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of every shape and of a demo."""
    folder = tmp_path_factory.mktemp("facts")
    write_all(folder / "shapes")
    generate(folder / "demo", seed=7, size=0.2)
    thin_out(folder / "demo", 2)
    paths = [folder / "shapes", folder / "demo"]
    take_in_all(Archive(folder / "home"), paths, LoadOptions(), set(), lambda step: None, lambda: False)
    return folder / "home"


def test_every_shape_and_a_demo_have_an_id_for_each_leg(home: Path) -> None:
    """Trap: one row says two things between the same two ends, as a parcel sent from and to one place."""
    assert shared(home) == []


def test_every_shape_and_a_demo_in_buckets(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a shape whose rows meet by a key that buckets do not know, or whose columns do not come back as they were."""
    legs = f"read_parquet('{home}/facts/*/legs.parquet')"
    monkeypatch.setattr(buckets, "LEGS", 4_000)
    with quiet_duckdb.small() as con:
        con.execute("CREATE TEMP TABLE known AS SELECT 1::UBIGINT AS key LIMIT 0")
        match(con, legs, hot="known")
        buckets.match_all(con, legs, "apart_", "known", tmp_path, "1GB")
        for name in ("clusters", "events"):
            for one, other in ((name, f"apart_{name}"), (f"apart_{name}", name)):
                assert con.execute(f"FROM {one} EXCEPT FROM {other}").fetchall() == []
        several = con.execute("SELECT count(*) FROM events WHERE len(evidence) > 1").fetchall()[0][0]
    assert several > 100 and len(list(tmp_path.glob("*/bucket=*"))) > 3


def test_a_parcel_sent_from_and_to_one_place_keeps_both_links(store: Store, tmp_path: Path) -> None:
    """Trap: the place it came from is lost where it is also the place it went to."""
    (tmp_path / "运单.csv").write_text(text_of(WAYBILL), encoding="utf-8")
    load(store, [tmp_path])
    with store.driver.session(database=store.database) as session:
        kinds = session.run(
            "MATCH (:Parcel)-[e:RELATED_TO]->(:Place) RETURN e.kind AS kind ORDER BY kind"
        ).value("kind")
    assert kinds == ["SENT_FROM", "SENT_TO"]
