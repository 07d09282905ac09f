"""Matching many legs: those that may be of one event stand in one bucket, and each bucket is matched by itself.

Legs of one block stand together, and so do blocks with a cross key or a serial key in common: what is connected by such
keys, over however many steps, is one bucket's. So the outcome is that of ``match`` over all legs, the memory it takes is
that of a few buckets, and processes work them off side by side.
"""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import duckdb
import numpy as np
import pyarrow as pa

from etl.matching.match import match
from etl.matching.pairing import MOST_OF_SERIAL
from etl.storage import quiet_duckdb
from graph_schema.errors import EngineError
from graph_schema.language import Text

LEGS = 400_000
"""Legs of a bucket, about; so many are matched within some hundred megabytes."""
MOST = 256
"""Buckets at most: each is a file that stands open while legs are dealt out."""
LEAST_MB = 250
"""Megabytes of a process at least: not everything can be spilled to disk."""
_HOT = "hot.parquet"
_RESULTS = ("clusters", "events")


def match_all(
    con: duckdb.DuckDBPyConnection, source: str, prefix: str, hot: str, folder: Path, memory: str
) -> None:
    """As ``match``, for any number of legs; ``folder`` holds the buckets and has to stay while their tables are read.

    ``memory`` is what all processes together may hold before they spill to disk.
    """
    (legs,) = con.execute(f"SELECT count(*) FROM {source}").fetchall()[0]
    count = min(-(-legs // LEGS), MOST)
    if count <= 1:
        match(con, source, prefix, hot)
        return
    # Never twice the same: of a load that was killed, a process may still be at its last bucket.
    work = folder / uuid4().hex
    deal_out(con, source, hot, work, count)
    match_buckets(work, memory)
    for name in _RESULTS:
        told = quiet_duckdb.files(con, f"{prefix}{name}_files", sorted(work.glob(f"*/{name}.parquet")))
        con.execute(
            f"CREATE OR REPLACE TEMP VIEW {prefix}{name} AS SELECT * EXCLUDE (filename, bucket) FROM {told}"
        )


def deal_out(con: duckdb.DuckDBPyConnection, source: str, hot: str, work: Path, count: int) -> None:
    """Write the legs in ``source`` into buckets under the folder ``work``, at most ``count``."""
    work.mkdir(parents=True)
    # A number in too many rows ties nothing, or all rows with a zero for a number would be one bucket.
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE hot_here AS
        SELECT serial_key AS key FROM {source} WHERE serial_key IS NOT NULL
        GROUP BY serial_key HAVING count(*) > {MOST_OF_SERIAL} UNION FROM {hot}"""
    )
    con.execute(f"COPY hot_here TO '{quiet_duckdb.quoted(work / _HOT)}' (FORMAT parquet)")
    con.register("dealt_given", _together(con, source, count))
    con.execute("CREATE OR REPLACE TEMP TABLE dealt AS FROM dealt_given")
    con.unregister("dealt_given")
    con.execute(
        f"""COPY (SELECT s.*, coalesce(dealt.bucket, s.block % {count})::INTEGER AS bucket
          FROM {source} s LEFT JOIN dealt ON dealt.block = s.block)
        TO '{quiet_duckdb.quoted(work)}'
        (FORMAT parquet, COMPRESSION lz4, PARTITION_BY (bucket), OVERWRITE_OR_IGNORE, FILENAME_PATTERN 'legs_{{uuid}}')"""
    )
    for name in ("hot_here", "dealt"):
        con.execute(f"DROP TABLE {name}")


_SHARED = """WITH told AS (
  SELECT block, cross_out AS key, system = 'bank' AS one FROM {source} WHERE cross_out IS NOT NULL
  UNION ALL SELECT block, cross_in, system = 'bank' FROM {source} WHERE cross_in IS NOT NULL
  UNION ALL SELECT block, serial_key, side = 'start' FROM {source}
    WHERE serial_key IS NOT NULL AND serial_key NOT IN (FROM hot_here)),
shared AS (
  SELECT key FROM told GROUP BY key
  HAVING min(block) <> max(block) AND bool_or(one) AND NOT bool_and(coalesce(one, false)))
SELECT DISTINCT block, key FROM told SEMI JOIN shared USING (key)"""
"""Blocks by the keys that may tie them to another: a bank's row and a wallet's, or the books of both sides."""


def _together(con: duckdb.DuckDBPyConnection, source: str, count: int) -> pa.Table:
    """The bucket of each block that shares a key with another."""
    # only here: a small load and the processes do without, and it takes longer to import than they take
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    found = con.execute(_SHARED.format(source=source)).fetchnumpy()
    blocks, block = np.unique(np.asarray(found["block"], np.uint64), return_inverse=True)
    keys, key = np.unique(np.asarray(found["key"], np.uint64), return_inverse=True)
    size = len(blocks) + len(keys)
    ties = coo_array((np.ones(len(block), np.int8), (block, key + len(blocks))), shape=(size, size))
    _, part = connected_components(ties, directed=False)
    bucket = part[: len(blocks)] % count
    return pa.table({"block": blocks, "bucket": pa.array(bucket, pa.int32())})


def match_buckets(work: Path, memory: str) -> None:
    """Match every bucket under ``work``, in as many processes as cores and ``memory`` allow; raise what failed there."""
    waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
    buckets = sorted(
        work.glob("bucket=*"), key=_bytes, reverse=True
    )  # the largest first: none is left for the end
    for bucket in buckets:
        waiting.put(bucket)
    megabytes = _megabytes(memory)
    many = max(1, min(os.cpu_count() or 1, len(buckets), megabytes // LEAST_MB))
    share = f"{megabytes // many}MB"
    with ThreadPoolExecutor(many) as pool:
        for each in [pool.submit(_work_off, waiting, share) for _ in range(many)]:
            each.result()


def _bytes(bucket: Path) -> int:
    return sum(path.stat().st_size for path in bucket.iterdir())


def _megabytes(memory: str) -> int:
    return int(memory[:-2]) * (1_000 if memory.endswith("GB") else 1)


def _work_off(waiting: queue.SimpleQueue[Path], memory: str) -> None:
    """One process: it gets a bucket at a time, and ends when this thread does."""
    command = [sys.executable, "-m", "etl.matching.buckets", memory]
    root = str(Path(__file__).resolve().parents[2])
    env = os.environ | {"PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True, encoding="utf-8"
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        try:
            while (bucket := _next(waiting)) is not None:
                print(bucket, file=child.stdin, flush=True)
                _raise(child.stdout.readline().rstrip("\n"))
        except BaseException:
            while _next(waiting) is not None:
                continue  # what failed once stops the others too
            child.kill()
            raise


def _next(waiting: queue.SimpleQueue[Path]) -> Path | None:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return None


def _raise(answer: str) -> None:
    """Raise what a process said of a bucket, as it would have been raised here."""
    if answer == "done":
        return
    name, _, text = answer.partition(" ")
    kind = getattr(duckdb, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        raise kind(text)
    raise EngineError(
        Text(
            f"比对数据的子进程意外结束（{answer or '无说明'}）。图数据库未改动，请重试。",
            f"A process that matched rows ended ({answer or 'without a word'}). The graph is unchanged; try again.",
        )
    )


def match_bucket(bucket: Path, memory: str) -> None:
    """Match one bucket; its results lie beside its legs, which go."""
    spill = bucket / "spill"
    with quiet_duckdb.connect(":memory:", memory, spill) as con:
        con.execute("SET threads = 1")
        hot = f"SELECT key FROM read_parquet('{quiet_duckdb.quoted(bucket.parent / _HOT)}')"
        con.execute(f"CREATE TEMP TABLE hot_known AS {hot}")
        legs = quiet_duckdb.quoted(bucket / "legs_*.parquet")
        match(con, f"read_parquet('{legs}', hive_partitioning = false)", hot="hot_known")
        for name in _RESULTS:
            file = quiet_duckdb.quoted(bucket / f"{name}.parquet")
            con.execute(f"COPY {name} TO '{file}' (FORMAT parquet, COMPRESSION lz4)")
    shutil.rmtree(spill, ignore_errors=True)
    for path in bucket.glob("legs_*.parquet"):
        path.unlink()


def main(arguments: Sequence[str]) -> None:
    """A process: folders of buckets in, a line of what became of each out, until the pipe is closed."""
    for line in sys.stdin:
        try:
            match_bucket(Path(line.rstrip("\n")), arguments[0])
            answer = "done"
        except Exception as error:
            answer = f"{type(error).__name__} {' '.join(str(error).split())}"
        print(answer, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
