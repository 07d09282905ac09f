"""The archive of one UPLINE_HOME: raw rows and facts of every file, as Parquet, written whole or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.storage import quiet_duckdb
from etl.storage.bounds import bounded
from etl.storage.facts import BOOKS, EXCLUDED, LEGS, LOADED, NODES, RECORDS, ROWS, SheetFacts
from etl.storage.passes import write_passes
from etl.storage.sql import ENRICHED_LEGS, ENRICHED_RECORDS
from graph_schema import shared_file
from graph_schema.errors import UplineError
from graph_schema.language import Text

_TABLES = {"rows": ROWS, "nodes": NODES, "records": RECORDS, "legs": LEGS, "books": BOOKS}
_COMPRESSION = {"legs": "lz4", "records": "lz4"}
"""Of what is read again at once and then thrown away."""
FORMAT = 3
"""Of the facts: raised with every change of their columns, ids or keys that old facts do not follow."""


class OtherFormat(UplineError):
    """Facts on disk were made by another version of Upline; matching them with new ones would be wrong."""

    code = "E-FACTS"
    status = 409


class Stopped(Exception):
    """The caller asked to stop; nothing of the file at hand was kept."""


@dataclass
class Tally:
    """Rows of one file by state; ``read`` is their sum by construction."""

    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    excluded: int = 0
    excluded_reasons: dict[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Rows read, whatever became of them."""
        return self.loaded + self.duplicate + self.rejected + self.excluded


