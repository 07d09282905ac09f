"""Plans at the limits: however many files stand, however often one serial number comes, a plan says the same."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.matching import buckets
from etl.matching.match import match
from etl.matching.pairing import MOST_OF_SERIAL
from etl.storage import quiet_duckdb
from etl.writing.plan import Change, _Facts, build
from tests.etl.facts_by_hand import T0, archive_at, keep, leg

A, B, C = (f"Account:card:629999000000000{n}" for n in (1, 2, 3))
MASKED = "Account:bank:6299****0002@0123456789ab"


def bank(row: int, start: str, end: str, side: str, serial: str, minute: int) -> dict[str, Any]:
    said = {"amount": 100, "currency": "CNY", "system": "bank", "side": side, "serial": serial}
    return leg(row, "PAID", start, end, T0 + minute * 60_000, **said)


def paid(serial: str, many: int, payer: str = A) -> dict[str, list[dict[str, Any]]]:
    """Both banks' books of transfers an hour apart, all with one serial number; one bank masks the other end."""
    return {
        "one": [bank(n, payer, MASKED, "start", serial, 60 * n) for n in range(1, many + 1)],
        "other": [bank(n, payer, B, "end", serial, 60 * n) for n in range(1, many + 1)],
    }


def events(folder: Path) -> int:
    with duckdb.connect() as con:
        match(con, f"read_parquet('{folder}/facts/*/legs.parquet')")
        return int(con.execute("SELECT count(*) FROM events").fetchall()[0][0])


@pytest.mark.parametrize(("half", "left"), [(MOST_OF_SERIAL // 2, 1), (MOST_OF_SERIAL // 2 + 1, 2)])
def test_a_serial_in_too_many_rows_says_nothing(tmp_path: Path, half: int, left: int) -> None:
    """Trap: a bank writes 0 into every serial number, and rows of a million transfers are compared each with each."""
    archive = archive_at(tmp_path)
    for name, legs in paid("0", half).items():
        keep(archive, name, legs)
    assert events(tmp_path) == half * left


def test_an_order_number_in_too_many_rows_makes_no_payment_of_them_all(tmp_path: Path) -> None:
    """Trap: a wallet's table has one order number throughout, and all rows of one amount become one payment."""
    said = {"amount": 100, "currency": "CNY", "system": "tenpay", "serial": "0"}
    rows = [leg(n, "PAID", A, B, T0 + n * 1_000, **said) for n in range(1, MOST_OF_SERIAL + 2)]
    keep(archive_at(tmp_path), "wallet", rows)
    assert events(tmp_path) == len(rows)


def test_a_day_more_is_planned_as_if_all_came_at_once(tmp_path: Path) -> None:
    """Trap: a number in too many rows is looked up among the rows at hand alone, where it looks like any other."""
    archive = archive_at(tmp_path)
    files = paid("0", MOST_OF_SERIAL)
    files |= {f"{name} later": rows for name, rows in paid("0", 3, payer=C).items()}
    shas = [keep(archive, name, legs) for name, legs in files.items()]
    build(archive, Change(2, shas[:2], add=shas[2:]))
    with duckdb.connect() as con:
        found = con.execute(
            "SELECT count(*) FROM read_parquet(?) WHERE op = 1", [str(archive.plan(2) / "events.parquet")]
        )
        written = found.fetchall()[0][0]
        match(con, f"read_parquet('{tmp_path}/facts/*/legs.parquet')")
        later = [sha[:12] for sha in shas[2:]]
        all_at_once = con.execute(
            "SELECT count(*) FROM events WHERE list_has_any(list_transform(evidence, lambda x: left(x, 12)), ?)",
            [later],
        )
        assert written == all_at_once.fetchall()[0][0] == 6


def tables(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    with quiet_duckdb.shared() as con:
        return {
            path.name: con.execute("SELECT * FROM read_parquet(?) ORDER BY ALL", [str(path)]).fetchall()
            for path in folder.glob("*.parquet")
        }


@pytest.mark.parametrize("taken_out", [False, True])
def test_many_legs_are_planned_as_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken_out: bool
) -> None:
    """Trap: where much is loaded, steps are read again and not kept, and matched in buckets: another plan than of little."""
    archive = archive_at(tmp_path)
    shas = [keep(archive, name, legs) for name, legs in paid("71", 6).items()]
    shas += [keep(archive, "calls", [leg(n, "CALLED", "Phone:1", f"Phone:{n % 5}") for n in range(2, 40)])]
    shas += [keep(archive, name, legs) for name, legs in {"mine": paid("72", 3)["one"]}.items()]
    change = Change(2, shas[1:], remove=shas[:1]) if taken_out else Change(2, shas[:1], add=shas[1:])
    few = tables(build(archive, change))
    monkeypatch.setattr(quiet_duckdb, "SMALL", -1)
    monkeypatch.setattr(buckets, "LEGS", 4)
    folder = build(archive, change)
    assert tables(folder) == few and few["events.parquet"]
    assert not [path for path in folder.iterdir() if path.is_dir()], "buckets stay on disk"


def test_names_of_files_stand_in_no_query(tmp_path: Path) -> None:
    """Trap: the text of a plan's queries holds every file's name twice; with 200,000 files none is answered any more."""
    archive = archive_at(tmp_path)
    shas = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(20_000)]
    with quiet_duckdb.connect() as con:
        told = _Facts(con, archive, Change(2, shas, add=[])).relation(shas, "legs")
    assert len(told) < 300
