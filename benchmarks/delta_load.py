"""A day's new events into a database that holds many: Upline against an idempotent bare-driver write of the same rows.

*upline*: one file on disk → read, matched with everything loaded, written, accounted for.
*bare driver*: the same rows, already parsed and in memory, into the same database: nodes by MERGE, relationships by
look-up and CREATE or by MERGE, whichever is faster. Promised: at least 0.6 of its speed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import load_speed
from etl.writing.initial import load_initial
from etl.writing.load import load
from graph_schema.store import Store, embedded

PROMISED = 0.6


def measure(base: int, delta: int) -> dict[str, Any]:
    """Return seconds and rates of both, and their ratio."""
    folder = Path(tempfile.mkdtemp(prefix="upline-delta-"))
    before = os.environ.get("UPLINE_HOME")
    home = folder / "home"
    os.environ["UPLINE_HOME"] = str(home)
    try:
        load_initial(load_speed.write_files(folder / "base", base))
        (day,) = load_speed.write_files(folder / "day", delta, per_file=delta, seed=12)
        prepared = load_speed.prepared([day])
        with Store.connect() as store:
            store.rows("store.await_indexes")
            bare = {}
            for name, query in load_speed.BARE.items():
                bare[name] = delta / load_speed.write_bare(store, prepared, query)
                _take_back(store, delta)
            begun = time.perf_counter()
            report = load(store, [day])
            seconds = time.perf_counter() - begun
        (file,) = report.files
        if report.events["calls"] != base + delta or (file.read, file.loaded) != (delta, delta):
            raise SystemExit(f"not the same work: {report}")
    finally:
        embedded.stop(home)
        os.environ.pop("UPLINE_HOME") if before is None else os.environ.update(UPLINE_HOME=before)
        shutil.rmtree(folder, ignore_errors=True)
    best = max(bare.values())
    return {
        "name": "delta_load",
        "base": base,
        "delta": delta,
        "upline_rows_per_s": round(delta / seconds),
        "bare_rows_per_s": {name: round(rate) for name, rate in bare.items()},
        "ratio": round(delta / seconds / best, 2),
        "promised_at_least": PROMISED,
        "kept": delta / seconds / best >= PROMISED,
    }


def _take_back(store: Store, expected: int) -> None:
    """Remove what the bare driver wrote, so that everybody finds the same database."""
    with store.driver.session() as session:
        found = session.run(
            "MATCH ()-[e:CALLED]->() WHERE e.event_id STARTS WITH 'cdr-' "
            "CALL (e) { DELETE e } IN TRANSACTIONS OF 10000 ROWS RETURN count(*) AS n"
        ).single(strict=True)["n"]
    if found != expected:
        raise SystemExit(f"the bare driver wrote {found} of {expected} rows")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=int, default=200_000, help="2000000 is the size of the promise")
    parser.add_argument("--delta", type=int, default=50_000)
    os.environ.setdefault("UPLINE_DB_HEAP", "2g")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.base, asked.delta), indent=1))


if __name__ == "__main__":
    main()
