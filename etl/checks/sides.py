"""Checks across files: whether both sides of a transfer agree, and whether one side lacks it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.checks.file import MOST, Check
from etl.matching.pairing import MOST_OF_SERIAL, PAYMENT_WINDOW_MS
from etl.storage import quiet_duckdb
from etl.storage.archive import Archive

_COLUMNS = 'rel, file12, sheet, row, start, "end", "at", at_precision, amount, currency, side, system, serial'


def check_sides(archive: Archive, fresh: Sequence[str], standing: Sequence[str]) -> dict[str, list[Check]]:
    """Findings by SHA-256 of the fresh file they are about."""
    paths = [str(archive.facts(sha) / "legs.parquet") for sha in dict.fromkeys([*standing, *fresh])]
    names = {sha[:12]: sha for sha in fresh}
    found: dict[str, list[Check]] = {}
    with quiet_duckdb.shared() as con:
        con.execute(
            f"""CREATE TEMP TABLE l AS SELECT {_COLUMNS}, evidence FROM read_parquet(?)
            WHERE rel = 'PAID' AND side IN ('start', 'end')""",
            [paths],
        )
        con.execute(
            f"""UPDATE l SET serial = NULL WHERE (serial, system) IN (
            SELECT (serial, system) FROM l GROUP BY serial, system HAVING count(*) > {MOST_OF_SERIAL})"""
        )
        con.execute("CREATE TEMP TABLE fresh AS SELECT unnest(?) AS file12", [list(names)])
        for one, two, kind, said in _differing(con) + _missing(con):
            for file12 in dict.fromkeys(proof.split("/")[0] for proof in (one, two) if proof):
                if file12 in names:
                    found.setdefault(names[file12], []).append(_check(kind, one, two, said))
    return {sha: checks[:MOST] for sha, checks in found.items()}


def _differing(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int]]:
    """Rows of both sides with the same serial number that differ in amount, or by more than the clocks do."""
    return con.execute(
        f"""SELECT a.evidence, b.evidence,
          CASE WHEN a.amount <> b.amount THEN 'amounts_differ' ELSE 'times_differ' END,
          CASE WHEN a.amount <> b.amount THEN b.amount - a.amount ELSE (b."at" - a."at") // 1000 END
        FROM l a JOIN l b ON a.serial = b.serial AND a.system = b.system AND a.side = 'start' AND b.side = 'end'
          AND (a.system <> 'bank' OR a.start = b.start OR a."end" = b."end")
        WHERE (a.file12 IN (FROM fresh) OR b.file12 IN (FROM fresh)) AND a.at_precision <> 'day'
          AND b.at_precision <> 'day'
          AND (a.amount <> b.amount OR abs(a."at" - b."at") > {PAYMENT_WINDOW_MS}) ORDER BY 1, 2"""
    ).fetchall()


def _missing(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int]]:
    """Transfers to or from an account whose own return covers that time and yet does not show them."""
    con.execute(
        """CREATE TEMP TABLE own AS SELECT CASE WHEN side = 'start' THEN start ELSE "end" END AS account,
          min("at") AS first, max("at") AS last FROM l WHERE "at" IS NOT NULL GROUP BY 1"""
    )
    return con.execute(
        f"""SELECT a.evidence, NULL, 'other_side_lacks', a.amount
        FROM l a JOIN own o ON o.account = CASE WHEN a.side = 'start' THEN a."end" ELSE a.start END
        WHERE a.file12 IN (FROM fresh) AND a.at_precision <> 'day' AND a.start <> a."end"
          AND a."at" > o.first + {PAYMENT_WINDOW_MS} AND a."at" < o.last - {PAYMENT_WINDOW_MS}
          AND NOT EXISTS (SELECT 1 FROM l b WHERE b.side <> a.side
            AND ((b.amount = a.amount AND b.start = a.start AND b."end" = a."end"
                AND abs(b."at" - a."at") <= {PAYMENT_WINDOW_MS})
              OR (b.serial = a.serial AND b.system = a.system))) ORDER BY 1"""
    ).fetchall()


def _check(kind: str, one: str, two: str | None, said: int) -> Check:
    rows = [int(proof.rsplit("/", 1)[1]) for proof in (one, two) if proof]
    proofs = [proof for proof in (one, two) if proof]
    if kind == "amounts_differ":
        zh, en = (
            f"双方金额不一致，相差 {said / 100:+.2f} 元",
            f"The two sides differ by {said / 100:+.2f} yuan",
        )
    elif kind == "times_differ":
        zh, en = f"双方时间相差 {said} 秒", f"The two sides are {said} seconds apart"
    else:
        zh = f"对方账户的返回数据覆盖该时间，但没有这笔 {said / 100:.2f} 元"
        en = f"The other account's return covers this time but lacks these {said / 100:.2f} yuan"
    places = "、".join(proofs)
    return Check(
        kind,
        f"{zh}（{places}）。",
        f"{en} ({places}).",
        rows=rows,
        facts={"evidence": proofs, "difference": said},
    )
