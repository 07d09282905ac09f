"""The database program: Neo4j Community's jars, locked by checksum, fetched once for all homes.

``neo4j.lock.json`` names every jar (coordinates, classifier, size, sha256, licence, project page). Jars are
looked for in the shared cache, then in an existing local Maven repository, then fetched through
``jgo``. ``UPLINE_JARS`` names a folder to take them from instead, for closed networks (``upline bundle``).
Run as a program it makes everything ready: ``python -m graph_schema.store.jars [--from DIR] [--relock]``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from platformdirs import user_cache_dir

from graph_schema.errors import EngineError, UplineError
from graph_schema.store.locks import FileLock

LOCK = Path(__file__).with_name("neo4j.lock.json")
Say = Callable[[str], None]


def say_on_stderr(text: str) -> None:
    print(f"[upline] {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Jar:
    """One locked file of the database program."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int
    licence: str
    home: str

    @property
    def file(self) -> str:
        return f"{self.artifact}-{self.version}{'-' if self.classifier else ''}{self.classifier}.jar"

    @property
    def path(self) -> Path:
        """Path within a folder of jars: the layout of a Maven repository."""
        return Path(*self.group.split("."), self.artifact, self.version, self.file)


@dataclass(frozen=True)
class Lock:
    version: str
    jars: tuple[Jar, ...]

    @property
    def digest(self) -> str:
        """One checksum over all jars: names the exact program."""
        return hashlib.sha256("".join(jar.sha256 for jar in self.jars).encode()).hexdigest()


def platform_classifier() -> str:
    """Return this machine's name as Netty's native jars spell it, e.g. ``linux-x86_64``."""
    system = {"darwin": "osx", "win32": "windows"}.get(sys.platform, "linux")
    machine = platform.machine().lower()
    machines = {"amd64": "x86_64", "arm64": "aarch_64", "aarch64": "aarch_64"}
    return f"{system}-{machines.get(machine, machine)}"


@cache
def load_lock() -> Lock:
    """Return the locked program with the jars this platform needs, in class path order."""
    body = json.loads(LOCK.read_text(encoding="utf-8"))
    jars = (Jar(**jar) for jar in body["jars"])
    return Lock(body["neo4j"], tuple(jar for jar in jars if jar.classifier in ("", platform_classifier())))


def jars_folder() -> Path:
    """Return the folder the program runs from: ``UPLINE_JARS``, or the cache all homes share."""
    given = os.environ.get("UPLINE_JARS")
    return Path(given).absolute() if given else Path(user_cache_dir("upline", appauthor=False)) / "jars"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def right(path: Path, jar: Jar) -> bool:
    """True where ``path`` is the locked file."""
    return path.is_file() and path.stat().st_size == jar.size and _sha256(path) == jar.sha256


def _state(folder: Path, lock: Lock) -> dict[str, list[int]]:
    """Size and time of change of every jar: unchanged since verified means still verified."""
    found = {}
    for jar in lock.jars:
        try:
            stat = (folder / jar.path).stat()
        except OSError:
            return {}
        found[jar.file] = [stat.st_size, stat.st_mtime_ns]
    return found


def _verified(folder: Path, lock: Lock) -> bool:
    stamp = folder / f"verified-{lock.digest[:16]}.json"
    state = _state(folder, lock)
    try:
        return bool(state) and json.loads(stamp.read_text(encoding="utf-8")) == state
    except (OSError, ValueError):
        return False


def _stamp(folder: Path, lock: Lock) -> None:
    stamp = folder / f"verified-{lock.digest[:16]}.json"
    part = stamp.with_suffix(f".{os.getpid()}")
    try:
        part.write_text(json.dumps(_state(folder, lock)), encoding="utf-8")
        part.replace(stamp)
    except OSError:  # a read-only folder (bundle on a disk): verified again at the next start
        part.unlink(missing_ok=True)


def ensure(say: Say = say_on_stderr, source: Path | None = None) -> list[Path]:
    """Return the class path, fetching and verifying what is not there yet; raise EngineError."""
    lock, folder = load_lock(), jars_folder()
    paths = [folder / jar.path for jar in lock.jars]
    if _verified(folder, lock):
        return paths
    if os.environ.get("UPLINE_JARS"):
        bad = [jar.file for jar in lock.jars if not right(folder / jar.path, jar)]
        if bad:
            raise EngineError(
                f"UPLINE_JARS={folder}: {len(bad)} of {len(lock.jars)} jars are missing or damaged, "
                f"first {bad[0]}; point it to the folder jars of a whole bundle, or unset it to fetch them"
            )
    else:
        from graph_schema.store.fetching import fetch  # its libraries are needed once, starts are many

        with FileLock(folder / "fetch.lock").acquire(1800, "fetching Neo4j"):
            fetch(lock, folder, say, source.absolute() if source else None)
    _stamp(folder, lock)
    return paths


def main() -> None:
    """Make the database program ready: jars, then the cache that makes starts faster."""
    parser = argparse.ArgumentParser(prog="python -m graph_schema.store.jars", description=main.__doc__)
    parser.add_argument(
        "--from", dest="source", type=Path, help="take the jars from this folder, never from the network"
    )
    parser.add_argument("--relock", action="store_true", help="resolve again and write the lock file")
    parser.add_argument("--no-aot", action="store_true", help="leave out the ahead-of-time cache")
    options = parser.parse_args()
    if options.relock:
        from graph_schema.store.relock import relock

        relock(LOCK)
        return
    from graph_schema.store import aot

    try:
        ensure(source=options.source)
    except UplineError as error:
        sys.exit(f"[upline] {error}")
    if not options.no_aot:
        aot.train(say_on_stderr)


if __name__ == "__main__":
    main()