class Archive:
    """Folders ``rows``, ``facts``, ``plans``, ``rejects``, ``originals`` under ``home``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for name in ("rows", "facts", "plans", "rejects", "runs", "retired"):
            (home / name).mkdir(parents=True, exist_ok=True)
        self._stamp = home / "facts" / ".format"
        if not any((home / "facts").iterdir()):
            self._stamp.write_text(str(FORMAT), encoding="ascii")

    def check(self) -> None:
        """Raise ``OtherFormat`` where the facts are of a version this program does not work on."""
        found = self._stamp.read_text(encoding="ascii").strip() if self._stamp.exists() else "0"
        if found != str(FORMAT):
            raise OtherFormat(
                Text(
                    f"此 UPLINE_HOME 中的已读数据为格式 {found}，本程序使用格式 {FORMAT}，"
                    "未做任何改动。请用写入它的版本打开，或另设 UPLINE_HOME 并用原始文件重新导入"
                    "（原始行仍在 rows 文件夹）。",
                    f"The facts in this UPLINE_HOME are of format {found}, this program works on "
                    f"format {FORMAT}; nothing was changed. Open it with the version that wrote it, "
                    "or load the original files into a new UPLINE_HOME (the raw rows stay in the "
                    "folder rows).",
                )
            )

    def retire(self, load: int, table: Path) -> None:
        """Keep the ids an unload took away (columns old_id, leg_id), so that they still lead to the event."""
        if table.exists():
            table.replace(self.home / "retired" / f"{load}.parquet")

    def lives_on_as(self, event_id: str) -> str | None:
        """A row's id of the event that an id taken away by an unload belonged to; None where none stayed."""
        files = sorted(str(path) for path in (self.home / "retired").glob("*.parquet"))
        found, seen = event_id, {event_id}
        while files:
            with quiet_duckdb.shared() as con:
                row = con.execute(
                    "SELECT leg_id FROM read_parquet(?) WHERE old_id = ? ORDER BY filename DESC LIMIT 1",
                    [files, found],
                ).fetchone()
            if row is None or row[0] in seen:
                break
            found = str(row[0])
            seen.add(found)
        return found if found != event_id else None

    def rows(self, sha256: str) -> Path:
        """Where the raw rows of a file are kept, as Parquet."""
        return self.home / "rows" / f"{sha256}.parquet"

    def facts(self, sha256: str) -> Path:
        """The folder with the facts of a file, as Parquet."""
        return self.home / "facts" / sha256

    def plan(self, load: int) -> Path:
        """The folder with the plan of a load."""
        return self.home / "plans" / str(load)

    def pending_plans(self) -> list[Path]:
        """Plans that were decided but not yet wholly written to the database, oldest first."""
        plans = (path for path in (self.home / "plans").iterdir() if path.name.isdigit())
        return sorted(plans, key=lambda path: int(path.name))

    def about(self, sha256: str) -> dict[str, Any]:
        """What is known of a kept file: kind, path and, per sheet, headings and declared count."""
        text = (self.facts(sha256) / "file.json").read_text(encoding="utf-8")
        about: dict[str, Any] = json.loads(text)
        return about

    def keep(
        self,
        sha256: str,
        path: str,
        sheets: Iterable[SheetFacts],
        tick: Callable[[int], None],
    ) -> str:
        """Write rows and facts of one file and return its kind (kinds of its sheets joined by "+").

        ``tick`` is called with the number of rows read so far and may raise ``Stopped``. Both outputs
        appear by renaming, rows first: a file is kept when its facts folder exists.
        """
        scratch = forget_part(self.home, sha256)
        scratch.mkdir()
        try:
            about = _write_sheets(scratch, sheets, tick)
            kinds = "+".join(dict.fromkeys(str(entry["kind"]) for entry in about))
            (scratch / "file.json").write_text(
                json.dumps({"path": path, "kind": kinds, "sheets": about}, ensure_ascii=False),
                encoding="utf-8",
            )
            _enrich(scratch, sha256[:12])
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        (scratch / "rows.raw").replace(self.rows(sha256))
        shutil.rmtree(self.facts(sha256), ignore_errors=True)
        scratch.replace(self.facts(sha256))
        return kinds

    def origin(self, sha256: str) -> dict[str, Any]:
        """Where a kept file was read from: ``given`` is the path that was named, the rest as in ``Origin``."""
        try:
            found: dict[str, Any] = json.loads(
                (self.facts(sha256) / "origin.json").read_text(encoding="utf-8")
            )
        except (
            FileNotFoundError,
            ValueError,
        ):  # loaded by an earlier version, or damaged: then it is not found there
            return {}
        return found

    def came_from(self, sha256: str, origin: Mapping[str, Any]) -> None:
        """Write down where a kept file was read from, so that it can be read again."""
        shared_file.put(self.facts(sha256) / "origin.json", json.dumps(dict(origin), ensure_ascii=False))

    def original(self, sha256: str) -> Path:
        """The folder with a copy of the source (``file``) and of what lies beside it, where one is kept."""
        return self.home / "originals" / sha256

    def keep_original(self, sha256: str, file: Path, beside: Mapping[str, Path]) -> None:
        """Copy a source that will not stay where it is; whole or not at all."""
        target = self.original(sha256)
        part = target.with_name(f".{sha256}.part")
        shutil.rmtree(part, ignore_errors=True)
        (part / "beside").mkdir(parents=True, mode=0o700)
        for source, copy in [
            (file, part / "file"),
            *((path, part / "beside" / n) for n, path in beside.items()),
        ]:
            shutil.copyfile(source, copy)
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)

    def forget(self, sha256: str) -> None:
        """Drop what was kept of a file."""
        shutil.rmtree(self.original(sha256), ignore_errors=True)
        shutil.rmtree(self.facts(sha256), ignore_errors=True)
        self.rows(sha256).unlink(missing_ok=True)

    def tally(self, sha256: str) -> Tally:
        """Count the rows of a kept file by state, and the excluded ones by reason."""
        result = Tally()
        table = pq.read_table(self.rows(sha256), columns=["state", "reason"])
        for entry in table.group_by(["state", "reason"]).aggregate([([], "count_all")]).to_pylist():
            state, reason, n = entry["state"], entry["reason"] or "", entry["count_all"]
            setattr(result, state, getattr(result, state) + n)
            if state == EXCLUDED:
                result.excluded_reasons[reason] = n
        result.excluded_reasons = dict(sorted(result.excluded_reasons.items()))
        return result

    def mark_duplicates(self, sha256: str, rows: pa.Table) -> None:
        """Set the state of the given rows (columns sheet, row) to duplicate; the other loaded ones to loaded."""
        path = self.rows(sha256)
        with shared_file.whole(path) as part, quiet_duckdb.shared() as con:
            con.register("dup", rows)
            con.execute(
                f"""COPY (
                SELECT r.* REPLACE (
                    CASE WHEN r.state IN ('loaded', 'duplicate')
                    THEN CASE WHEN d.row IS NULL THEN '{LOADED}' ELSE 'duplicate' END ELSE r.state END AS state)
                FROM read_parquet('{_quoted(path)}') r
                LEFT JOIN dup d ON d.sheet IS NOT DISTINCT FROM r.sheet AND d.row = r.row
                ORDER BY r.sheet, r.row
                ) TO '{_quoted(part)}' (FORMAT parquet, COMPRESSION zstd)"""
            )


