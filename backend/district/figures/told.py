"""What the loaded files say, row by row with its load, so that a figure can be counted as of any load.

The graph holds the present only. A figure "as first reported" needs the rows of an earlier load alone, so the rows are
read from the kept facts and put together here, the newest row that says something winning, as in the graph.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field

import duckdb

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from graph_schema.store import Props, Store, Viewer

LABELS = ("Case", "Seizure", "Task", "Problem", "Inspection", "Thing", "Clue", "Regime", "Test", "Visit")
RELS = ("INVOLVED_IN", "UNDER", "TESTED", "VISITED", "SEIZED_IN")


@dataclass(frozen=True)
class ThingRow:
    """What one row says of one thing."""

    ref: str
    load: int
    evidence: str
    props: Props


@dataclass(frozen=True)
class LinkRow:
    """What one row says of two things; ``person`` is the resident id of the record it starts at, else the record."""

    rel: str
    start: str
    end: str
    load: int
    evidence: str
    props: Props
    person: str
    name: str | None


@dataclass(frozen=True)
class ThingSeen:
    """One thing as its rows say it; ``rows`` are all of them."""

    ref: str
    props: Props
    rows: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.ref.partition(":")[2]


@dataclass
class FactRows:
    """Rows in the order they were loaded; ``loads`` is when each load was made (epoch ms)."""

    rows: list[ThingRow] = field(default_factory=list)
    legs: list[LinkRow] = field(default_factory=list)
    users: list[LinkRow] = field(default_factory=list)  # rows of 涉毒人员: a person and what is said of him
    loads: dict[int, int] = field(default_factory=dict)

    def until(self, load: int | None) -> FactsAsOf:
        """What was known with a load and those before it; with all for None."""
        kept = [row for row in self.rows if load is None or row.load <= load]
        return FactsAsOf(
            _merged(kept),
            [leg for leg in self.legs if load is None or leg.load <= load],
            [leg for leg in self.users if load is None or leg.load <= load],
        )


@dataclass
class FactsAsOf:
    """Things by label and reference, legs by type, registered users: as of a load."""

    things: dict[str, dict[str, ThingSeen]]
    legs: list[LinkRow]
    users: list[LinkRow]

    def of(self, label: str) -> list[ThingSeen]:
        return list(self.things.get(label, {}).values())

    def kind(self, kind: str) -> list[ThingSeen]:
        """Things without a label of their own, by what they are."""
        return [each for each in self.of("Thing") if each.props.get("kind") == kind]

    def one(self, ref: str) -> ThingSeen | None:
        return self.things.get(ref.partition(":")[0], {}).get(ref)


def _merged(rows: list[ThingRow]) -> dict[str, dict[str, ThingSeen]]:
    props: dict[str, dict[str, object]] = defaultdict(dict)
    seen: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        props[row.ref] |= {name: value for name, value in row.props.items() if value != ""}
        seen[row.ref].append(row.evidence)
    things: dict[str, dict[str, ThingSeen]] = defaultdict(dict)
    for ref, said in props.items():
        things[ref.partition(":")[0]][ref] = ThingSeen(ref, said, tuple(dict.fromkeys(seen[ref])))
    return things


def told(store: Store, viewer: Viewer) -> FactRows:
    """Every row of the loaded files that figures count."""
    archive, found = Archive(store.home), FactRows()
    sources = store.read(viewer, "load.sources", timeout=60.0)
    files = []
    for order, source in enumerate(sources):
        sha, load = str(source["sha256"]), int(source["load"])
        found.loads.setdefault(load, int(source["loaded_at"]))
        if (archive.facts(sha) / "nodes.parquet").is_file():
            files.append((sha, load, order))
    if not files:
        return found
    with quiet_duckdb.shared() as con:
        con.execute("CREATE TEMP TABLE files (sha VARCHAR, load BIGINT, place BIGINT)")
        columns = [list(column) for column in zip(*files, strict=True)]
        con.execute("INSERT INTO files SELECT unnest($1), unnest($2), unnest($3)", columns)
        folders = [archive.facts(sha) for sha, _, _ in files]
        _nodes(con, [str(each / "nodes.parquet") for each in folders], found)
        people = [str(each / "records.parquet") for each in folders]
        _legs(con, [str(each / "legs.parquet") for each in folders], people, found)
        _users(con, people, found)
    return found


_EVIDENCE = (
    "left(f.sha, 12) || '/' || CASE WHEN coalesce(sheet, '') = '' THEN '-' ELSE sheet END || '/' || row"
)
_NODES = f"""
SELECT n.ref, f.load, {_EVIDENCE} AS evidence, n.props
FROM read_parquet(?, filename = true) n JOIN files f ON f.sha = parse_path(n.filename)[-2]
WHERE split_part(n.ref, ':', 1) IN (SELECT unnest(?)) ORDER BY f.place, n.sheet, n.row, n.ref
"""
_RESIDENT = "split_part(list_filter(r.refs, lambda x: starts_with(x, 'ResidentId:'))[1], '@', 1)"
"""The number as the row has it: one that fails its check is kept with its file in the reference."""
_LEGS = f"""
WITH said AS (
  SELECT l.rel, l.start, l."end" AS finish, f.load, f.place, l.evidence, l.props, l.sheet, l.row
  FROM read_parquet(?, filename = true) l JOIN files f ON f.sha = parse_path(l.filename)[-2]
  WHERE l.rel IN (SELECT unnest(?))
)
SELECT s.rel, s.start, s.finish, s.load, s.evidence, s.props, r.name, {_RESIDENT}
FROM said s LEFT JOIN read_parquet(?) r ON s.start = 'Record:' || r.record_id
ORDER BY s.place, s.sheet, s.row, s.rel, s.start, s.finish
"""
_USERS = f"""
SELECT f.load, r.evidence, r.props, r.name, {_RESIDENT}
FROM read_parquet(?, filename = true) r JOIN files f ON f.sha = parse_path(r.filename)[-2]
WHERE json_extract_string(r.props, '$.registered_user') = 'true' ORDER BY f.place, r.sheet, r.row, r.slot
"""


def _nodes(con: duckdb.DuckDBPyConnection, files: list[str], into: FactRows) -> None:
    for ref, load, evidence, props in con.execute(_NODES, [files, list(LABELS)]).fetchall():
        into.rows.append(ThingRow(ref, load, evidence, json.loads(props) if props else {}))


def _legs(con: duckdb.DuckDBPyConnection, files: list[str], records: list[str], into: FactRows) -> None:
    found = con.execute(_LEGS, [files, list(RELS), records]).fetchall()
    for rel, start, end, load, evidence, props, name, resident in found:
        person = resident or start
        said = json.loads(props) if props else {}
        into.legs.append(LinkRow(rel, start, end, load, evidence, said, person, name))


def _users(con: duckdb.DuckDBPyConnection, files: list[str], into: FactRows) -> None:
    for load, evidence, props, name, resident in con.execute(_USERS, [files]).fetchall():
        said = json.loads(props) if props else {}
        into.users.append(LinkRow("", "", "", load, evidence, said, resident or evidence, name))
