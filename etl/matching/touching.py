"""The loaded legs that a change touches: those connected to a changed leg by block, cross or serial keys.

Only the keys of the standing legs are looked through, a few integers each; legs whose ends are account
numbers with a known card have other keys than those on disk and are worked out apart. Of the calls of two numbers,
only those near a changed one in time count: two people who call each other daily are not matched anew every day.
"""

from __future__ import annotations

import duckdb

from etl.matching.pairing import CALL_WINDOW_MS, MOST_OF_SERIAL
from etl.storage.sql import ON_CARDS

_KEYS = ("block", "cross_out", "cross_in", "serial_key")


def find(con: duckdb.DuckDBPyConnection, standing: str) -> None:
    """Fill tables ``touched(leg_id, file_order)`` and ``hot_standing(key)`` from the relation ``standing`` (SQL text).

    Needs ``aliases_before``, ``aliases_after``, ``changed_before`` and ``changed_after``. A standing leg whose
    own keys changed, because an account number turned out to be a known card, counts as changed too.
    """
    con.execute(
        """CREATE TEMP TABLE banks AS SELECT bank FROM aliases_before UNION SELECT bank FROM aliases_after"""
    )
    _carded(con, standing)
    keys = f"unnest([{', '.join(_KEYS)}])"
    changed = " UNION ALL ".join(f"SELECT {keys} AS key FROM changed_{name}" for name in ("before", "after"))
    con.execute(
        f"""CREATE TEMP TABLE fresh AS SELECT DISTINCT key FROM (
          {changed} UNION ALL SELECT unnest(keys) FROM carded WHERE moved) WHERE key IS NOT NULL"""
    )
    con.execute("CREATE TEMP TABLE known AS SELECT key FROM fresh")
    con.execute(f"CREATE TEMP TABLE nearby AS SELECT {_TIMED} FROM changed LIMIT 0")
    while _spread(con, standing):
        pass
    _leave_out_far_calls(con)


_TIMED = """leg_id, block, "at", serial,
  CASE at_precision WHEN 'second' THEN 1 WHEN 'minute' THEN 60000 ELSE 86400000 END AS grain"""

_CALLS = "rel IN ('CALLED', 'MESSAGED') AND matching = 'pair'"


def _leave_out_far_calls(con: duckdb.DuckDBPyConnection) -> None:
    """Take calls out of ``touched`` that no chain of calls within the clocks' difference ties to a changed one.

    Pairing looks no further than that, but for serial numbers: a block that has any, or a row without a time,
    stays whole.
    """
    reach = f"{CALL_WINDOW_MS} + 2 * max(grain) OVER (PARTITION BY block)"
    con.execute(
        f"""DELETE FROM touched WHERE leg_id IN (
        WITH calls AS (
          SELECT *, false AS changed FROM nearby
          UNION ALL SELECT {_TIMED}, true FROM changed_before WHERE {_CALLS}
          UNION ALL SELECT {_TIMED}, true FROM changed_after WHERE {_CALLS}),
        gaps AS (
          SELECT *, {reach} AS reach, "at" - lag("at") OVER (PARTITION BY block ORDER BY "at") AS gap,
            bool_or(serial IS NOT NULL OR "at" IS NULL) OVER (PARTITION BY block) AS odd FROM calls),
        chains AS (
          SELECT *, sum(CASE WHEN gap > reach THEN 1 ELSE 0 END)
            OVER (PARTITION BY block ORDER BY "at" ROWS UNBOUNDED PRECEDING) AS chain FROM gaps),
        seen AS (SELECT *, bool_or(changed) OVER (PARTITION BY block, chain) AS near FROM chains)
        SELECT leg_id FROM seen WHERE NOT near AND NOT odd)"""
    )


def _carded(con: duckdb.DuckDBPyConnection, standing: str) -> None:
    """Table ``carded``: legs with an end that is an account number of a known card, with all keys they have."""
    given = con.execute("SELECT count(*) FROM banks").fetchone()
    where = (
        "rel = 'PAID' AND (start IN (SELECT bank FROM banks) OR \"end\" IN (SELECT bank FROM banks))"
        if given and given[0]
        else "false"
    )
    con.execute(f"CREATE TEMP TABLE accounts AS SELECT * FROM ({standing}) WHERE {where}")
    views = {
        name: ON_CARDS.format(legs="accounts", aliases=f"aliases_{name}") for name in ("before", "after")
    }
    con.execute(
        f"""CREATE TEMP TABLE carded AS
        SELECT b.leg_id, b.file_order,
          [b.block, a.block, b.cross_out, b.cross_in, a.cross_out, a.cross_in, a.serial_key] AS keys,
          b.block <> a.block OR b.cross_out IS DISTINCT FROM a.cross_out
            OR b.cross_in IS DISTINCT FROM a.cross_in AS moved
        FROM ({views["before"]}) b JOIN ({views["after"]}) a USING (leg_id)"""
    )


def _spread(con: duckdb.DuckDBPyConnection, standing: str) -> bool:
    """One step outwards from the keys in ``fresh``; True where it brought keys not known before."""
    hit = " OR ".join(f"{key} IN (SELECT key FROM fresh)" for key in _KEYS)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE reached AS
        SELECT {_TIMED}, {_CALLS} AS call, file_order, [{", ".join(_KEYS)}] AS keys FROM ({standing})
        WHERE ({hit}) AND leg_id NOT IN (SELECT leg_id FROM carded)
        UNION ALL
        SELECT leg_id, NULL, NULL, NULL, NULL, false, file_order, keys FROM (
          SELECT leg_id, file_order, keys, unnest(keys) AS key FROM carded)
        WHERE key IN (SELECT key FROM fresh)"""
    )
    _leave_out_hot(con)
    con.execute(
        """INSERT INTO nearby SELECT DISTINCT leg_id, block, "at", serial, grain FROM reached
        WHERE call AND leg_id NOT IN (SELECT leg_id FROM touched)"""
    )
    con.execute(
        """INSERT INTO touched SELECT DISTINCT leg_id, file_order FROM reached
        WHERE leg_id NOT IN (SELECT leg_id FROM touched)"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE fresh AS SELECT DISTINCT key FROM (SELECT unnest(keys) AS key FROM reached)
        WHERE key IS NOT NULL AND key NOT IN (SELECT key FROM known)"""
    )
    con.execute("INSERT INTO known SELECT key FROM fresh")
    found = con.execute("SELECT count(*) FROM fresh").fetchone()
    return bool(found and found[0])


def _leave_out_hot(con: duckdb.DuckDBPyConnection) -> None:
    """Take rows out of ``reached`` that nothing but a serial number in too many rows led to; keep that key as hot."""
    con.execute(
        f"""INSERT INTO hot_standing SELECT keys[-1] FROM reached WHERE keys[-1] IN (SELECT key FROM fresh)
        GROUP BY keys[-1] HAVING count(DISTINCT leg_id) > {MOST_OF_SERIAL}"""
    )
    con.execute("DELETE FROM fresh WHERE key IN (FROM hot_standing)")
    others = " OR ".join(f"coalesce(keys[{n}] IN (SELECT key FROM fresh), false)" for n in range(1, 7))
    con.execute(f"DELETE FROM reached WHERE keys[-1] IN (FROM hot_standing) AND NOT ({others})")
