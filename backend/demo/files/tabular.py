"""Plain tables on disk, the same bytes for the same content: CSV, tab-separated text, workbooks."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from backend.demo.truth import FileTruth

FINE = "fine"
REPEAT = "repeat"
FAILED_QUERY = "failed_query"
FAILED_PAYMENT = "failed_payment"
BAD_DIRECTION = "bad_direction"
BAD_TIME = "bad_time"
_FIXED = (2025, 9, 1, 0, 0, 0)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>demo</dc:creator></cp:coreProperties>'
)


@dataclass(slots=True)
class Row:
    """One data row to be written: its cells, what a loader should make of it, the event it stands for."""

    cells: list[str]
    state: str = FINE
    event: int | None = None


@dataclass
class SourceTable:
    """One table: rows under a heading, with the lines that stand above it."""

    kind: str
    header: Sequence[str]
    rows: list[Row] = field(default_factory=list)
    preamble: list[list[str]] = field(default_factory=list)
    sheet: str = "Sheet1"
    declared: bool = False

    def add(self, *cells: str) -> None:
        self.rows.append(Row(list(cells)))


def truth_of(path: str, tables: Sequence[SourceTable]) -> FileTruth:
    """What a loader should find in the file."""
    counts = Counter(row.state for table in tables for row in table.rows)
    return FileTruth(
        path=path,
        kind="+".join(t.kind for t in tables),
        rows=sum(counts.values()),
        fine=counts[FINE],
        repeats=counts[REPEAT],
        failed_queries=counts[FAILED_QUERY],
        failed_payments=counts[FAILED_PAYMENT],
        bad_directions=counts[BAD_DIRECTION],
        bad_times=counts[BAD_TIME],
        declared=len(tables[0].rows) if tables[0].declared else None,
    )


def write_text(folder: Path, path: str, table: SourceTable, encoding: str, delimiter: str = ",") -> FileTruth:
    """Write CSV (or tab-separated text) in the given encoding."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if delimiter == "," else "\n")
    writer.writerows(table.preamble)
    writer.writerow(table.header)
    writer.writerows(row.cells for row in table.rows)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(out.getvalue().encode(encoding))
    return truth_of(path, [table])


def pack(folder: Path, path: str, members: Sequence[str]) -> None:
    """Move files that were written under ``x/`` into the archive ``x.zip``."""
    with zipfile.ZipFile(folder / path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            source = folder / member
            name = zipfile.ZipInfo(member.removeprefix(path.removesuffix(".zip") + "/"), _FIXED)
            archive.writestr(name, source.read_bytes(), zipfile.ZIP_DEFLATED)
            source.unlink()
            if not any(source.parent.iterdir()):
                source.parent.rmdir()


def write_workbook(folder: Path, path: str, tables: Sequence[SourceTable]) -> FileTruth:
    """Write one workbook with a sheet per table; every cell is text."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.sheet)
        for line in table.preamble:
            sheet.append(line)
        sheet.append(list(table.header))
        for row in table.rows:
            sheet.append([cell or None for cell in row.cells])
    raw = io.BytesIO()
    book.save(raw)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in source.namelist():
            content = _CORE.encode() if name == "docProps/core.xml" else source.read(name)
            fixed.writestr(zipfile.ZipInfo(name, _FIXED), content, zipfile.ZIP_DEFLATED)
    return truth_of(path, tables)
