"""One call seen by two carriers: their clocks and their durations differ, the call is one."""

from __future__ import annotations

import hashlib
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.matching.match import match
from etl.matching.pairing import CALL_SLACK_S
from etl.sources import open_file
from etl.storage.facts import FileOrigin
from tests.etl.facts_by_hand import T0, archive_at, keep, leg
from tests.etl.sources.casefiles import files

A, B = "Phone:+8613900530001", "Phone:+8613900530002"


def call(row: int, side: str, at: int, seconds: int | None, system: str = "carrier") -> dict[str, Any]:
    return leg(row, "CALLED", A, B, at, amount=seconds, side=side, system=system)


def events(folder: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as con:
        match(con, f"read_parquet('{folder}/facts/*/legs.parquet')")
        rows = con.execute("SELECT * FROM events WHERE rel IN ('CALLED', 'MESSAGED') ORDER BY \"at\"")
        names = [column[0] for column in rows.description or []]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def of(folder: Path, **legs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    archive = archive_at(folder)
    for name, rows in legs.items():
        keep(archive, name, rows)
    return events(folder)


def test_the_case(tmp_path: Path) -> None:
    """Trap: 65 s at one carrier and 64 s at the other, two seconds later, are two calls."""
    archive = archive_at(tmp_path)
    for path in files("53-call-pairs-and-sms"):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        archive.keep(sha256, path.name, open_file(path, FileOrigin(path.name, sha256)), lambda _: None)
    found = events(tmp_path)
    calls = [event for event in found if event["rel"] == "CALLED"]
    assert [(event["amount"], len(event["evidence"])) for event in calls] == [(65, 2), (40, 1)]
    assert len(found) - len(calls) == 3


@pytest.mark.parametrize(
    ("seconds", "later", "count"),
    [
        (65, 2_000, 1),
        (64, 0, 1),
        (65 + CALL_SLACK_S, 4_000, 1),
        (65 + CALL_SLACK_S + 1, 0, 2),
        (65, 6_000, 2),
        (None, 1_000, 1),
    ],
)
def test_how_far_apart(tmp_path: Path, seconds: int | None, later: int, count: int) -> None:
    """Trap: another call of the same two people, a little later or longer, taken for the same."""
    found = of(tmp_path, a=[call(2, "start", T0, 65)], b=[call(2, "end", T0 + later, seconds)])
    assert len(found) == count


def test_one_clock_measures_once(tmp_path: Path) -> None:
    """Trap: two rows of the caller's carrier that differ by a second are two calls."""
    assert len(of(tmp_path, a=[call(2, "start", T0, 65)], b=[call(2, "start", T0, 64)])) == 2


def test_several_calls_find_their_own(tmp_path: Path) -> None:
    """Trap: short calls one after the other, paired with the wrong one, in whatever order files come."""
    mine = [call(2, "start", T0, 10), call(3, "start", T0 + 4_000, 30), call(4, "start", T0 + 60_000, 5)]
    theirs = [call(2, "end", T0 + 1_000, 11), call(3, "end", T0 + 5_000, 29), call(4, "end", T0 + 61_000, 5)]
    for number, order in enumerate(permutations(("a", "b"))):
        found = of(tmp_path / str(number), **{name: mine if name == "a" else theirs for name in order})
        assert [(event["amount"], len(event["evidence"])) for event in found] == [(10, 2), (30, 2), (5, 2)]
