"""What leaves, opened again as its reader would: it says candidate, it says what was decided, it keeps every digit."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import defusedxml.ElementTree as ET
import openpyxl
import pyarrow.parquet as pq
import pytest

from backend.exports.formats import FORMATS
from backend.exports.make import export_graph
from backend.reviews.answers import judge, undo
from graph_schema.store import LOCAL, Store
from tests.backend.exports.test_round_trip import READERS

SUPPLY = "Person:P-whole|SUPPLIES|Person:P-seller"
UPPER = "Person:P-boss|SUPPLIES|Person:P-whole"


def statuses(store: Store, form: str, target: Path) -> dict[str, str]:
    """The statuses an export of that form holds, by id."""
    export_graph(store, LOCAL, form, target)
    nodes, edges = READERS[form](target)
    found = {name: props["status"] for name, props in nodes.items() if name.startswith(("Chain:", "Gang:"))}
    return found | {
        key[0]: props["status"] for key, props in edges.items() if key[1] in ("SUPPLIES", "MEMBER_OF")
    }


@pytest.mark.parametrize("form", READERS)
def test_an_export_says_what_was_decided(district: Store, tmp_path: Path, form: str) -> None:
    """Trap: a chain a chief refused, through its hop, leaves as the candidate the run wrote."""
    before = statuses(district, form, tmp_path / "before")
    assert len(before) >= 8 and set(before.values()) == {"candidate"}
    judge(district, LOCAL, "gang", "confirmed", ["G-1"], "成立")
    judge(district, LOCAL, "member", "rejected", ["G-1", "P-seller"], "只是买家")
    judge(district, LOCAL, "hop", "confirmed", ["K-1", "P-seller", "P-whole"], "供述")
    hop = judge(district, LOCAL, "hop", "rejected", ["K-1", "P-whole", "P-boss"], "借款")
    after = statuses(district, form, tmp_path / "after")
    assert {name: said for name, said in after.items() if said != "candidate"} == {
        "Gang:G-1": "confirmed",
        "Person:P-seller|MEMBER_OF|Gang:G-1": "rejected",
        SUPPLY: "confirmed",
        UPPER: "rejected",
        "Chain:K-1": "rejected",
    }
    undo(district, LOCAL, hop["review"]["id"], "看错")
    assert statuses(district, form, tmp_path / "undone")["Chain:K-1"] == "candidate"


def _xml(path: str) -> Callable[[Path], str]:
    def read(target: Path) -> str:
        found = [each for each in ET.parse(target).getroot().iter() if each.tag.rpartition("}")[2] == path]
        return " ".join(f"{each.text or ''} {each.get('Field', '')}" for each in found)

    return read


def _ftm(target: Path) -> str:
    entities = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    told = {
        each["id"]: " ".join(
            text
            for name in ("notes", "description", "status", "summary")
            for text in each["properties"].get(name, [])
        )
        for each in entities
    }
    concluded = [told["Chain:K-1"], told["Gang:G-1"], told[SUPPLY]]
    assert all("候选" in text and "candidate" in text for text in concluded), concluded
    return concluded[0]


def _readme(target: Path) -> str:
    return (target / "README.txt").read_text(encoding="utf-8")


def _parquet(target: Path) -> str:
    return (
        _readme(target)
        + (pq.read_schema(target / "SUPPLIES.relationships.parquet").metadata[b"note"]).decode()
    )


def _xlsx(target: Path) -> str:
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[0].startswith("说明"), "the sheet that opens first"
    return " ".join(str(row[0]) for row in book.worksheets[0].values)


NOTES: dict[str, Callable[[Path], str]] = {
    "graphml": _xml("desc"),
    "gexf": _xml("description"),
    "anx": _xml("Field"),
    "ftm": _ftm,
    "json": lambda target: str(json.loads(target.read_text(encoding="utf-8"))["about"]),
    "csv": _readme,
    "neo4j": _readme,
    "parquet": _parquet,
    "xlsx": _xlsx,
}


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_says_that_it_holds_candidates(district: Store, tmp_path: Path, form: str) -> None:
    """Trap: a chart in another program in which a lead looks like a finding."""
    target = tmp_path / f"out.{form}"
    export_graph(district, LOCAL, form, target)
    text = NOTES[form](target)
    assert "候选" in text and "candidate" in text


def test_what_nobody_confirmed_is_dashed_in_a_chart(district: Store, tmp_path: Path) -> None:
    """Trap: a supply drawn in Analyst's Notebook with the solid line of a fact."""
    judge(district, LOCAL, "supply", "confirmed", ["P-whole", "P-seller"], "供述")
    export_graph(district, LOCAL, "anx", tmp_path / "out.anx")
    root = ET.parse(tmp_path / "out.anx").getroot()
    drawn = {each.get("Name"): each.get("DotStyle") for each in root.iter("Strength")}
    styles: dict[str, Any] = {
        item.get("Label"): item.find("Link/LinkStyle").get("Strength")
        for item in root.iter("ChartItem")
        if item.find("Link") is not None
    }
    assert (drawn[styles[SUPPLY]], drawn[styles[UPPER]]) == ("DotStyleSolid", "DotStyleDashed")
    assert styles["c1"] is None, "a call is no conclusion"


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_a_csv_opened_with_a_double_click_keeps_every_digit(district: Store, tmp_path: Path) -> None:
    """Trap: a card of 19 digits that a spreadsheet shows as 6.2E+18 and saves with zeros at its end."""
    export_graph(district, LOCAL, "csv", tmp_path / "csv")
    assert (tmp_path / "csv" / "Account.nodes.csv").read_bytes().startswith(b"\xef\xbb\xbf"), (
        "Chinese in Excel"
    )
    accounts = {row["number:string"] for row in rows_of(tmp_path / "csv" / "Account.nodes.csv")}
    assert "6200000000000000033\t" in accounts and "wxid_tst_b2" in accounts
    ids = {row["number:string"] for row in rows_of(tmp_path / "csv" / "ResidentId.nodes.csv")}
    assert "990101199003070018\t" in ids and "99010119950101007X" in ids
    assert all(
        not cell.strip("+").isdigit() or len(cell) < 12
        for file in (tmp_path / "csv").glob("*.csv")
        for row in rows_of(file)
        for cell in row.values()
    )
    export_graph(district, LOCAL, "neo4j", tmp_path / "neo4j")
    exact = {row["number:string"] for row in rows_of(tmp_path / "neo4j" / "Account.nodes.csv")}
    assert "6200000000000000033" in exact, "neo4j-admin takes values as they are"


def test_a_workbook_keeps_every_digit_and_says_when(district: Store, tmp_path: Path) -> None:
    """Trap: milliseconds since 1970 in a workbook somebody has to read."""
    export_graph(district, LOCAL, "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    heading, *rows = book["PAID"].values
    at, fen = (next(n for n, each in enumerate(heading) if each.startswith(name)) for name in ("at ", "fen "))
    assert ("2026-04-10 22:20:00", "440000") in {(row[at], row[fen]) for row in rows}
    numbers = {cell for row in book["Account"].values for cell in row}
    assert "6200000000000000033" in numbers
