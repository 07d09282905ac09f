"""What a run reads comes in pages; put together they are what one answer would have been."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.runs import observed
from etl.writing.load import load
from etl.writing.tabled import event_table
from graph_schema.store import LOCAL, Store

PEOPLE = "案件编号,姓名,身份证号,手机号码,涉案身份\n"


def read(store: Store) -> observed.Observed:
    with event_table(store, LOCAL, lambda _: None) as table:
        return observed.read_observed(store, LOCAL, table)


def test_pages_say_what_one_answer_says(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a node at the edge of a page is read twice or never, and a page of nodes nobody states ends the reading."""
    rows = [f"A1,章{n},99010119900101{n:04},139000{n:05},贩卖\n" for n in range(7)]
    calls = "".join(f"139000{n:05},1380000{n:04},主叫,2024-03-05 20:15:07,47\n" for n in range(7))
    (tmp_path / "a.csv").write_text(PEOPLE + "".join(rows), encoding="utf-8")
    (tmp_path / "b.csv").write_text(
        "本机号码,对端号码,呼叫类型,开始时间,通话时长(秒)\n" + calls, encoding="utf-8"
    )
    load(store, [tmp_path])
    whole = read(store)
    assert len(whole.people) >= 14
    labels = observed.names("Phone")
    asked = [("run.identifiers", labels), ("run.states", labels), ("run.records", None), ("run.told", None)]
    at_once = [observed.columns(store, LOCAL, query, with_labels) for query, with_labels in asked]
    for page in (1, 2, 7, 14):
        monkeypatch.setattr(observed, "PAGE", page)
        for (query, with_labels), expected in zip(asked, at_once, strict=True):
            assert observed.columns(store, LOCAL, query, with_labels) == expected
    assert read(store) == whole
