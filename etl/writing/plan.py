"""From facts to a plan: what one load (or unload) changes in the observed graph, decided before anything is written.

The observed graph is a function of the facts of all loaded files. A plan is the difference of that function
before and after, computed only where the files at hand touch it, and kept on disk until it is wholly
written. Killed at any point, the same plan is carried on, and the graph ends the same.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.matching import touching
from etl.matching.buckets import match_all
from etl.matching.match import duplicate_rows
from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from etl.storage.passes import IS_PASS, with_passes
from etl.storage.sql import ALIASES, ON_CARDS
from etl.writing import basis
from graph_schema.errors import EngineError
from graph_schema.language import Text

_BUCKETS = "buckets"
_FACTS = ("legs", "nodes", "records")
MEMORY_LIMITS = ("512MB", "2GB")
"""What one load may hold in memory while matching; the rest spills to disk beside the plan.

Not everything can: what fails is worked out once more with the larger.
"""


@dataclass(frozen=True)
class Change:
    """Files to add and to remove, as SHA-256, in order; ``standing`` are the files that stay loaded, in order."""

    load: int
    standing: list[str]
    add: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)  # properties of the SourceFile nodes to add


def build(archive: Archive, change: Change, look_only: bool = False) -> Path:
    """Work out what ``change`` does to the graph and return the finished plan's folder.

    Rows that turn out to be repeats are marked in the archive on the way. A plan to ``look_only`` at has a
    name under which it is never carried out.
    """
    archive.check()
    folder = archive.plan(change.load)
    if look_only:
        folder = folder.with_name(f"look-{change.load}")
    scratch = folder.with_name(f".{change.load}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        _work_out(archive, change, scratch, look_only)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)  # what a full disk stopped must not keep it full
        raise
    scratch.replace(folder)
    return folder


def _work_out(archive: Archive, change: Change, scratch: Path, look_only: bool) -> None:
    """The tables of a plan in the folder ``scratch``, and what it is about."""
    repeats = _tables_within_memory(archive, change, scratch, look_only)
    for sha256 in change.add:
        mine = repeats.filter(pa.compute.equal(repeats["file12"], sha256[:12]))
        if mine.num_rows:
            archive.mark_duplicates(sha256, mine)
    for name in ("work.db", "work.db.wal"):
        (scratch / name).unlink(missing_ok=True)
    for name in ("spill", _BUCKETS):
        shutil.rmtree(scratch / name, ignore_errors=True)
    for entry in change.files:
        tally = archive.tally(entry["sha256"])
        entry |= {
            "read": tally.read,
            "loaded": tally.loaded,
            "duplicate": tally.duplicate,
            "rejected": tally.rejected,
            "excluded": tally.excluded,
            "excluded_reasons": json.dumps(tally.excluded_reasons, ensure_ascii=False, sort_keys=True),
        }
    about = {"load": change.load, "add": change.files, "remove": change.remove}
    (scratch / "plan.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def _tables_within_memory(archive: Archive, change: Change, scratch: Path, look_only: bool) -> pa.Table:
    """Write the tables of the plan into ``scratch``; return the rows that turn out to be repeats."""
    folders = (archive.facts(sha) for sha in (*change.add, *change.remove, *change.standing))
    if quiet_duckdb.are_small(folder / f"{name}.parquet" for folder in folders for name in _FACTS):
        with quiet_duckdb.small() as con:
            return _tables(con, archive, change, scratch, look_only, MEMORY_LIMITS[-1], "TABLE")
    for limit in MEMORY_LIMITS:
        (scratch / "work.db").unlink(missing_ok=True)
        shutil.rmtree(scratch / _BUCKETS, ignore_errors=True)
        try:
            with quiet_duckdb.connect(str(scratch / "work.db"), limit, scratch / "spill") as con:
                # Joins keep the side we wrote as the small one. DuckDB takes filtered legs for a row or two, would
                # build its hash tables from them, and has no memory left at a million.
                con.execute("SET disabled_optimizers = 'build_side_probe_side'")
                return _tables(con, archive, change, scratch, look_only, limit)
        except duckdb.OutOfMemoryException:
            continue
    raise EngineError(
        Text(
            f"比对数据时内存不足（上限 {MEMORY_LIMITS[-1]}）。图数据库未改动；请关闭其他程序后重试，或分几批导入。",
            f"Not enough memory to match the data (limit {MEMORY_LIMITS[-1]}). The graph is unchanged; close other programs "
            "and try again, or load the files in several parts.",
        )
    )


def _tables(
    con: duckdb.DuckDBPyConnection,
    archive: Archive,
    change: Change,
    scratch: Path,
    look_only: bool,
    memory: str,
    kept: str = "VIEW",
) -> pa.Table:
    """``kept`` says how steps on the way are: little is worked out once (``TABLE``), much is read again (``VIEW``)."""
    facts = _Facts(con, archive, change)
    _legs(con, archive, facts, change, kept)
    _events(con, scratch, memory)
    # Writing in batches wants the rows of one type together; who only looks is spared the sorting.
    _write(con, scratch, "events", _EVENT_CHANGES + ("" if look_only else _IN_BATCHES))
    _entities(con, facts, change, scratch)
    if change.remove:
        _write(con, scratch, RETIRED, _OLD_IDS)
    return duplicate_rows(con, "touched_after", "after_clusters")


class _Facts:
    """Relations over the facts of the files of a change, each row with its file's place in the order of loading.

    Names and places of files stand in variables and a table, never in the text of a query.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, archive: Archive, change: Change) -> None:
        self._con, self._archive, self._made = con, archive, 0
        self.place = {sha: n for n, sha in enumerate([*change.standing, *change.remove, *change.add])}
        names = pa.array([sha[:12] for sha in self.place], pa.string())
        places = pa.table({"of_file": names, "file_order": pa.array(range(len(self.place)), pa.int32())})
        con.register("places_given", places)
        con.execute("CREATE TEMP TABLE places AS FROM places_given")
        con.unregister("places_given")

    def relation(self, shas: list[str], name: str) -> str:
        """SQL of the facts ``name`` of some files; an empty text for no files."""
        if not shas:
            return ""
        self._made += 1
        paths = (self._archive.facts(sha) / f"{name}.parquet" for sha in shas)
        told = quiet_duckdb.files(self._con, f"files_{self._made}", paths)
        return (
            f"SELECT told.* EXCLUDE (filename), file_order FROM {told} told "
            "JOIN places ON of_file = left(parse_path(told.filename)[-2], 12)"
        )


