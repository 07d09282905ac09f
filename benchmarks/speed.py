"""A whole run and the chain of one case on a large graph, beside the bare parts they are made of, in one run.

An invented district among the calls of a large town: planted groups (four fifths of the ties inside), two calls a
tie. *Run*: from Neo4j to the written-back result. *Bare*: the same columns read by the driver and thrown away, the
constant Potts model once on the same ties at one resolution, and nodes and relationships of the result written
by a plain ``UNWIND``; they too without the search for reference cycles (``backend.runs.uncollected``). *Chain*: the
answer of the service for one packet case against a hand-written query for the same persons. *Growth*: the same with
half the events. *Same bytes*: two runs of the same graph, compared file by file.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from backend import answers
from backend.analysis.network.communities import leiden
from backend.demo.district import generate
from backend.runs import analyse
from backend.runs.uncollected import uncollected
from benchmarks.planted import planted
from etl.writing.initial import load_initial
from graph_schema.store import LOCAL, Store, embedded

RUN_AT_MOST, CHAIN_AT_MOST, GROWTH_AT_MOST, P95_AT_MOST = 1.5, 2.0, 2.3, 0.5
PER_FILE = 100_000
TIES_PER_PERSON = 5
CALLS_PER_TIE = 2
HAND = """
MATCH (c:Case {case_no: $case})<-[:STARTS_AT]-(k:Chain {run: $run}) WITH k ORDER BY k.rank LIMIT 3
MATCH (k)-[p:PASSES]->(n:Person) WITH k, n, p ORDER BY k.rank, p.n
RETURN k.chain_id AS chain, k.score AS score, k.body AS hops,
  collect(n {.person_id, .name, .resident_id, .phones, .accounts}) AS persons
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, default=100_000, help="1000000 is the size of the promise")
    parser.add_argument("--no-growth", action="store_true", help="leave the half-sized graph out")
    parser.add_argument(
        "--no-bare",
        action="store_true",
        help="leave the bare parts out: with 10 M events one plain collect is more than a heap of 2 GB holds",
    )
    options = parser.parse_args()
    os.environ.setdefault("UPLINE_DB_HEAP", "2g")
    whole = measure(options.ties, bare=not options.no_bare)
    if not options.no_growth:
        half = measure(options.ties // 2)
        whole["half_run_s"] = half["run_s"]
        whole["growth"] = round(whole["run_s"] / half["run_s"], 2)
        whole["growth_promised_at_most"] = GROWTH_AT_MOST
    print(json.dumps(whole, indent=1))


def measure(ties: int, bare: bool = True) -> dict[str, Any]:
    """Seconds and ratios on a graph of so many ties; without ``bare`` not those of the run."""
    folder = Path(tempfile.mkdtemp(prefix="upline-speed-"))
    try:
        files = write_calls(folder / "town", ties)
        generate(folder / "district", seed=7, size=0.5)
        with home_of(folder / "home"):
            load_initial([folder / "district", *files])
            with Store.connect() as store:
                found = timed_run(store)
                run = found.pop("run_id")
                if bare:
                    found |= bare_parts(store, run)
                found |= chain_of_a_case(store)
            embedded.stop(folder / "home")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if bare:
        found["ratio"] = round(found["run_s"] / (found["read_s"] + found["cpm_s"] + found["write_s"]), 2)
        found["promised_at_most"] = RUN_AT_MOST
    return {"name": "speed", "planted_ties": ties, **found}


def timed_run(store: Store) -> dict[str, Any]:
    """Two runs of the same graph: seconds of the second (the first also warms the database), and whether both agree."""
    first = analyse(store)
    begun = time.perf_counter()
    second = analyse(store)
    seconds = time.perf_counter() - begun
    prints = [digest(store.home / "runs" / summary.run) for summary in (first, second)]
    return {
        "run_id": second.run,
        "persons": second.persons,
        "gangs": second.gangs,
        "run_s": round(seconds, 2),
        "same_bytes": prints[0] == prints[1],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def digest(run: Path) -> str:
    """SHA-256 over the tables of a run on disk."""
    total = hashlib.sha256()
    for path in sorted(run.glob("*.parquet")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


@uncollected()
def bare_parts(store: Store, run: str) -> dict[str, Any]:
    """The least that has to be done: columns out, one partition of the same ties, result back in."""
    read = clocked(lambda: read_columns(store))
    ties = pq.read_table(store.home / "runs" / run / "ties.parquet")
    persons = pq.read_table(store.home / "runs" / run / "persons.parquet")["person_id"].to_pylist()
    number = {person: n for n, person in enumerate(persons)}
    a, b = (np.array([number[each] for each in ties[name].to_pylist()]) for name in ("a", "b"))
    weight = np.ones(len(a))
    cpm = clocked(lambda: leiden(len(persons), a, b, weight, 0.05, 7))
    write = clocked(lambda: write_back(store, run))
    return {"ties": len(a), "read_s": read, "cpm_s": cpm, "write_s": write}


def read_columns(store: Store) -> None:
    """Every event as columns, the way of the documentation: a ``collect`` for each property, nothing else."""
    for rel, amount in (("CALLED", "seconds"), ("MESSAGED", "load"), ("PAID", "fen")):
        text = (
            f"MATCH (a)-[e:{rel}]->(b) WITH e, coalesce(a.number, a.account_id) AS a, coalesce(b.number, b.account_id) AS b "
            f"RETURN collect(a), collect(b), collect(e.at), collect(e.{amount}), collect(e.evidence)"
        )
        with store.driver.session(database=store.database) as session:
            session.run(text).data()
    with store.driver.session(database=store.database) as session:
        session.run("MATCH (r:Record)-[:STATES]->(n) RETURN collect(r.record_id), collect(r.name)").data()


def write_back(store: Store, run: str) -> None:
    """The same persons, holdings, gangs and members as the run wrote, by a plain driver in batches."""
    with store.driver.session(database=store.database) as session:
        rows = session.run(
            "MATCH (p:Person {run: $run}) OPTIONAL MATCH (p)-[:HOLDS]->(i) "
            "RETURN properties(p) AS p, collect(elementId(i)) AS held",
            run=run,
        ).data()
        for start in range(0, len(rows), 5_000):
            session.run(
                "UNWIND $rows AS r CREATE (p:Bare) SET p = r.p WITH p, r UNWIND r.held AS i "
                "MATCH (n) WHERE elementId(n) = i CREATE (p)-[:BARE]->(n)",
                rows=rows[start : start + 5_000],
            ).consume()


def chain_of_a_case(store: Store) -> dict[str, Any]:
    """Latency of the answer for each case with a chain, against a hand-written query for the same persons."""
    cases = [case["case_no"] for case in answers.chains(store, LOCAL)["cases"] if case["chains"]]
    run = answers.runs(store, LOCAL, limit=1)["runs"][0]["id"]

    def by_hand(case: str) -> None:
        with store.driver.session(database=store.database) as session:
            session.run(HAND, case=case, run=run).data()

    # In turns: a database that has just been asked a thousand times answers quicker than one that has not.
    both = [
        (
            clocked(lambda c=case: answers.case_chains(store, LOCAL, c), 4),
            clocked(lambda c=case: by_hand(c), 4),
        )
        for case in cases * 5
    ]
    ours, hand = zip(*both, strict=True)
    return {
        "chain_p50_s": round(statistics.median(ours), 4),
        "chain_p95_s": round(sorted(ours)[int(0.95 * len(ours))], 4),
        "hand_p50_s": round(statistics.median(hand), 4),
        "chain_ratio": round(statistics.median(ours) / statistics.median(hand), 2),
        "chain_promised_at_most": CHAIN_AT_MOST,
        "p95_promised_at_most_s": P95_AT_MOST,
    }


def clocked(work: Callable[[], object], digits: int = 2) -> float:
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, digits)


def write_calls(folder: Path, ties: int, seed: int = 7) -> list[Path]:
    """Call records of a town with planted groups: each tie is two calls, in the books of the caller."""
    a, b, _ = planted(max(50, ties // TIES_PER_PERSON), ties, seed)
    rng = np.random.default_rng(seed)
    a, b = np.tile(a, CALLS_PER_TIE), np.tile(b, CALLS_PER_TIE)
    at = np.sort(rng.integers(0, 180 * 86_400, len(a))) + 1_704_067_200
    seconds = rng.integers(5, 600, len(a))
    when = (at + 8 * 3_600).astype("datetime64[s]").astype(str)
    folder.mkdir(parents=True)
    files = []
    for start in range(0, len(a), PER_FILE):
        path = folder / f"cdr-{start // PER_FILE}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"])
            for n in range(start, min(start + PER_FILE, len(a))):
                writer.writerow(
                    [f"1980{a[n]:07d}", f"1980{b[n]:07d}", "主叫", when[n].replace("T", " "), seconds[n]]
                )
        files.append(path)
    return files


@contextmanager
def home_of(folder: Path) -> Iterator[None]:
    """Let ``UPLINE_HOME`` be this folder for a while."""
    before = os.environ.get("UPLINE_HOME")
    os.environ["UPLINE_HOME"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("UPLINE_HOME") if before is None else os.environ.update(UPLINE_HOME=before)


if __name__ == "__main__":
    main()
