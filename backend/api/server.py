"""``upline serve``: the service on this machine, with a link that signs in."""

from __future__ import annotations

import logging
import logging.handlers
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import uvicorn

from backend.answers.warming import warming
from backend.api.app import create_app
from backend.api.connections import Connection
from backend.api.uploads import clear
from backend.api.workers import Workers
from backend.security.checking import alarm, check_and_record
from backend.security.errors import AuditUnavailable
from backend.security.sessions import local_token
from graph_schema.errors import Busy
from graph_schema.home import upline_home
from graph_schema.language import Text, in_language, spoken, told
from graph_schema.store import Store
from graph_schema.store.locks import FileLock

_ANY = ("0.0.0.0", "::", "")
CONNECTIONS = 1000
"""Connections at once; those beyond are told that the service is not available."""


class _Server(uvicorn.Server):
    """Says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str, home: Path) -> None:
        super().__init__(config)
        self._address, self._home = address, home

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(_greeting(self._address, self._home), file=sys.stderr, flush=True)


def _greeting(address: str, home: Path) -> str:
    """Where the service is; the owner's token only to somebody who sits there, never into the log of a supervisor."""
    token = local_token(home)
    if not sys.stderr.isatty():
        file = home / "token"
        return told(
            f"溯链已启动：{address}\n本机登录口令在文件 {file} 中。",
            f"Upline is running: {address}\nThe owner's token is in the file {file}.",
        )
    link = f"{address}#token={token}"
    return told(
        f"溯链已启动：{address}\n登录链接（勿转发）：{link}\n按 Ctrl+C 停止。",
        f"Upline is running: {address}\nSign-in link (do not share): {link}\nPress Ctrl+C to stop.",
    )


def serve(host: str = "127.0.0.1", port: int = 8765) -> None:
    """Serve until interrupted; port 0 takes a free one.

    Raises ``Busy`` where the port is taken or another service has this home, ``EngineError`` where no database can
    be had.
    """
    home = upline_home()
    with _alone(home):
        listening = _bound(host, port)
        _private_scratch(home)
        clear(home)
        _serve(home, host, listening)


def _serve(home: Path, host: str, listening: socket.socket) -> None:
    """Serve on a socket that is bound, with the database, the workers and the log of ``home``."""
    _log(home)
    shown = "127.0.0.1" if host in _ANY else f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    if host not in ("127.0.0.1", "::1", "localhost"):
        print(
            told(
                f"注意：{host} 可从其他机器访问，且未加密；请置于带 TLS 的反向代理之后。",
                f"{host} can be reached from other machines, without encryption: put a TLS proxy in front.",
            ),
            file=sys.stderr,
        )
    # Connected before the service starts, so that a database that cannot be had is said in plain words.
    with Store.connect() as store, warming(store), _checking_audit():
        workers = Workers(home)
        workers.start()
        hosts = [] if host in _ANY else [shown]
        app = create_app(lambda: nullcontext(store), home, hosts=hosts, workers=workers)
        config = uvicorn.Config(
            app,
            http=Connection,
            limit_concurrency=CONNECTIONS,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=10,
        )
        # Stopping it by Ctrl+C is how it is meant to be stopped.
        try:
            with suppress(KeyboardInterrupt):
                _Server(config, address, home).run(sockets=[listening])
        finally:
            workers.stop()


@contextmanager
def _checking_audit() -> Iterator[None]:
    """Check the audit log meanwhile, and say loudly where it is not whole; the service starts all the same."""
    thread = threading.Thread(target=_check_audit, name="audit", daemon=True)
    thread.start()
    yield


def _check_audit() -> None:
    try:
        found = check_and_record()
        said: str = "" if found.good else alarm(found)
    except AuditUnavailable as error:
        said = error.text
    if said:
        logging.getLogger("upline.audit").error("%s", in_language(said, "en"))
        print(f"\n!!! {spoken(said)}\n", file=sys.stderr, flush=True)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Busy(
            Text(
                f"无法使用 {host}:{port}（{error.strerror}）。用 --port 换一个端口。",
                f"{host}:{port} cannot be used ({error.strerror}). Choose another --port.",
            )
        ) from error
    return listening


def _alone(home: Path) -> FileLock:
    """The lock of the one service of a home. Raises ``Busy``: a second one would remove the first one's uploads."""
    lock = FileLock(home / "serve.lock")
    if not lock.try_acquire():
        raise Busy(
            Text(
                f"{home} 已有服务在运行，请使用它，或先停止它。",
                f"A service for {home} is running; use it, or stop it first.",
            )
        )
    return lock


def _private_scratch(home: Path) -> None:
    """What is on its way in or out waits in a folder only its owner can enter; what an earlier service left goes."""
    scratch = home / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(scratch)


def _log(home: Path) -> None:
    """Requests by route and errors by place go to ``logs/service.log``; neither names anybody."""
    folder = home / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "service.log", maxBytes=10 << 20, backupCount=5, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("upline")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    logger.propagate = False
