"""``upline serve``: the service on this machine, with a link that signs in."""

from __future__ import annotations

import logging
import logging.handlers
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
from backend.security.checking import alarm, check_and_record
from backend.security.errors import AuditUnavailable
from backend.security.sessions import local_token
from graph_schema.errors import Busy
from graph_schema.home import upline_home
from graph_schema.language import Text, in_language, spoken, told
from graph_schema.store import Store

_ANY = ("0.0.0.0", "::", "")


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

    Raises ``Busy`` where the port is taken, ``EngineError`` where no database can be had.
    """
    home = upline_home()
    listening = _bound(host, port)
    _private_scratch(home)
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
        app = create_app(lambda: nullcontext(store), home, hosts=[] if host in _ANY else [shown])
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=10,
        )
        # Stopping it by Ctrl+C is how it is meant to be stopped.
        with suppress(KeyboardInterrupt):
            _Server(config, address, home).run(sockets=[listening])


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


def _private_scratch(home: Path) -> None:
    """Uploads wait in a folder only their owner can enter, not in one shared by the whole machine."""
    scratch = home / "scratch"
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
