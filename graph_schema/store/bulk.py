"""A first database built at once by ``neo4j-admin database import``, aside, and put in place in one step.

The embedded engine only. Nothing of the present database is touched until the new one is whole; cut off
before that, the old one stays; cut off after it, the next start finishes the renames.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graph_schema.errors import Busy, InputError
from graph_schema.language import Text
from graph_schema.store import address, embedded, java, leases, moves, program, server, settings
from graph_schema.store.places import Places


@dataclass(frozen=True)
class ImportTable:
    """Rows of one label or relationship type as a Parquet file whose column names say what they are."""

    name: str  # label or relationship type
    file: Path


def only_embedded() -> None:
    """Raise ``InputError`` where the database is somebody's server."""
    if address.from_environment() is not None:
        raise InputError(
            Text(
                "--initial 只用于内置数据库：设有 NEO4J_URI 时请用普通导入。",
                "--initial is for the embedded database: with NEO4J_URI set, load the ordinary way.",
            )
        )


def command(nodes: Sequence[ImportTable], relationships: Sequence[ImportTable], report: Path) -> list[str]:
    """The arguments of the import."""
    return [
        *("database", "import", "full", "neo4j", "--input-type=parquet", "--strict=true"),
        *(
            "--path-pattern-style=none",
            "--bad-tolerance=0",
            f"--report-file={java.spelled(report)}",
            "--overwrite-destination=true",
        ),
        *(f"--nodes={table.name}={java.spelled(table.file)}" for table in nodes),
        *(f"--relationships={table.name}={java.spelled(table.file)}" for table in relationships),
    ]


def replace_database(
    home: Path, nodes: Sequence[ImportTable], relationships: Sequence[ImportTable], keep: Sequence[int] = ()
) -> float:
    """Build a database of the tables and put it in place of the present one; the server is stopped meanwhile.

    Returns the seconds the import itself took. Raises ``Busy`` where other processes use the database,
    ``EngineError`` where the import fails; the present database then stays as it was.
    """
    only_embedded()
    places = Places(home)
    stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns()}"
    staging, before = home / f"importing-{stamp}", home / f"before-{stamp}"
    with embedded.locked(places):
        using = [pid for pid in leases.holders(places) if pid not in keep]
        if using:
            raise Busy(
                Text(
                    f"数据库正被进程 {using} 使用，请先结束它。",
                    f"The database is in use by process {using}; end it first.",
                )
            )
        server.stop(places)
        for left in home.glob("importing-*"):  # of an import that was killed; we hold the start lock
            shutil.rmtree(left, ignore_errors=True)
        try:
            seconds = _build(places, staging, nodes, relationships)
            moves.plan_data(places, staging, before)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        moves.finish(places)
        shutil.rmtree(before, ignore_errors=True)  # it was empty: that was asked before
    return seconds


def _build(
    places: Places, staging: Path, nodes: Sequence[ImportTable], relationships: Sequence[ImportTable]
) -> float:
    aside = Places(staging)
    aside.db.mkdir(parents=True, mode=0o700)
    server.password(places)
    shutil.copy2(places.password, aside.password)
    settings.write(aside, 0)
    java.write_arguments(aside, program.ensure())
    with ThreadPoolExecutor(1) as pool:  # two programs of their own, each of them mostly waiting
        password = pool.submit(server.set_password, aside)
        begun = time.perf_counter()
        java.admin(aside, *command(nodes, relationships, staging / "import.report"))
        seconds = time.perf_counter() - begun
        password.result()
    return seconds
