"""BCP packages of Chinese phone forensics: header-less ``*.bcp`` files whose columns ``GAB_ZIP_INDEX.xml`` names.

Every row keeps its own cells; behind them come the cells of the common tables, worked out from them and from
the base tables of the package: COLLECT_TARGET_ID ties all of it to one phone, its SIM cards and its owner.
Times are seconds since 1970; whether the tool meant UTC is not stated: compare with CAPTURE_TIME.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.spool import Spool
from etl.sources.documents import FirstLook
from etl.sources.documents._bcp_index import DataFile, read_index
from etl.sources.documents._bcp_rows import Package, meaning
from etl.sources.documents._derived import derived_sheet
from etl.sources.documents._tables import HEADINGS
from etl.storage.facts import FileOrigin

TITLE = ("手机取证数据包（BCP）", "BCP packages of phone forensics")
SAMPLE = (
    "GAB_ZIP_INDEX.xml: WA_MFORENSICS_010600 … MSISDN RELATIONSHIP_ACCOUNT LOCAL_ACTION START_TIME DUAL_TIME …",
    "990101000001\t13900001234\t13900005678\t02\t1709643521\t47\t0",
)
INDEX = "gab_zip_index.xml"
_NAME = re.compile(r"\.bcp$", re.IGNORECASE)
_CHUNK = 1 << 20


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    name = PurePosixPath(seen.path).name
    return bool(seen.kind == "text" and _NAME.search(name)) or bool(
        seen.kind == "xml" and seen.root and seen.root.name == "MESSAGE" and name.lower() == INDEX
    )


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    name = PurePosixPath(origin.path).name
    if name.lower() == INDEX:
        return _index_sheet(path, limits)
    if INDEX not in origin.beside:
        raise Unreadable("bcp_index")
    index = read_index(origin.beside[INDEX])
    described = next((entry for entry in index if entry.file.lower() == name.lower()), None)
    if described is None:
        raise Unreadable("bcp_index")
    layout, derive = meaning(described.code)
    headings = [*described.columns, *(HEADINGS[layout] if derive else ())]
    rows = partial(_rows, path, described, headings, derive, Package.of(index, origin), limits)
    sheet = derived_sheet("", headings, layout, rows, limits, described.rows)
    if sheet is None:
        raise Unreadable("empty")
    return [sheet]


def _index_sheet(path: Path, limits: ReadLimits) -> list[RawSheet]:
    spool = Spool(limits)
    spool.table("", ["数据集", "文件名", "记录数"], "package_index")
    for entry in read_index(path):
        spool.add("", [entry.table, entry.file, "" if entry.rows is None else str(entry.rows)])
    return spool.sheets()


DeriveCells = Callable[[Mapping[str, str], Package], list[str] | None]


def _rows(
    path: Path,
    described: DataFile,
    headings: list[str],
    derive: DeriveCells | None,
    package: Package,
    limits: ReadLimits,
) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells; surplus cells stay at the end, where they reject the row."""
    width = len(described.columns)
    blank = [""] * (len(headings) - width)
    for line, text in _lines(path, described, limits):
        if not text.strip():
            continue
        cells = text.split(described.cell_end)
        if derive is not None:
            known = dict(zip(described.columns, cells, strict=False))
            made = derive(known, package) or blank
            cells = [*cells[:width], *[""] * (width - len(cells)), *made, *cells[width:]]
        yield line, cells


def _lines(path: Path, described: DataFile, limits: ReadLimits) -> Iterator[tuple[int, str]]:
    """Rows by the separator the index names, with their running number."""
    end, rest, number = described.row_end, "", 0
    with path.open(encoding=described.encoding, errors="replace", newline="") as file:
        while chunk := file.read(_CHUNK):
            *whole, rest = (rest + chunk).split(end)
            for text in whole:
                number += 1
                yield number, text.strip("\r\n\ufeff")
            if len(rest) > limits.line:
                raise Unreadable("long_line", line=number + 1, limit=limits.line >> 20)
    if rest:
        yield number + 1, rest.strip("\r\n\ufeff")
