"""Documents (XML, JSON, databases): what no module claims is refused with advice, and a DTD always."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.layouts.registry import guessable, layouts
from etl.reading import Unreadable
from etl.reading.json_stream import values
from etl.reading.spool import Spool
from etl.reading.xml import elements
from etl.sources import open_file, opening
from etl.sources.documents._tables import HEADINGS
from etl.storage.facts import FileOrigin
from tests.etl.opened import read


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"SQLite format 3\x00", "database"),
        (b'<?xml version="1.0"?><a/>', "xml"),
        (b"<a><b/></a>", "xml"),
        (b'{"a": 1}', "json"),
        (b'[{"a": 1}]', "json"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "xml_dtd"),
        (b"<!DOCTYPE a><a/>", "xml_dtd"),
        ("<!-- \u5907\u6ce8 --><!DOCTYPE a><a/>".encode("utf-16"), "xml_dtd"),
        (b"<a x=></a>", "broken_xml"),
    ],
)
def test_unknown_documents_are_refused_with_advice(tmp_path: Path, content: bytes, reason: str) -> None:
    """Trap: an entity bomb, or a document taken for a table of text."""
    path = tmp_path / "\u6587\u4ef6"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        for sheet in open_file(path, FileOrigin(path.name, "0" * 64)):
            list(sheet.batches)
    assert refused.value.reason == reason


def test_elements_are_handed_out_whole_and_freed(tmp_path: Path) -> None:
    """Trap: children of a wanted element cleared before it is complete; or the tree growing with the file."""
    path = tmp_path / "a.xml"
    path.write_text(
        '<r xmlns="urn:x">' + "".join(f"<m n='{n}'><v>{n}</v></m>" for n in range(1000)) + "</r>",
        encoding="utf-8",
    )
    found = [(e.get("n"), next(iter(e)).text) for e in elements(path, {"m"})]
    assert found == [(str(n), str(n)) for n in range(1000)]


def test_a_spool_numbers_rows_from_the_heading_on() -> None:
    """Trap: evidence that points one row off, or batches cut at the wrong row."""
    spool = Spool()
    spool.table("\u901a\u8bdd", ["a", "b"])
    spool.table("\u7a7a", ["a"])
    for n in range(12_000):
        spool.add("\u901a\u8bdd", [str(n), ""])
    [sheet] = spool.sheets()
    batches = list(sheet.views[0].read(1, 3))
    assert [row for batch in batches for row in batch.rows.tolist()] == list(range(2, 12_002))
    assert batches[0].columns[0][0].as_py() == "0" and len(batches[0].columns) == 3
    later = list(sheet.views[0].read(7_000, 2))
    assert later[0].rows[0] == 7_001 and later[0].columns[0][0].as_py() == str(7_001 - 2)


@pytest.mark.parametrize("name", [name for name, layout in layouts().items() if layout.document])
def test_every_table_of_documents_reads_its_own_sample(name: str, tmp_path: Path) -> None:
    """Trap: a table whose headings its layout does not know, or one that is guessed in somebody's spreadsheet."""
    columns = [column for column in layouts()[name].columns.values() if column.sample]
    spool = Spool()
    spool.table("", [column.aliases[0] for column in columns], name)
    spool.add("", [column.sample for column in columns])
    [sheet] = spool.sheets()
    facts = opening._open_sheet(sheet, tmp_path, FileOrigin("x", "0" * 64))
    batches = list(facts.batches)
    states = [state for batch in batches for state in batch.rows["state"].to_pylist()]
    kept_only = layouts()[name].module == "aside"
    assert (facts.kind, states) == (name, ["excluded" if kept_only else "loaded"])
    made = sum(len(b.records) + len(b.legs) + len(b.nodes) for b in batches)
    assert kept_only or made
    assert name not in guessable()


def test_headings_of_tables_are_those_of_their_layouts() -> None:
    """Trap: a module fills a column that the layout does not read."""
    for name, headings in HEADINGS.items():
        read = {alias for column in layouts()[name].columns.values() for alias in column.aliases}
        assert set(headings) == read, name


def test_market_listings_become_clues(tmp_path: Path) -> None:
    """Trap: equal offers of one vendor are several; a contact inside the description is lost; price dropped."""
    line = "nightboat,示例市场,Stimulants,5g,加 wxid_sample0001,12 USD,CN\n"
    text = "Vendor,Market,Category,Item,Description,Price,Origin\n" + line + line
    facts = read(tmp_path, text)
    assert facts.kind == "market_listings" and facts.states() == {"loaded": 2}
    clues = [node for node in facts.nodes if node["ref"].startswith("Clue:listing:")]
    assert len({node["ref"] for node in clues}) == 2 and '"Price":"12 USD"' in clues[0]["props"]["extra"]
    assert {leg["end"] for leg in facts.legs_of("MENTIONS")} == {"Account:wechat:wxid_sample0001"}
    assert {leg["start"] for leg in facts.legs_of("POSTED")} == {"Account:other:示例市场/nightboat"}


def test_halves_of_a_character_are_told(tmp_path: Path) -> None:
    """Traps: a half that the parser makes a question mark; a pair cut in two by the buffer; an escaped backslash."""
    path = tmp_path / "a.json"
    path.write_bytes(
        b'["' + rb"\u4e2d" * 600_001 + rb"\ud842\udfb7" * 200_000 + rb'","\ud800","\\ud800","x\udc00"]'
    )
    long, half, plain, other = (value for _, value in values(path, lambda prefix: prefix == "item"))
    assert (len(long), long.count("\ufffd"), long[-1]) == (800_001, 0, "𠮷")
    assert (half, plain, other) == ("\ufffd", "\\ud800", "x\ufffd")
