"""The embedded database: the real Neo4j Community as a child process that belongs to its ``UPLINE_HOME``.

Any number of Upline processes share one server. Each joins it with a lease; the first starts it, the last
to leave does not stop it: the keeper does, after a while.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from graph_schema.errors import EngineError
from graph_schema.language import Text
from graph_schema.store import aot, jars, keeper, leases, moves, program, room, server
from graph_schema.store.locks import FileLock
from graph_schema.store.places import Places
from graph_schema.store.say import Say, say_on_stderr
from graph_schema.store.server import Server

START_TRIES = 3
LOCK_TIMEOUT = 600.0


@dataclass
class Joined:
    """A client's place at the server: where it is, how to sign in, and the lease that keeps it up."""

    server: Server
    password: str
    lease: FileLock

    def leave(self) -> None:
        """Give up the lease; the server stays."""
        self.lease.release()
        self.lease.path.unlink(missing_ok=True)


@dataclass(frozen=True)
class DatabaseStatus:
    """What ``upline db status`` tells; ``clients`` are the process ids that hold a lease."""

    running: bool
    pid: int | None
    port: int | None
    version: str
    started: float | None
    clients: list[int]
    keeper: bool


def locked(places: Places) -> FileLock:
    """Take the start lock of a home: one process at a time starts, joins or stops its server."""
    try:
        places.db.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FileLock(places.start_lock).acquire(
            LOCK_TIMEOUT, "本数据目录的数据库 the database of this home"
        )
    except OSError as error:
        raise EngineError(
            Text(
                f"{places.db} 无法写入（{error.strerror}），请将 UPLINE_HOME 设为自己的文件夹。",
                f"{places.db} cannot be written ({error.strerror}); set UPLINE_HOME to a folder of your own",
            )
        ) from error


def _started(places: Places, say: Say) -> Server:
    """Return the running server, starting it where there is none. Call under the start lock."""
    class_path = program.ensure(say)
    found = server.running(places)
    if found is not None:
        keeper.ensure(places)
        server.wait_ready(places, found)
        return found
    server.clear_strays(places)
    room.need(places.home, room.AT_START)
    if moves.finish(places):
        say(Text("已完成上次中断的恢复", "finished a restore that had been cut off"))
    say(Text("正在启动数据库", "starting the database"))
    keeper.ensure(places)
    started = server.launch(places, class_path, jars.load_lock().version, aot.options())
    server.wait_ready(places, started)
    aot.train_in_background()
    return started


def join(home: Path, say: Say = say_on_stderr) -> Joined:
    """Join the server of ``home``, starting it where needed; raise EngineError where that fails."""
    places = Places(home)
    with locked(places):
        found = _started(places, say)
        return Joined(found, server.password(places), leases.take(places))


def stop(home: Path) -> tuple[Server | None, list[int]]:
    """Stop the server of ``home`` now; return what ran and the processes that were using it."""
    places = Places(home)
    with locked(places):
        using = leases.holders(places)
        stopped = server.stop(places)
    return stopped, using


def stop_unused(home: Path) -> bool:
    """Stop the server of ``home`` now unless some process uses it; return whether one was stopped."""
    places = Places(home)
    if not places.db.is_dir():
        return False
    with locked(places):
        return not leases.holders(places) and server.stop(places) is not None


def status(home: Path) -> DatabaseStatus:
    """Tell whether the server of ``home`` runs, without starting anything."""
    places = Places(home)
    found = server.running(places)
    probe = FileLock(places.keeper_lock)
    kept = places.keeper_lock.is_file() and not probe.try_acquire()
    probe.release()
    clients: list[int] = []
    if places.db.is_dir():
        with locked(places):
            clients = leases.holders(places)
    return DatabaseStatus(
        running=found is not None,
        pid=found.pid if found else None,
        port=found.port if found else None,
        version=jars.load_lock().version,
        started=found.started if found else None,
        clients=clients,
        keeper=kept,
    )


def wait_stopped(home: Path, timeout: float) -> bool:
    """Wait until no server runs for ``home``; False where one still does after ``timeout`` seconds."""
    end = time.monotonic() + timeout
    while server.running(Places(home)) is not None:
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True
