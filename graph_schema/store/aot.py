"""Java's ahead-of-time cache: written once by a training run, it about halves every later start.

It belongs to one Java and one set of jars and lies beside them, shared by all homes. A start without it,
or with one Java cannot use, is only slower. ``UPLINE_AOT=off`` leaves it out.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import psutil
from neo4j.exceptions import DriverError, Neo4jError

from graph_schema.errors import UplineError
from graph_schema.store import jars, java, processes, server
from graph_schema.store.locks import FileLock
from graph_schema.store.places import Places


def wanted() -> bool:
    return os.environ.get("UPLINE_AOT", "").lower() not in {"off", "0", "no"}


def cache_file() -> Path:
    """Return where the cache of this Java and these jars lies, whether or not it exists."""
    release = (java.java().parent.parent / "release").read_bytes()
    key = hashlib.sha256(release + jars.load_lock().digest.encode() + str(jars.jars_folder()).encode())
    return jars.jars_folder() / f"start-{key.hexdigest()[:16]}.aot"


def options() -> list[str]:
    """Return the Java options of a start: with the cache where it exists.

    Java itself goes on without a cache that does not fit (``AOTMode=auto``). The cache brings the profiles
    of hot methods along; were they all compiled at once, the compiler would take the processor from the
    start itself on a small machine, so it is told to wait a little longer.
    """
    cache = cache_file()
    if not (wanted() and cache.is_file()):
        return []
    return [f"-XX:AOTCache={cache}", "-Xlog:aot*=off", "-XX:CompileThresholdScaling=3"]


def _exercise(places: Places, started: server.Server) -> None:
    """Do what a first connection and a first load do, so that their classes are in the cache too."""
    from graph_schema.store import LOCAL, migrations
    from graph_schema.store.address import Address
    from graph_schema.store.connection import Store

    where = Address(started.uri, server.USER, server.password(places), "neo4j")
    with Store(where, None, jars.say_on_stderr) as store:
        migrations.migrate(store)
        rows = [[f"+86139{n:08d}", f"+86139{n + 1:08d}", f"event-{n}", n] for n in range(200)]
        store.write("store.train_write", rows=rows)
        store.read(LOCAL, "store.train_read", at=5)
        migrations.migrate(store)


def _train(target: Path, class_path: list[Path]) -> None:
    with tempfile.TemporaryDirectory(prefix="upline-aot-") as name:
        places = Places(Path(name))
        places.db.mkdir(mode=0o700)
        part = Path(name) / "start.aot"
        training = [f"-XX:AOTCacheOutput={part}", "-Xlog:aot*=off"]
        started = server.launch(places, class_path, jars.load_lock().version, training)
        try:
            server.wait_ready(places, started)
            _exercise(places, started)
        finally:
            server.stop(places, timeout=300)  # Java writes the cache while it ends
        older = sorted(target.parent.glob("start-*.aot"), key=lambda path: path.stat().st_mtime)
        for path in older[:-2]:  # of former Javas and jars, 170 MB each
            path.unlink()
        beside = target.with_suffix(f".{os.getpid()}.part")
        shutil.copyfile(part, beside)
        beside.replace(target)


def train(say: jars.Say) -> bool:
    """Write the cache where it is missing; return whether it is there now. A failed training is only said."""
    target = cache_file()
    if not wanted() or target.is_file():
        return target.is_file()
    lock = FileLock(jars.jars_folder() / "train.lock")
    if not lock.try_acquire():
        return False  # somebody else is at it
    with lock:
        say("preparing faster starts, once / 首次准备快速启动")
        try:
            _train(target, jars.ensure(say))
        except (UplineError, OSError, psutil.Error, DriverError, Neo4jError) as error:
            say(f"starts stay slower: {error}")
            target.with_suffix(".failed").touch()
            return False
    return True


def train_in_background() -> None:
    """Let a process of low priority write the cache where it is missing, unless that failed before."""
    target = cache_file()
    if not wanted() or target.is_file() or target.with_suffix(".failed").is_file():
        return
    process = processes.spawn_module("graph_schema.store.aot", [], Path(os.devnull))
    with contextlib.suppress(psutil.Error):
        if sys.platform == "win32":
            psutil.Process(process.pid).nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            psutil.Process(process.pid).nice(15)


if __name__ == "__main__":
    train(lambda text: None)
