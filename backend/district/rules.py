"""Reads the rule files: shipped examples, each replaced as a whole by the site's own file of the same name.

A file is a CSV in UTF-8. Lines ``# version: 2`` and ``# example: yes`` before the heading say what it is. The site's
files stand in ``UPLINE_HOME/rules``. An answer names each rule it rests on as ``name@version`` and says whether it
is an example.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.contract.district.common import Rule
from backend.district.rule_tables import COMMON, FILES, Column, RuleFile
from graph_schema.errors import InputError, NotFound
from graph_schema.home import upline_home
from graph_schema.language import Text

SHIPPED = Path(__file__).parent / "rule_files"
Cell = str | float | int | None


class RuleError(InputError):
    """A rule file cannot be used: names file, line, column and what to change."""

    code = "E-RULES"


@dataclass(frozen=True)
class RuleRow:
    """One row: its own cells, the days it holds (both included), and where it comes from."""

    cells: dict[str, Cell]
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str
    note: str
    line: int

    def holds(self, day: dt.date) -> bool:
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)

    def text(self, name: str) -> str:
        value = self.cells[name]
        return "" if value is None else str(value)

    def number(self, name: str) -> float | None:
        value = self.cells[name]
        return float(value) if isinstance(value, int | float) else None


@dataclass(frozen=True)
class Rules:
    """One rule file as read; ``digest`` tells two files of one version apart."""

    file: RuleFile
    version: str
    example: bool
    site: bool
    digest: str
    rows: tuple[RuleRow, ...]

    @property
    def id(self) -> str:
        return f"{self.file.name}@{self.version}"

    def on(self, day: dt.date) -> list[RuleRow]:
        """The rows that hold on a day."""
        return [row for row in self.rows if row.holds(day)]

    def said(self) -> Rule:
        """The rule as an answer names it, with its sources."""
        sources = "；".join(dict.fromkeys(row.source for row in self.rows if row.source))
        return {"id": self.id, "example": self.example, "source": sources}


def site_file(name: str) -> Path:
    """Where a site's own rule file stands: under the name of the file or its Chinese title."""
    folder = upline_home() / "rules"
    titled = folder / f"{FILES[name].title.zh}.csv"
    return titled if titled.is_file() else folder / f"{name}.csv"


def rules(name: str) -> Rules:
    """Return a rule file: the site's where there is one, else the shipped example. Raises ``RuleError``, ``NotFound``."""
    file = FILES.get(name)
    if file is None:
        raise NotFound(Text(f"没有这个规则文件：{name}", f"there is no rule file {name}"))
    own = site_file(name)
    return read(own, file, site=True) if own.is_file() else read(SHIPPED / f"{name}.csv", file, site=False)


def read(path: Path, file: RuleFile, *, site: bool) -> Rules:
    """Read and check one rule file."""
    raw = path.read_bytes()
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise _wrong(path, None, "不是 UTF-8 文本", "is not UTF-8 text") from error
    remarks, table = _split(lines)
    version, example = _about(path, remarks, site)
    rows = tuple(_rows(path, file, table))
    return Rules(file, version, example, site, hashlib.sha256(raw).hexdigest()[:12], rows)


def _split(lines: list[str]) -> tuple[dict[str, str], list[tuple[int, str]]]:
    remarks: dict[str, str] = {}
    table: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if not table and line.startswith("#"):
            key, _, value = line[1:].partition(":")
            remarks[key.strip()] = value.strip()
        elif line.strip():
            table.append((number, line))
    return remarks, table


def _about(path: Path, remarks: dict[str, str], site: bool) -> tuple[str, bool]:
    """Version and whether it is an example; a site's file is none unless it says so."""
    version = remarks.get("version", "")
    if not version:
        raise _wrong(path, None, "缺少 “# version: 1” 一行", "lacks a line “# version: 1” before the heading")
    example = remarks.get("example", "no" if site else "")
    if example not in ("yes", "no"):
        raise _wrong(path, None, "“# example:” 应为 yes 或 no", "says neither “# example: yes” nor “no”")
    return version, example == "yes"


def _rows(path: Path, file: RuleFile, table: list[tuple[int, str]]) -> Iterator[RuleRow]:
    wanted = [*(column.name for column in file.columns), *COMMON]
    if not table:
        raise _wrong(path, None, "没有表头", "has no heading")
    reader = csv.reader((line for _, line in table), strict=True)
    try:
        heading = next(reader)
        if sorted(heading) != sorted(wanted):
            columns = "，".join(wanted)
            raise _wrong(path, table[0][0], f"表头应为 {columns}", f"the heading must be {', '.join(wanted)}")
        for (number, _), cells in zip(table[1:], reader, strict=False):
            if len(cells) != len(heading):
                raise _wrong(
                    path, number, "单元格数与表头不同", "the number of cells differs from the heading's"
                )
            row = {name: cell.strip() for name, cell in zip(heading, cells, strict=True)}
            yield _row(path, number, file, row)
    except csv.Error as error:
        raise _wrong(
            path, None, f"不是逗号分隔的表：{error}", f"is no comma-separated table: {error}"
        ) from error


def _row(path: Path, number: int, file: RuleFile, row: dict[str, str]) -> RuleRow:
    cells = {column.name: _cell(path, number, column, row[column.name]) for column in file.columns}
    first, last = (_day(path, number, name, row[name]) for name in ("valid_from", "valid_to"))
    if first and last and last < first:
        raise _wrong(path, number, "valid_to 早于 valid_from", "valid_to is before valid_from")
    if not row["source"]:
        raise _wrong(path, number, "source 不能为空", "source must not be blank")
    return RuleRow(cells, first, last, row["source"], row["note"], number)


def _cell(path: Path, number: int, column: Column, text: str) -> Cell:
    if not text:
        if column.must:
            raise _wrong(path, number, f"{column.name} 不能为空", f"{column.name} must not be blank")
        return None
    if column.kind == "choice" and text not in column.choices:
        some = "、".join(column.choices)
        raise _wrong(path, number, f"{column.name} 应为 {some} 之一", f"{column.name} must be one of {some}")
    if column.kind in ("number", "integer"):
        return _number(path, number, column, text)
    return text


def _number(path: Path, number: int, column: Column, text: str) -> float | int:
    try:
        value: float | int = int(text) if column.kind == "integer" else float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _wrong(
            path, number, f"{column.name} 应为数字：{text}", f"{column.name} must be a number, not {text}"
        )
    return value


def _day(path: Path, number: int, name: str, text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _wrong(
            path, number, f"{name} 应写成 2026-01-31", f"{name} must be written as 2026-01-31"
        ) from error


def _wrong(path: Path, line: int | None, zh: str, en: str) -> RuleError:
    where = (f"第 {line} 行", f" line {line}") if line else ("", "")
    return RuleError(
        Text(f"{path.name} {where[0]}：{zh}".replace(" ：", "："), f"{path.name}{where[1]}: {en}")
    )
