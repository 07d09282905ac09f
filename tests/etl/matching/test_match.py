"""Events from legs: one event of the real world is one relationship, with every row as its evidence."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.matching.match import duplicate_rows, match
from tests.etl.facts_by_hand import T0, archive_at, keep, leg

CARD, SHOP = "Account:card:6299990000000001", "Account:shop:财付通"
A, B = "Account:wechat:wxid_demo_a", "Account:wechat:wxid_demo_b"


def bank(row: int, at: int = T0, **more: Any) -> dict[str, Any]:
    base = {
        "amount": 20_000,
        "currency": "CNY",
        "system": "bank",
        "side": "start",
        "distinct": f"balance{row}",
    }
    return leg(row, "PAID", CARD, SHOP, at, **(base | more))


def wallet(
    row: int, side: str = "start", serial: str = "4200001", at: int = T0, **more: Any
) -> dict[str, Any]:
    base = {"amount": 20_000, "currency": "CNY", "system": "tenpay", "side": side, "serial": serial}
    return leg(row, "PAID", A, B, at, **(base | more))


def events(folder: Path, files: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    archive = archive_at(folder)
    for name, legs in files.items():
        keep(archive, name, legs)
    with duckdb.connect() as con:
        match(con, f"read_parquet('{folder}/facts/*/legs.parquet')")
        rows = con.execute("SELECT * FROM events ORDER BY event_id")
        names = [column[0] for column in rows.description or []]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def test_both_parties_wallet_rows_are_one_payment(tmp_path: Path) -> None:
    """Trap: the same transfer stands in both parties' returns and would count double."""
    found = events(tmp_path, {"a": [wallet(2)], "b": [wallet(7, "end", at=T0 + 900)]})
    assert len(found) == 1
    assert len(found[0]["evidence"]) == 2
    assert (found[0]["start"], found[0]["end"], found[0]["sides"]) == (A, B, ["end", "start"])


def test_bank_leg_joins_wallet_leg_by_time(tmp_path: Path) -> None:
    """Trap: card → 财付通 and wxid → wxid are one payment; unjoined, the platform becomes a hub."""
    found = events(tmp_path, {"w": [wallet(2, start_card=CARD)], "c": [bank(9, T0 + 60_000)]})
    assert [(e["start"], e["end"], len(e["evidence"])) for e in found] == [(A, B, 2)]


def test_bank_leg_joins_by_common_number_however_late(tmp_path: Path) -> None:
    """Trap: a booking after midnight misses the time window, but the clearing number says it is the same."""
    found = events(
        tmp_path,
        {"w": [wallet(2, start_card=CARD, common="NUCC77")], "c": [bank(9, T0 + 9_000_000, common="NUCC77")]},
    )
    assert len(found) == 1


def test_one_bank_leg_serves_one_wallet_leg(tmp_path: Path) -> None:
    """Trap: two purchases of the same amount within two minutes; only one has its bank row loaded."""
    legs = [wallet(2, start_card=CARD), wallet(3, serial="4200002", at=T0 + 50_000, start_card=CARD)]
    found = events(tmp_path, {"w": legs, "c": [bank(9, T0 + 55_000)]})
    assert sorted(len(e["evidence"]) for e in found) == [1, 2]
    assert next(e for e in found if len(e["evidence"]) == 2)["at"] == T0 + 50_000


def test_another_wallets_bank_leg_is_left_alone(tmp_path: Path) -> None:
    """Trap: a payment through 支付宝 at the same minute is not the Tenpay payment."""
    other = bank(9, T0 + 1000) | {"end": "Account:shop:支付宝"}
    assert len(events(tmp_path, {"w": [wallet(2, start_card=CARD)], "c": [other]})) == 2


def test_equal_day_only_rows_without_number_stay_two(tmp_path: Path) -> None:
    """Trap: a statement without times may list two equal purchases of one day; neither is a repetition."""
    row = {"at_precision": "day", "distinct": None}
    assert len(events(tmp_path, {"c": [bank(2, **row), bank(3, **row)]})) == 2


def test_a_masked_end_is_found_by_the_serial(tmp_path: Path) -> None:
    """Trap: one bank masks the payee; the transfer stands twice, once to a card nobody holds."""
    masked, payee = "Account:card:629999******0019@abcdefabcdef", "Account:card:6299990000000019"
    base = {"amount": 90_000, "currency": "CNY", "system": "bank", "serial": "S77"}
    files = {
        "payer": [
            leg(2, "PAID", CARD, masked, T0, **base),
            leg(3, "PAID", CARD, masked, T0 + 5000, **base | {"serial": "S78"}),
        ],
        "payee": [leg(4, "PAID", CARD, payee, T0 + 20_000, side="end", **base)],
    }
    found = events(tmp_path, files)
    assert sorted((e["end"], len(e["evidence"])) for e in found) == sorted([(payee, 2), (masked, 1)])


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_the_graph_does_not_depend_on_file_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    """Trap: event ids or ends that follow the first file loaded."""
    files = {
        "a": [wallet(2, start_card=CARD), wallet(3, serial="4200002", at=T0 + 5000)],
        "b": [wallet(4, "end", at=T0 + 100), wallet(5, "end", "4200002", T0 + 5100)],
        "c": [bank(6, T0 + 2000), bank(7, T0 + 400_000)],
    }
    found = events(tmp_path, {name: files[name] for name in order})
    assert [
        (e["start"], e["end"], e["at"], len(e["evidence"])) for e in sorted(found, key=lambda e: e["at"])
    ] == [
        (A, B, T0, 3),
        (A, B, T0 + 5000, 2),
        (CARD, SHOP, T0 + 400_000, 1),
    ]


def test_a_repeated_row_is_a_duplicate_and_still_evidence(tmp_path: Path) -> None:
    """Trap: overlapping returns; a dropped repetition would be a silently lost row."""
    archive = archive_at(tmp_path)
    first = keep(archive, "first", [bank(2, distinct="b1")])
    second = keep(archive, "second", [bank(5, distinct="b1"), bank(6, T0 + 1000, distinct="b2")])
    with duckdb.connect() as con:
        source = " UNION ALL ".join(
            f"SELECT *, {n} AS file_order FROM read_parquet('{archive.facts(sha)}/legs.parquet')"
            for n, sha in enumerate((first, second))
        )
        con.execute(f"CREATE VIEW source AS {source}")
        match(con, "source")
        again = duplicate_rows(con, "source", "clusters").to_pylist()
        evidence = con.execute("SELECT max(len(evidence)) FROM events").fetchall()[0][0]
    assert [(row["file12"], row["row"]) for row in again] == [(second[:12], 5)]
    assert evidence == 2
