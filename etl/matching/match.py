"""Event matching: the legs of all files become events, one per real event, out of core in DuckDB.

``match(con, source)`` reads enriched legs (``etl.storage.sql``) from the relation ``source`` and leaves two tables:

``clusters(leg_id, event_id)``
    every leg's event;
``events(event_id, rel, start, end, at, …, evidence, aliases)``
    one row per event, its ends seen from the best informed leg, all rows it came from.

Both are functions of the set of legs alone: the order of loading plays no part.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

import duckdb
import pyarrow as pa

from etl.matching.pairing import CALL_WINDOW_MS, MOST_OF_SERIAL, PAYMENT_WINDOW_MS, Leg, cluster

_ASSIGN = pa.schema([("leg_id", pa.string()), ("cluster_id", pa.string())])
_FETCH = 50_000
"""Rows that stand in Python at a time."""


def match(con: duckdb.DuckDBPyConnection, source: str, prefix: str = "", hot: str = "") -> None:
    """Make tables ``<prefix>clusters`` and ``<prefix>events`` from the legs in relation ``source``.

    ``hot`` names a table of the serial keys (``key``) known to be in too many rows beyond ``source``.
    """
    con.execute(f"CREATE OR REPLACE TEMP VIEW legs_now AS SELECT * FROM {source}")
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE hot AS SELECT serial_key AS key FROM legs_now
        WHERE serial_key IS NOT NULL GROUP BY serial_key HAVING count(*) > {MOST_OF_SERIAL}
        {f"UNION FROM {hot}" if hot else ""}"""
    )
    _within_books(con)
    _across_books(con)
    _behind_masks(con)
    con.execute(
        f"""CREATE OR REPLACE TABLE {prefix}clusters AS
        SELECT f.leg_id, coalesce(c.merged_id, f.cluster_id) AS event_id
        FROM first_clusters f LEFT JOIN crossed c ON c.cluster_id = f.cluster_id"""
    )
    con.execute(
        _EVENTS.format(prefix=prefix, alone=_ALONE, several=_SEVERAL.format(clusters=f"{prefix}clusters"))
    )
    # The name of an event is the least of its legs, whichever cluster took which in.
    con.execute(
        f"""UPDATE {prefix}clusters SET event_id = e.event_id FROM {prefix}events e
        WHERE {prefix}clusters.event_id = e.cluster_id AND e.cluster_id <> e.event_id"""
    )
    for name in ("first_clusters", "crossed", "sizes", "blocks", "hot"):
        con.execute(f"DROP TABLE {name}")


