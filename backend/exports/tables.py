"""Tables, one per label and relationship type: a folder of CSV or Parquet files, or one workbook.

CSV headings are those of ``neo4j-admin import`` (``:ID``, ``:LABEL``, ``:START_ID``, ``:END_ID``, ``:TYPE``), so that other
tools take them as they are; lists are JSON. No cell of CSV or XLSX is a formula.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.cell import WriteOnlyCell

from backend.exports.elements import Elements
from backend.exports.text import NOTE
from backend.security.errors import Both
from graph_schema.declaration.model import Label, Relationship
from graph_schema.errors import InputError
from graph_schema.spreadsheet import CsvWriter, set_text

_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "float": pa.float64(),
    "boolean": pa.bool_(),
    "strings": pa.list_(pa.string()),
    "integers": pa.list_(pa.int64()),
}
_ADMIN = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}
_BATCH = 20_000
MOST_ROWS = 1_048_575
"""Rows below the heading that a sheet can hold."""

Row = list[Any]


def write_csv(elements: Elements, folder: Path) -> int:
    """Write ``Label.nodes.csv`` and ``TYPE.relationships.csv`` into the folder; return how many rows."""
    return _each(elements, folder, ".csv", _csv)


def write_parquet(elements: Elements, folder: Path) -> int:
    """Write ``Label.nodes.parquet`` and ``TYPE.relationships.parquet`` into the folder; return how many rows."""
    return _each(elements, folder, ".parquet", _parquet)


def write_xlsx(elements: Elements, path: Path) -> int:
    """Write one workbook with a sheet for each; raises ``InputError`` where a sheet cannot hold the rows."""
    book = openpyxl.Workbook(write_only=True)
    count = 0
    for part, rows in _parts(elements):
        first = next(rows, None)
        if first is None:
            continue
        sheet = book.create_sheet(part.name[:31])
        sheet.append([_cell(sheet, f"{name} {zh}".strip()) for name, zh in _titles(part)])
        for n, row in enumerate(_with(first, rows), start=1):
            if n > MOST_ROWS:
                raise InputError(
                    Both(
                        f"{part.zh}超过工作表的 {MOST_ROWS} 行。缩小范围，或导出为 csv 或 parquet。",
                        f"{part.en}: more than the {MOST_ROWS} rows a sheet holds. Narrow it, or export csv or parquet.",
                    )
                )
            sheet.append([_cell(sheet, _text(value)) for value in row])
            count += 1
    about = book.create_sheet("说明 About")
    for line in NOTE:
        about.append([_cell(about, line)])
    book.save(path)
    return count


def _each(
    elements: Elements,
    folder: Path,
    suffix: str,
    write: Callable[[Path, Label | Relationship, Iterable[Row]], int],
) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for part, rows in _parts(elements):
        first = next(rows, None)
        if first is not None:
            kind = "nodes" if isinstance(part, Label) else "relationships"
            count += write(folder / f"{part.name}.{kind}{suffix}", part, _with(first, rows))
    (folder / "README.txt").write_text("\n".join(NOTE) + "\n", encoding="utf-8")
    return count


def _parts(elements: Elements) -> Iterator[tuple[Label | Relationship, Iterator[Row]]]:
    for name in elements.labels():
        label = elements.declaration.labels[name]
        names = list(label.properties)
        yield label, ([node.id, name, *_values(node.props, names)] for node in elements.nodes(name))
    for name in elements.types():
        rel = elements.declaration.relationships[name]
        names = list(rel.properties)
        yield (
            rel,
            ([edge.start, edge.end, name, *_values(edge.props, names)] for edge in elements.edges(name)),
        )


def _values(props: Mapping[str, Any], names: list[str]) -> Row:
    return [props.get(name) for name in names]


def _with(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rows


def _titles(part: Label | Relationship) -> list[tuple[str, str]]:
    fixed = (
        [("id", "编号"), ("label", "类别")]
        if isinstance(part, Label)
        else [("start", "起"), ("end", "止"), ("type", "类别")]
    )
    return [*fixed, *((name, prop.zh) for name, prop in part.properties.items())]


def _csv(path: Path, part: Label | Relationship, rows: Iterable[Row]) -> int:
    fixed = ["id:ID", ":LABEL"] if isinstance(part, Label) else [":START_ID", ":END_ID", ":TYPE"]
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = CsvWriter(out)
        writer.row(
            [*fixed, *(f"{name}:{_ADMIN.get(prop.type, 'string')}" for name, prop in part.properties.items())]
        )
        count = 0
        for row in rows:
            writer.row([_text(value) for value in row])
            count += 1
    return count


def _parquet(path: Path, part: Label | Relationship, rows: Iterable[Row]) -> int:
    fixed = ["id", "label"] if isinstance(part, Label) else ["start", "end", "type"]
    fields = [pa.field(name, pa.string()) for name in fixed]
    fields += [pa.field(f"p_{name}", _ARROW[prop.type]) for name, prop in part.properties.items()]
    schema = pa.schema(fields)
    count, held = 0, []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for row in rows:
            held.append(row)
            if len(held) == _BATCH:
                count += _flush(writer, schema, held)
        if held:
            count += _flush(writer, schema, held)
    return count


def _flush(writer: pq.ParquetWriter, schema: pa.Schema, held: list[Row]) -> int:
    columns = zip(*held, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    writer.write_batch(pa.record_batch(arrays, schema=schema))
    n = len(held)
    held.clear()
    return n


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet)
    set_text(cell, value)
    return cell
