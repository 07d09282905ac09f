"""Documents (XML, JSON, databases): what no module claims is refused with advice, and a DTD always."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.facts import Origin
from etl.readers import Unreadable
from etl.readers.spool import Spool
from etl.readers.xml import elements
from etl.sources import open_file


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
        for sheet in open_file(path, Origin(path.name, "0" * 64)):
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
