"""Any Unicode name: file → graph → service → CSV as it was, or its row is rejected with a reason."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, example, given, settings

from graph_schema.spreadsheet import from_csv
from graph_schema.store import Store
from tests.backend.api.test_jobs import ended
from tests.etl.test_unicode import ODD

NAMES = [
    "章一凡",
    "买买提·阿卜杜",
    "=HYPERLINK(1)",
    "+1",
    "@x",
    "-1",
    "<script>alert(1)</script>",
    "O'Brien",
    *ODD,
]
PADDING = " \t\r\n\v\f\u3000\ufeff\u00a0\x00\u200b\u200e\u200f\u202a\u202c'|"
"""What tools put around a cell; the raw cell is kept with it."""
NOTHING = {"", "无", "/", "-", '""'}
WHERE = HealthCheck.function_scoped_fixture


def around(text: str) -> bool:
    """Nothing but what stands around a cell: padding, and signs that show nothing (category Cf)."""
    return all(c in PADDING or unicodedata.category(c) == "Cf" for c in text)


@settings(
    max_examples=1, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[WHERE]
)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12), min_size=20, max_size=30
    )
)
@example([name for name in NAMES if not any("\ud800" <= c <= "\udfff" for c in name)])
def test_names_survive_or_are_refused(store: Store, empty: Any, names: list[str]) -> None:
    """Traps: a name that changes on the way; a row that vanishes; a name that leaves as a formula."""
    out = io.StringIO(newline="")
    rows = [["A9900000000002026060001", name, f"139000{n:05}", "贩卖"] for n, name in enumerate(names, 1)]
    csv.writer(out).writerows([["案件编号", "姓名", "手机号码", "涉案身份"], *rows])
    job = empty.post("/imports", files={"files": ("涉案人员.csv", out.getvalue().encode())}).json()
    done = ended(empty, job["id"])
    assert done["state"] == "done", done
    (file,) = done["result"]["files"]
    assert file["read"] == file["loaded"] + file["duplicate"] + file["rejected"] + file["excluded"]

    graph = json.loads(empty.get("/exports", params={"format": "json", "derived": "false"}).content)
    shown = phones(graph)
    for n, name in enumerate((each.replace("\r\n", "\n") for each in names), 1):  # a line end is a line end
        told = shown.get(f"+86139000{n:05}", name)
        padding = name if told is None else name.replace(told, "", 1)
        assert told is None or told in name, (n, name, told)
        assert told is not None or around(name) or name.strip(PADDING) in NOTHING, (n, name)
        assert told is None or around(padding), (n, name, told)
    assert len(shown) + file["rejected"] + file["excluded"] + file["duplicate"] >= len(names)
    archive = zipfile.ZipFile(io.BytesIO(empty.get("/exports", params={"format": "csv"}).content))
    text = archive.read("Record.nodes.csv").decode("utf-8-sig")
    [head, *rows] = csv.reader(io.StringIO(text, newline=""))
    at = next(n for n, heading in enumerate(head) if heading.partition(":")[0] == "name")
    assert {from_csv(row[at]) or None for row in rows} == set(shown.values())
    formulas = [row[at] for row in rows if row[at].lstrip()[:1] in ("=", "+", "@", "-")]
    assert not [cell for cell in formulas if not cell[1:].isdigit()], "a number is none"
    empty.delete(f"/loads/{done['result']['load']}")


def phones(graph: dict[str, Any]) -> dict[str, str | None]:
    """Name of the record that states each phone."""
    names = {
        node["id"]: node["properties"].get("name") for node in graph["nodes"] if node["label"] == "Record"
    }
    return {
        edge["end"].partition(":")[2]: names[edge["start"]]
        for edge in graph["relationships"]
        if edge["type"] == "STATES" and edge["end"].startswith("Phone:")
    }
