"""A million deliveries of precursors judged: every rule of ``chemicals`` against bare DuckDB on the same arrays.

*upline*: rows already in memory → paired, certificates, balances, splitting, chains, filing, licences.
*bare DuckDB*: the same columns as an Arrow table → rows paired by window, sums per certificate and per month and firm, nothing
else. Promised: no more than sixty times its seconds: the rules look at each row once, in Python; DuckDB adds up columns.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from typing import Any

import numpy as np
import pyarrow as pa

from backend.district.chemicals.judging import faults
from backend.district.chemicals.law import KG, Law
from backend.district.chemicals.litres import paired_by_density
from backend.district.chemicals.model import Count, Firm, Permit, PrecursorBook, Use
from backend.district.deliveries import Delivery, TradeRow, deliveries
from etl.storage import quiet_duckdb
from graph_schema.beijing import moment

PROMISED = 60.0
CHEMICALS = ("丙酮", "甲苯", "盐酸", "硫酸", "乙醚", "醋酸酐", "三氯甲烷", "甲基乙基酮")
START = 1_704_038_400_000  # 2024-01-01 in Beijing
DAY = 86_400_000
EACH_DAY = 7
"""A buyer's next delivery of a chemical comes after so many days."""
_BARE = """
WITH b AS (SELECT * FROM trades WHERE direction = '购'), s AS (SELECT * FROM trades WHERE direction = '销'),
pairs AS (
  SELECT b.n, b.permit, b.buyer, b.chemical, b.ms, b.mg FROM b LEFT JOIN s
  ON b.buyer = s.buyer AND b.seller = s.seller AND b.chemical = s.chemical
    AND s.ms BETWEEN b.ms - 604800000 AND b.ms + 604800000 AND abs(s.mg - b.mg) <= 0.02 * greatest(s.mg, b.mg)
  QUALIFY row_number() OVER (PARTITION BY b.n ORDER BY abs(s.ms - b.ms)) = 1),
papers AS (SELECT permit, sum(mg) AS mg, min(ms), max(ms) FROM pairs GROUP BY permit),
months AS (SELECT buyer, chemical, ms // 2592000000 AS month, sum(mg) AS mg FROM pairs GROUP BY ALL)
SELECT (SELECT count(*) FROM papers WHERE mg > 0), (SELECT count(*) FROM months WHERE mg > 0)
"""


