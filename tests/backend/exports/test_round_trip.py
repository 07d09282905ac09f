"""What leaves in a format comes back from it whole: nodes, relationships, every property, hostile text included."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import defusedxml.ElementTree as ET
import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest

from backend.exports.elements import Elements
from backend.exports.make import export_graph
from backend.exports.text import from_text, to_text
from backend.security.errors import Forbidden
from graph_schema.declaration import load_declaration
from graph_schema.errors import InputError, NotFound
from graph_schema.spreadsheet import from_csv, unkept
from graph_schema.store import LOCAL, Store, Viewer

DECLARED = load_declaration()
HOSTILE = "=cmd|'/c calc'!A1\r\n<script>]]>&\x07\u202e𠮷 _x0041_ \t'quoted\""
Picture = tuple[dict[str, dict[str, Any]], dict[tuple[str, str, str, str], dict[str, Any]]]


@pytest.fixture
def wide(district: Store, builder: Any) -> Store:
    """The district with one nickname that is every trap at once."""
    builder.do("MATCH (a:Account) WITH a ORDER BY a.key LIMIT 1 SET a.nickname = $hostile", hostile=HOSTILE)
    return district


def picture(store: Store) -> Picture:
    elements = Elements(store, LOCAL, "R-0001")
    nodes = {node.id: dict(node.props) for node in elements.nodes()}
    edges = {(e.id, e.type, e.start, e.end): dict(e.props) for e in elements.edges()}
    assert nodes and edges and any(HOSTILE in map(str, props.values()) for props in nodes.values())
    return nodes, edges


def kind(part: str, name: str) -> str:
    described = DECLARED.labels.get(part) or DECLARED.relationships[part]
    return described.properties[name].type


def typed(texts: dict[str, Any]) -> dict[str, Any]:
    """``Part.name`` → text, as values by the declared kinds."""
    found = {}
    for key, text in texts.items():
        part, _, name = key.partition(".")
        if name:
            found[name] = from_text(text, kind(part, name)) if isinstance(text, str) else text
    return found


def from_graphml(path: Path) -> Picture:
    graph = nx.read_graphml(path, force_multigraph=True)
    nodes = {from_text(n, "string"): typed(data) for n, data in graph.nodes(data=True)}
    edges = {}
    for a, b, key, data in graph.edges(keys=True, data=True):
        ends = (from_text(str(key), "string"), data["type"], from_text(a, "string"), from_text(b, "string"))
        edges[ends] = typed(data)
    return nodes, edges


def from_gexf(path: Path) -> Picture:
    root = ET.parse(path).getroot()
    space = {"g": root.tag[1:].partition("}")[0]}

    def values(element: Any) -> dict[str, str]:
        return {v.get("for"): v.get("value") for v in element.findall("g:attvalues/g:attvalue", space)}

    nodes = {from_text(n.get("id"), "string"): typed(values(n)) for n in root.iterfind(".//g:node", space)}
    edges = {}
    for e in root.iterfind(".//g:edge", space):
        ends = [from_text(e.get(name), "string") for name in ("id", "source", "target")]
        edges[(ends[0], values(e)["kind"], ends[1], ends[2])] = typed(values(e))
    return nodes, edges


def from_anx(path: Path) -> Picture:
    nodes, edges = {}, {}
    for item in ET.parse(path).getroot().iterfind(".//ChartItem"):
        values = {
            a.get("AttributeClass"): a.get("Value") for a in item.iterfind("AttributeCollection/Attribute")
        }
        entity, link = item.find("End/Entity"), item.find("Link")
        if entity is not None:
            nodes[from_text(entity.get("EntityId"), "string")] = typed(values)
        else:
            ends = [
                from_text(text, "string")
                for text in (item.get("Label"), link.get("End1Id"), link.get("End2Id"))
            ]
            edges[(ends[0], link.find("LinkStyle").get("Type"), ends[1], ends[2])] = typed(values)
    return nodes, edges


def from_ftm(path: Path) -> Picture:
    nodes, edges = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        entity = json.loads(line)
        assert all(isinstance(value, list) for value in entity["properties"].values())
        ours = entity["upline"]
        if "label" in ours:
            nodes[entity["id"]] = ours["props"]
        else:
            edges[(entity["id"], ours["type"], ours["start"], ours["end"])] = ours["props"]
    return nodes, edges


def from_json(path: Path) -> Picture:
    body = json.loads(path.read_text(encoding="utf-8"))
    nodes = {node["id"]: node["properties"] for node in body["nodes"]}
    edges = {(e["id"], e["type"], e["start"], e["end"]): e["properties"] for e in body["relationships"]}
    return nodes, edges


def from_parquet(folder: Path) -> Picture:
    nodes, edges = {}, {}
    for file in sorted(folder.glob("*.parquet")):
        for row in pq.read_table(file).to_pylist():
            props = {n.removeprefix("p_"): v for n, v in row.items() if n.startswith("p_") and v is not None}
            if "id" in row:
                nodes[row["id"]] = props
            else:
                edges[_edge_key(row["type"], row["start"], row["end"], props)] = props
    return nodes, edges


def from_csv_folder(folder: Path) -> Picture:
    nodes, edges = {}, {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as source:
            for row in csv.DictReader(source):
                exact = "neo4j-admin import，" in (folder / "README.txt").read_text(encoding="utf-8")
                cells = {name: cell if exact else unkept(from_csv(cell)) for name, cell in row.items()}
                part = cells.get(":LABEL") or cells[":TYPE"]
                props = {}
                for name, cell in cells.items():
                    plain = name.partition(":")[0]
                    if plain and plain != "id" and cell != "":
                        kinds = kind(part, plain)
                        props[plain] = cell if kinds == "string" else from_text(cell, kinds)
                if "id:ID" in cells:
                    nodes[cells["id:ID"]] = props
                else:
                    edges[_edge_key(part, cells[":START_ID"], cells[":END_ID"], props)] = props
    return nodes, edges


def _edge_key(rel: str, start: str, end: str, props: dict[str, Any]) -> tuple[str, str, str, str]:
    return str(props.get("event_id") or f"{start}|{rel}|{end}"), rel, start, end


READERS: dict[str, Callable[[Path], Picture]] = {
    "graphml": from_graphml,
    "gexf": from_gexf,
    "anx": from_anx,
    "ftm": from_ftm,
    "json": from_json,
    "parquet": from_parquet,
    "csv": from_csv_folder,
    "neo4j": from_csv_folder,
}


@pytest.mark.parametrize("form", READERS)
def test_nothing_is_lost_on_the_way_out_and_back(wide: Store, tmp_path: Path, form: str) -> None:
    """Trap: a list flattened, a control character dropped, an empty text or an id changed by the format."""
    target = tmp_path / "out"
    done = export_graph(wide, LOCAL, form, target)
    nodes, edges = picture(wide)
    found_nodes, found_edges = READERS[form](target)
    if form in ("csv", "neo4j"):  # a cell cannot tell an empty text from none
        nodes, edges = (
            {k: {n: v for n, v in p.items() if v != ""} for k, p in part.items()} for part in (nodes, edges)
        )
    assert found_nodes == nodes
    assert found_edges == edges
    assert done.elements == len(nodes) + len(edges)


def test_a_workbook_holds_text_only(wide: Store, tmp_path: Path) -> None:
    """Trap: a nickname that a spreadsheet runs as a formula."""
    export_graph(wide, LOCAL, "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells and {cell.data_type for cell in cells} == {"s"}
    assert {"Person", "PAID"} <= set(book.sheetnames)
    assert "候选" in str(book["说明 About"]["A1"].value), "a table that leaves says what it is"


def test_a_part_takes_only_what_lies_between(district: Store, tmp_path: Path) -> None:
    """Trap: an export of two numbers that brings their whole neighbourhood along."""
    edge = next(e for e in Elements(district, LOCAL, "R-0001").edges("CALLED"))
    export_graph(district, LOCAL, "json", tmp_path / "out.json", only=[edge.start, edge.end])
    nodes, edges = from_json(tmp_path / "out.json")
    assert set(nodes) == {edge.start, edge.end}
    assert edges and all({start, end} <= set(nodes) for _, _, start, end in edges)


def test_refusals_leave_nothing_behind(district: Store, tmp_path: Path) -> None:
    """Trap: half an export, or one for somebody who may see one case only."""
    with pytest.raises(InputError):
        export_graph(district, LOCAL, "docx", tmp_path / "a")
    with pytest.raises(NotFound):
        export_graph(district, LOCAL, "json", tmp_path / "a", only=["Nobody:1"])
    with pytest.raises(Forbidden):
        export_graph(district, Viewer("u", "investigator", cases=frozenset({"A1"})), "json", tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["_x0041_", "_x005F_", "\x00\x0b", "\r\n", "a_x", "", "𠮷"])
def test_escapes_come_back(text: str) -> None:
    """Trap: a text that looks like an escape is turned into another one."""
    assert from_text(to_text(text), "string") == text