def _within_books(con: duckdb.DuckDBPyConnection) -> None:
    """Cluster legs block by block: lone legs, whole blocks, single views, and the few that need pairing."""
    con.execute(
        """CREATE OR REPLACE TEMP TABLE sizes AS
        SELECT block, matching, count(*) AS n, min(leg_id) AS leg_id FROM legs_now GROUP BY block, matching"""
    )
    # Whole blocks of payments are rows of one order number; in too many rows it is none, and only twins are one.
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE blocks AS
        SELECT block, matching, count(*) AS views,
          matching = 'whole' AND NOT (any_value(rel) = 'PAID' AND sum(n) > {MOST_OF_SERIAL}) AS one
        FROM (
          SELECT block, matching, file12, coalesce(side, '') AS side, any_value(rel) AS rel, count(*) AS n
          FROM legs_now SEMI JOIN (SELECT block, matching FROM sizes WHERE n > 1) USING (block, matching)
          GROUP BY ALL)
        GROUP BY block, matching"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE first_clusters AS
        SELECT leg_id, leg_id AS cluster_id FROM sizes WHERE n = 1
        UNION ALL
        SELECT l.leg_id,
          CASE WHEN b.one THEN min(l.leg_id) OVER (PARTITION BY l.block)
               ELSE min(l.leg_id) OVER (PARTITION BY l.block, l.twin) END AS cluster_id
        FROM legs_now l JOIN blocks b USING (block, matching)
        WHERE b.matching = 'whole' OR b.views = 1"""
    )
    chosen = """SELECT l.block, l.leg_id, l.file12, coalesce(l.side, ''), l."at", l.at_precision,
          CASE WHEN l.serial_key IN (FROM hot) THEN NULL ELSE l.serial END,
          coalesce(l.system, ''), l.rel, l.twin, CASE WHEN l.rel = 'CALLED' THEN l.amount END
        FROM legs_now l JOIN blocks b USING (block, matching)
        WHERE b.matching = 'pair' AND b.views > 1 ORDER BY l.block, l.leg_id"""
    assigned = pa.Table.from_batches(_in_batches(_paired(con.execute(chosen))), _ASSIGN)
    con.register("assigned", assigned)
    con.execute("INSERT INTO first_clusters SELECT leg_id, cluster_id FROM assigned")
    con.unregister("assigned")


def _in_batches(pairs: Iterator[tuple[str, str]]) -> Iterator[pa.RecordBatch]:
    """Pairs of ids as columns, a twentieth of what they take as objects."""
    while some := list(islice(pairs, _FETCH)):
        yield pa.record_batch([pa.array(ids, pa.string()) for ids in zip(*some, strict=True)], schema=_ASSIGN)


def _paired(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Each leg of the rows with the name of its cluster."""
    for _, rows in groupby(_fetch(cursor), key=lambda row: row[0]):
        twins: dict[tuple[str, str, object], list[str]] = {}
        legs: list[Leg] = []
        window = PAYMENT_WINDOW_MS
        for _, leg_id, file12, side, at, precision, serial, system, rel, twin, seconds in rows:
            window = PAYMENT_WINDOW_MS if rel == "PAID" else CALL_WINDOW_MS
            same = twins.setdefault((file12, side, twin), [])
            same.append(leg_id)
            if len(same) == 1:
                legs.append(
                    Leg(leg_id, (side, file12), at, precision or "day", serial, system, side, seconds)
                )
        first_of = {ids[0]: ids for ids in twins.values()}
        for members in cluster(legs, window):
            ids = [leg_id for leg in members for leg_id in first_of[leg.leg_id]]
            name = min(ids)
            for leg_id in ids:
                yield leg_id, name


def _fetch(cursor: duckdb.DuckDBPyConnection, size: int = _FETCH) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(size):
        yield from rows


def _across_books(con: duckdb.DuckDBPyConnection) -> None:
    """Join the bank row of a payment through a platform to the wallet row of the same payment."""
    candidates = """
        WITH c AS (
          SELECT f.cluster_id, l.system = 'bank' AS bank, l.cross_out, l.cross_in, l.common, l.serial, l."at",
            l.at_precision, l.leg_id, CASE WHEN l.system = 'bank' THEN coalesce(l.start, '') || coalesce(l."end", '')
            ELSE l.system END AS platform
          FROM legs_now l JOIN first_clusters f USING (leg_id)
          WHERE l.cross_out IS NOT NULL OR l.cross_in IS NOT NULL),
        keyed AS (
          SELECT 'out' AS way, cross_out AS key, * FROM c WHERE cross_out IS NOT NULL
          UNION ALL SELECT 'in' AS way, cross_in AS key, * FROM c WHERE cross_in IS NOT NULL),
        both_sides AS (SELECT key FROM keyed GROUP BY key HAVING bool_or(bank) AND bool_or(NOT bank))
        SELECT key, bank, cluster_id, common, serial, "at", at_precision, platform
        FROM keyed JOIN both_sides USING (key) ORDER BY key, "at", leg_id"""
    merged: dict[str, str] = {}
    for _, rows in groupby(_fetch(con.execute(candidates)), key=lambda row: row[0]):
        _join_wallets(list(rows), merged)
    con.register("pairs", pa.Table.from_batches(_in_batches(iter(merged.items())), _ASSIGN))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE crossed AS SELECT leg_id AS cluster_id, cluster_id AS merged_id FROM pairs"
    )
    con.unregister("pairs")


