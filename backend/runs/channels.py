"""Events of each channel as columns, out of the event table: who called, paid, sent to or named whom."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from backend.analysis.model.facts import PRECISIONS, Events, References
from backend.runs.observed import Observed
from etl.storage.event_table import Kinds, of_kinds

TALK: Kinds = (
    ("CALLED", "Phone", "Phone"),
    ("CALLED", "Account", "Account"),
    ("MESSAGED", "Phone", "Phone"),
    ("MESSAGED", "Account", "Account"),
)
MONEY: Kinds = (
    ("PAID", "Account", "Account"),
    ("PAID", "Account", "Phone"),
    ("PAID", "Phone", "Account"),
    ("PAID", "Phone", "Phone"),
)
_COLUMNS = 'start, "end", "at", at_precision, amount, evidence'
_SENDERS = ("Phone", "ResidentId", "Account")
_NAMED = ("Phone", "Account", "ResidentId")

_BETWEEN = """SELECT a.person AS a, b.person AS b, "at", list_position({precisions}, at_precision) - 1 AS precision, amount,
  a.code AS a_code, b.code AS b_code, evidence
FROM ({told}) JOIN held a ON a.ref = start JOIN held b ON b.ref = "end"
WHERE a.person <> b.person
ORDER BY "at", a.person, b.person, amount, evidence, a_code, b_code, precision"""
_BOOKS = """SELECT ref, min("at"), max("at") FROM (
  SELECT start AS ref, "at" FROM ({told}) WHERE seen IN ('start', 'both')
  UNION ALL SELECT "end", "at" FROM ({told}) WHERE seen IN ('end', 'both'))
WHERE "at" >= 0 GROUP BY ref"""


class Channels:
    """The channels of one run, read from a connection with the view ``events``."""

    def __init__(self, con: duckdb.DuckDBPyConnection, observed: Observed) -> None:
        self._con, self._observed = con, observed
        self._refs = sorted(observed.holder)
        persons = [observed.holder[ref] for ref in self._refs]
        held = {"ref": pa.array(self._refs, pa.string()), "person": pa.array(persons, pa.int64())}
        con.register("held_given", pa.table(held | {"code": pa.array(range(len(persons)), pa.int64())}))
        con.execute("CREATE OR REPLACE TEMP TABLE held AS FROM held_given")
        con.unregister("held_given")

    def asked(self) -> dict[str, tuple[int, int]]:
        """Identifiers whose own books were seen, with the first and last time (ms) in them."""
        rows = self._con.execute(_BOOKS.format(told=of_kinds((*TALK, *MONEY)))).fetchall()
        return {ref: (first, last) for ref, first, last in rows}

    def between(self, kinds: Kinds) -> Events:
        """Events of these kinds between persons."""
        return self._events(of_kinds(kinds))

    def parcels(self) -> Events:
        """Sender to receiver, one event per waybill and pair."""
        sent, received = (
            of_kinds(tuple((rel, label, "Parcel") for label in _SENDERS)) for rel in ("SENT", "RECEIVED")
        )
        return self._events(
            f"""SELECT s.start, r.start AS "end", s."at", s.at_precision, 0 AS amount,
              list_sort(list_distinct(s.evidence || r.evidence)) AS evidence
            FROM ({sent}) s JOIN ({received}) r ON s."end" = r."end\""""
        )

    def statements(self) -> Events:
        """Speaker to the holder of the identifier he names as his supplier's."""
        people, of = self._observed.people, self._observed.person_of_record
        holds = [(f"Record:{record}", people[n].holds[0].ref) for record, n in of.items() if people[n].holds]
        records, refs = zip(*holds, strict=True) if holds else ((), ())
        self._con.register(
            "speakers",
            pa.table({"record": pa.array(records, pa.string()), "ref": pa.array(refs, pa.string())}),
        )
        said = of_kinds(tuple(("SAYS_SUPPLIER", "Record", label) for label in _NAMED))
        return self._events(
            f"""SELECT ref AS start, "end", "at", at_precision, 0 AS amount, evidence
            FROM ({said}) JOIN speakers ON record = start"""
        )

    def _events(self, told: str) -> Events:
        """In order of time, ends, amount and rows, so that a run does not depend on where an event stands on disk."""
        self._con.execute("SET arrow_large_buffer_size = true")
        query = _BETWEEN.format(told=f"SELECT {_COLUMNS} FROM ({told})", precisions=list(PRECISIONS))
        batches = list(self._con.sql(query).to_arrow_reader(_BATCH))
        a_code, b_code = (_numbers(batches, name) for name in ("a_code", "b_code"))
        refs = np.array(self._refs, dtype=object)
        alone = np.fromiter((ref in self._observed.alone for ref in self._refs), np.bool_, len(self._refs))
        evidence = [batch.column("evidence").cast(References.KIND) for batch in batches]
        return Events(
            a=_numbers(batches, "a"),
            b=_numbers(batches, "b"),
            at=_numbers(batches, "at"),
            precision=_numbers(batches, "precision").astype(np.int8),
            amount=_numbers(batches, "amount"),
            service=alone[a_code] | alone[b_code],
            a_ref=refs[a_code].tolist(),
            b_ref=refs[b_code].tolist(),
            evidence=References(pa.concat_arrays([pa.array([], References.KIND), *evidence])),
        )


_BATCH = 1_000_000


def _numbers(batches: list[pa.RecordBatch], name: str) -> np.ndarray:
    """One column of numbers of all batches."""
    return np.concatenate([np.zeros(0, np.int64), *(batch.column(name).to_numpy() for batch in batches)])
