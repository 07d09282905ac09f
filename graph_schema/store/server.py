"""The server process of one home: is it alive, start it, wait for it, stop it."""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from graph_schema import shared_file
from graph_schema.errors import EngineError
from graph_schema.language import Text
from graph_schema.store import java, settings
from graph_schema.store.places import Places, read_json

USER = "neo4j"
START_TIMEOUT = 240.0
STOP_TIMEOUT = 60.0


@dataclass(frozen=True)
class Server:
    """A running server as its lock file tells."""

    pid: int
    port: int
    version: str
    started: float  # seconds since the epoch

    @property
    def uri(self) -> str:
        """Where drivers reach it."""
        return f"bolt://127.0.0.1:{self.port}"


def _is_ours(process: psutil.Process, places: Places) -> bool:
    """True for a living server of this very home; a reused process id is told by its command line."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE and java.home_argument(places) in process.cmdline()
    except psutil.Error:
        return False


def process_of(places: Places, pid: int) -> psutil.Process | None:
    """The process of the server of this home; None where it is gone or another's."""
    try:
        process = psutil.Process(pid)
    except psutil.Error:
        return None
    return process if _is_ours(process, places) else None


def running(places: Places) -> Server | None:
    """Return the living server of this home; None where there is none or the lock file is stale."""
    body = read_json(places.server)
    if body is None:
        return None
    try:
        server = Server(**body)
    except TypeError:
        return None
    return server if process_of(places, server.pid) else None


def clear_strays(places: Places) -> None:
    """Remove what a killed start left: a stale lock file, a server without one. Call under the start lock."""
    for process in psutil.process_iter():
        if _is_ours(process, places):
            _end(process)
    places.server.unlink(missing_ok=True)


def password(places: Places) -> str:
    """Return this home's database password, made at random on first use."""
    try:
        return places.password.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        if (places.data / "databases" / "system").is_dir():
            raise EngineError(
                Text(
                    f"缺少 {places.password}，{places.data} 中的数据库无法打开；请找回该文件，或用 "
                    "`upline db restore 备份文件` 恢复备份。",
                    f"{places.password} is missing, so the database under {places.data} cannot be "
                    "opened; bring the file back, or restore a backup with `upline db restore FILE`",
                )
            ) from None
    # hexadecimal: neo4j-admin would take a password that begins with "-" for an option
    shared_file.put(places.password, secrets.token_hex(32) + "\n")
    return password(places)


def set_password(places: Places) -> None:
    """Give a database that has never been started its password, through a file no other user can read."""
    if (places.data / "databases" / "system").is_dir():
        return
    argument = places.conf / "password.arg"
    shared_file.put(argument, password(places) + "\n")
    try:
        java.admin(places, "dbms", "set-initial-password", f"@{java.spelled(argument)}", timeout=120)
    finally:
        argument.unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _log_tail(places: Places) -> str:
    """Return what the server said last that looks like a reason, in one line."""
    lines: list[str] = []
    for name in ("console.log", "neo4j.log"):
        with contextlib.suppress(OSError):
            text = (places.logs / name).read_text(encoding="utf-8", errors="replace")
            lines += [
                line for line in text.splitlines() if re.search(r"error|exception|too small", line, re.I)
            ][-4:]
    return " | ".join(lines)[-1500:] or f"see {places.logs}"


def launch(places: Places, class_path: Sequence[Path], version: str, options: Sequence[str]) -> Server:
    """Start the server and write its lock file, without waiting for it. Call under the start lock."""
    password(places)
    port = _free_port()
    size = settings.write(places, port)
    java.write_arguments(places, class_path)
    set_password(places)
    process = java.spawn(places, [f"-Xms{size.heap}m", f"-Xmx{size.heap}m", *options])
    server = Server(process.pid, port, version, round(time.time(), 3))
    shared_file.put(places.server, _json(server))
    _children[process.pid] = process
    return server


_children: dict[int, subprocess.Popen[bytes]] = {}
"""Servers this process started: kept so that one that ends is reaped, not left as a zombie."""


def _json(server: Server) -> str:
    return json.dumps(asdict(server))


def wait_ready(places: Places, server: Server, timeout: float = START_TIMEOUT) -> None:
    """Wait until the server takes connections; raise EngineError with its own words where it ended."""
    end = time.monotonic() + timeout
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        if process_of(places, server.pid) is None:
            tail = _log_tail(places)
            raise EngineError(
                Text(
                    f"数据库启动失败：{tail}",
                    f"the database server ended while starting: {tail}",
                )
            )
        if time.monotonic() > end:
            tail = _log_tail(places)
            raise EngineError(
                Text(
                    f"数据库 {timeout:.0f} 秒内没有应答：{tail}；请释放内存，或调低 UPLINE_DB_HEAP 后再试。",
                    f"the database server did not answer within {timeout:.0f} s: {tail}; free memory "
                    "or set UPLINE_DB_HEAP lower, then try again",
                )
            )
        time.sleep(0.05)


def _end(process: psutil.Process, timeout: float = STOP_TIMEOUT) -> None:
    """End one server: asked first, so that it closes its files; Neo4j recovers where it had to be killed."""
    with contextlib.suppress(psutil.Error):
        process.terminate()
    if not _gone(process, timeout):
        with contextlib.suppress(psutil.Error):
            process.kill()
        _gone(process, 10)


def _gone(process: psutil.Process, timeout: float) -> bool:
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        child = _children.get(process.pid)
        if child is not None and child.poll() is not None:
            del _children[process.pid]
            return True
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.Error:
            return True
        time.sleep(0.05)
    return False


def stop(places: Places, timeout: float = STOP_TIMEOUT) -> Server | None:
    """Stop the server of this home; return what ran, None where nothing did. Call under the start lock."""
    server = running(places)
    if server is not None:
        process = process_of(places, server.pid)
        if process is not None:
            _end(process, timeout)
    places.server.unlink(missing_ok=True)
    return server
