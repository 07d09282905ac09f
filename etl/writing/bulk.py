"""A plan's rows as the tables ``neo4j-admin database import`` takes: the same graph as writing it in batches.

One Parquet file per label and per relationship type and pair of labels; column names say which column is a key,
which an end and which a property.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.storage import quiet_duckdb
from etl.storage.refs import identifier_props, key_of
from etl.writing.batches import merged
from graph_schema.declaration import load_declaration
from graph_schema.declaration.model import Property
from graph_schema.store.bulk import ImportTable

ALL_DONE = 2**31 - 1
"""Counter of a load whose batches need not be written any more."""

_SQL = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "strings": "VARCHAR[]",
    "integers": "BIGINT[]",
}
_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "float": pa.float64(),
    "boolean": pa.bool_(),
    "strings": pa.list_(pa.string()),
    "integers": pa.list_(pa.int64()),
}


def prepare(plan: Path, target: Path) -> tuple[list[ImportTable], list[ImportTable]]:
    """Write the tables of ``plan`` into ``target``; return those of nodes and those of relationships."""
    about = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    target.mkdir(parents=True)
    with quiet_duckdb.connect() as con:
        nodes = [*_identifiers(con, plan, target, about["load"]), _records(con, plan, target, about["load"])]
        nodes += _bookkeeping(target, about)
        relationships = [*_states(con, plan, target), *_events(con, plan, target, about["load"])]
    return nodes, relationships


def _written(target: Path, name: str, number: int, table: pa.Table) -> ImportTable:
    file = target / f"{name}-{number}.parquet"
    pq.write_table(table, file, compression="snappy")
    return ImportTable(name, file)


def _of_dicts(rows: list[dict[str, Any]], properties: dict[str, Property]) -> pa.Table:
    """Rows as columns of their declared types; what no row has is no column."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [pa.array([row.get(name) for row in rows], _ARROW[properties[name].type]) for name in names]
    return pa.Table.from_arrays(columns, [_heading(name, properties[name]) for name in names])


def _heading(name: str, declared: Property) -> str:
    """The column's name; the import tool takes lists of numbers only where the heading says their type."""
    return f"{name}:long[]" if declared.type == "integers" else name


def _with_key(table: pa.Table, label: str) -> pa.Table:
    """The key column named as the id of its label."""
    key = load_declaration().labels[label].key
    return table.rename_columns(
        [f"{name}:ID({label})" if name == key else name for name in table.column_names]
    )


def _identifiers(
    con: duckdb.DuckDBPyConnection, plan: Path, target: Path, load: int
) -> Iterable[ImportTable]:
    con.execute(
        "SELECT label, ref, props FROM read_parquet(?) r LEFT JOIN read_parquet(?) p USING (label, ref) ORDER BY ALL",
        [str(plan / "refs.parquet"), str(plan / "props.parquet")],
    )
    held: dict[str, list[dict[str, Any]]] = {}
    number = 0
    while rows := con.fetchmany(100_000):
        for label, ref, props in rows:
            key = load_declaration().labels[label].key
            said: dict[str, Any] = {key: key_of(ref), "load": load, **identifier_props(ref)}
            held.setdefault(label, []).append(said | merged(props or []))
        for label, dicts in held.items():
            number += 1
            table = _of_dicts(dicts, load_declaration().labels[label].properties)
            yield _written(target, label, number, _with_key(table, label))
        held = {}


def _json_columns(con: duckdb.DuckDBPyConnection, relation: str, declared: dict[str, Property]) -> list[str]:
    """SQL of one typed column per property found in the JSON column ``props`` of a relation."""
    found = con.execute(
        f"SELECT DISTINCT unnest(json_keys(props)) AS name FROM (SELECT DISTINCT props FROM {relation}) ORDER BY name"
    ).fetchall()
    return [
        f'CAST(json_extract(props, \'$."{name}"\') AS {_SQL[declared[name].type]}) AS "{_heading(name, declared[name])}"'
        if declared[name].type != "string"
        else f'json_extract_string(props, \'$."{name}"\') AS "{name}"'
        for (name,) in found
    ]


