"""Tables, one per label and relationship type: a folder of CSV or Parquet files, or one workbook.

CSV headings are those of ``neo4j-admin import`` (``:ID``, ``:LABEL``, ``:START_ID``, ``:END_ID``, ``:TYPE``); lists are
JSON. ``csv`` is made to be opened with a double click: no cell is a formula, and long numbers have a tab behind them, so
that a spreadsheet keeps every digit. ``neo4j`` is the same to the letter as the graph has it, for ``neo4j-admin``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.cell import WriteOnlyCell

from backend.answers.shape import time_text
from backend.exports.elements import Elements
from backend.exports.text import NOTE
from graph_schema.declaration.model import Label, Relationship
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.spreadsheet import CsvWriter, kept, set_text
from graph_schema.store import Props

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
_KEPT = (
    "CSV 可双击打开：12 位以上及以 0 开头的号码后有一个制表符，电子表格按文本保留全部数字。",
    "These CSV files can be opened with a double click: numbers of 12 digits or more, or with a leading zero, have a tab "
    "behind them, so that a spreadsheet keeps every digit as text.",
    "供 neo4j-admin import 使用请导出 neo4j 格式。 / For neo4j-admin import, export the format neo4j.",
)
_EXACT = (
    "供 neo4j-admin import 使用，数值未加标记；请勿用电子表格打开后保存，长号码会丢失位数。要查看请导出 csv 或 xlsx。",
    "For neo4j-admin import, values as they are. Do not open and save these in a spreadsheet: it shortens long numbers. "
    "To look at them export csv or xlsx.",
)
MOST_ROWS = 1_048_575
"""Rows below the heading that a sheet can hold."""

SheetRow = list[object]


def write_csv(elements: Elements, folder: Path) -> int:
    """Write ``Label.nodes.csv`` and ``TYPE.relationships.csv`` into the folder; return how many rows."""
    return _each(elements, folder, ".csv", _csv_to_look_at, _KEPT)


def write_neo4j(elements: Elements, folder: Path) -> int:
    """Write the files of ``write_csv`` for ``neo4j-admin import``: no mark of any kind at a value."""
    return _each(elements, folder, ".csv", _csv_as_it_is, _EXACT)


def write_parquet(elements: Elements, folder: Path) -> int:
    """Write ``Label.nodes.parquet`` and ``TYPE.relationships.parquet`` into the folder; return how many rows."""
    return _each(elements, folder, ".parquet", _parquet, ())


def write_xlsx(elements: Elements, path: Path) -> int:
    """Write one workbook with a sheet for each; raises ``InputError`` where a sheet cannot hold the rows."""
    book = openpyxl.Workbook(write_only=True)
    about = book.create_sheet("说明 About")
    for line in NOTE:
        about.append([_cell(about, line)])
    count = 0
    for part, rows in _parts(elements):
        first = next(rows, None)
        if first is None:
            continue
        sheet = book.create_sheet(part.name[:31])
        dated = _dated(part)
        sheet.append([_cell(sheet, f"{name} {zh}".strip()) for name, zh in _titles(part)])
        for n, row in enumerate(_with(first, rows), start=1):
            if n > MOST_ROWS:
                raise InputError(
                    Text(
                        f"{part.zh}超过工作表的 {MOST_ROWS} 行。缩小范围，或导出为 csv 或 parquet。",
                        f"{part.en}: more than the {MOST_ROWS} rows a sheet holds. Narrow it, or export csv or parquet.",
                    )
                )
            sheet.append([_cell(sheet, _text(value)) for value in dated(row)])
            count += 1
    book.save(path)
    return count


def _each(
    elements: Elements,
    folder: Path,
    suffix: str,
    write: Callable[[Path, Label | Relationship, Iterable[SheetRow]], int],
    more: tuple[str, ...],
) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for part, rows in _parts(elements):
        first = next(rows, None)
        if first is not None:
            kind = "nodes" if isinstance(part, Label) else "relationships"
            count += write(folder / f"{part.name}.{kind}{suffix}", part, _with(first, rows))
    (folder / "README.txt").write_text("\n".join((*NOTE, *more)) + "\n", encoding="utf-8")
    return count


def _parts(elements: Elements) -> Iterator[tuple[Label | Relationship, Iterator[SheetRow]]]:
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


def _values(props: Props, names: list[str]) -> SheetRow:
    return [props.get(name) for name in names]


def _with(first: SheetRow, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    yield first
    yield from rows


def _titles(part: Label | Relationship) -> list[tuple[str, str]]:
    fixed = (
        [("id", "编号"), ("label", "类别")]
        if isinstance(part, Label)
        else [("start", "起"), ("end", "止"), ("type", "类别")]
    )
    return [*fixed, *((name, prop.zh) for name, prop in part.properties.items())]


def _dated(part: Label | Relationship) -> Callable[[SheetRow], SheetRow]:
    """For a workbook: times as Beijing time instead of milliseconds nobody can read."""
    titles = [name for name, _ in _titles(part)]
    times = [titles.index(name) for name, prop in part.properties.items() if prop.unit == "ms"]

    def dated(row: SheetRow) -> SheetRow:
        for n in times:
            if isinstance(row[n], int):
                row[n] = (time_text(row[n]) or "").replace("T", " ")[:19]
        return row

    return dated


class _Writer(Protocol):
    """Writes rows of a CSV file."""

    def row(self, cells: Iterable[object]) -> None: ...


class _AsItIs:
    """A writer that puts no mark at any value."""

    def __init__(self, out: IO[str]) -> None:
        self._writer = csv.writer(out)

    def row(self, cells: Iterable[object]) -> None:
        self._writer.writerow(["" if cell is None else cell for cell in cells])


class _ToLookAt(CsvWriter):
    """A writer for a spreadsheet: a long number is a text."""

    def row(self, cells: Iterable[object]) -> None:
        super().row(["" if cell is None else kept(str(cell)) for cell in cells])


def _csv_as_it_is(path: Path, part: Label | Relationship, rows: Iterable[SheetRow]) -> int:
    return _csv(path, part, rows, _AsItIs, "utf-8")


def _csv_to_look_at(path: Path, part: Label | Relationship, rows: Iterable[SheetRow]) -> int:
    """UTF-8 with its mark, so that a spreadsheet reads Chinese."""
    return _csv(path, part, rows, _ToLookAt, "utf-8-sig")


def _csv(
    path: Path,
    part: Label | Relationship,
    rows: Iterable[SheetRow],
    made: Callable[[IO[str]], _Writer],
    encoding: str,
) -> int:
    fixed = ["id:ID", ":LABEL"] if isinstance(part, Label) else [":START_ID", ":END_ID", ":TYPE"]
    with path.open("w", encoding=encoding, newline="") as out:
        writer = made(out)
        writer.row(
            [*fixed, *(f"{name}:{_ADMIN.get(prop.type, 'string')}" for name, prop in part.properties.items())]
        )
        count = 0
        for row in rows:
            writer.row([_text(value) for value in row])
            count += 1
    return count


def _parquet(path: Path, part: Label | Relationship, rows: Iterable[SheetRow]) -> int:
    fixed = ["id", "label"] if isinstance(part, Label) else ["start", "end", "type"]
    fields = [pa.field(name, pa.string()) for name in fixed]
    fields += [pa.field(f"p_{name}", _ARROW[prop.type]) for name, prop in part.properties.items()]
    schema = pa.schema(fields, metadata={"note": " ".join(NOTE)})
    count, held = 0, []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for row in rows:
            held.append(row)
            if len(held) == _BATCH:
                count += _flush(writer, schema, held)
        if held:
            count += _flush(writer, schema, held)
    return count


def _flush(writer: pq.ParquetWriter, schema: pa.Schema, held: list[SheetRow]) -> int:
    columns = zip(*held, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    writer.write_batch(pa.record_batch(arrays, schema=schema))
    n = len(held)
    held.clear()
    return n


def _text(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _cell(sheet: Any, value: object) -> Any:  # openpyxl has no types for what it only writes
    cell = WriteOnlyCell(sheet)
    set_text(cell, value)
    return cell
