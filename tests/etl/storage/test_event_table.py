"""The event table by itself: the sum of all changes, whole after a kill at any step, small after many loads."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.storage import event_table
from etl.storage.event_table import EventTable, of_files

PLAN = pa.schema(
    [
        ("op", pa.int32()),
        *((name, pa.string()) for name in ("event_id", "rel", "start", "end")),
        *(("at", pa.int64()), ("at_precision", pa.string()), ("amount", pa.int64())),
        *(("sides", pa.list_(pa.string())), ("evidence", pa.list_(pa.string()))),
    ]
)
Events = dict[str, int]  # id → what it says, here in its amount
KIND = {0: "CALLED", 1: "PAID", 2: "OWNS"}  # of an id by its number; the last is no event of a run


def plan(folder: Path, before: Events, after: Events) -> Path:
    """A plan as loads make it: what goes or says something else, then what comes."""
    folder.mkdir(exist_ok=True)
    changed = [name for name in {*before, *after} if before.get(name) != after.get(name)]
    rows: list[dict[str, Any]] = []
    for op, state in ((0, before), (1, after)):
        for name in (name for name in changed if name in state):
            rel = KIND[int(name) % 3]
            row = {"op": op, "event_id": name, "rel": rel, "start": "Phone:1", "end": "Phone:2", "at": None}
            rows.append(
                {**row, "amount": state[name], "sides": ["start"], "evidence": [f"f/-/{state[name]}"]}
            )
    pq.write_table(pa.Table.from_pylist(rows, schema=PLAN), folder / "events.parquet")
    return folder


def held(table: EventTable) -> Events:
    with table.reading() as (state, con):
        assert state is not None
        rows = con.execute(
            'SELECT event_id, amount, evidence, rel, "at", at_precision, seen FROM events'
        ).fetchall()
        counts = dict(con.execute("SELECT rel, count(*) FROM events GROUP BY rel").fetchall())
    assert counts == state.counts
    for name, amount, evidence, rel, *rest in rows:
        assert (evidence, rel) == ([f"f/-/{amount}"], KIND[int(name) % 3]) and rest == [-1, "day", "start"]
    assert len({row[0] for row in rows}) == len(rows), "an event stands twice"
    return {row[0]: row[1] for row in rows}


def seen_by_run(events: Events) -> Events:
    return {name: what for name, what in events.items() if int(name) % 3 < 2}


States = st.lists(
    st.tuples(st.booleans(), st.dictionaries(st.integers(0, 11).map(str), st.integers(0, 2), max_size=12)),
    min_size=1,
    max_size=6,
)


def test_the_table_is_the_sum_of_its_changes(tmp_path: Path) -> None:
    """Trap: an event written anew stands in its old form too, or parts put together lose what a later one took away;
    after an unload a part still holds what is gone."""

    @hypothesis.settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @hypothesis.given(States)
    def check(states: list[tuple[bool, Events]]) -> None:
        table, before = EventTable(tmp_path), {}
        for n, (taken_out, after) in enumerate(states):
            folder = plan(tmp_path / "plan", before, after)
            for _ in range(2):  # carried on after a kill it is done twice
                table.follow(
                    folder, of_files(map(str, range(n))), of_files(map(str, range(n + 1))), taken_out
                )
            assert held(table) == seen_by_run(after)
            files = sorted(table.folder.glob("*.parquet"))
            state = table.state()
            assert state and {path.name for path in files} == {part.file for part in state.parts}
            if taken_out:
                assert sum(pq.read_metadata(path).num_rows for path in files) == len(seen_by_run(after))
            before = after

    check()


def test_many_small_loads_leave_few_parts(tmp_path: Path) -> None:
    """Trap: each entry by hand leaves a file, and a run opens thousands."""
    table, before = EventTable(tmp_path), {}
    after = {str(3 * n): 1 for n in range(2_000)}
    for n in range(12):
        table.follow(
            plan(tmp_path / "plan", before, after),
            of_files(map(str, range(n))),
            of_files(map(str, range(n + 1))),
            False,
        )
        before, after = after, after | {str(3 * (2_000 + n)): 1}
    state = table.state()
    assert state is not None and state.parts[0].come == 2_000, "what is large is not written again for a row"
    assert len(state.parts) <= 4 and held(table) == before


def test_other_files_are_not_added_to(tmp_path: Path) -> None:
    """Trap: a change is laid over a table of other files, and the sum is of neither."""
    table = EventTable(tmp_path)
    table.follow(plan(tmp_path / "plan", {}, {"0": 1}), of_files([]), of_files("a"), False)
    table.follow(plan(tmp_path / "plan", {"3": 1}, {"3": 2}), of_files("x"), of_files("xy"), False)
    assert table.state() is None
    table.follow(plan(tmp_path / "plan", {}, {"6": 1}), of_files([]), of_files("b"), False)
    assert held(table) == {"6": 1}, "the first files of an empty graph begin anew"


def _ends_at(step: int, work: Callable[[], None]) -> bool:
    """Do ``work`` in a process of its own that ends without a word before the given step; True where it came to that."""
    child = os.fork()
    if child == 0:
        taken = [0]

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def step_or_end(*args: Any, **named: Any) -> Any:
                taken[0] += 1
                if taken[0] == step:
                    os._exit(9)
                return real(*args, **named)

            return step_or_end

        EventTable._write = counted(EventTable._write)  # type: ignore[method-assign]
        event_table.shared_file.put = counted(event_table.shared_file.put)
        os.fsync = counted(os.fsync)
        Path.replace = counted(Path.replace)  # type: ignore[method-assign]
        Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
@pytest.mark.parametrize("taken_out", [True, pytest.param(False, marks=pytest.mark.long)])
def test_a_kill_at_any_step_leaves_the_old_table_or_the_new_one(tmp_path: Path, taken_out: bool) -> None:
    """Trap: a table half written, or one whose parts are gone, after a kill between two steps."""
    old, new = {str(n): 1 for n in range(12)}, {str(n): 2 for n in range(3, 15)}
    seen = []
    for step in range(1, 40):
        home = tmp_path / str(step)
        home.mkdir()
        table = EventTable(home)
        table.follow(plan(home / "first", {}, old), of_files([]), of_files("a"), False)
        change = plan(home / "plan", old, new)

        def work(table: EventTable = table, change: Path = change) -> None:
            table.follow(change, of_files("a"), of_files("ab"), taken_out)

        killed = _ends_at(step, work)
        seen.append(held(table))
        assert seen[-1] in (seen_by_run(old), seen_by_run(new))
        work()
        assert held(table) == seen_by_run(new), "carried on, it ends the same"
        assert len(list(table.folder.glob("*.parquet"))) == len(table.state().parts)  # type: ignore[union-attr]
        if not killed:
            break
    assert not killed and seen[0] == seen_by_run(old) and seen[-1] == seen_by_run(new)