def arrays(rows: int, seed: int = 7) -> dict[str, Any]:
    """Columns of both reports of ``rows`` / 2 deliveries: a firm buys a chemical of one dealer once a week."""
    rng = np.random.default_rng(seed)
    n = rows // 2
    firms = max(20, n // 400)
    buyer = rng.integers(0, firms, n)
    chemical = buyer % len(CHEMICALS)
    order = np.argsort(buyer, kind="stable")
    place = np.empty(n, int)
    counts = np.bincount(buyer, minlength=firms)
    place[order] = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
    at = START + place * EACH_DAY * DAY
    mg = np.round(rng.uniform(200, 2000, n), 1) * KG
    return {
        "buyer": buyer,
        "seller": buyer % max(2, firms // 20),
        "chemical": chemical,
        "at": at,
        "mg": mg,
        "firms": firms,
    }


def rows_of(columns: dict[str, Any]) -> list[TradeRow]:
    """The same as rows."""
    found = []
    for n, (buyer, seller, chemical, at, mg) in enumerate(
        zip(*(columns[name].tolist() for name in ("buyer", "seller", "chemical", "at", "mg")), strict=True)
    ):
        name, paper = CHEMICALS[chemical], f"P{buyer}"
        ends = (f"B{buyer}", f"S{seller}", name)
        found.append(TradeRow(f"b{n}", *ends, at, int(mg), "购", "生产", paper))
        found.append(TradeRow(f"s{n}", *ends, at - DAY, int(mg * 1.001), "销", "", paper))
    return found


def book_of(columns: dict[str, Any], paired: list[Delivery]) -> PrecursorBook:
    """Firms, certificates, monthly counts and use that fit the rows, so that every rule has its work."""
    firms = {f"B{n}": Firm(f"B{n}", f"B{n}", legal_ids=(f"i{n}",)) for n in range(columns["firms"])}
    firms |= {f"S{n}": Firm(f"S{n}", f"S{n}", legal_ids=(f"s{n}",)) for n in set(columns["seller"].tolist())}
    bought, last, uses = dict.fromkeys(range(columns["firms"]), 0), {}, []
    for n, each in enumerate(zip(*(columns[name].tolist() for name in ("buyer", "at", "mg")), strict=True)):
        buyer, at, mg = each
        bought[buyer] += int(mg)
        last[buyer] = max(last.get(buyer, START), at)
        uses.append(Use(f"B{buyer}", of(buyer), moment(at + DAY).date(), int(mg), f"u{n}"))
    counts = [
        Count(f"B{buyer}", of(buyer), moment(at).date(), 500 * KG, f"c{buyer}")
        for buyer, end in last.items()
        for at in (START - DAY, *range(START + 30 * DAY, end + 30 * DAY, 30 * DAY))
    ]
    first, final, nobody = dt.date(2000, 1, 1), dt.date(2200, 1, 1), frozenset[str]()
    permits = {
        f"P{n}": Permit(f"P{n}", "购买", frozenset({f"B{n}"}), nobody, {of(n): mg}, first, final, ())
        for n, mg in bought.items()
    }
    return PrecursorBook(firms, paired, permits, counts, uses, [], final)


def of(buyer: int) -> str:
    """The one chemical a firm buys."""
    return CHEMICALS[buyer % len(CHEMICALS)]


def bare(columns: dict[str, Any]) -> float:
    """Seconds of DuckDB for the pairing and the two sums."""
    both = {
        "n": np.arange(2 * len(columns["at"])),
        "permit": np.tile(columns["buyer"], 2),
        "buyer": np.tile(columns["buyer"], 2),
        "seller": np.tile(columns["seller"], 2),
        "chemical": np.tile(columns["chemical"], 2),
        "ms": np.concatenate([columns["at"], columns["at"] - DAY]),
        "mg": np.concatenate([columns["mg"], columns["mg"] * 1.001]).astype(np.int64),
        "direction": np.repeat(["购", "销"], len(columns["at"])),
    }
    trades = pa.table(both)
    with quiet_duckdb.connect() as con:
        con.register("trades", trades)
        begun = time.perf_counter()
        (papers, months) = con.execute(_BARE).fetchall()[0]
        seconds = time.perf_counter() - begun
    if papers == 0 or months == 0:
        raise SystemExit("bare DuckDB found nothing to add up")
    return seconds


def measure(rows: int) -> dict[str, Any]:
    """Seconds of both and their ratio; a district without a planted fault must stay without a finding."""
    columns, law = arrays(rows), Law()
    told = rows_of(columns)
    begun = time.perf_counter()
    paired = paired_by_density(deliveries(told), law)
    pairing = time.perf_counter() - begun
    book = book_of(columns, paired)
    begun = time.perf_counter()
    found = list(faults(book, law))
    judging = time.perf_counter() - begun
    seconds = pairing + judging
    if len(book.deliveries) != len(told) // 2 or any(each.kind != "balance" for each in found):
        raise SystemExit(
            f"not the district that was made: {len(book.deliveries)} deliveries, {len(found)} findings"
        )
    plain = bare(columns)
    return {
        "name": "district_trades",
        "rows": len(told),
        "findings": len(found),
        "pairing_s": round(pairing, 2),
        "upline_s": round(seconds, 2),
        "bare_duckdb_s": round(plain, 3),
        "ratio": round(seconds / plain, 1),
        "promised_at_most": PROMISED,
        "kept": seconds / plain <= PROMISED,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="1000000 is the size of the promise")
    print(json.dumps(measure(parser.parse_args().rows), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