def headings_at(sheet: Mapping[str, Any], row: int) -> list[str]:
    """The headings over a row of a sheet as ``about`` has it: they may come again in another order."""
    later = [headings for first, headings in sheet.get("sections") or () if first < row]
    found: list[str] = later[-1] if later else sheet["headings"]
    return found


def said_at(sheet: Mapping[str, Any], row: int) -> list[str]:
    """What lines outside the rows say of a row of a sheet as ``about`` has it, a cell each."""
    found: list[list[str]] = [cells for first, cells in sheet.get("said") or () if first <= row]
    return found[-1] if found else []


def forget_part(home: Path, sha256: str) -> Path:
    """Drop what a reader that was ended left half written of a file; return where it stood."""
    scratch = home / "facts" / f".{sha256}.part"
    shutil.rmtree(scratch, ignore_errors=True)
    return scratch


def _write_sheets(
    folder: Path, sheets: Iterable[SheetFacts], tick: Callable[[int], None]
) -> list[dict[str, Any]]:
    """Write the rows and facts of all sheets into ``folder``; return what ``about`` says of each."""
    about: list[dict[str, Any]] = []
    seen = 0
    with _writers(folder) as writers:
        for sheet in sheets:
            begun = _first_known(sheet)
            for batch in sheet.batches:
                batch = bounded(batch, sheet.sections[-1][1] if sheet.sections else sheet.headings)
                for name, writer in writers.items():
                    table: pa.Table = getattr(batch, name)
                    if table.num_rows:
                        writer.write_table(table)
                seen += batch.rows.num_rows
                tick(seen)
            about.append(begun | _last_known(sheet))
    return about


@contextlib.contextmanager
def _writers(folder: Path) -> Iterator[dict[str, pq.ParquetWriter]]:
    """A Parquet writer for each table of a file, all closed at the end."""
    made = {
        name: pq.ParquetWriter(folder / f"{name}.raw", schema, compression=_COMPRESSION.get(name, "zstd"))
        for name, schema in _TABLES.items()
    }
    try:
        yield made
        for writer in made.values():
            writer.close()
    except BaseException:
        with contextlib.suppress(OSError):  # a full disk takes no footer either
            for writer in made.values():
                writer.close()
        raise


def _first_known(sheet: SheetFacts) -> dict[str, Any]:
    """What is known of a sheet before its rows are read."""
    return {
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "headings": sheet.headings,
        "header_row": sheet.header_row,
        "hidden": sheet.hidden,
    }


def _last_known(sheet: SheetFacts) -> dict[str, Any]:
    """What may only be known once the whole sheet was read, such as a declared count."""
    about: dict[str, Any] = {
        "declared_rows": sheet.declared_rows,
        "declared": dict(sheet.declared),
        "period": sheet.period,
    }
    if sheet.no_counter is not None:
        about["no_counter"] = sheet.no_counter
    if sheet.sections:
        about["sections"] = sheet.sections
    if any(cells for _, cells in sheet.said):
        about["said"] = sheet.said
    return about


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _enrich(folder: Path, sha12: str) -> None:
    """Give legs and records their stable ids and the keys by which they are matched."""
    with quiet_duckdb.shared() as con:
        for name, select in (("legs", ENRICHED_LEGS), ("records", ENRICHED_RECORDS)):
            raw = folder / f"{name}.raw"
            con.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT * FROM read_parquet('{_quoted(raw)}')")
            con.execute(
                f"COPY ({select.format(sha12=sha12)}) TO '{_quoted(folder / (name + '.parquet'))}' "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
            con.execute("DROP VIEW raw")
            raw.unlink()
        write_passes(con, folder)
    for name in ("nodes", "books"):
        (folder / f"{name}.raw").replace(folder / f"{name}.parquet")