def _copy(con: duckdb.DuckDBPyConnection, select: str, file: Path) -> None:
    con.execute(f"COPY ({select}) TO '{_quoted(file)}' (FORMAT parquet, COMPRESSION snappy)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _records(con: duckdb.DuckDBPyConnection, plan: Path, target: Path, load: int) -> ImportTable:
    con.execute(
        f"CREATE TEMP VIEW records AS SELECT * FROM read_parquet('{_quoted(plan / 'records.parquet')}')"
    )
    more = _json_columns(con, "records", load_declaration().labels["Record"].properties)
    fields = [
        *('record_id AS "record_id:ID(Record)"', "name", "split_part(evidence, '/', 1) AS file"),
        *("sheet", '"row"', "slot", f"{load}::BIGINT AS load"),
        *more,
    ]
    _copy(con, f"SELECT {', '.join(fields)} FROM records", target / "Record.parquet")
    return ImportTable("Record", target / "Record.parquet")


def _bookkeeping(target: Path, about: dict[str, Any]) -> list[ImportTable]:
    """The files and the finished load itself."""
    declared = load_declaration().labels
    now = int(time.time() * 1000)
    load = {
        **{"load_id": str(about["load"]), "load": about["load"], "action": "load", "state": "finished"},
        **{"done": ALL_DONE, "started_at": now, "finished_at": now},
        "files": [entry["sha256"] for entry in about["add"]],
    }
    files = _of_dicts(about["add"], declared["SourceFile"].properties)
    loads = _of_dicts([load], declared["Load"].properties)
    return [
        _written(target, "SourceFile", 0, _with_key(files, "SourceFile")),
        _written(target, "Load", 0, _with_key(loads, "Load")),
    ]


def _states(con: duckdb.DuckDBPyConnection, plan: Path, target: Path) -> list[ImportTable]:
    con.execute(
        """CREATE TEMP TABLE states AS SELECT split_part(ref, ':', 1) AS label, * FROM (
        SELECT record_id, unnest(refs) AS ref, unnest(hows) AS how, evidence FROM records)"""
    )
    made = []
    for (label,) in con.execute("SELECT DISTINCT label FROM states ORDER BY label").fetchall():
        file = target / f"STATES-{label}.parquet"
        _copy(
            con,
            f"""SELECT record_id AS ":START_ID(Record)", substr(ref, {len(label) + 2}) AS ":END_ID({label})", how,
            [evidence] AS evidence FROM states WHERE label = '{label}'""",
            file,
        )
        made.append(ImportTable("STATES", file))
    return made


def _events(con: duckdb.DuckDBPyConnection, plan: Path, target: Path, load: int) -> list[ImportTable]:
    source = f"read_parquet('{_quoted(plan / 'events.parquet')}')"
    con.execute(
        f"""CREATE TEMP VIEW events AS SELECT * REPLACE (
          CASE len(props) WHEN 0 THEN '{{}}' WHEN 1 THEN props[1]
            ELSE list_reduce(list_filter(props, lambda x: x IS NOT NULL), lambda a, b: json_merge_patch(a, b)) END AS props)
        FROM {source} WHERE op = 1"""
    )
    groups = con.execute("SELECT DISTINCT rel, start_label, end_label FROM events ORDER BY ALL").fetchall()
    made = []
    for rel, start, end in groups:
        con.execute(
            f"""CREATE OR REPLACE TEMP VIEW chosen AS SELECT * FROM events
            WHERE rel = '{rel}' AND start_label = '{start}' AND end_label = '{end}'"""
        )
        file = target / f"{rel}-{start}-{end}.parquet"
        fields = [*_event_fields(rel, start, end, load), *_told(con, rel)]
        _copy(con, f"SELECT {', '.join(fields)} FROM chosen", file)
        made.append(ImportTable(rel, file))
    return made


def _told(con: duckdb.DuckDBPyConnection, rel: str) -> list[str]:
    """Columns of the properties rows said, but for those that have a fixed column already."""
    declared = load_declaration().relationships[rel]
    columns = _json_columns(con, "chosen", declared.properties)
    if declared.text and rel != "PAID":
        own = f'AS "{declared.text}"'
        said = next((column for column in columns if column.endswith(own)), None)
        old = said.removesuffix(own) if said else "NULL"
        columns = [column for column in columns if column is not said]
        columns.append(f"coalesce(text, {old}) {own}")
    return columns


_SEEN = """CASE WHEN list_contains(sides, 'start') AND list_contains(sides, 'end') THEN 'both'
  WHEN list_contains(sides, 'start') THEN 'start' WHEN list_contains(sides, 'end') THEN 'end' ELSE 'none' END AS seen_from"""


def _event_fields(rel: str, start: str, end: str, load: int) -> list[str]:
    amount = load_declaration().relationships[rel].amount
    fields = [
        f'substr(start, {len(start) + 2}) AS ":START_ID({start})"',
        f'substr("end", {len(end) + 2}) AS ":END_ID({end})"',
        *("event_id", '"at"', "at_precision", "evidence"),
        "CASE WHEN len(aliases) > 0 THEN aliases END AS aliases",
        *(_SEEN, f"{load}::BIGINT AS load"),
    ]
    if rel == "PAID":
        fields += ["amount AS fen", "currency", "text AS memo", "systems"]
        fields += ["CASE WHEN len(serials) > 0 THEN serials END AS serials"]
    elif amount:
        fields.append(f"amount AS {amount}")
    return fields
