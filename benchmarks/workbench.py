"""How soon the workbench shows a chain, and what its pages weigh, on a demo district in a real Chromium.

*First view*: from the click on "open the chain" of the board to the drawn lanes, for every packet case with a chain; asked for
under 1.5 s. *Weight*: what a first visit of the chain view loads, compressed as the service sends it; asked for under 1 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from backend import answers
from backend.answers.warming import warm
from backend.demo.district import generate
from backend.runs import analyse
from etl.writing.load import load
from graph_schema.store import LOCAL, Store, embedded
from tests.browser_setup import ARGUMENTS, find_chromium
from tests.web.browsing import serving

FIRST_VIEW_S, WEIGHT_KB = 1.5, 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=0.3, help="1 is the demo district")
    folder = Path(tempfile.mkdtemp(prefix="upline-workbench-"))
    os.environ["UPLINE_HOME"] = str(folder / "home")
    try:
        print(json.dumps(measure(folder, parser.parse_args().size), indent=1))
    finally:
        embedded.stop(folder / "home")
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, size: float) -> dict[str, Any]:
    """Seconds to the first view of each chain, and kilobytes of the first visit."""
    generate(folder / "district", seed=7, size=size)
    chromium = str(find_chromium())
    with Store.connect() as store:
        load(store, [folder / "district"])
        analyse(store)
        warm(store)  # as `upline serve` does
        cases = [case["case_no"] for case in answers.chains(store, LOCAL)["cases"] if case["chains"]]
        with serving(store, folder) as bench, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(f"{bench.address}/board#token={bench.token}")
            page.wait_for_selector(".board-row", timeout=60_000)
            views = []
            for case in cases:
                page.goto(f"{bench.address}/board?case={case}")
                page.wait_for_selector(".board-row", timeout=60_000)
                page.wait_for_load_state("networkidle")
                link = page.locator(f"a[href^='/chains/{case}/']").first
                if not link.count():
                    continue  # a case the board has no row for: no packet case
                begun = time.perf_counter()
                link.click()
                page.wait_for_selector(".lanes", timeout=60_000)
                views.append(time.perf_counter() - begun)
            fresh = browser.new_context().new_page()
            sent: list[int] = []
            fresh.on("response", lambda answer: sent.append(int(answer.headers.get("content-length", 0))))
            fresh.goto(f"{bench.address}/chains/{cases[0]}/1#token={bench.token}")
            fresh.wait_for_selector(".lanes", timeout=60_000)
            fresh.wait_for_load_state("networkidle")
            browser.close()
    return {
        "name": "workbench",
        "chains": len(views),
        "first_view_p50_s": round(statistics.median(views), 2),
        "first_view_most_s": round(max(views), 2),
        "asked_s": FIRST_VIEW_S,
        "weight_kb": round(sum(sent) / 1000),
        "asked_kb": WEIGHT_KB,
    }


if __name__ == "__main__":
    main()
