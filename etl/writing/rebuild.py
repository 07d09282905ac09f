"""The observed graph made anew from what stands beside the database: facts, rows and the loads written down.

The new database is built in a home of its own by the same code as every load, and put in place of the old one in one
step when it is whole. Killed before, all is as it was; the old one is kept aside until somebody deletes it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from etl.storage import loads
from etl.storage.archive import Archive
from etl.storage.event_table import FOLDER
from etl.writing.apply import apply
from etl.writing.load import exclusive
from etl.writing.past import share
from etl.writing.plan import Change, build
from graph_schema.errors import Busy, NotFound
from graph_schema.language import Text
from graph_schema.store import Store, embedded, leases, moves, room, server
from graph_schema.store.places import Places

Also = Callable[[Store], None]


def rebuild(home: Path, tick: Callable[[int, int], None], also: Also) -> Path | None:
    """Make the database of ``home`` anew; return where the old one is kept, None where there was none.

    ``also`` writes into the new database what is no load. A load that was decided but not finished is carried on by
    the next one. Raises ``NotFound`` where no load is written down, ``Busy`` where others use the database.
    """
    places = Places(home)
    stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns()}"
    staging, before = home / f"importing-{stamp}", home / f"before-{stamp}"
    with exclusive(home), room.told(home):
        room.need(home)
        archive = Archive(home)
        archive.check()
        entries = loads.kept(home)
        if not entries:
            raise NotFound(
                Text("这里没有可供重建的导入记录。", "No load is written down here to make a database from.")
            )
        places.db.mkdir(mode=0o700, exist_ok=True)
        with embedded.locked(places):
            if using := leases.holders(places):
                raise Busy(
                    Text(
                        f"数据库正被进程 {using} 使用，请先结束它。",
                        f"The database is in use by process {using}; end it first.",
                    )
                )
            server.stop(places)
        for left in home.glob("importing-*"):  # of a rebuild that was killed
            embedded.stop(left)
            shutil.rmtree(left, ignore_errors=True)
        try:
            _make(archive, staging, entries, tick, also)
        except BaseException:
            embedded.stop(staging)
            shutil.rmtree(staging, ignore_errors=True)
            raise
        embedded.stop(staging)
        with embedded.locked(places):
            server.stop(places)
            there = places.data.is_dir()
            _same_password(Places(staging), places)
            moves.plan_data(places, staging, before, also=(FOLDER,))
            moves.finish(places)
    return before if there else None


def _make(
    archive: Archive,
    staging: Path,
    entries: list[loads.LoadRecord],
    tick: Callable[[int, int], None],
    also: Also,
) -> None:
    Places(staging).db.mkdir(parents=True, mode=0o700)
    _same_password(Places(archive.home), Places(staging))
    then = Archive(staging)
    standing: list[str] = []
    with Store.connect(home=staging) as store:
        for entry in entries:
            files = sorted(entry["add"], key=lambda file: int(file["position"]))
            shas = [str(file["sha256"]) for file in files]
            for sha256 in shas:
                share(archive, then, sha256)
            if shas:
                change = Change(int(entry["load"]), list(standing), add=shas, files=files)
                apply(store, build(then, change), tick)
                standing += shas
        rows = [{name: value for name, value in entry.items() if name != "add"} for entry in entries]
        store.write("load.restore", rows=[{**row, "load_id": str(row["load"])} for row in rows])
        also(store)


def _same_password(one: Places, other: Places) -> None:
    """Give ``other`` the password of ``one``, where only that has any: the new database keeps the old one's."""
    if one.password.exists() and not other.password.exists():
        shutil.copy2(one.password, other.password)
