"""``upline serve`` as a process: says where it is, signs in by its link, ends when told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from backend.api import serve
from graph_schema.errors import Busy
from graph_schema.store import Store

CODE = "from backend.api import serve; serve(port=0)"


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_link_signs_in_and_ctrl_c_ends_it(district: Store) -> None:
    """Trap: a link that does not work, a trace at the end, names in the log of the service."""
    process = subprocess.Popen([sys.executable, "-c", CODE], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        lines = [process.stderr.readline() for _ in range(3)]
        address, token = re.findall(r"(http://\S+/)#token=(\S+)", "".join(lines))[0]
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


def test_port_in_use_is_said(store: Store) -> None:
    """Trap: a trace where a sentence would do."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Busy, match="--port"):
        serve(port=taken.getsockname()[1])
