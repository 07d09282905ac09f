"""The run's reading of N events: the event table beside the graph over Bolt, the same columns, each in a process of its own.

Memory is what the process had at most beyond what it had before it read. Promised: a tenth of the time, and 120 bytes of
each event where the columns stand (``held``).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa

from backend.analysis.model.facts import References
from backend.runs.channels import TALK, Channels
from backend.runs.observed import Observed
from benchmarks import load_speed
from etl.writing.initial import load_initial
from etl.writing.tabled import event_table
from graph_schema.store import LOCAL, Store, embedded

PROMISED = {"time": 0.1, "bytes": 120}
_BY_BOLT = """MATCH (a:Phone)
CALL (a) {
  MATCH (a)-[e:CALLED]->(b:Phone)
  RETURN collect(b.number) AS ends, collect(coalesce(e.at, -1)) AS ats, collect(coalesce(e.at_precision, 'day')) AS precisions,
    collect(coalesce(e.seconds, 0)) AS amounts, collect(coalesce(e.seen_from, 'none')) AS seen, collect(e.evidence) AS evidence
}
WITH a, ends, ats, precisions, amounts, seen, evidence WHERE size(ends) > 0
RETURN a.number AS start, ends, ats, precisions, amounts, seen, evidence"""


def by_table(store: Store, holder: dict[str, int]) -> Any:
    """The calls as a run reads them."""
    nobody = Observed([], holder, {}, None, frozenset(), [], [], [], set())  # type: ignore[arg-type]
    with event_table(store, LOCAL, lambda _: None) as table:
        channels = Channels(table, nobody)
        return channels.asked(), channels.between(TALK)


def by_bolt(store: Store, holder: dict[str, int]) -> Any:
    """The same columns, read by phone and put in order."""
    a, b, at, amount = (array("q") for _ in range(4))
    rows: list[list[str]] = []
    blocks, refs = [], ([], [])  # type: ignore[var-annotated]
    asked: dict[str, tuple[int, int]] = {}
    with store.driver.session(database=store.database) as session:
        for row in session.run(_BY_BOLT):
            start, ends = f"Phone:{row['start']}", [f"Phone:{end}" for end in row["ends"]]
            a.extend([holder[start]] * len(ends))
            b.extend(holder[end] for end in ends)
            at.extend(row["ats"])
            amount.extend(row["amounts"])
            refs[0].extend([start] * len(ends))
            refs[1].extend(ends)
            rows += row["evidence"]
            for end, when, side in zip(ends, row["ats"], row["seen"], strict=True):
                ref = start if side == "start" else end
                low, high = asked.get(ref, (when, when))
                asked[ref] = min(low, when), max(high, when)
            if len(rows) > 50_000:
                blocks.append(pa.array(rows, References.KIND))
                rows = []
    columns = [np.frombuffer(column, np.int64) for column in (amount, b, a, at)]
    order = np.lexsort(columns)
    evidence = References(pa.concat_arrays([*blocks, pa.array(rows, References.KIND)])).take(order)
    texts = [np.array(each, dtype=object)[order].tolist() for each in refs]
    return asked, [column[order] for column in columns], texts, evidence


WAYS: dict[str, Callable[[Store, dict[str, int]], Any]] = {"table": by_table, "bolt": by_bolt}


def read(way: str) -> dict[str, float]:
    """Seconds of one way; bytes it holds afterwards and had at most, beyond those before it."""
    with Store.connect() as store, store.driver.session(database=store.database) as session:
        numbers = session.run("MATCH (n:Phone) RETURN n.number AS number ORDER BY number").value()
        holder = {f"Phone:{number}": n for n, number in enumerate(numbers)}
        WAYS["table"](store, dict(list(holder.items())[:2]))  # programs are loaded before it is measured
        process = psutil.Process()
        before = process.memory_info().rss
        begun = time.perf_counter()
        held = WAYS[way](store, holder)
        seconds = time.perf_counter() - begun
        after = process.memory_info().rss
    assert held
    return {"seconds": round(seconds, 2), "held": after - before}


def measure(events: int) -> dict[str, Any]:
    """Load ``events`` calls and read them both ways."""
    folder = Path(tempfile.mkdtemp(prefix="upline-table-"))
    home = folder / "home"
    os.environ["UPLINE_HOME"] = str(home)
    try:
        load_initial(load_speed.write_files(folder / "calls", events))
        found = {}
        for way in WAYS:
            command = [sys.executable, "-m", "benchmarks.event_table", "--way", way]
            found[way] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    finally:
        embedded.stop(home)
        shutil.rmtree(folder, ignore_errors=True)
    for way in found.values():
        way["bytes_an_event"] = round(way.pop("held") / events)
    ratio = round(found["table"]["seconds"] / found["bolt"]["seconds"], 3)
    return {"name": "event_table", "events": events, **found, "ratio": ratio, "promised_at_most": PROMISED}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000, help="10000000 is the size of the promise")
    parser.add_argument("--way", choices=WAYS, help="used by the benchmark itself")
    os.environ.setdefault("UPLINE_DB_HEAP", "2g")
    asked = parser.parse_args()
    print(json.dumps(read(asked.way) if asked.way else measure(asked.events)))


if __name__ == "__main__":
    main()
