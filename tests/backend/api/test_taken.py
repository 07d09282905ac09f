"""What a page shows, taken away as a file: recorded, said to be a candidate, long numbers whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import requests
from defusedxml.ElementTree import fromstring

from backend.security.audited import audit_log
from graph_schema.store import Store
from tests.accounts import token_of
from tests.backend.api.conftest import Service

CARD, PHONE = "6200990000000000119", "+8613900000003"
TABLE: dict[str, Any] = {
    "name": "persons",
    "title": "人员",
    "columns": ["姓名", "账户", "强度", "备注"],
    "rows": [["丙三", CARD, 0.83, "=1+1"], [None, f"{CARD} {PHONE}", None, "0012"]],
}
NODES = [
    {"id": "P-1", "label": "Person", "caption": "甲一", "role": "organiser", "gang": "G-1", "x": 0, "y": 0},
    {"id": "P-2", "label": "Person", "caption": "乙二", "role": "wholesaler", "gang": "G-1", "x": 60, "y": 0},
    {
        "id": "P-3",
        "label": "Person",
        "caption": "? 13900000003",
        "named": False,
        "gang": "G-1",
        "x": 0,
        "y": 60,
    },
    {"id": "Phone:1", "label": "Phone", "caption": "13900000002", "x": 60, "y": 60},
]
EDGES = [
    {"start": 0, "end": 1, "type": "SUPPLIES", "score": 0.8, "derived": True},
    {"start": 1, "end": 0, "type": "PAID", "count": 3, "fen": 2_260_000},
]
CANVAS = {"nodes": NODES, "edges": EDGES, "shown": "强度 ≥ 0.30"}


def last(action: str) -> dict[str, Any]:
    return [each for each in audit_log().records() if each["action"] == action][-1]


def test_a_workbook_keeps_long_numbers_as_text(api: Service) -> None:
    """Traps: a card number rounded by the spreadsheet, a formula in a memo, a table nobody knows was taken."""
    answer = api.post("/tables", json=TABLE, headers={"X-Purpose": "upline"})
    assert answer.status_code == 200, answer.text
    assert 'filename="upline-table-persons-2-rows-' in answer.headers["content-disposition"]
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    said = [row[0].value for row in rows if str(row[0].value).startswith("#")]
    assert "候选" in said[1] and "R-0001" in said[2] and "local" in said[2] and "upline" in said[3]
    first = rows[len(said) + 1]
    assert [cell.value for cell in first] == ["丙三", CARD, 0.83, "=1+1"]
    assert [cell.data_type for cell in first] == ["s", "s", "n", "s"] and first[1].number_format == "@"
    record = last("export.table")
    assert (record["user"], record["count"], record["objects"]) == ("local", 2, ["persons"])


def test_csv_says_what_it_is_and_spreadsheets_keep_the_digits(api: Service) -> None:
    """Trap: 6200990000000000119 opened as 6.20099E+18."""
    answer = api.post("/tables", json=TABLE | {"format": "csv", "language": "en"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert "candidates unless a row says confirmed" in lines[1][0]
    assert lines[-2] == ["丙三", f"{CARD}\t", "0.83", "'=1+1"] and lines[-1][3] == "0012\t"


@pytest.mark.parametrize("wrong", [{"rows": [["a"]]}, {"name": "../x"}, {"columns": []}, {"format": "xls"}])
def test_a_table_that_is_none_is_refused(api: Service, wrong: dict[str, Any]) -> None:
    """Trap: a file with shifted columns, or under a name that leads elsewhere."""
    assert api.post("/tables", json=TABLE | wrong).status_code in (409, 422)


def test_the_canvas_is_drawn_as_it_stands(api: Service) -> None:
    """Traps: a picture without legend, date, run or candidate marks; one that leaves no record."""
    answer = api.post("/drawings/canvas", json=CANVAS | {"format": "svg"})
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"]
    assert 'filename="upline-canvas-4-objects-candidate-' in name and name.endswith('.svg"')
    root = fromstring(answer.text)
    text = " ".join(root.itertext())
    for said in (
        "候选（待核查）",
        "候选：虚线",
        "R-0001",
        "取自画布 20",
        "强度 ≥ 0.30",
        "团伙候选 G-1",
        "供货 候选",
        "持有人未知",
    ):
        assert said in text, said
    assert {"甲一", "乙二", "? 13900000003", "13900000002"} <= set(text.split("\n")[0].split(" ")) | set(
        root.itertext()
    )
    assert "stroke-dasharray" in answer.text
    record = last("draw.canvas")
    assert f"审计号 {record['begun']}" in text and answer.headers["upline-audit"] == str(record["begun"])
    assert record["count"] == 4 and set(record["objects"]) == {node["id"] for node in NODES}


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF-")])
def test_the_canvas_comes_in_every_form(api: Service, form: str, begins: bytes) -> None:
    """Traps: a menu entry that leads to an error; a wall chart that comes out on A4."""
    answer = api.post("/drawings/canvas", json=CANVAS | {"format": form, "language": "en", "paper": "a0"})
    assert answer.status_code == 200 and answer.content.startswith(begins)
    if form == "pdf":
        size = pypdfium2.PdfDocument(answer.content)[0].get_size()
        assert sorted(map(round, size)) == [2384, 3370]


def test_an_edge_to_nowhere_is_refused(api: Service) -> None:
    """Trap: a line dropped without a word."""
    assert api.post("/drawings/canvas", json=CANVAS | {"edges": [EDGES[0] | {"end": 9}]}).status_code == 409


def test_who_takes_what(api: Service, district: Store, server: int, stranger: Service) -> None:
    """Traps: a stranger who has the service draw for him; an auditor who cannot take his own table, or draws persons."""
    assert stranger.post("/tables", json=TABLE).status_code == 401
    big = TABLE | {"rows": [["x" * 4000] * 4] * 100}
    assert stranger.post("/tables", json=big).status_code == 413
    assert api.post("/tables", json=big).status_code == 200
    auditor: requests.Session = Service(server, token_of(Path(district.home), "审计", "auditor"))
    taken = auditor.post("/tables", json=TABLE)
    assert taken.status_code == 200
    assert auditor.post("/drawings/canvas", json=CANVAS).status_code == 403


def test_drawings_are_named_for_what_they_show(api: Service) -> None:
    """Trap: true.png."""
    case = next(c for c in api.get("/chains").json()["cases"] if c["chains"])["case_no"]
    name = api.get(f"/drawings/chains/{case}/1", params={"format": "svg"}).headers["content-disposition"]
    assert f'filename="upline-chain-{case[-4:]}-1-candidate-' in name
    assert (
        'filename="upline-gang-G-1-candidate-'
        in api.get("/drawings/gangs/G-1").headers["content-disposition"]
    )
    assert 'filename="upline-graph-' in api.get("/exports").headers["content-disposition"]
