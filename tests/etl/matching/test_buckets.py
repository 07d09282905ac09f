"""Matching in buckets gives the events of matching at once, whatever the rows and however many buckets."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import duckdb
import pytest

from etl.matching import buckets
from etl.matching.buckets import match_all
from etl.matching.match import match
from etl.matching.pairing import MOST_OF_SERIAL
from etl.storage import quiet_duckdb
from etl.writing.plan import MEMORY_LIMITS
from tests.etl.facts_by_hand import T0, archive_at, keep, leg

CARDS = [f"Account:card:629999000000000{n}" for n in range(4)]
WALLETS = [f"Account:wechat:wxid_{n}" for n in range(4)]
SHOP = "Account:shop:财付通"


def call(row: int, draw: random.Random) -> dict[str, Any]:
    one, other = draw.sample(range(4), 2)
    ends = f"Phone:+861390000000{one}", f"Phone:+861390000000{other}"
    side = draw.choice(["start", "end"])
    return leg(row, "CALLED", *ends, T0 + draw.randrange(40) * 2_000, amount=draw.randrange(3), side=side)


def payment(row: int, draw: random.Random) -> dict[str, Any]:
    """A bank's row or a wallet's: of one payment through a platform, or of one whose other end a bank masks."""
    one, other = draw.sample(range(4), 2)
    said: dict[str, Any] = {
        "amount": draw.choice([100, 200]),
        "currency": "CNY",
        "at": T0 + draw.randrange(30) * 20_000,
    }
    said |= {"side": draw.choice(["start", "end"]), "serial": draw.choice([None, "0", "71", "72", "73"])}
    common = draw.choice([None, None, "NUCC1", "NUCC2"])
    match draw.randrange(4):
        case 0:
            ends = draw.choice([(CARDS[one], SHOP), (SHOP, CARDS[one])])
            return leg(row, "PAID", *ends, **said, system="bank", common=common)
        case 1:
            cards = {
                "start_card": draw.choice([None, CARDS[one]]),
                "end_card": draw.choice([None, CARDS[other]]),
            }
            return leg(
                row, "PAID", WALLETS[one], WALLETS[other], **said, **cards, system="tenpay", common=common
            )
        case 2:
            mask = CARDS[other].replace("card", "bank")[:-4] + "@0123456789ab"
            ends = (CARDS[one], mask) if said["side"] == "start" else (mask, CARDS[one])
            return leg(row, "PAID", *ends, **said, system="bank")
    return leg(row, "PAID", CARDS[one], CARDS[other], **said, system="bank")


def world(folder: Path, seed: int, rows: int) -> str:
    """SQL of the legs of six files of such rows."""
    draw, archive = random.Random(seed), archive_at(folder)
    for name in range(6):
        make = call if name < 2 else payment
        keep(archive, f"{seed}/{name}", [make(row, draw) for row in range(1, rows + 1)])
    return f"read_parquet('{folder}/facts/*/legs.parquet')"


def found(con: duckdb.DuckDBPyConnection, prefix: str = "") -> list[list[tuple[Any, ...]]]:
    return [
        con.execute(f"SELECT * FROM {prefix}{name} ORDER BY ALL").fetchall()
        for name in ("clusters", "events")
    ]


@pytest.mark.parametrize("count", [7, pytest.param(64, marks=pytest.mark.long)])
def test_buckets_find_the_same_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Trap: a wallet's row and the bank's, or both banks', in two buckets; a number in too many rows, or a second row
    that would fit, is not seen for it."""
    legs = world(tmp_path, 5, 60)
    monkeypatch.setattr(buckets, "LEGS", -(-360 // count))
    with quiet_duckdb.small() as con:
        con.execute("CREATE TEMP TABLE known AS SELECT 1::UBIGINT AS key LIMIT 0")
        match(con, legs, hot="known")
        match_all(con, legs, "apart_", "known", tmp_path / "buckets", "1GB")
        together = found(con)
        assert found(con, "apart_") == together
    kinds = [(event[2], len(event[10])) for event in together[1]]
    assert len(together[1]) < 330 and max(n for kind, n in kinds if kind == "PAID") > 2, (
        "hardly any row met another"
    )
    assert len(list((tmp_path / "buckets").glob("*/bucket=*"))) > 3


def test_many_cores_share_a_small_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: on a server of 32 cores each process gets 16 MB, too little to match a large bucket."""
    legs = world(tmp_path, 5, 100)
    monkeypatch.setattr(buckets, "LEGS", 120)
    monkeypatch.setattr(os, "cpu_count", lambda: 32)
    shares: list[str] = []
    work_off = buckets._work_off

    def told_its_share(waiting: SimpleQueue[Path], memory: str) -> None:
        shares.append(memory)
        work_off(waiting, memory)

    monkeypatch.setattr(buckets, "_work_off", told_its_share)
    with quiet_duckdb.small() as con:
        con.execute("CREATE TEMP TABLE known AS SELECT 1::UBIGINT AS key LIMIT 0")
        match_all(con, legs, "apart_", "known", tmp_path / "buckets", MEMORY_LIMITS[0])
        told = con.execute("SELECT count(*) FROM apart_clusters").fetchall()
    assert told == [(600,)]
    assert len(shares) > 1 and all(int(share.removesuffix("MB")) >= 250 for share in shares)


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_killed_amid_the_buckets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: after a kill a process is still at a bucket, and takes the rows of the next try from under it."""
    legs = world(tmp_path, 5, 30)
    monkeypatch.setattr(buckets, "LEGS", 30)

    def matched(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("CREATE TEMP TABLE known AS SELECT 1::UBIGINT AS key LIMIT 0")
        match_all(con, legs, "apart_", "known", tmp_path / "buckets", "1GB")

    child = os.fork()
    if child == 0:
        with quiet_duckdb.small() as con:
            matched(con)
        os._exit(0)
    while not list(tmp_path.glob("buckets/*/*/clusters.parquet")):
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "it was done before it could be killed"
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with quiet_duckdb.small() as con:
        matched(con)
        match(con, legs, hot="known")
        assert found(con, "apart_") == found(con)


def test_what_may_meet_stands_in_one_bucket(tmp_path: Path) -> None:
    """Trap: rows of one event in two buckets, where keys lead to it over several steps."""
    split = 0
    for seed in range(4):
        legs = world(tmp_path / str(seed), seed, 20)
        with quiet_duckdb.small() as con:
            con.execute("CREATE TEMP TABLE known AS SELECT 1::UBIGINT AS key LIMIT 0")
            match(con, legs, hot="known")
            buckets.deal_out(con, legs, "known", tmp_path / str(seed) / "work", 64)
            dealt = f"read_parquet('{tmp_path / str(seed)}/work/*/legs_*.parquet', hive_partitioning = true)"
            rows = con.execute(
                f"SELECT event_id, list(DISTINCT bucket), count(*) FROM {dealt} JOIN clusters USING (leg_id) GROUP BY 1"
            ).fetchall()
        assert sum(n for *_, n in rows) == 120, "a leg was lost or came twice"
        assert all(len(of) == 1 for _, of, _ in rows)
        split += len({of[0] for _, of, _ in rows})
    assert split > 40, "nearly all stands in one bucket"


def test_a_number_in_too_many_rows_ties_no_buckets(tmp_path: Path) -> None:
    """Trap: a bank writes 0 into every serial number, and all its rows are one bucket."""
    said = {"amount": 100, "currency": "CNY", "system": "bank", "serial": "0"}
    ends = [(f"Account:card:62999900{n:08d}", f"Account:card:62999911{n:08d}") for n in range(MOST_OF_SERIAL)]
    archive = archive_at(tmp_path)
    for side in ("start", "end"):
        keep(
            archive, side, [leg(n, "PAID", *pair, **said, side=side) for n, pair in enumerate(ends, start=1)]
        )
    with quiet_duckdb.small() as con:
        con.execute("CREATE TEMP TABLE known AS SELECT 1::UBIGINT AS key LIMIT 0")
        buckets.deal_out(
            con, f"read_parquet('{tmp_path}/facts/*/legs.parquet')", "known", tmp_path / "work", 8
        )
    assert len(list((tmp_path / "work").glob("bucket=*"))) == 8


def test_what_fails_in_a_process_is_told(tmp_path: Path) -> None:
    """Trap: a process that has no memory left ends the load with a word nobody can act on, or the load waits for ever."""
    for number in range(2):
        (tmp_path / f"bucket={number}").mkdir()
    with pytest.raises(duckdb.IOException):
        buckets.match_buckets(tmp_path, "1GB")
