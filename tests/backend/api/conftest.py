"""The service as it runs: a real server on a free port, before the test database."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
import requests
import uvicorn

from backend.api import create_app
from backend.api.connections import Connection
from backend.api.workers import Workers
from backend.security.sessions import local_token
from graph_schema.store import Store


class Service(requests.Session):
    """A client that is signed in by the token, for paths below /api/v1."""

    def __init__(self, port: int, token: str | None) -> None:
        super().__init__()
        self.trust_env = False
        self.port, self.base = port, f"http://127.0.0.1:{port}/api/v1"
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def request(self, method: str, url: str, **more: object) -> requests.Response:  # type: ignore[override]
        more.setdefault("timeout", 180)
        return super().request(method, url if "//" in url else self.base + url, **more)  # type: ignore[arg-type]


@contextmanager
def running(store: Store, workers: Workers | None = None) -> Iterator[int]:
    """The port of a service over a store; without workers its own threads answer heavy requests."""
    app = create_app(lambda: nullcontext(store), Path(store.home), hosts=("testserver",), workers=workers)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=Connection, log_config=None, timeout_graceful_shutdown=3)
    service = uvicorn.Server(config)
    thread = threading.Thread(target=service.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not service.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    service.should_exit = True
    thread.join(20)


@pytest.fixture
def server(district: Store) -> Iterator[int]:
    """The port of a service over the small district."""
    with running(district) as port:
        yield port


@pytest.fixture
def api(server: int, district: Store) -> Service:
    """Signed in."""
    return Service(server, local_token(Path(district.home)))


@pytest.fixture
def stranger(server: int) -> Service:
    """Not signed in."""
    return Service(server, None)


@pytest.fixture
def empty(store: Store) -> Iterator[Service]:
    """Signed in to a service over an empty database."""
    with running(store) as port:
        yield Service(port, local_token(Path(store.home)))
