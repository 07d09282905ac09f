"""Payments of a view as arrays on disk, memory-mapped, kept current by what loads and unloads changed.

``UPLINE_HOME/runs/ordered/<view>/`` holds one folder per state; ``current.json`` names the one in use and is
replaced last, so a reader sees a whole state or the one before it. After a load only events it brought are
read from the graph; where events are fewer than they should be (an unload, another match), the ids alone
are read and what is gone is dropped.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from backend.analysis.model.facts import PRECISIONS
from backend.analysis.temporal.transfers import EventsByEnd, Transfers, indexed
from backend.runs.observed import TIMEOUT, names
from graph_schema.arrays import Ints
from graph_schema.store import Row, Store, Viewer

FORMAT = 1
CHUNK = 500_000
"""Events held as Python objects at a time while they are read."""
COLUMNS = ("source", "target", "at", "precision", "fen", "unit")
_PAIRS = [(a, b) for a in ("Account", "Phone") for b in ("Account", "Phone")]


@dataclass(frozen=True)
class KeptState:
    """One state on disk: node references, event ids, currencies and the transfers between nodes."""

    folder: Path
    load: int
    refs: pa.Array
    ids: pa.Array
    units: list[str]
    transfers: Transfers


@dataclass
class _Table:
    """Events while a new state is made."""

    source: pa.Array
    target: pa.Array
    ids: pa.Array
    at: Ints
    precision: npt.NDArray[np.int8]
    fen: Ints
    currency: pa.Array


_OPEN: dict[Path, KeptState] = {}


def ordered_arrays(store: Store, viewer: Viewer) -> KeptState:
    """The arrays of the viewer's view as of the last finished load; made or mended where they are behind."""
    home = store.home / "runs" / "ordered" / viewer.view
    load, count = _now(store, viewer)
    kept = _opened(home)
    if kept is not None and kept.load == load and len(kept.ids) == count:
        return kept
    table = _added(store, viewer, -1 if kept is None else kept.load)
    if kept is not None:
        table = _merged(store, viewer, kept, table, count)
    _keep(home, load, table)
    made = _opened(home)
    assert made is not None
    return made


def _now(store: Store, viewer: Viewer) -> tuple[int, int]:
    loads = store.read(viewer, "load.history", timeout=60.0)
    load = max((int(row["load"]) for row in loads if row["state"] == "finished"), default=0)
    return load, int(store.read(viewer, "load.count_payments", timeout=TIMEOUT)[0]["n"])