def _legs(con: duckdb.DuckDBPyConnection, archive: Archive, facts: _Facts, change: Change, kept: str) -> None:
    """Tables ``touched_before`` and ``touched_after``: all legs that may share an event with a changed one.

    Ends are the cards account numbers belong to. What is known of that changes with the files as well, so
    each leg is seen as it was before and as it is after. Of the standing legs only the keys are looked
    through; whole rows are read of those alone that are touched.
    """
    before, after = [*change.standing, *change.remove], [*change.standing, *change.add]
    for name, shas in (("before", before), ("after", after)):
        records = facts.relation(shas, "records")
        select = ALIASES.format(records=records) if records else "SELECT '' AS bank, '' AS card WHERE false"
        con.execute(f"CREATE TEMP TABLE aliases_{name} AS {select}")
    with_ways = {path.name for path in with_passes(archive.facts(sha) for sha in [*before, *change.add])}
    _basis(con, facts, {"before": before, "after": after} if with_ways else {})
    changed = facts.relation(change.add or change.remove, "legs")
    con.execute(basis.HIDDEN.format(legs=changed))
    con.execute(
        f"CREATE TEMP {kept} changed AS SELECT * FROM ({changed}) WHERE {basis.allowed(*basis.STATES)}"
    )
    _on_cards(con, "changed", kept)
    con.execute("CREATE TEMP TABLE touched (leg_id VARCHAR, file_order INTEGER)")
    con.execute("CREATE TEMP TABLE hot_standing (key UBIGINT)")
    if change.standing:
        touching.find(con, facts.relation(change.standing, "legs"))
    if ways := [sha for sha in change.standing if sha in with_ways]:
        basis.touch(con, facts.relation(ways, "legs"))
    places = {n for (n,) in con.execute("SELECT DISTINCT file_order FROM touched").fetchall()}
    files = [sha for sha in change.standing if facts.place[sha] in places]
    whole = (
        f"SELECT * FROM ({facts.relation(files, 'legs')}) WHERE leg_id IN (SELECT leg_id FROM touched)"
        if files
        else "SELECT * FROM changed LIMIT 0"
    )
    con.execute(f"CREATE TABLE standing AS {whole}")
    _on_cards(con, "standing", kept)
    mine = {"after": bool(change.add), "before": bool(change.remove)}
    for name, has_changed in mine.items():
        both = f"UNION ALL SELECT * FROM changed_{name}" if has_changed else ""
        con.execute(
            f"""CREATE TEMP {kept} touched_{name} AS SELECT * FROM (SELECT * FROM standing_{name} {both})
            WHERE {basis.allowed(name)}"""
        )