def _behind_masks(con: duckdb.DuckDBPyConnection) -> None:
    """Join the two banks' rows of one transfer where one of them masks the other end.

    Same serial and amount, seen from both sides within the payment window, each end equal or masked, and no
    other row that fits either: then the mask hides the very account the other bank names. A number in too many rows
    says nothing.
    """
    masked = "regexp_matches({}, '@[0-9a-f]{{12}}$')"
    a_end, b_start = masked.format('a."end"'), masked.format("b.start")
    con.execute(
        f"""INSERT INTO crossed
        WITH c AS (
          SELECT DISTINCT f.cluster_id, l.serial_key, l.side, l.start, l."end", l."at"
          FROM legs_now l JOIN first_clusters f USING (leg_id)
          WHERE l.serial_key IS NOT NULL AND l.serial_key NOT IN (FROM hot) AND l.at_precision <> 'day'
            AND f.cluster_id NOT IN (SELECT cluster_id FROM crossed UNION SELECT merged_id FROM crossed)),
        pairs AS (
          SELECT DISTINCT b.cluster_id, a.cluster_id AS merged_id FROM c a JOIN c b USING (serial_key)
          WHERE a.side = 'start' AND b.side = 'end' AND a.cluster_id <> b.cluster_id
            AND abs(a."at" - b."at") <= {PAYMENT_WINDOW_MS} AND ({a_end} OR {b_start})
            AND (a.start = b.start OR {b_start}) AND (a."end" = b."end" OR {a_end}))
        SELECT cluster_id, merged_id FROM pairs
        QUALIFY count(*) OVER (PARTITION BY cluster_id) = 1 AND count(*) OVER (PARTITION BY merged_id) = 1"""
    )


def _join_wallets(rows: list[tuple[Any, ...]], merged: dict[str, str]) -> None:
    """Assign bank clusters of one card, direction and amount to wallet clusters, one to one.

    By their common number first, then by nearness in time within the payment window.
    """
    banks = [row for row in rows if row[1] and row[2] not in merged]
    wallets = [row for row in rows if not row[1]]
    used: set[str] = set()
    numbers = {number: row for row in wallets for number in (row[3], row[4]) if number}
    waiting = []
    for bank in banks:
        partner = next((numbers[n] for n in (bank[3], bank[4]) if n and n in numbers), None)
        if bank[2] in merged:
            continue
        if partner is not None and partner[2] not in used:
            merged[bank[2]] = partner[2]
            used.add(partner[2])
        else:
            waiting.append(bank)
    pairs = sorted(
        (abs(int(bank[5]) - int(wallet[5])), bank[2], wallet[2])
        for bank, wallet in _near(waiting, [row for row in wallets if row[2] not in used])
        if _may_meet(bank, wallet)
    )
    for _, bank_id, wallet_id in pairs:
        if bank_id not in merged and wallet_id not in used:
            merged[bank_id] = wallet_id
            used.add(wallet_id)


