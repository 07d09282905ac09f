"""The first load into an empty database, end to end, against the bare import tool on the same prepared rows.

*upline*: files on disk → read, matched, prepared, imported, put in place, indexes made, first answer.
*tool*: ``neo4j-admin database import`` alone, on the tables Upline prepared, in the same run. Promised: at least 0.4
of the tool's speed.
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
from etl.storage.archive import Archive
from etl.writing import bulk
from etl.writing.initial import load_initial
from etl.writing.load import Progress
from etl.writing.plan import Change, build
from graph_schema.store import embedded, java, program, server, settings
from graph_schema.store.bulk import command
from graph_schema.store.places import Places

PROMISED = 0.4


def measure(rows: int) -> dict[str, Any]:
    """Return seconds of both, of each stage, and their ratio."""
    folder = Path(tempfile.mkdtemp(prefix="upline-initial-"))
    stages: dict[str, float] = {}
    before = os.environ.get("UPLINE_HOME")
    try:
        files = load_speed.write_files(folder, rows)
        home = folder / "home"
        os.environ["UPLINE_HOME"] = str(home)
        begun = time.perf_counter()

        def note(progress: Progress) -> None:
            stages.setdefault(
                f"{progress.stage} {progress.detail}".strip().split(" cdr")[0], time.perf_counter() - begun
            )

        report = load_initial(files, progress=note)
        ours = time.perf_counter() - begun
        if report.events["calls"] != rows:
            raise SystemExit(f"not the same work: {report.events}")
        embedded.stop(home)
        bare = _tool(folder, home, files)
    finally:
        os.environ.pop("UPLINE_HOME") if before is None else os.environ.update(UPLINE_HOME=before)
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "name": "initial_load",
        "rows": rows,
        "upline_s": round(ours, 1),
        "stages_begin_s": {name: round(at, 1) for name, at in stages.items()},
        "tool_s": round(bare, 1),
        "ratio": round(bare / ours, 2),
        "promised_at_least": PROMISED,
        "kept": bare / ours >= PROMISED,
    }


def _tool(folder: Path, home: Path, files: list[Path]) -> float:
    """The import tool alone, on the tables of the same plan, into a home of its own."""
    archive = Archive(home)
    shas = sorted(path.name for path in (home / "facts").iterdir() if not path.name.startswith("."))
    entries = [{"sha256": sha, "path": sha, "load": 1, "position": n} for n, sha in enumerate(shas)]
    plan = build(archive, Change(1, [], add=shas, files=entries), look_only=True)
    nodes, relationships = bulk.prepare(plan, plan / "import")
    places = Places(folder / "bare")
    places.db.mkdir(parents=True)
    server.password(places)
    settings.write(places, 0)
    java.write_arguments(places, program.ensure())
    begun = time.perf_counter()
    java.admin(places, *command(nodes, relationships, folder / "bare.report"))
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000, help="2000000 is the size of the promise")
    os.environ.setdefault("UPLINE_DB_HEAP", "2g")
    program.ensure()  # what the very first start fetches is no part of the measurement
    print(json.dumps(measure(parser.parse_args().rows), indent=1))


if __name__ == "__main__":
    main()