def _basis(con: duckdb.DuckDBPyConnection, facts: _Facts, states: dict[str, list[str]]) -> None:
    """Which vehicles have a basis before and after; without any passes nobody looks."""
    told = {
        name: [facts.relation(shas, part) for part in ("legs", "records", "nodes")]
        for name, shas in states.items()
        if shas
    }
    basis.find(con, told)


def _on_cards(con: duckdb.DuckDBPyConnection, legs: str, kept: str) -> None:
    """Relations ``<legs>_before`` and ``<legs>_after``: the legs with account numbers seen as their cards."""
    for name in ("before", "after"):
        select = ON_CARDS.format(legs=legs, aliases=f"aliases_{name}")
        con.execute(f"CREATE TEMP {kept} {legs}_{name} AS {select}")


def _events(con: duckdb.DuckDBPyConnection, scratch: Path, memory: str) -> None:
    match_all(con, "touched_after", "after_", "hot_standing", scratch / _BUCKETS, memory)
    if con.execute("SELECT 1 FROM touched_before LIMIT 1").fetchall():
        match_all(con, "touched_before", "before_", "hot_standing", scratch / _BUCKETS, memory)
        return
    for name in ("clusters", "events"):
        con.execute(f"CREATE TABLE before_{name} AS FROM after_{name} LIMIT 0")


_SAME = """(a.rel, a.start, a."end", a."at", a.at_precision, a.amount, a.currency, a.text, a.evidence, a.aliases, a.props)
  IS NOT DISTINCT FROM
  (b.rel, b.start, b."end", b."at", b.at_precision, b.amount, b.currency, b.text, b.evidence, b.aliases, b.props)"""

# A changed event is deleted and written anew: its ends may have changed, and deletions come first.
_EVENT_CHANGES = f"""
WITH gone AS (
  SELECT 0 AS op, b.* FROM before_events b LEFT JOIN after_events a USING (event_id)
  WHERE a.event_id IS NULL OR NOT ({_SAME})),
come AS (
  SELECT 1 AS op, a.* FROM after_events a LEFT JOIN before_events b USING (event_id)
  WHERE b.event_id IS NULL OR NOT ({_SAME}))
SELECT * EXCLUDE (cluster_id, event_id), event_id,
  split_part(start, ':', 1) AS start_label, split_part("end", ':', 1) AS end_label
FROM (FROM gone UNION ALL FROM come)"""
_IN_BATCHES = " ORDER BY op, rel, start_label, end_label, event_id"


RETIRED = "retired"
"""File of a plan: ids of rows that go, each with a row that stays of the same event."""

_OLD_IDS = """SELECT gone.leg_id AS old_id, min(stay.leg_id) AS leg_id
FROM before_clusters gone JOIN before_clusters stay USING (event_id)
WHERE gone.leg_id IN (SELECT leg_id FROM changed) AND stay.leg_id NOT IN (SELECT leg_id FROM changed)
GROUP BY ALL ORDER BY ALL"""


