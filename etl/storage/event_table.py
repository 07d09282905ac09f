"""The event table: what loads worked out, as Parquet beside the facts, so that a run needs no database to read it.

``UPLINE_HOME/events`` holds parts, one for some loads that follow each other, and ``table.json``, which says which parts
count and of which files they tell. A part is a change: ids that go (``op`` 0) and events that come (``op`` 1). The table
is all of them one after the other, and two that follow each other are one change again. So a load writes a part of what it
touches, and parts are put together where the older one is less than twice what came after it: their number grows with the
logarithm of the events. After an unload no part holds an event that is not in the graph any more.

``table.json`` is replaced last, so a kill at any point leaves the table as it was or as it is to be.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import uuid4

import duckdb
from filelock import FileLock

from etl.storage import quiet_duckdb
from graph_schema import shared_file
from graph_schema.declaration import load_declaration
from graph_schema.store import room
from graph_schema.store.places import read_json

FOLDER = "events"
FORMAT = 1
KINDS = (
    *("CALLED", "MESSAGED", "PAID", "SENT", "RECEIVED"),
    *("SAYS_SUPPLIER", "USED_WITH", "MENTIONS", "POSTED"),
)
"""Relationships a run reads as events; the table holds no others."""
Kinds = tuple[tuple[str, str, str], ...]
"""Relationship type and the labels of its two ends."""
MEMORY = "2GB"
"""What reading or writing may hold in memory; the rest spills to disk."""


def amounts() -> list[str]:
    """Kinds whose events have an amount (fen or seconds); in all others it is 0."""
    return [kind for kind in KINDS if load_declaration().relationships[kind].amount]


def of_files(shas: Iterable[str]) -> str:
    """A digest of a set of files: the events of a graph depend on them alone, in whatever order they came."""
    return hashlib.sha256("\n".join(sorted(shas)).encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """One file of the table: how many events come in it, and how many ids of older parts go."""

    file: str
    come: int
    gone: int


@dataclass(frozen=True)
class State:
    """What counts: the digest of the files it tells of, its parts from the oldest on, events by kind."""

    files: str
    parts: tuple[Part, ...] = ()
    counts: dict[str, int] | None = None


def _in(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


_SEEN = """CASE WHEN list_contains(sides, 'start') AND list_contains(sides, 'end') THEN 'both'
  WHEN list_contains(sides, 'start') THEN 'start' WHEN list_contains(sides, 'end') THEN 'end' ELSE 'none' END"""
_COME = f"""SELECT 1::TINYINT AS op, event_id, rel, start, "end", coalesce("at", -1) AS "at",
  coalesce(at_precision, 'day') AS at_precision, CASE WHEN rel IN ({{amounts}}) THEN coalesce(amount, 0) ELSE 0 END AS amount,
  {_SEEN} AS seen, evidence FROM {{plan}} WHERE op = 1 AND rel IN ({_in(KINDS)})"""
_GO = """SELECT 0::TINYINT AS op, event_id, NULL AS rel, NULL AS start, NULL AS "end", NULL AS "at",
  NULL AS at_precision, NULL AS amount, NULL AS seen, NULL AS evidence FROM ({of}) WHERE op = 0"""
_ORDER = 'ORDER BY op DESC, rel, start, "at", event_id'


class EventTable:
    """The table of one home. Whoever reads or changes it does so alone; a call inside ``reading`` would wait for ever."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.folder = home / FOLDER

    def state(self) -> State | None:
        """What counts now; None where there is no table or another version wrote it."""
        about = read_json(self.folder / "table.json")
        if about is None or about.get("format") != FORMAT:
            return None
        return State(about["files"], tuple(Part(**part) for part in about["parts"]), about["counts"])

    def follow(self, plan: Path, before: str, after: str, taken_out: bool) -> None:
        """Take over what the plan in the folder ``plan`` changed: the files were ``before``, and are ``after`` now.

        Done twice, it does no harm. A table of other files goes: it is made anew when a run asks for it. With
        ``taken_out`` nothing stays on disk of events that are gone.
        """
        with self._alone():
            state = self.state()
            if before == of_files([]):
                # What stands there may be of the same files, read another way before.
                state = State(before, (), {})
            elif state is not None and state.files == after:
                self._tidy(state)  # a kill may have left what is gone
                return
            if state is None or state.files != before:
                self._drop()
                return
            try:
                changed = plan / "events.parquet"
                with self._duckdb((changed, *self._paths(state))) as con:
                    change = f"read_parquet('{quiet_duckdb.quoted(changed)}')"
                    self._keep(self._changed(con, replace(state, files=after), change, taken_out))
            except duckdb.Error as error:
                if room.is_full(error):
                    raise
                self._drop()  # a damaged part stops no load

    def put(self, files: str, source: Path) -> None:
        """Make the table anew from a Parquet file of events, columns as in a plan but ``seen`` for ``sides``."""
        with self._alone(), self._duckdb((source,)) as con:
            rows = f"SELECT 1::TINYINT AS op, * FROM read_parquet('{quiet_duckdb.quoted(source)}')"
            part = self._write(con, rows)
            self._keep(State(files, (part,), _counted(con, f"({rows})")))

    def drop(self) -> None:
        """Remove the table: the next run makes it anew."""
        with self._alone():
            self._drop()

    @contextmanager
    def reading(self) -> Iterator[tuple[State | None, duckdb.DuckDBPyConnection]]:
        """The state and a connection with the view ``events``, which nobody changes meanwhile.

        Columns: event_id, rel, start, end (references), at (ms, -1 unknown), at_precision, amount (fen | seconds | 0), seen
        (start | end | both | none: whose books), evidence (rows). Without a table there is no view.
        """
        with self._alone(), self._of_state() as (state, con):
            if state is not None:
                con.execute(f"CREATE TEMP VIEW events AS {self._live(state.parts, ())}")
            yield state, con

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with FileLock(self._home / "events.lock"):
            yield

    @contextmanager
    def _of_state(self) -> Iterator[tuple[State | None, duckdb.DuckDBPyConnection]]:
        state = self.state()
        with self._duckdb(self._paths(state)) as con:
            yield state, con

    def _paths(self, state: State | None) -> tuple[Path, ...]:
        return tuple(self.folder / part.file for part in state.parts) if state else ()

    @contextmanager
    def _duckdb(self, of: tuple[Path, ...]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to work with these files, which spills to disk where they are large."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if quiet_duckdb.are_small(of):
            with quiet_duckdb.shared() as con:
                yield con
            return
        spill = self.folder / "spill"
        try:
            with quiet_duckdb.connect(memory=MEMORY, spill=spill) as con:
                yield con
        finally:
            shutil.rmtree(spill, ignore_errors=True)

    def _changed(self, con: duckdb.DuckDBPyConnection, state: State, change: str, taken_out: bool) -> State:
        """The state with a plan's change as its last part."""
        counts = Counter(state.counts)
        counts.update(_counted(con, f"(FROM {change} WHERE op = 1)"))
        counts.subtract(_counted(con, f"(FROM {change} WHERE op = 0)"))
        come = _COME.format(plan=change, amounts=_in(amounts()))
        mine = f"SELECT op, event_id FROM {change} WHERE rel IN ({_in(KINDS)})"
        part = self._write(con, f"{come} UNION ALL BY NAME {_GO.format(of=mine)}")
        parts = [*state.parts, part]
        if taken_out:
            parts = [self._cleared(con, parts[n], tuple(parts[n + 1 :])) for n in range(len(parts))]
        return replace(state, parts=self._together(con, parts), counts={k: n for k, n in counts.items() if n})

    def _cleared(self, con: duckdb.DuckDBPyConnection, part: Part, later: tuple[Part, ...]) -> Part:
        """The part without what later ones take away, and without ids that go: written anew where it has either."""
        live = self._live((part,), later)
        (come,) = con.execute(f"SELECT count(*) FROM ({live})").fetchall()[0]
        if (come, 0) == (part.come, part.gone):
            return part
        return self._write(con, f"SELECT 1::TINYINT AS op, * FROM ({live})")

    def _together(self, con: duckdb.DuckDBPyConnection, parts: list[Part]) -> tuple[Part, ...]:
        """The parts, from the first on that is less than twice its followers put together into one."""
        parts = [part for part in parts if part.come or part.gone]
        sizes = [part.come + part.gone for part in parts]
        first = next((n for n, size in enumerate(sizes[:-1]) if size < 2 * sum(sizes[n + 1 :])), None)
        if first is None:
            return tuple(parts)
        tail = tuple(parts[first:])
        rows = f"SELECT 1::TINYINT AS op, * FROM ({self._live(tail, ())})"
        if first:
            rows += f" UNION ALL BY NAME {_GO.format(of=f'SELECT DISTINCT op, event_id FROM {self._files(tail)}')}"
        return (*parts[:first], self._write(con, rows))

    def _live(self, parts: tuple[Part, ...], later: tuple[Part, ...]) -> str:
        """SQL of the events of parts that neither a later one of them nor one of ``later`` takes away."""
        told = []
        for n, part in enumerate(parts):
            after = tuple(each for each in (*parts[n + 1 :], *later) if each.gone)
            rows = f"SELECT * EXCLUDE (op) FROM {self._files((part,))} WHERE op = 1"
            if after:
                rows += f" AND event_id NOT IN (SELECT event_id FROM {self._files(after)} WHERE op = 0)"
            told.append(rows)
        nothing = f"SELECT * EXCLUDE (op) FROM ({_NO_EVENTS})"
        return " UNION ALL BY NAME ".join(told or [nothing])

    def _files(self, parts: Iterable[Part]) -> str:
        names = ", ".join(f"'{quiet_duckdb.quoted(self.folder / part.file)}'" for part in parts)
        return f"read_parquet([{names}])"

    def _write(self, con: duckdb.DuckDBPyConnection, rows: str) -> Part:
        """A part of these rows, on disk before this returns."""
        path = self.folder / f"{uuid4().hex}.parquet"
        con.execute(
            f"COPY (FROM ({rows}) {_ORDER}) TO '{quiet_duckdb.quoted(path)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        told = con.execute(
            "SELECT count(*) FILTER (op = 1), count(*) FILTER (op = 0) FROM read_parquet(?)", [str(path)]
        )
        come, gone = told.fetchall()[0]
        return Part(path.name, come, gone)

    def _keep(self, state: State) -> None:
        """Make ``state`` the one that counts, then remove files that do not count."""
        about = {
            "format": FORMAT,
            "files": state.files,
            "counts": state.counts,
            "parts": [asdict(p) for p in state.parts],
        }
        shared_file.put(self.folder / "table.json", json.dumps(about))
        self._tidy(state)

    def _tidy(self, state: State) -> None:
        count = {part.file for part in state.parts}
        for path in self.folder.glob("*.parquet"):
            if path.name not in count:
                path.unlink(missing_ok=True)

    def _drop(self) -> None:
        (self.folder / "table.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


_NO_EVENTS = """SELECT 1::TINYINT AS op, '' AS event_id, '' AS rel, '' AS start, '' AS "end", 0::BIGINT AS "at",
  '' AS at_precision, 0::BIGINT AS amount, '' AS seen, []::VARCHAR[] AS evidence LIMIT 0"""


def _counted(con: duckdb.DuckDBPyConnection, rows: str) -> dict[str, int]:
    found = con.execute(
        f"SELECT rel, count(*) FROM {rows} WHERE rel IN ({_in(KINDS)}) GROUP BY rel"
    ).fetchall()
    return dict(found)


def of_kinds(kinds: Kinds) -> str:
    """SQL of all events of these kinds, with the columns of the view ``events``."""
    where = (
        f"(rel = '{rel}' AND starts_with(start, '{start}:') AND starts_with(\"end\", '{end}:'))"
        for rel, start, end in kinds
    )
    return f"SELECT * FROM events WHERE {' OR '.join(where)}"


def links(
    con: duckdb.DuckDBPyConnection, rel: str, start: str, end: str
) -> Iterator[tuple[str, str, list[str]]]:
    """All relationships of a type between two labels, in order: both references and the rows."""
    con.execute(f'SELECT start, "end", evidence FROM ({of_kinds(((rel, start, end),))}) ORDER BY ALL')
    while rows := con.fetchmany(10_000):
        yield from rows
