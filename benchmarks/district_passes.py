"""Camera passes of a district: load, judge, ask, against bare DuckDB on the same arrays.

*upline*: one file on disk → read, checked row by row, kept with its evidence, planned (nobody has a basis, so nothing
reaches the graph); then two hundred vehicles are asked for, their plates' neighbours, and the travel times between
cameras that tell clones from fast roads.
*bare DuckDB*: the same file → one Parquet file; the same vehicles by a plain filter, the same travel times.
Promised: loaded in at most 40 times the time of the bare copy, asked in at most 6 times the time and in seconds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from backend.district.drivers.misreads import neighbours
from backend.district.passes import passes_in
from etl.sources import open_file
from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from etl.storage.facts import FileOrigin
from etl.writing.plan import Change, build

LOAD_AT_MOST, ASK_AT_MOST, ASK_SECONDS = 40.0, 6.0, 20.0
WANTED = 200
_SHA = "ab" * 32
_DAYS, _CAMERAS = 60, 300
_START = 1_717_171_200  # 2024-06-01 in Beijing, epoch seconds
T = TypeVar("T")


def arrays(count: int, seed: int = 5) -> pa.Table:
    """Passes of some tens of thousands of cars at some hundred cameras within two months."""
    rng = np.random.default_rng(seed)
    cars = max(WANTED * 5, count // 100)
    car, camera = rng.integers(0, cars, count), rng.integers(0, _CAMERAS, count)
    at = np.sort(rng.integers(0, _DAYS * 86_400, count)) + _START + 8 * 3600
    times = np.datetime_as_string(at.astype("datetime64[s]"))
    return pa.table(
        {
            "号牌号码": [f"浙Z{each:05d}" for each in car],
            "号牌种类": ["02"] * count,
            "经过时间": [str(each).replace("T", " ") for each in times],
            "卡口编号": [f"K{each:03d}" for each in camera],
            "经度": np.round(120 + camera % 20 * 0.03, 4),
            "纬度": np.round(30 + camera // 20 * 0.03, 4),
            "车身颜色": np.array(["白", "黑", "灰", "红"])[rng.integers(0, 4, count)],
            "置信度": np.round(rng.uniform(0.7, 0.99, count), 2),
        }
    )


def measure(count: int) -> dict[str, Any]:
    """Seconds of both, and their ratios; exits where the two do not find the same."""
    folder = Path(tempfile.mkdtemp(prefix="upline-passes-"))
    try:
        file = folder / "passes.csv"
        pc.write_csv(arrays(count), file)
        wanted = [f"浙Z{each:05d}" for each in range(WANTED)]
        bare_load, _ = _timed(lambda: _bare_load(file, folder / "bare.parquet"))
        bare_ask, theirs = _timed(lambda: _bare_ask(folder / "bare.parquet", wanted))
        load_s, facts = _timed(lambda: _load(folder / "home", file))
        ask_s, ours = _timed(lambda: _ask(facts, wanted))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if ours[:2] != theirs[:2]:
        raise SystemExit(f"not the same found: {ours[:2]} and {theirs[:2]}")
    load_ratio, ask_ratio = load_s / bare_load, ask_s / bare_ask
    return {
        "name": "district_passes",
        "passes": count,
        "found": ours[0],
        "pairs_of_cameras": ours[1],
        "loaded_per_s": round(count / load_s),
        "load_seconds": round(load_s, 2),
        "load_ratio": round(load_ratio, 1),
        "ask_seconds": round(ask_s, 3),
        "ask_ratio": round(ask_ratio, 1),
        "promised_at_most": {"load": LOAD_AT_MOST, "ask": ASK_AT_MOST, "ask_seconds": ASK_SECONDS},
        "kept": load_ratio <= LOAD_AT_MOST and ask_ratio <= ASK_AT_MOST and ask_s <= ASK_SECONDS,
    }


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def _load(home: Path, file: Path) -> Path:
    """Read and keep the file, plan the load; the plan holds no pass, as nobody is sought."""
    archive = Archive(home)
    archive.keep(_SHA, file.name, open_file(file, FileOrigin(file.name, _SHA)), lambda _: None)
    plan = build(archive, Change(1, [], add=[_SHA]))
    with quiet_duckdb.connect() as con:
        events = con.execute("SELECT count(*) FROM read_parquet(?)", [str(plan / "events.parquet")])
        if events.fetchall() != [(0,)]:
            raise SystemExit("passes of everybody are on their way into the graph")
    return archive.facts(_SHA)


def _ask(facts: Path, wanted: list[str]) -> tuple[int, int, int]:
    """What a list of barred drivers asks: their passes, their neighbours', the travel times."""
    ids = [f"{plate}|02" for plate in wanted]
    with passes_in([facts]) as passes:
        found = passes.of(ids)
        near = passes.reads({other for each in ids for other in neighbours(each)})
        return sum(map(len, found.values())), len(passes.trips()), len(near)


def _bare_load(file: Path, target: Path) -> None:
    with quiet_duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT * FROM read_csv('{file}', all_varchar = true)) TO '{target}' (FORMAT parquet)"
        )


def _bare_ask(file: Path, wanted: list[str]) -> tuple[int, int, int]:
    """The same by plain SQL: one row per car, time and camera; hops within the hour of the same share of cars."""
    with quiet_duckdb.connect() as con:
        con.execute(f"CREATE VIEW p AS SELECT * FROM read_parquet('{file}')")
        found = con.execute(
            "SELECT DISTINCT 号牌号码, 经过时间, 卡口编号 FROM p WHERE 号牌号码 IN (SELECT unnest(?))",
            [wanted],
        ).fetchall()
        share = max(1, con.execute("SELECT count(*) FROM p").fetchall()[0][0] // 1_000_000)
        hops = con.execute(
            f"""WITH c AS (SELECT 号牌号码 AS car, CAST(经过时间 AS TIMESTAMP) AS t, 卡口编号 AS k FROM p
              WHERE hash(号牌号码 || '|02') % {share} = 0),
            h AS (SELECT k AS b, lag(k) OVER w AS a, t - lag(t) OVER w AS d FROM c WINDOW w AS (PARTITION BY car ORDER BY t, k))
            SELECT a, b, median(epoch(d)) FROM h WHERE a <> b AND d <= INTERVAL 1 HOUR GROUP BY a, b"""
        ).fetchall()
        return len(found), len(hops), 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=int, default=200_000, help="10000000 is the size of the promise")
    print(json.dumps(measure(parser.parse_args().passes), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