def _opened(home: Path) -> KeptState | None:
    try:
        about = json.loads((home / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    folder = home / about["folder"]
    if about["format"] != FORMAT:
        return None
    if folder not in _OPEN:
        _OPEN.clear()
        _OPEN[folder] = _mapped(folder, about)
    return _OPEN[folder]


def _mapped(folder: Path, about: Row) -> KeptState:
    refs, ids = read_text(folder, "refs"), read_text(folder, "ids")
    return KeptState(folder, about["load"], refs, ids, about["units"], load_transfers(folder))


def load_transfers(folder: Path) -> Transfers:
    """Transfers as ``write_transfers`` left them, mapped into memory and not read."""
    held = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in (*COLUMNS, "stop", *_INDEX)}
    sides = [EventsByEnd(held[f"{end}_start"], held[f"{end}_order"]) for end in ("out", "into")]
    columns = {name: held[name] for name in (*COLUMNS, "stop")}
    return Transfers(**columns, out=sides[0], into=sides[1])


_INDEX = ("out_start", "out_order", "into_start", "into_order")


def read_text(folder: Path, name: str) -> pa.Array:
    """A column of texts, mapped into memory."""
    with pa.ipc.open_file(pa.memory_map(str(folder / f"{name}.arrow"))) as reader:
        column = reader.read_all().column(0)
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _added(store: Store, viewer: Viewer, after: int) -> _Table:
    """Events that loads after ``after`` brought."""
    parts = [_chunk([[] for _ in range(7)])]
    columns: list[list[object]] = [[] for _ in range(7)]
    for start_label, end_label in _PAIRS:
        labels = {**names(start_label, "start"), **names(end_label, "end")}
        for row in store.stream(viewer, "ordered.events", labels=labels, timeout=TIMEOUT, after=after):
            columns[0] += [f"{start_label}:{row['start']}"] * len(row["ids"])
            columns[1] += [f"{end_label}:{end}" for end in row["ends"]]
            rest = ("ids", "ats", "precisions", "fens", "currencies")
            for column, name in zip(columns[2:], rest, strict=True):
                column += row[name]
            if len(columns[0]) >= CHUNK:
                parts.append(_chunk(columns))
                columns = [[] for _ in range(7)]
    return _together([*parts, _chunk(columns)])


def _chunk(columns: list[list[object]]) -> _Table:
    text = [pa.array(columns[n], pa.large_string()) for n in (0, 1, 2, 6)]
    precision = np.array([PRECISIONS.index(each) for each in columns[4]], dtype=np.int8)
    at, fen = (np.array(columns[n], dtype=np.int64) for n in (3, 5))
    return _Table(text[0], text[1], text[2], at, precision, fen, text[3])


def _together(parts: list[_Table]) -> _Table:
    def column(name: str) -> Any:  # of numpy or of Arrow, as the field is
        values = [getattr(part, name) for part in parts]
        return np.concatenate(values) if isinstance(values[0], np.ndarray) else pa.concat_arrays(values)

    return _Table(*(column(field.name) for field in fields(_Table)))


def _merged(store: Store, viewer: Viewer, kept: KeptState, new: _Table, count: int) -> _Table:
    """What was kept and is still there, and what is new; an event written anew replaces its old self."""
    stays = pc.invert(pc.is_in(kept.ids, value_set=new.ids))
    if int(pc.sum(stays).as_py() or 0) + len(new.ids) != count:
        stays = pc.and_(stays, pc.is_in(kept.ids, value_set=_all_ids(store, viewer)))
    mask = stays.to_numpy(zero_copy_only=False).astype(bool)
    at = np.flatnonzero(mask)
    old = kept.transfers
    units = pa.array(kept.units, pa.large_string())

    stayed = _Table(
        source=kept.refs.take(pa.array(old.source[at])),
        target=kept.refs.take(pa.array(old.target[at])),
        ids=kept.ids.filter(pa.array(mask)),
        at=old.at[at],
        precision=old.precision[at],
        fen=old.fen[at],
        currency=units.take(pa.array(old.unit[at])),
    )
    return _together([stayed, new])


def _all_ids(store: Store, viewer: Viewer) -> pa.Array:
    ids: list[str] = []
    for label in ("Account", "Phone"):
        rows = store.stream(viewer, "ordered.ids", labels={"start": label}, timeout=TIMEOUT)
        for row in rows:
            ids += row["ids"]
    return pa.array(ids, pa.large_string())


def _keep(home: Path, load: int, table: _Table) -> None:
    """Write a state and make it the current one; the state before goes."""
    order = _canonical(table)
    both = pa.chunked_array([table.source, table.target]).combine_chunks().dictionary_encode()
    sorted_by = _sort_indices(both.dictionary)
    rank = np.empty(len(sorted_by), dtype=np.int32)
    rank[sorted_by] = np.arange(len(sorted_by))
    codes = rank[both.indices.to_numpy()]
    refs = both.dictionary.take(pa.array(sorted_by))
    money = table.currency.dictionary_encode()
    half = len(table.ids)
    stop = np.array([ref.startswith("Account:shop:") for ref in refs.to_pylist()], dtype=np.bool_)
    transfers = indexed(
        codes[:half][order],
        codes[half:][order],
        table.at[order],
        table.precision[order],
        table.fen[order],
        money.indices.to_numpy(zero_copy_only=False).astype(np.int16)[order],
        stop,
    )
    folder = home / f"{load:06d}-{uuid4().hex[:8]}"
    folder.mkdir(parents=True)
    write_transfers(folder, transfers)
    write_text(folder, "refs", refs)
    write_text(folder, "ids", table.ids.take(pa.array(order)))
    about = {"format": FORMAT, "folder": folder.name, "load": load, "units": money.dictionary.to_pylist()}
    scratch = home / f".{folder.name}.json"
    scratch.write_text(json.dumps(about), encoding="utf-8")
    scratch.replace(home / "current.json")
    for old in _others(home, folder):
        shutil.rmtree(old, ignore_errors=True)


def _others(home: Path, folder: Path) -> Iterator[Path]:
    """States no reader needs any more: not the current one, and not one being written by somebody else."""
    for other in home.iterdir():
        if other.is_dir() and other != folder and time.time() - other.stat().st_mtime > 60:
            yield other


def write_transfers(folder: Path, transfers: Transfers) -> None:
    """The numeric columns and the index of transfers as ``.npy`` files."""
    for name in (*COLUMNS, "stop"):
        np.save(folder / f"{name}.npy", getattr(transfers, name))
    for end in ("out", "into"):
        side: EventsByEnd = getattr(transfers, end)
        np.save(folder / f"{end}_start.npy", side.start)
        np.save(folder / f"{end}_order.npy", side.order)


def write_text(folder: Path, name: str, column: pa.Array) -> None:
    """A column of texts as one batch, so that it can be mapped."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    table = pa.table({name: column})
    with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table, max_chunksize=max(len(column), 1))


def _sort_indices(column: pa.Array) -> Ints:
    return np.asarray(pc.sort_indices(column).to_numpy(), dtype=np.int64)


def _canonical(table: _Table) -> Ints:
    """Order by time, then event id."""
    order = np.argsort(table.at, kind="stable").astype(np.int64)
    at = table.at[order]
    new = np.flatnonzero(np.r_[True, at[1:] != at[:-1]]) if len(at) else np.zeros(0, dtype=np.int64)
    ends = np.r_[new[1:], len(at)]
    for start, end in zip(new[ends - new > 1].tolist(), ends[ends - new > 1].tolist(), strict=True):
        ids = table.ids.take(pa.array(order[start:end]))
        order[start:end] = order[start:end][_sort_indices(ids)]
    return order
