"""How soon an answer of 100,000 edges leaves the service, beside bare orjson on the same arrays in the same run.

One phone with 100,000 calls is loaded from a file and asked for over HTTP on loopback: once as it is (*whole*, with
the database), then with the arrays already there (*leaves*: sign-in, audit record on disk, encoding, sending), which
is what is set against `orjson.dumps` of the same arrays.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from operator import truediv
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import uvicorn

from backend import answers
from backend.answers import expand as real
from backend.api import create_app
from backend.runs import analyse
from backend.security.audited import audited
from backend.security.sessions import local_token
from etl.writing.load import load
from graph_schema.store import Store, embedded

ASKED = 2.0
PHONE = "19900000001"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=9)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="upline-answer-"))
    os.environ["UPLINE_HOME"] = str(folder / "home")
    try:
        print(json.dumps(measure(folder, asked.edges, asked.runs), indent=1))
    finally:
        embedded.stop(folder / "home")
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, edges: int, runs: int) -> dict[str, Any]:
    """Medians in milliseconds, and the ratio."""
    _write(folder / "calls.csv", edges)
    with Store.connect() as store:
        load(store, [folder / "calls.csv"])
        analyse(store)
        home = Path(store.home)
        config = uvicorn.Config(
            create_app(lambda: nullcontext(store), home), port=0, log_config=None, host="127.0.0.1"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        path = "/api/v1/graph/expand?" + urlencode(
            {"node": f"Phone:+86{PHONE}", "type": "CALLED", "limit": edges}
        )
        kept = folder / "answer.json"
        whole = _asked(port, local_token(home), path, 3, kept)
        body = kept.read_bytes()
        found: dict[str, Any] = json.loads(body)
        # The same answer and record, without asking the database again.
        ready = audited("expand", "node")(lambda _store, _viewer, node, **_: found)
        answers.expand = ready  # type: ignore[assignment]
        leaves, bare = [], []
        for _ in range(runs):  # in turns, so that a slower while of the machine falls on both
            leaves.append(_asked(port, local_token(home), path, 5, kept))
            bare.append(_timed(lambda: orjson.dumps(found), 5))
        answers.expand = real
        server.should_exit = True
        thread.join(20)
    if json.loads(kept.read_bytes()) != found or len(found["edges"]["id"]) != edges:
        raise SystemExit("the answers differ")
    return {
        "name": "answer",
        "edges": edges,
        "megabytes": round(len(body) / 1e6, 1),
        "whole_ms": round(1000 * whole),
        "leaves_ms": round(1000 * statistics.median(leaves)),
        "bare_orjson_ms": round(1000 * statistics.median(bare)),
        "ratio": round(statistics.median(map(truediv, leaves, bare)), 2),
        "asked": ASKED,
    }


def _write(path: Path, rows: int) -> None:
    """Calls of one phone with some thousand others, invented."""
    chance = random.Random(11)
    at = datetime(2024, 1, 1)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["本机号码", "对端号码", "呼叫类型", "开始时间", "通话时长(秒)"])
        for _ in range(rows):
            at += timedelta(seconds=chance.randrange(1, 300))
            kind = chance.choice(["主叫", "被叫"])
            other = f"1991{chance.randrange(20_000):07d}"
            writer.writerow([PHONE, other, kind, f"{at:%Y-%m-%d %H:%M:%S}", chance.randrange(600)])


_CLIENT = """
import http.client, pathlib, sys, time
port, token, path, runs, kept, megabytes = sys.argv[1:]
# Where an answer is received is there before: what is timed is the service, not the memory of this client.
buffer = memoryview(bytearray(int(megabytes) << 20))
for _ in range(int(runs)):
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=300)
    connection.request("GET", path, headers={"Authorization": "Bearer " + token})
    answer = connection.getresponse()
    end = 0
    while read := answer.readinto(buffer[end:]):
        end += read
    print(time.perf_counter() - begun)
    assert answer.status == 200, bytes(buffer[:300])
    assert end == int(answer.headers["Content-Length"])
pathlib.Path(kept).write_bytes(buffer[:end])
"""


def _asked(port: int, token: str, path: str, runs: int, kept: Path) -> float:
    """Median seconds of a client in a process of its own, so that it takes nothing from the service."""
    client = [sys.executable, "-c", _CLIENT, str(port), token, path, str(runs), str(kept), "64"]
    told = subprocess.run(client, check=True, capture_output=True, text=True, timeout=900)
    return statistics.median(float(line) for line in told.stdout.split())


def _timed(act: Callable[[], object], runs: int) -> float:
    """Median seconds."""
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


if __name__ == "__main__":
    main()
