"""The suites over the graph: what is read, who is named, and the workbook nobody can run a formula from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from backend import answers
from backend.answers.workbook import write_workbook
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store


def do(store: Store, text: str, **params: Any) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(text, params).consume()


def tables(found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {table["key"]: table["rows"] for table in found["tables"]}


@pytest.fixture
def paid(district: Store) -> Store:
    do(
        district,
        "MATCH ()-[e:PAID]->() SET e.load = 1 WITH DISTINCT 1 AS one "
        "CREATE (:Load {load_id: 'L1', load: 1, action: 'load', state: 'finished'}) "
        "WITH one MATCH ()-[e:PAID {event_id: 'p1'}]->() SET e.memo = '=HYPERLINK(\"x\")停车', e.ip = '10.0.0.7' "
        "WITH one MATCH ()-[e:PAID {event_id: 'p3'}]->() SET e.ip = '10.0.0.7'",
    )
    return district


def test_calls_of_a_person_over_all_his_numbers(paid: Store) -> None:
    """Trap: a target's own events read twice, or seen from the wrong side."""
    do(
        paid,
        "MATCH (p:Phone {number: '+8613900000003'}), (c:Phone {number: '+8613900000002'}) "
        "CREATE (p)-[:SEEN_AT {event_id: 's1', at: 1775829660000, evidence: ['9f3ac1d2e07b/-/2']}]->"
        "(:Cell {cell_id: '460-00-1-1'}) "
        "CREATE (c)-[:MESSAGED {event_id: 'm1', at: 1775829670000, at_precision: 'second', evidence: ['9f3ac1d2e07b/-/3']}]->(p)",
    )
    found = answers.calls(paid, LOCAL, ["13900000003"])
    rows = tables(found)
    assert len(found["tables"]) == 14 and found["targets"][0]["name"] == "丙三"
    (row,) = rows["ranking"]
    assert (row["other"], row["n"], row["out"], row["in"], row["messages"]) == ("P-whole", 2, 1, 1, 1)
    assert row["first"] == "2026-04-10T22:01:00+08:00" and row["evidence"]
    assert rows["places"][0]["cell"] == "460-00-1-1"
    assert {each["what"] for each in rows["everywhere"]} >= {"CALLED", "PAID"}
    assert {person["name"] for person in found["persons"]} == {"丙三", "乙二"}
    both = answers.calls(paid, LOCAL, ["P-seller", "P-boss"])
    assert both["targets"][1]["name"] == "甲一"


def test_money_of_a_person(paid: Store) -> None:
    """Trap: pass-through platforms unmarked, layers without their rows."""
    found = answers.money(paid, LOCAL, ["P-seller"], preset="wholesale")
    rows = tables(found)
    assert [table["number"] for table in found["tables"]] == [n for n in range(1, 19) if n != 15]
    (over,) = rows["overview"]
    assert (over["in_fen"], over["out_fen"], over["n"]) == (30000, 920000, 3)
    assert [(row["other"], row["direction"]) for row in rows["top"]] == [("P-user", "in"), ("P-whole", "out")]
    layer = [row for row in rows["layers"] if row["direction"] == "down"]
    assert not layer  # 16,000 is more than 105 % of 4,400: another sum
    shared = rows["shared_channels"][0]
    assert shared["accounts"] == ["card:6200000000000000033", "wechat:wxid_tst_b2"]
    assert rows["clues"][0]["what"] == "parking" and rows["clues"][0]["memo"].startswith("=HYPERLINK")
    packet = tables(answers.money(paid, LOCAL, ["P-boss"]))
    assert next(row for row in packet["top"] if row["other"] == "P-shop")["platform"] is True


def test_workbook_holds_text_not_formulas(paid: Store, tmp_path: Path) -> None:
    """Trap: a memo that begins with = is run by the spreadsheet of whoever opens the file."""
    found = answers.money(paid, LOCAL, ["P-seller"])
    for language in ("zh", "en"):
        path = tmp_path / f"{language}.xlsx"
        write_workbook(found, path, language)
        book = load_workbook(path)
        assert len(book.sheetnames) == 18
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert any(isinstance(c.value, str) and c.value.startswith("=HYPERLINK") for c in cells)
        assert any(cell.value == 9200 for cell in cells)  # yuan, not fen


def test_unknown_preset_and_target(paid: Store) -> None:
    """Trap: a typo answered with other thresholds."""
    with pytest.raises(InputError):
        answers.money(paid, LOCAL, ["P-seller"], preset="retail")
    with pytest.raises(NotFound):
        answers.calls(paid, LOCAL, ["no such person"])
