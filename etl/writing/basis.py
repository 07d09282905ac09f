"""Whose ways the graph may hold: a camera pass becomes ``SEEN_AT`` only for a vehicle somebody has a basis to look for.

A vehicle has one where a row says it is used by somebody, was seized, is mentioned or controlled in a case, or where
it is registered for a person who is party to a case, under treatment, lost a licence or is a person of concern.
That is a function of the facts of all loaded files, before and after a change: with the basis the passes come, with
it they go. All other passes stay in the columns by day beside their file (``etl.storage.passes``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from etl.storage.passes import IS_PASS

STATES = ("before", "after")

_HOLDING = "('USES', 'SEIZED_FROM', 'MENTIONS', 'CONTROLS')"
_BYSTANDERS = "证人|被害|受害|报案"
_BASIS = """
WITH l AS (
  SELECT rel, start, "end", props FROM ({legs})
  WHERE rel IN ('USES', 'SEIZED_FROM', 'MENTIONS', 'CONTROLS', 'INVOLVED_IN', 'UNDER', 'LICENSED')),
r AS (SELECT 'Record:' || record_id AS rec, refs, props FROM ({records})),
lost AS (
  SELECT ref FROM ({nodes}) WHERE starts_with(ref, 'Licence:') AND props ->> '$.lost_at' IS NOT NULL),
sought AS (
  SELECT start AS rec FROM l WHERE rel = 'UNDER'
    OR rel = 'INVOLVED_IN' AND NOT regexp_matches(coalesce(props ->> '$.role', ''), '{bystanders}')
  UNION SELECT start FROM l JOIN lost ON l."end" = lost.ref WHERE rel = 'LICENSED'
  UNION SELECT rec FROM r WHERE props ->> '$.watch_state' = '有效'),
persons AS (
  SELECT DISTINCT ref FROM (SELECT unnest(refs) AS ref FROM r SEMI JOIN sought USING (rec))
  WHERE starts_with(ref, 'ResidentId:')),
stated AS (SELECT rec, unnest(refs) AS ref FROM r),
owned AS (
  SELECT v.ref FROM stated p SEMI JOIN persons USING (ref) JOIN stated v USING (rec)),
held AS (SELECT unnest([start, "end"]) AS ref FROM l WHERE rel IN {holding})
SELECT DISTINCT ref FROM (FROM owned UNION ALL FROM held) WHERE starts_with(ref, 'Vehicle:')"""

HIDDEN = f"""CREATE TABLE hidden AS SELECT DISTINCT start AS ref FROM ({{legs}})
WHERE {IS_PASS} AND contains(start, '@')
  AND start NOT IN (SELECT ref FROM basis_before UNION ALL SELECT ref FROM basis_after)"""
"""Plates cameras read in part: their rows name a node of their own, which the graph does not get either."""


def find(con: duckdb.DuckDBPyConnection, facts: Mapping[str, Sequence[str]]) -> None:
    """Tables ``basis_before``, ``basis_after`` (``ref``) from the relations legs, records, nodes of either state.

    A state without files, and both where no file holds passes, has an empty basis.
    """
    for state in STATES:
        relations = facts.get(state)
        select = "SELECT '' AS ref WHERE false"
        if relations:
            legs, records, nodes = relations
            select = _BASIS.format(
                legs=legs, records=records, nodes=nodes, holding=_HOLDING, bystanders=_BYSTANDERS
            )
        con.execute(f"CREATE TABLE basis_{state} AS {select}")


def allowed(*states: str) -> str:
    """SQL condition of a leg: no pass, or of a vehicle with a basis in one of these states."""
    refs = " UNION ALL ".join(f"SELECT ref FROM basis_{state}" for state in states)
    return f"(NOT ({IS_PASS}) OR start IN ({refs}))"


def touch(con: duckdb.DuckDBPyConnection, standing: str) -> None:
    """Add to ``touched`` the standing passes of vehicles whose basis came or went; ``standing`` is SQL of legs."""
    con.execute(
        f"""INSERT INTO touched SELECT leg_id, file_order FROM ({standing}) WHERE {IS_PASS}
          AND start IN (
            (FROM basis_before EXCEPT FROM basis_after) UNION ALL (FROM basis_after EXCEPT FROM basis_before))
          AND leg_id NOT IN (SELECT leg_id FROM touched)"""
    )