def _entities(con: duckdb.DuckDBPyConnection, facts: _Facts, change: Change, scratch: Path) -> None:
    """Nodes, their properties and records of the changed files."""
    shas = change.add or change.remove
    told = facts.relation(shas, "nodes")
    con.execute(f"CREATE TEMP VIEW node_facts AS SELECT * FROM ({told}) WHERE ref NOT IN (FROM hidden)")
    con.execute(f"CREATE TEMP VIEW record_facts AS {facts.relation(shas, 'records')}")
    con.execute(
        """CREATE TEMP TABLE refs AS SELECT ref FROM (
          SELECT start AS ref FROM changed UNION SELECT "end" FROM changed
          UNION SELECT ref FROM node_facts UNION SELECT unnest(refs) FROM record_facts)
        WHERE NOT starts_with(ref, 'Record:')"""
    )
    if change.add:
        _write(con, scratch, "refs", "SELECT split_part(ref, ':', 1) AS label, ref FROM refs ORDER BY ALL")
        _write(
            con,
            scratch,
            "props",
            """SELECT split_part(ref, ':', 1) AS label, ref, list(props ORDER BY file_order, sheet, row) AS props
            FROM node_facts WHERE props IS NOT NULL AND props <> '{}' GROUP BY ALL ORDER BY ALL""",
        )
        _write(con, scratch, "records", "SELECT * FROM record_facts ORDER BY file_order, sheet, row, slot")
        return
    _forgotten(con, facts, change, scratch)


def _forgotten(con: duckdb.DuckDBPyConnection, facts: _Facts, change: Change, scratch: Path) -> None:
    """What only the removed files said: nodes to delete, records to delete, properties to compute again."""
    if change.standing:
        legs = facts.relation(change.standing, "legs")
        nodes = facts.relation(change.standing, "nodes")
        records = facts.relation(change.standing, "records")
        con.execute(
            # A pass says nothing of a vehicle that has no basis; one that has is named by the basis too.
            f"""CREATE TEMP TABLE kept AS SELECT DISTINCT ref FROM (
              SELECT start AS ref FROM ({legs}) WHERE NOT ({IS_PASS}) UNION ALL SELECT "end" FROM ({legs})
              UNION ALL SELECT ref FROM ({nodes}) UNION ALL SELECT unnest(refs) FROM ({records}))
            WHERE ref IN (SELECT ref FROM refs)"""
        )
        con.execute(f"CREATE TEMP VIEW standing_nodes AS {nodes}")
    else:
        con.execute("CREATE TEMP TABLE kept AS SELECT ref FROM refs LIMIT 0")
        con.execute("CREATE TEMP VIEW standing_nodes AS SELECT * FROM node_facts LIMIT 0")
    _write(
        con,
        scratch,
        "orphans",
        """SELECT split_part(ref, ':', 1) AS label, ref FROM refs
        WHERE ref NOT IN (SELECT ref FROM kept) ORDER BY ALL""",
    )
    _write(
        con,
        scratch,
        "props",
        # also where no file that stays says anything of a node: what the removed ones said of it has to go
        """SELECT split_part(k.ref, ':', 1) AS label, k.ref,
          list(n.props ORDER BY n.file_order, n.sheet, n.row) FILTER (n.props IS NOT NULL) AS props
        FROM (SELECT ref FROM kept WHERE ref IN (SELECT ref FROM node_facts)) k LEFT JOIN standing_nodes n USING (ref)
        GROUP BY ALL ORDER BY ALL""",
    )
    _write(con, scratch, "records", "SELECT record_id FROM record_facts ORDER BY record_id")


def _write(con: duckdb.DuckDBPyConnection, folder: Path, name: str, select: str) -> None:
    target = str(folder / f"{name}.parquet").replace("'", "''")
    con.execute(f"COPY ({select}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
