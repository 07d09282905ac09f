"""Judgements, watches and leads beside the database: what people decided is not lost with it.

Every statement that writes one is added, with what it wrote, to ``UPLINE_HOME/deeds/log.jsonl`` and is on the disk before
the caller is answered. ``replay`` says them again, in their order, to a database made anew. A line that a kill cut off
belongs to a deed nobody was told was done.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock

from graph_schema import shared_file
from graph_schema.store import LOCAL, Store
from graph_schema.store.connection import Counters

FOLDER = "deeds"
_LOG = "log.jsonl"
Deed = tuple[str, dict[str, Any]]  # a query of the catalogue and its parameters


def do(store: Store, query: str, **params: Any) -> Counters:  # what a query takes
    """Write to the database and keep the statement; nothing is kept of one the database refused."""
    with _alone(store.home):
        _begin(store)
        counters = store.write(query, **params)
        _add(store.home, [(query, params)])
    return counters


def begin(store: Store) -> None:
    """Keep what a database holds that was filled before deeds were kept; does nothing where a log is there."""
    with _alone(store.home):
        _begin(store)


def replay(home: Path, store: Store) -> int:
    """Say all kept deeds of ``home`` to another database; return how many."""
    said = 0
    for query, params in _kept(home):
        store.write(query, **params)
        said += 1
    return said


def _begin(store: Store) -> None:
    if (store.home / FOLDER / _LOG).exists():
        return
    leads = [row["lead"] for row in store.read(LOCAL, "watch.leads", watch_id=None, timeout=60.0)]
    watches = [dict(row["watch"]) for row in store.read(LOCAL, "watch.all", timeout=60.0)]
    reviews = [dict(row["review"]) for row in store.read(LOCAL, "review.until", until=2**62, timeout=60.0)]
    _add(
        store.home,
        [
            *(("review.add", {"review_id": each.pop("review_id"), "props": each}) for each in reviews),
            *(("watch.add", {"watch_id": each.pop("watch_id"), "props": each}) for each in watches),
            ("watch.keep_leads", {"leads": leads}),
        ],
    )


def _alone(home: Path) -> FileLock:
    (home / FOLDER).mkdir(mode=0o700, exist_ok=True)
    return FileLock(home / FOLDER / "log.lock")


def _add(home: Path, deeds: Sequence[Deed]) -> None:
    lines = "".join(json.dumps(deed, ensure_ascii=False, sort_keys=True) + "\n" for deed in deeds)
    shared_file.add_lines(home / FOLDER / _LOG, lines.encode("utf-8", "surrogatepass"))


def _kept(home: Path) -> Iterator[Deed]:
    path = home / FOLDER / _LOG
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                query, params = json.loads(line.decode("utf-8", "surrogatepass"))
            except ValueError:
                continue  # cut off by a kill
            yield query, params
