"""Versioned changes of the database, applied in order when a store connects.

Each says what it did. The first one makes the constraints and indexes the declaration asks for; it is
looked at again whenever the declaration asks for something else, so that a new label gets its
constraint without a new version.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from graph_schema.errors import EngineError
from graph_schema.language import Text
from graph_schema.store.locks import FileLock
from graph_schema.store.places import Places


class Database(Protocol):
    """What a migration asks of the store it is applied to."""

    home: Path

    def rows(self, query: str, /, **params: Any) -> list[dict[str, Any]]: ...
    def write(self, query: str, /, **params: Any) -> dict[str, int]: ...
    def change_schema(self, statements: Sequence[str]) -> None: ...


@dataclass(frozen=True)
class Migration:
    """One step: its version, what it is, the fingerprint of its input, and how it is done."""

    version: int
    title: str
    fingerprint: Callable[[], str]
    apply: Callable[[Database], list[str]]


def _statements() -> list[str]:
    from graph_schema.declaration import load_declaration
    from graph_schema.generate import constraints

    own = "CREATE CONSTRAINT migration_version IF NOT EXISTS FOR (n:Migration) REQUIRE n.version IS UNIQUE"
    return [own, *constraints(load_declaration())]


def _schema_fingerprint() -> str:
    return hashlib.sha256("\n".join(_statements()).encode()).hexdigest()


def _names(store: Database) -> set[str]:
    found: set[str] = set()
    for query in ("store.schema_names", "store.index_names"):
        found.update(store.rows(query)[0]["names"])
    return found


def _apply_schema(store: Database) -> list[str]:
    """Make the constraints and indexes that are missing; return their names."""
    before = _names(store)
    store.change_schema(_statements())
    store.rows("store.await_indexes")
    added = sorted(_names(store) - before)
    if failed := [row["name"] for row in store.rows("store.index_states")]:
        names = ", ".join(failed)
        raise EngineError(
            Text(
                f"索引未能建成：{names}，见数据库日志。",
                f"indexes did not come online: {names}; see the database log",
            )
        )
    return [f"added {name}" for name in added]


MIGRATIONS = (Migration(1, "constraints and indexes of the declaration", _schema_fingerprint, _apply_schema),)


def _program() -> str:
    try:
        return version("upline")
    except PackageNotFoundError:
        return "source"


def migrate(store: Database) -> list[str]:
    """Bring the database up to date; return what was done, nothing where it was so already.

    One process of a home does it at a time; the next finds it done.
    A database written by a newer Upline is refused, so that an old program never works on what it
    does not know.
    """
    if not _pending(store):
        return []
    with FileLock(Places(store.home).db / "migrate.lock").acquire(600, "migration of the database"):
        return [line for step in _pending(store) for line in _carry_out(store, step)]


def _pending(store: Database) -> list[Migration]:
    """Return the migrations this database has not had, or had with another input."""
    done = {row["version"]: row["fingerprint"] for row in store.rows("store.migrations")}
    newest = max((step.version for step in MIGRATIONS), default=0)
    if done and max(done) > newest:
        raise EngineError(
            Text(
                f"数据库为第 {max(done)} 版，本程序只认到第 {newest} 版，请安装较新的 Upline。",
                f"this database is at version {max(done)}, this Upline knows up to {newest}; install "
                "the newer Upline",
            )
        )
    return [step for step in MIGRATIONS if done.get(step.version) != step.fingerprint()]


def _carry_out(store: Database, step: Migration) -> list[str]:
    changes = step.apply(store)
    store.write(
        "store.record_migration",
        version=step.version,
        title=step.title,
        fingerprint=step.fingerprint(),
        applied_at=int(time.time() * 1000),
        program=_program(),
    )
    return [f"database version {step.version}: {step.title}: {len(changes)} new", *changes]
