"""Any text survives file → graph → JSON → CSV as it was, or its row is rejected with a reason."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import orjson
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from etl.writing.load import load
from graph_schema.spreadsheet import CsvWriter, from_csv
from graph_schema.store import Store

ODD = [
    "\u202e章",
    "章\u200d凡",
    "𠮷",
    "👨‍👩‍👧",
    "\ud800",
    "a\udc00",
    "\x00",
    "a\x00b",
    "\ufffe",
    "\ufeff章",
    "=1+1",
    " 章 ",
    "无",
    "/",
    "'x",
    '"',
    "a\nb",
    "a\r\nb",
    "\t",
    "\x07",
    "\u2028",
    "e\u0301",
    "ﷺ",
    "{}",
    "\\ud800",
    "`; MATCH (n) DETACH DELETE n //",
]


@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=10), min_size=20, max_size=40))
@example(ODD)
def test_messages_survive_the_way_through(store: Store, tmp_path: Path, texts: list[str]) -> None:
    """Traps: a half character made a question mark; trimmed or normalised words; a CSV that changes line ends."""
    with store.driver.session(database=store.database) as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()
    for name in ("rows", "facts", "plans", "rejects"):
        shutil.rmtree(store.home / name, ignore_errors=True)
    said = [
        {
            "id": n,
            "type": "message",
            "date_unixtime": str(1709644447 + n),
            "from_id": "user990010001",
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    path = tmp_path / "result.json"
    path.write_text(
        json.dumps({"name": "x", "type": "personal_chat", "id": 990010001, "messages": said}), "ascii"
    )
    report = load(store, [path]).files[0]
    assert report.state == "loaded" and report.read == len(texts)
    with store.driver.session(database=store.database) as session:
        found = session.run("MATCH ()-[m:MESSAGED]->() RETURN m.at AS at, m.text AS text ORDER BY at").data()
    rejected = {int(line[-4]) - 2 for file in report.rejects for line in _rows(Path(file))}
    shown = {(row["at"] // 1000) - 1709644447: row["text"] for row in orjson.loads(orjson.dumps(found))}
    assert shown.keys() | rejected == set(range(len(texts)))
    for n, text in shown.items():
        assert text == texts[n], (n, texts[n])
        out = io.StringIO(newline="")
        CsvWriter(out).row([text])
        [[cell]] = csv.reader(io.StringIO(out.getvalue(), newline="")) if text else [[""]]
        assert from_csv(cell) == texts[n]
    for n in rejected:
        assert any("\ud800" <= c <= "\udfff" or c == "\ufffd" for c in texts[n]), texts[n]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]
