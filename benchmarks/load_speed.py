"""Loading end to end against a bare driver and a row-at-a-time loader, on the same rows in one run.

- *upline*: files on disk → committed events, with rows kept, matched and accounted for.
- *bare driver*: the same rows, already parsed and in memory, written idempotently (nodes by MERGE; relationships
  by look-up and CREATE, or by MERGE, whichever is faster) in batches of 5,000.
- *py2neo*: pandas reads the file, py2neo writes one row at a time (measured on a part of the rows).
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from graph_schema.store import Store

ROWS = int(os.environ.get("BENCH_ROWS", "200000"))
PHONES = 20_000
SLOW_ROWS = 2_000
BATCH = 5_000


def main() -> None:
    """Print rates and ratios."""
    folder = Path(tempfile.mkdtemp(prefix="upline-bench-"))
    try:
        files = write_files(folder, ROWS)
        rows = prepared(files)
        ours = _fresh(folder, "upline", lambda: _upline(files))
        bare = {name: _fresh(folder, name, lambda q=query: _bare(rows, q)) for name, query in BARE.items()}
        slow = _fresh(folder, "py2neo", lambda: _py2neo(files[0]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    best = max(bare.values())
    print(f"{'upline, files to committed events':45s} {ours:10,.0f} rows/s")
    for name, rate in bare.items():
        print(f"{'bare driver, prepared rows, ' + name:45s} {rate:10,.0f} rows/s")
    print(f"{'pandas + py2neo, a row at a time':45s} {slow:10,.0f} rows/s")
    print(f"upline / bare driver (the faster) = {ours / best:.2f}   upline / py2neo = {ours / slow:.0f}")


def write_files(folder: Path, rows: int, per_file: int = 20_000, seed: int = 11) -> list[Path]:
    """Call records of many subscribers in the alias form, invented."""
    chance = random.Random(seed)
    files = []
    for n in range(rows // per_file):
        path = folder / "files" / f"cdr-{n}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"])
            at = datetime(2024, 1, 1)
            for _ in range(per_file):
                at += timedelta(seconds=chance.randrange(1, 300))
                a, b = chance.randrange(PHONES), PHONES + chance.randrange(PHONES)
                kind = chance.choice(["主叫", "被叫"])
                writer.writerow(
                    [
                        f"1990{a:07d}",
                        f"1990{b:07d}",
                        kind,
                        at.strftime("%Y-%m-%d %H:%M:%S"),
                        chance.randrange(600),
                    ]
                )
        files.append(path)
    return files


def prepared(files: list[Path]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for file in files:
        table = pd.read_csv(file, dtype=str, encoding="utf-8-sig")
        at = pd.to_datetime(table["开始时间"]).astype("int64") // 1_000_000
        for n, (own, other, kind, when, seconds) in enumerate(
            zip(
                table["本机号码"],
                table["对端号码"],
                table["呼叫类型"],
                at,
                table["通话时长(秒)"],
                strict=True,
            )
        ):
            ends = (own, other) if kind == "主叫" else (other, own)
            rows.append(
                [
                    f"+86{ends[0]}",
                    f"+86{ends[1]}",
                    f"{file.name}/{n}",
                    int(when),
                    int(seconds),
                    [f"{file.name}/-/{n}"],
                ]
            )
    return rows


def _fresh(folder: Path, name: str, work: Callable[[], tuple[int, float]]) -> float:
    """Run ``work`` on an empty database of its own; rows per second."""
    from graph_schema.store import Store, embedded

    home = folder / name
    os.environ["UPLINE_HOME"] = str(home)
    with Store.connect():
        done, seconds = work()
    embedded.stop(home)
    return done / seconds


def _upline(files: list[Path]) -> tuple[int, float]:
    from etl.writing.load import load
    from graph_schema.store import Store

    with Store.connect() as store:
        start = time.perf_counter()
        report = load(store, files)
        seconds = time.perf_counter() - start
    if report.events["calls"] != ROWS or any(file.read != file.loaded for file in report.files):
        raise SystemExit(f"not the same work: {report.events}, {report.files[0]}")
    return ROWS, seconds


_PROPS = "at: r[3], at_precision: 'second', seconds: r[4], evidence: r[5]"
_MATCH = "UNWIND $rows AS r MATCH (a:Phone {number: r[0]}) MATCH (b:Phone {number: r[1]})"
BARE = {
    "look-up + CREATE": f"{_MATCH} WHERE NOT EXISTS {{ (a)-[:CALLED {{event_id: r[2]}}]->(b) }} "
    f"CREATE (a)-[:CALLED {{event_id: r[2], {_PROPS}}}]->(b)",
    "MERGE": f"{_MATCH} MERGE (a)-[e:CALLED {{event_id: r[2]}}]->(b) ON CREATE SET e += {{{_PROPS}}}",
}


def _bare(rows: list[list[Any]], query: str) -> tuple[int, float]:
    from graph_schema.store import Store

    with Store.connect() as store:
        return len(rows), write_bare(store, rows, query)


def write_bare(store: Store, rows: list[list[Any]], query: str) -> float:
    """Write prepared rows with nothing but the driver; seconds."""
    with store.driver.session() as session:
        start = time.perf_counter()
        numbers = sorted({row[0] for row in rows} | {row[1] for row in rows})
        for n in range(0, len(numbers), BATCH):
            session.run("UNWIND $rows AS r MERGE (:Phone {number: r})", rows=numbers[n : n + BATCH]).consume()
        for n in range(0, len(rows), BATCH):
            session.run(query, rows=rows[n : n + BATCH]).consume()  # type: ignore[arg-type]
        return time.perf_counter() - start


def _py2neo(file: Path) -> tuple[int, float]:
    import py2neo

    from graph_schema.store import Store, embedded, server

    with Store.connect() as store:
        joined = embedded.join(store.home)
        graph = py2neo.Graph(joined.server.uri, auth=(server.USER, joined.password))
        start = time.perf_counter()
        table = pd.read_csv(file, dtype=str, encoding="utf-8-sig").head(SLOW_ROWS)
        for n, row in table.iterrows():
            graph.run(
                "MERGE (a:Phone {number: $a}) MERGE (b:Phone {number: $b}) MERGE (a)-[e:CALLED {event_id: $id}]->(b) "
                "SET e.at = $at, e.seconds = $seconds",
                a=row["本机号码"],
                b=row["对端号码"],
                id=str(n),
                at=row["开始时间"],
                seconds=int(row["通话时长(秒)"]),
            )
        seconds = time.perf_counter() - start
        joined.leave()
        return len(table), seconds
