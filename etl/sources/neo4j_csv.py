"""Graphs in ``neo4j-admin import`` CSV (``:ID … :LABEL``; ``:START_ID, :END_ID, :TYPE``), such as POLE.

Every node becomes a ``Thing`` and every relationship a ``RELATED_TO`` with its kind: the ids of such a file
mean something only within its data set, whose name is the part of the file name before ``.nodes.`` or
``.relationships.``, else the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting import props
from etl.converting.frame import Frame
from etl.converting.legs import Legs
from etl.converting.mentions import MentionColumns, MentionsSoFar, record_table
from etl.converting.refs import node_table
from etl.layouts.heading import unique_headings
from etl.layouts.layout import Column
from etl.parsing.numbers import decimal_number
from etl.parsing.text import clean, filled
from etl.reading.grid import RawBatch, RawSheet
from etl.reading.members import shown
from etl.storage.facts import FactBatch, FileOrigin, SheetFacts

_FIELD = re.compile(
    r"^(?P<name>[^:]*):(?P<role>ID|LABEL|START_ID|END_ID|TYPE|IGNORE)(?:\((?P<space>[^)]*)\))?$"
)
_TYPED = re.compile(r"^(?P<name>[^:]+)(?::(?P<type>[a-z]+(?:\[\])?)(?:\{.*\})?)?$")
_DATASET = re.compile(r"^(.+?)[._-](?:nodes?|relationships?|rels|edges)(?:[._-]|$)", re.IGNORECASE)
_PERSON = "Person"
_TITLES = ("title", "name", "description", "type", "code", "number")
_DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_REMEMBERED = 500_000


@dataclass
class _Graph:
    """One file of such a data set; ``columns`` are property names by column, ``roles`` the special ones."""

    dataset: str
    roles: dict[str, int]
    spaces: dict[str, str]
    columns: dict[int, str]
    numeric: set[int]
    repeats: dict[int, int] = field(default_factory=dict)
    seen: MentionsSoFar = field(default_factory=MentionsSoFar)


def open_sheet(sheet: RawSheet, path: Path, origin: FileOrigin) -> SheetFacts | None:
    """Return the facts of a sheet whose first row is such a heading, else None."""
    for view in sheet.views:
        headings = unique_headings(view.head[0]) if view.head else []
        graph = _read_heading(headings, dataset_of(path, origin))
        if graph is not None:
            kind = "graph_nodes" if "ID" in graph.roles else "graph_relationships"
            batches = _convert(view.read(1, len(headings)), graph, sheet.name, headings, kind)
            return SheetFacts(sheet.name, kind, headings, 1, batches)
    return None


def dataset_of(path: Path, origin: FileOrigin) -> str:
    """What the ids of a file belong to: the common part of the file names, else the folder."""
    given = PurePosixPath(origin.path)
    found = _DATASET.match(given.name)
    if found:
        return found[1]
    folder = given.parent.name or shown(path.resolve().parent.name)
    return re.sub(r"\.zip$", "", folder, flags=re.IGNORECASE) or "graph"


def _read_heading(headings: list[str], dataset: str) -> _Graph | None:
    graph = _Graph(dataset, {}, {}, {}, set())
    for at, heading in enumerate(headings):
        special = _FIELD.match(heading)
        if special:
            graph.roles[special["role"]] = at
            graph.spaces[special["role"]] = special["space"] or ""
            if special["name"] and special["role"] == "ID":
                graph.columns[at] = special["name"]
            continue
        typed = _TYPED.match(heading)
        if typed:
            graph.columns[at] = typed["name"]
            if typed["type"] in {"int", "long", "float", "double", "short", "byte"}:
                graph.numeric.add(at)
    nodes = {"ID"} <= graph.roles.keys() and not {"START_ID"} & graph.roles.keys()
    links = {"START_ID", "END_ID"} <= graph.roles.keys()
    return graph if nodes or links else None


def _thing(graph: _Graph, role: str, cells: pa.StringArray) -> pa.StringArray:
    space = graph.spaces[role]
    prefix = f"Thing:{graph.dataset}:" + (f"{space}/" if space else "")
    return pc.binary_join_element_wise(prefix, cells, "")


def _convert(
    batches: Iterator[RawBatch], graph: _Graph, sheet: str, headings: list[str], kind: str
) -> Iterator[FactBatch]:
    fields = {role: at for role, at in graph.roles.items() if role != "IGNORE"}
    columns = {role: Column(aliases=(headings[at],)) for role, at in fields.items()}
    for batch in batches:
        frame = Frame(sheet, batch, headings, fields, columns, {}, {})
        if not frame.n:
            continue
        for role in ("ID", "START_ID", "END_ID", "TYPE"):
            if role in fields:
                frame.verdicts.reject(~filled(frame.text(role)), "blank_required", frame.heading(role), None)
        yield _nodes(frame, graph) if kind == "graph_nodes" else _links(frame, graph)


def _properties(frame: Frame, graph: _Graph) -> dict[str, list[str | None]]:
    return {name: clean(frame.batch.columns[at]).to_pylist() for at, name in graph.columns.items()}


def _nodes(frame: Frame, graph: _Graph) -> FactBatch:
    refs = _thing(graph, "ID", frame.text("ID"))
    labels = frame.text("LABEL").to_pylist() if "LABEL" in graph.roles else [None] * frame.n
    values = _properties(frame, graph)
    day_first = {name for name, cells in values.items() if _days_first(cells)}
    keep = frame.verdicts.keep
    found: list[tuple[int, str, str]] = []
    names: list[str | None] = [None] * frame.n
    person = np.zeros(frame.n, bool)
    ids = frame.text("ID").to_pylist()
    for i in np.flatnonzero(keep).tolist():
        given = {name: text for name, cells in values.items() if (text := cells[i]) is not None}
        kinds = [part for part in (labels[i] or "").split(";") if part]
        if _PERSON in kinds:
            person[i] = True
            names[i] = " ".join(given[key] for key in ("name", "surname") if key in given) or None
        told = _told(given, kinds, str(ids[i]), names[i], day_first)
        found.append((int(frame.rows[i]), refs[i].as_py(), json.dumps(told, ensure_ascii=False)))
    mention = MentionColumns("node", pa.array(names, pa.string()), [(props.when(person, refs), "registered")])
    records = record_table(frame.sheet, frame.rows, mention, keep & person, graph.seen)
    batch = FactBatch(frame.row_table(), node_table(frame.sheet, found))
    if records is not None:
        batch.records = records
    return batch


def _told(
    given: dict[str, str], kinds: list[str], ident: str, name: str | None, day_first: set[str]
) -> dict[str, object]:
    """Declared properties of ``Thing``; everything else the node has goes into ``extra``."""
    told: dict[str, object] = {"kind": kinds[0] if kinds else "node", "raw": ident}
    rest = dict(given)
    title = name or next((given[key] for key in _TITLES if key in given), None)
    if title:
        told["title"] = title
    for prop, keys in (("lat", ("latitude", "lat")), ("lon", ("longitude", "lon", "lng"))):
        key = next((key for key in keys if key in given), None)
        number = decimal_number(given[key]) if key else None
        if key and number is not None:
            told[prop] = number
            rest.pop(key)
    if "address" in given:
        told["place_text"] = rest.pop("address")
    date = next((key for key in ("date", "call_date") if key in day_first), None)
    if date is not None and date in given:
        day, month, year = (int(part) for part in given[date].split("/"))
        at = np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "ms").astype(np.int64)
        told |= {"at": int(at), "at_precision": "day"}
    if len(kinds) > 1:
        rest[":LABEL"] = ";".join(kinds)
    if rest:
        told["extra"] = json.dumps(rest, ensure_ascii=False)
    return told


def _days_first(cells: list[str | None]) -> bool:
    """Whether a column holds dates that can only be day/month/year."""
    found = [_DAY_FIRST.match(text) for text in cells if text]
    if not found or not all(found):
        return False
    parts = [(int(match[1]), int(match[2])) for match in found if match]
    return all(1 <= day <= 31 and 1 <= month <= 12 for day, month in parts) and any(
        day > 12 for day, _ in parts
    )


def _links(frame: Frame, graph: _Graph) -> FactBatch:
    start = _thing(graph, "START_ID", frame.text("START_ID"))
    end = _thing(graph, "END_ID", frame.text("END_ID"))
    kinds = frame.text("TYPE") if "TYPE" in graph.roles else props.constant("RELATED_TO", frame.n)
    values = _properties(frame, graph)
    extra = []
    for i in range(frame.n):
        given = {name: cells[i] for name, cells in values.items() if cells[i] is not None}
        extra.append(json.dumps(given, ensure_ascii=False, sort_keys=True) if given else None)
    extras = pa.array(extra, pa.string())
    weights = [
        None if text is None else decimal_number(text) for text in values.get("weight", [None] * frame.n)
    ]
    told = props.objects({"kind": kinds, "extra": extras, "weight": pa.array(weights, pa.float64())}, frame.n)
    distinct = pc.binary_join_element_wise(kinds, extras, " ", null_handling="skip")
    legs = Legs(frame.sheet, frame.rows)
    legs.add(
        "RELATED_TO",
        start,
        end,
        frame.verdicts.keep,
        system="table",
        distinct=_numbered(graph, start, end, distinct),
        props=told,
    )
    return FactBatch(frame.row_table(), legs=legs.table())


def _numbered(
    graph: _Graph, start: pa.StringArray, end: pa.StringArray, distinct: pa.StringArray
) -> pa.StringArray:
    """Equal relationships of one file are several of them, as the import tool has it: they get a number."""
    out = []
    for a, b, text in zip(start.to_pylist(), end.to_pylist(), distinct.to_pylist(), strict=True):
        key = hash((a, b, text))
        count = graph.repeats.get(key, 0)
        if count or len(graph.repeats) < _REMEMBERED:
            graph.repeats[key] = count + 1
        out.append(f"{text} {count + 1}" if count else text)
    return pa.array(out, pa.string())
