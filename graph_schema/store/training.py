"""The training run that writes Java's ahead-of-time cache (``aot``): a start, a first connection, a first load."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import psutil
from neo4j.exceptions import DriverError, Neo4jError

from graph_schema.errors import UplineError
from graph_schema.language import Text
from graph_schema.store import aot, jars, java, migrations, program, server
from graph_schema.store.address import Address
from graph_schema.store.connection import Store
from graph_schema.store.locks import FileLock
from graph_schema.store.places import Places
from graph_schema.store.say import Say, say_on_stderr
from graph_schema.store.viewer import LOCAL


def _exercise(places: Places, started: server.Server) -> None:
    """Do what a first connection and a first load do, so that their classes are in the cache too."""
    where = Address(started.uri, server.USER, server.password(places), "neo4j")
    with Store(where, None, say_on_stderr) as store:
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
        training = [f"-XX:AOTCacheOutput={java.spelled(part)}", "-Xlog:aot*=off"]
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


def train(say: Say) -> bool:
    """Write the cache where it is missing; return whether it is there now. A failed training is only said."""
    target = aot.cache_file()
    if not aot.wanted() or target.is_file():
        return target.is_file()
    lock = FileLock(jars.jars_folder() / "train.lock")
    if not lock.try_acquire():
        return False  # somebody else is at it
    with lock:
        say(Text("首次准备快速启动", "preparing faster starts, once"))
        try:
            _train(target, program.ensure(say))
        except (UplineError, OSError, psutil.Error, DriverError, Neo4jError) as error:
            say(f"starts stay slower: {error}")
            target.with_suffix(".failed").touch()
            return False
    return True


if __name__ == "__main__":
    train(lambda text: None)
