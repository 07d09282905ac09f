"""News: cases opened, and chains that reach further or became weaker since the former run."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq

from backend.answers.runs import Run, on_run
from backend.answers.shape import time_text
from backend.contract.board import News, OpenedCase, ReachedCase, WeakerCase
from backend.judgements.overlay import WEAKER_BY
from backend.runs.keep import ABOUT
from backend.security.audited import audited
from graph_schema.store import Row, Store, Viewer

MOST = 50
"""Cases of each kind that are named."""


@audited("news")
@on_run
def news(store: Store, viewer: Viewer, run: Run, *, since: int) -> News:
    """What changed since a time (ms since 1970): the present run against the last one begun before.

    ``before`` is that run, or null where none is kept; then only opened cases are told. ``reached`` are cases whose
    chains reach another case now and did not; of the others ``weaker`` those whose best chain lost ``WEAKER_BY`` or more,
    ``stronger`` those whose best chain gained as much.
    """
    rows = store.read(viewer, "case.opened", since=since, limit=MOST)
    opened: list[OpenedCase] = [
        {"case_no": row["case_no"], "name": row["name"], "opened_at": time_text(row["opened_at"])}
        for row in rows
    ]
    base = _before(store.home / "runs", viewer.view, since)
    now = store.home / "runs" / run.run_id
    reached: list[ReachedCase] = []
    weaker: list[WeakerCase] = []
    stronger: list[WeakerCase] = []
    if base and base.name != run.run_id and (now / ABOUT).is_file():
        old, new = _best(base, viewer), _best(now, viewer)
        for case_no, (score, reaches) in sorted(new.items()):
            was, reached_before = old.get(case_no, (0.0, []))
            if reaches and not reached_before:
                reached.append({"case_no": case_no, "reaches": reaches, "score": score})
            elif case_no in old and score <= was - WEAKER_BY:
                weaker.append({"case_no": case_no, "before": was, "now": score})
            elif score >= was + WEAKER_BY:
                stronger.append({"case_no": case_no, "before": was, "now": score})
        weaker += [
            {"case_no": each, "before": old[each][0], "now": 0.0} for each in sorted(old.keys() - new.keys())
        ]
    return {
        "since": time_text(since),
        "before": base.name if base else None,
        "opened": opened,
        "reached": sorted(reached, key=lambda each: -each["score"])[:MOST],
        "weaker": weaker[:MOST],
        "stronger": sorted(stronger, key=lambda each: each["before"] - each["now"])[:MOST],
        "runs": _since(store.home / "runs", viewer.view, since),
        "run": run.name,
    }


def _kept(runs: Path, view: str) -> list[tuple[int, Path]]:
    """When each kept run of a view began, and its folder."""
    told = [
        (json.loads(about.read_text(encoding="utf-8")), about.parent) for about in runs.glob(f"R-*/{ABOUT}")
    ]
    return [(about["started_at"], folder) for about, folder in told if about["view"] == view]


def _before(runs: Path, view: str, since: int) -> Path | None:
    """The folder of the last run of a view that began before a time."""
    return max(((at, folder) for at, folder in _kept(runs, view) if at < since), default=(0, None))[1]


def _since(runs: Path, view: str, since: int) -> int:
    """How many runs of a view began since a time."""
    return sum(at >= since for at, _ in _kept(runs, view))


def _best(folder: Path, viewer: Viewer) -> dict[str, tuple[float, list[str]]]:
    """By case the score of its best chain and the cases any of its chains reach."""
    found: dict[str, tuple[float, list[str]]] = {}
    rows: list[Row] = pq.read_table(folder / "chains.parquet").to_pylist()
    for row in rows:
        if viewer.cases is not None and row["case_no"] not in viewer.cases:
            continue
        seen = [each for each in row["reaches"] if viewer.cases is None or each in viewer.cases]
        score, reaches = found.get(row["case_no"], (0.0, []))
        found[row["case_no"]] = (max(score, row["score"]), sorted({*reaches, *seen}))
    return found
