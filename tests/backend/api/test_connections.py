"""Connections that are opened and left: none keeps a place, a descriptor or an answer for ever."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from backend.api import connections, incoming
from tests.backend.api.conftest import Service

HEAD = b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, threading.Event]]:
    """The port of a service whose one answer is large beyond all buffers, and whether giving it has ended."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(connections, "STALL_SECONDS", 0.3)
    ended = threading.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for _ in range(1000):
                await send({"type": "http.response.body", "body": b"x" * (1 << 16), "more_body": True})
            ended.set()

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=connections.Connection, log_config=None, lifespan="off")
    service = uvicorn.Server(config)
    thread = threading.Thread(target=service.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()[1], ended
    service.should_exit = True
    thread.join(20)


def _is_cut(one: socket.socket) -> bool:
    """Whether the other side ends the connection; whatever came before is read."""
    one.settimeout(20)
    try:
        while one.recv(1 << 20):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


def test_half_open_requests_end(endless: tuple[int, threading.Event]) -> None:
    """Trap: connections that send nothing, or a byte now and then, until no descriptor is left."""
    port, _ = endless
    silent = socket.create_connection(("127.0.0.1", port))
    dripping = socket.create_connection(("127.0.0.1", port))
    for byte in HEAD[:4]:
        dripping.sendall(bytes([byte]))
        time.sleep(0.02)
    assert _is_cut(silent) and _is_cut(dripping)


def test_an_answer_nobody_reads_ends(endless: tuple[int, threading.Event]) -> None:
    """Trap: a download that was begun and forgotten keeps its file, its folder and its case data."""
    port, ended = endless
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.sendall(HEAD + b"\r\n")
        assert ended.wait(20)


def test_a_body_that_does_not_come_is_refused(empty: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: sign-in kept waiting for its body, one thread for each."""
    monkeypatch.setattr(incoming, "BODY_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", empty.port)) as one:
        one.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{")
        one.settimeout(20)
        assert one.recv(1 << 16).startswith(b"HTTP/1.1 408")