def _near(
    banks: list[tuple[Any, ...]], wallets: list[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Each bank row with the wallet rows of about its time; both are in order of time, those without any last."""
    timed = [wallet for wallet in wallets if wallet[5] is not None]
    times = [int(wallet[5]) for wallet in timed]
    for bank in banks:
        if bank[5] is not None:
            first = bisect_left(times, int(bank[5]) - PAYMENT_WINDOW_MS)
            for wallet in timed[first : bisect_right(times, int(bank[5]) + PAYMENT_WINDOW_MS)]:
                yield bank, wallet


_PLATFORM_WORDS = {"tenpay": ("财付通", "微信", "tenpay"), "alipay": ("支付宝", "蚂蚁", "alipay")}


def _may_meet(bank: tuple[Any, ...], wallet: tuple[Any, ...]) -> bool:
    """True where times allow it and the platform named by the bank is not another wallet's."""
    if bank[5] is None or wallet[5] is None or "day" in (bank[6], wallet[6]):
        return False
    others = [
        word
        for system, words in _PLATFORM_WORDS.items()
        if system != wallet[7].removesuffix("_balance")
        for word in words
    ]
    if any(word in bank[7] for word in others):
        return False
    return abs(int(bank[5]) - int(wallet[5])) <= PAYMENT_WINDOW_MS


# The best informed leg speaks for the event: a wallet row knows both persons where the bank row knows the
# platform only; each end is best known by its own side; a second is finer than a day.
# The balance list of a wallet repeats its trade list, with worse names for the ends.
# Most events have one leg: that speaks for itself, and is spared the gathering.
_ALONE = {
    name: f"CASE WHEN {name} IS NULL THEN []::VARCHAR[] ELSE [{name}] END"
    for name in ("evidence", "system", "serial", "side", "props")
}
_SEVERAL = "several AS (SELECT event_id FROM {clusters} GROUP BY event_id HAVING count(*) > 1)"
"""Events of more than one leg: most have one, and are looked at no further."""
_EVENTS = """CREATE OR REPLACE TABLE {prefix}events AS
WITH {several},
gathered AS (SELECT leg_id, event_id AS cluster_id FROM {prefix}clusters SEMI JOIN several USING (event_id)),
l AS (
  SELECT g.*, c.cluster_id,
    (CASE WHEN through_platform THEN '1' ELSE '0' END)
      || (CASE WHEN ends_with(system, '_balance') THEN '1' ELSE '0' END)
      || (CASE at_precision WHEN 'second' THEN '0' WHEN 'minute' THEN '1' ELSE '2' END)
      || (CASE side WHEN 'start' THEN '0' WHEN 'end' THEN '1' ELSE '2' END) || leg_id AS rank,
    (CASE WHEN through_platform THEN '1' ELSE '0' END)
      || (CASE WHEN regexp_matches(start, '@[0-9a-f]{{12}}$') THEN '1' ELSE '0' END)
      || (CASE WHEN ends_with(system, '_balance') THEN '1' ELSE '0' END)
      || (CASE side WHEN 'start' THEN '0' ELSE '1' END) || leg_id AS start_rank,
    (CASE WHEN through_platform THEN '1' ELSE '0' END)
      || (CASE WHEN regexp_matches("end", '@[0-9a-f]{{12}}$') THEN '1' ELSE '0' END)
      || (CASE WHEN ends_with(system, '_balance') THEN '1' ELSE '0' END)
      || (CASE side WHEN 'end' THEN '0' ELSE '1' END) || leg_id AS end_rank
  FROM legs_now g JOIN gathered c USING (leg_id))
SELECT g.leg_id AS cluster_id, g.leg_id AS event_id, rel, start, "end", "at", at_precision, amount, currency, text,
  {alone[evidence]} AS evidence, []::VARCHAR[] AS aliases, {alone[system]} AS systems, {alone[serial]} AS serials,
  {alone[side]} AS sides, {alone[props]} AS props
FROM legs_now g ANTI JOIN gathered c USING (leg_id)
UNION ALL
SELECT cluster_id, min(leg_id) AS event_id, arg_min(rel, rank) AS rel,
  arg_min(start, start_rank) AS start, arg_min("end", end_rank) AS "end",
  arg_min("at", rank) AS "at", arg_min(at_precision, rank) AS at_precision,
  arg_min(amount, rank) AS amount, arg_min(currency, rank) AS currency,
  arg_min(text, rank) AS text,
  list_sort(list_distinct(list(evidence))) AS evidence,
  list_sort(list_distinct(list(leg_id)))[2:] AS aliases,
  list_sort(list_distinct(list(system))) AS systems,
  list_sort(list_distinct(list(serial))) AS serials,
  list_sort(list_distinct(list(side))) AS sides,
  list_distinct(list(props ORDER BY rank)) AS props
FROM l GROUP BY cluster_id"""


def duplicate_rows(con: duckdb.DuckDBPyConnection, source: str, clusters: str) -> pa.Table:
    """Rows that add nothing: each of their legs was already seen, in an earlier row of the same side's books.

    ``source`` needs the column ``file_order`` (order of loading). Returns columns file12, sheet, row.
    """
    told = "rel IN ('CALLED', 'MESSAGED', 'PAID')"
    table: pa.Table = con.sql(
        f"""WITH {_SEVERAL.format(clusters=clusters)},
        seen AS (
          SELECT l.leg_id, l.file12, l.sheet, l.row, row_number() OVER (
            PARTITION BY c.event_id, l.side, l.system ORDER BY l.file_order, l.sheet, l.row, l.leg_id) > 1 AS again
          FROM {source} l JOIN {clusters} c USING (leg_id) SEMI JOIN several USING (event_id) WHERE {told}),
        repeated AS (SELECT leg_id, file12, sheet, row FROM seen WHERE again)
        SELECT file12, sheet, row FROM {source} l SEMI JOIN repeated r
          ON l.file12 = r.file12 AND l.row = r.row AND l.sheet IS NOT DISTINCT FROM r.sheet
        WHERE {told} GROUP BY ALL HAVING bool_and(leg_id IN (SELECT leg_id FROM repeated))"""
    ).to_arrow_table()
    return table
