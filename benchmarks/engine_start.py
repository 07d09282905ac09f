"""Measures a start of the embedded server with and without Java's ahead-of-time cache, in one run.

A start is: Java begins, the server answers a first query. Starts alternate, so that other load on the
machine hits both alike; the least disturbed start of each kind is compared. Promised: at most 0.6.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import neo4j

from graph_schema.store import aot, jars, program, server, training
from graph_schema.store.places import Places
from graph_schema.store.say import say_on_stderr

PROMISED = 0.6


def one_start(places: Places, class_path: list[Path], options: list[str]) -> float:
    """Return the seconds from launch to the answer of a first query; the server is stopped again."""
    begun = time.perf_counter()
    started = server.launch(places, class_path, jars.load_lock().version, options)
    try:
        server.wait_ready(places, started)
        auth = (server.USER, server.password(places))
        with neo4j.GraphDatabase.driver(started.uri, auth=auth, telemetry_disabled=True) as driver:
            driver.execute_query("RETURN 1")
            return time.perf_counter() - begun
    finally:
        server.stop(places)


def measure(rounds: int = 3) -> dict[str, object]:
    """Return the seconds of every start, the best of each kind and their ratio."""
    class_path = program.ensure()
    if not training.train(say_on_stderr):
        raise SystemExit("no ahead-of-time cache could be made; see above")
    times: dict[str, list[float]] = {"with": [], "without": []}
    with tempfile.TemporaryDirectory(prefix="upline-start-") as name:
        places = Places(Path(name))
        places.db.mkdir(mode=0o700)
        one_start(places, class_path, [])  # a new home is made once
        for _ in range(rounds):
            times["without"].append(one_start(places, class_path, []))
            times["with"].append(one_start(places, class_path, aot.options()))
    with_, without = min(times["with"]), min(times["without"])
    return {
        "name": "engine_start",
        "seconds": {kind: [round(value, 2) for value in values] for kind, values in times.items()},
        "with_cache_s": round(with_, 2),
        "without_cache_s": round(without, 2),
        "ratio": round(with_ / without, 2),
        "promised_at_most": PROMISED,
        "kept": with_ / without <= PROMISED,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    os.environ.setdefault("UPLINE_DB_HEAP", "1g")
    print(json.dumps(measure(parser.parse_args().rounds), indent=1))


if __name__ == "__main__":
    main()
