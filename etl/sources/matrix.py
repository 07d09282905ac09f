"""Adjacency matrices (wiretap studies): row calls column; names in the heading and in the first column.

Actors are pseudonyms within their folder, so that several matrices of one inquiry (its phases) meet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

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
from etl.sources.neo4j_csv import dataset_of
from etl.storage.facts import FactBatch, FileOrigin, SheetFacts

_CORNERS = {
    "",
    "players",
    "player",
    "actor",
    "actors",
    "name",
    "names",
    "id",
    "node",
    "nodes",
    "vertex",
    "人员",
}
_SMALLEST = 3


def open_sheet(sheet: RawSheet, path: Path, origin: FileOrigin) -> SheetFacts | None:
    """Return the facts of a square matrix with equal names in heading and first column, else None."""
    for view in sheet.views:
        names = _names(view.head)
        if names is not None:
            headings = unique_headings(view.head[0])
            folder = dataset_of(path, origin)
            batches = _convert(view.read(1, len(headings)), sheet.name, headings, folder, origin.sha256[:12])
            return SheetFacts(sheet.name, "adjacency_matrix", headings, 1, batches)
    return None


def _names(head: list[list[str]]) -> list[str] | None:
    """The actors of a matrix, judged by its first rows; None where it is none."""
    if not head or not head[0] or head[0][0].strip().casefold() not in _CORNERS:
        return None
    names = [cell.strip() for cell in head[0][1:]]
    if len(names) < _SMALLEST or len(set(names)) != len(names) or not all(names):
        return None
    rows = [row for row in head[1:] if any(cell.strip() for cell in row)]
    if len(rows) < min(_SMALLEST, len(names)) or len(rows) > len(names):
        return None
    if any(row[0].strip() not in names or len(row) != len(head[0]) for row in rows):
        return None
    cells = [cell for row in rows for cell in row[1:] if cell.strip()]
    odd = sum(decimal_number(cell) is None for cell in cells)
    # One unreadable weight rejects its row, it does not make the table something else.
    if odd * 5 > len(cells):
        return None
    return names


def _convert(
    batches: Iterator[RawBatch], sheet: str, headings: list[str], folder: str, sha12: str
) -> Iterator[FactBatch]:
    names = headings[1:]
    fields = {"actor": 0}
    columns = {"actor": Column(aliases=(headings[0] or "players",))}
    seen = MentionsSoFar()
    things = pa.array([f"Thing:actor:{folder}/{name}" for name in names], pa.string())
    place = {name: i for i, name in enumerate(names)}
    for batch in batches:
        frame = Frame(sheet, batch, headings, fields, columns, {}, {})
        if frame.n:
            yield _batch(frame, names, place, things, seen, sha12)


def _batch(
    frame: Frame,
    names: list[str],
    place: dict[str, int],
    things: pa.StringArray,
    seen: MentionsSoFar,
    sha12: str,
) -> FactBatch:
    actors = frame.text("actor")
    frame.verdicts.reject(~filled(actors), "blank_required", frame.heading("actor"), None)
    index = np.array([place.get(name or "", -1) for name in actors.to_pylist()], np.int64)
    frame.verdicts.reject(index < 0, "unknown_actor", frame.heading("actor"), actors)
    weights = np.zeros((frame.n, len(names)))
    for j, name in enumerate(names):
        cells = clean(frame.batch.columns[j + 1])
        numbers = [0.0 if text is None else decimal_number(text) for text in cells.to_pylist()]
        bad = np.array([number is None or number < 0 for number in numbers], bool)
        frame.verdicts.reject(bad, "bad_amount", name, cells)
        weights[:, j] = [0.0 if number is None else number for number in numbers]
    keep = frame.verdicts.keep
    rows, others = np.nonzero(weights * keep[:, None])
    legs = Legs(frame.sheet, frame.rows[rows])
    told = {"kind": props.constant("contact", len(rows)), "weight": pa.array(weights[rows, others])}
    legs.add(
        "RELATED_TO",
        things.take(pa.array(index[rows])),
        things.take(pa.array(others)),
        np.ones(len(rows), bool),
        system="table",
        distinct=sha12,
        props=props.objects(told, len(rows)),
    )
    own = things.take(pa.array(np.where(index < 0, 0, index)))
    names_given = pa.array(
        [None if name is None or name.isdigit() else name for name in actors.to_pylist()], pa.string()
    )
    mention = MentionColumns("actor", names_given, [(own, "registered")])
    records = record_table(frame.sheet, frame.rows, mention, keep, seen)
    batch = FactBatch(frame.row_table(), _described(frame, actors, own, keep), legs=legs.table())
    if records is not None:
        batch.records = records
    return batch


def _described(frame: Frame, actors: pa.StringArray, refs: pa.StringArray, keep: np.ndarray) -> pa.Table:
    found = [
        (
            int(frame.rows[i]),
            refs[i].as_py(),
            json.dumps({"kind": "actor", "raw": name, "title": name}, ensure_ascii=False),
        )
        for i, name in enumerate(actors.to_pylist())
        if keep[i]
    ]
    return node_table(frame.sheet, found)
