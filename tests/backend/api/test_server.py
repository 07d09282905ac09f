"""``upline serve`` as a process: says where it is and how to sign in, ends when told to."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from backend.api import serve, server
from backend.security.sessions import local_token
from graph_schema.errors import Busy
from graph_schema.store import Store
from graph_schema.store.locks import FileLock

CODE = "from backend.api import serve; serve(port=0)"


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_it_serves_and_ctrl_c_ends_it(district: Store) -> None:
    """Trap: the owner's token in the journal of a supervisor, a trace at the end, names in the log of the service."""
    token = local_token(Path(district.home))
    process = subprocess.Popen([sys.executable, "-c", CODE], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = "".join(process.stderr.readline() for _ in range(2))
        assert token not in said and str(Path(district.home) / "token") in said
        address = re.findall(r"http://\S+/", said)[0]
        with requests.Session() as session:
            session.trust_env = False
            assert "溯链" in session.get(address, timeout=30).content.decode()
            signed = session.post(f"{address}api/v1/session", json={"token": token}, timeout=30)
            assert signed.status_code == 200
            assert (
                session.get(f"{address}api/v1/persons/P-boss", timeout=30).json()["person"]["name"] == "甲一"
            )
        process.send_signal(signal.SIGINT)
        code, told = process.wait(30), process.stderr.read()
        assert "Traceback" not in told
        assert code == 0, told
    finally:
        process.kill()
    log = (Path(district.home) / "logs" / "service.log").read_text(encoding="utf-8")
    assert "GET /persons/{person_id} 200" in log and "P-boss" not in log and token not in log


def test_a_terminal_gets_the_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: somebody who sits there and has to look for a file."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert f"http://x/#token={local_token(tmp_path)}" in server._greeting("http://x/", tmp_path)


def test_port_in_use_is_said(store: Store) -> None:
    """Trap: a trace where a sentence would do."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Busy, match="--port"):
        serve(port=taken.getsockname()[1])


def test_a_second_service_of_a_home_is_refused(store: Store) -> None:
    """Trap: it clears what was uploaded to the first, in the middle of being loaded."""
    uploaded = Path(store.home) / "uploads" / "0a1b" / "话单.csv"
    uploaded.parent.mkdir(parents=True)
    uploaded.write_text("x", encoding="utf-8")
    with (
        FileLock(Path(store.home) / "serve.lock").acquire(1),
        pytest.raises(Busy, match=r"已有服务|is running"),
    ):
        serve(port=0)
    assert uploaded.is_file()
    shutil.rmtree(uploaded.parents[1])
