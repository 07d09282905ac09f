"""How soon the canvas shows 10,000 nodes and 50,000 edges, beside bare sigma.js with the same graph in the same browser.

Both pages are opened anew, ask the same service for the same answer and the same places (a saved view), and are timed
from the beginning of the navigation to the first drawn frame. What the service answers is made up here; it is the
canvas that is measured, and how long the page takes to answer a change of the filter afterwards.
"""

from __future__ import annotations

import argparse
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
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright

from backend import answers
from backend.api import create_app
from backend.api.app import WEB
from backend.security.sessions import local_token
from backend.views import Drawn, save_view
from graph_schema.store import LOCAL, Store, embedded
from tests.browser_setup import ARGUMENTS, find_chromium

ASKED = 2.0
MARK = "canvas-drawn"
_NODE = "P-bench"
_PAGE = (
    '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/assets/bare.css">'
    '<div id="box"></div><script type="module" src="/assets/bare.js"></script>'
)
_STYLE = "#box{position:fixed;inset:0}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--edges", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="upline-canvas-"))
    os.environ["UPLINE_HOME"] = str(folder / "home")
    try:
        print(json.dumps(measure(folder, asked.nodes, asked.edges, asked.runs), indent=1))
    finally:
        embedded.stop(folder / "home")
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, nodes: int, edges: int, runs: int) -> dict[str, Any]:
    """Medians of both pages in seconds, and their ratio."""
    web = _with_bare(folder)
    answer, places = graph(nodes, edges)
    answers.expand = lambda *_, **__: answer  # type: ignore[assignment]
    with Store.connect() as store:
        body = {
            "asks": [{"node": _NODE, "types": [], "limit": 5000}],
            "places": places,
            "hidden": [],
            "pinned": [],
            "filter": {"off": [], "range": None, "night": False, "strength": 0.3, "fen": 0},
            "search": "",
        }
        view = save_view(store, LOCAL, Drawn("canvas", "", body))["id"]
        home = Path(store.home)
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(lambda: nullcontext(store), home, web), port=0, log_config=None, host="127.0.0.1"
            )
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        chromium = str(find_chromium())
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.on("console", lambda message: print(message.text, file=sys.stderr))
            page.on("pageerror", lambda error: print(error, file=sys.stderr))
            page.goto(f"{address}/#token={local_token(home)}")
            page.wait_for_selector(".app")
            both: dict[str, list[float]] = {"bare": [], "canvas": []}
            for _ in range(runs):
                both["bare"].append(_drawn(page, f"{address}/assets/bare.html?node={_NODE}&view={view}"))
                both["canvas"].append(_drawn(page, f"{address}/canvas/{view}"))
            change = _change(page)
            browser.close()
        server.should_exit = True
        thread.join(20)
    bare, canvas = statistics.median(both["bare"]), statistics.median(both["canvas"])
    return {
        "name": "canvas",
        "nodes": nodes,
        "edges": edges,
        "bare_sigma_s": round(bare, 2),
        "canvas_s": round(canvas, 2),
        "ratio": round(canvas / bare, 2),
        "asked": ASKED,
        "filter_change_s": round(change, 2),
    }


def _with_bare(folder: Path) -> Path:
    """The built workbench with the bare page among its files."""
    web = folder / "web"
    shutil.copytree(WEB, web)
    sources = WEB.parent
    entry = sources / ".bare.ts"  # beside node_modules, so that its imports are found
    shutil.copy(Path(__file__).parent / "bare_sigma" / "bare.ts", entry)
    try:
        target = web / "assets" / "bare.js"
        arguments = [
            str(entry),
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            f"--outfile={target}",
        ]
        subprocess.run([sources / "node_modules" / ".bin" / "esbuild", *arguments], check=True, timeout=120)
    finally:
        entry.unlink()
    (web / "assets" / "bare.css").write_text(_STYLE)
    (web / "assets" / "bare.html").write_text(_PAGE)
    return web


def graph(nodes: int, edges: int) -> tuple[dict[str, Any], dict[str, list[float]]]:
    """An answer of the service with as many nodes and drawn edges, and a place for each node."""
    dice = random.Random(7)
    ids = [_NODE, *(f"P-{n:06d}" for n in range(1, nodes))]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        a, b = dice.randrange(nodes), dice.randrange(nodes)
        if a != b:
            pairs.add((a, b))
    ordered = sorted(pairs)
    answer = {
        "node": {"id": _NODE, "label": "Person", "caption": "甲"},
        "nodes": {
            "id": ids,
            "label": ["Person"] * nodes,
            "caption": [f"某{n}" for n in range(nodes)],
            "person": ids,
        },
        "edges": {
            "id": [f"E-{n}" for n in range(edges)],
            "type": ["PAID"] * edges,
            "from": [a for a, _ in ordered],
            "to": [b for _, b in ordered],
            "at": [f"2026-{1 + n % 9:02d}-{1 + n % 28:02d}T21:14:00+08:00" for n in range(edges)],
            "at_precision": ["second"] * edges,
            "amount": [dice.randrange(1_00, 9_000_00) for _ in range(edges)],
            "score": [None] * edges,
            "via": [[]] * edges,
            "evidence": [["9f3ac1d2e07b/-/2"]] * edges,
        },
        "shown": edges,
        "total": edges,
        "truncated": False,
        "next": None,
        "order": "newest",
        "run": "R-0001",
    }
    return answer, {node: [dice.gauss(0, 4000), dice.gauss(0, 4000)] for node in ids}


def _drawn(page: Page, address: str) -> float:
    """Seconds from the beginning of the navigation to the first frame with the graph."""
    page.goto("about:blank")
    page.goto(address)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        drawn = page.evaluate(f"performance.getEntriesByName('{MARK}')[0]?.startTime ?? null")
        if drawn is not None:
            return float(drawn) / 1000
        time.sleep(0.05)
    raise TimeoutError(address)


def _change(page: Page) -> float:
    """Seconds the open canvas needs for a change of the filter."""
    script = """() => new Promise((done) => {
        const begun = performance.now();
        performance.clearMarks('canvas-drawn');
        document.querySelector('.timebar button[aria-pressed]').click();
        const look = () => {
            if (performance.getEntriesByName('canvas-drawn').length) done(performance.now() - begun);
            else requestAnimationFrame(look);
        };
        look();
    })"""
    return float(page.evaluate(script)) / 1000


if __name__ == "__main__":
    main()
