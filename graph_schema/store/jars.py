"""The jars of Neo4j Community, locked by checksum: which they are, where they lie, whether they are right.

``neo4j.lock.json`` names every jar: coordinates, classifier, size, sha256, licence, project page.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from platformdirs import user_cache_dir

LOCK = Path(__file__).with_name("neo4j.lock.json")


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
        """Name of the jar."""
        return f"{self.artifact}-{self.version}{'-' if self.classifier else ''}{self.classifier}.jar"

    @property
    def path(self) -> Path:
        """Path within a folder of jars: the layout of a Maven repository."""
        return Path(*self.group.split("."), self.artifact, self.version, self.file)


@dataclass(frozen=True)
class Lock:
    """The jars of one Neo4j version, each with its digest."""

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


def verified(folder: Path, lock: Lock) -> bool:
    """True where every jar was verified once and has not changed since."""
    stamp = folder / f"verified-{lock.digest[:16]}.json"
    state = _state(folder, lock)
    try:
        return bool(state) and json.loads(stamp.read_text(encoding="utf-8")) == state
    except (OSError, ValueError):
        return False


def keep_verified(folder: Path, lock: Lock) -> None:
    """Remember that every jar is right as it lies there now."""
    stamp = folder / f"verified-{lock.digest[:16]}.json"
    part = stamp.with_suffix(f".{os.getpid()}")
    try:
        part.write_text(json.dumps(_state(folder, lock)), encoding="utf-8")
        part.replace(stamp)
    except OSError:  # a read-only folder (bundle on a disk): verified again at the next start
        part.unlink(missing_ok=True)
