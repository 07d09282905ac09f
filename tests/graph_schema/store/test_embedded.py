"""The embedded server as processes see it: shared, kept, stopped, killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from graph_schema.store import LOCAL, Store, aot, embedded, program, server, settings
from graph_schema.store.places import Places

CLIENT = """
import sys
from graph_schema.store import Store
with Store.connect(say=lambda text: None) as store:
    print(store._joined.server.pid, flush=True)
    sys.stdin.readline()
"""


class Client:
    """Another Upline process that connects, tells the server's process id and stays until told to go."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLIENT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "UPLINE_HOME": str(home)},
        )

    def server(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.communicate("\n", timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own; whatever server a test leaves behind is ended."""
    for name in [name for name in os.environ if name.startswith("NEO4J_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    monkeypatch.setenv("UPLINE_DB_HEAP", "512m")
    monkeypatch.setenv("UPLINE_DB_IDLE", "60")
    yield tmp_path
    embedded.stop(tmp_path)


def until(condition: Callable[[], bool], timeout: float = 60) -> bool:
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def keeper_alive(home: Path) -> bool:
    return embedded.status(home).keeper


def add(store: Store, number: str) -> None:
    store.write("store.train_write", rows=[[number, number + "9", number, 1]])


def called(store: Store) -> set[str]:
    return {row["number"] for row in store.read(LOCAL, "store.train_read", at=0)}


@pytest.mark.long
def test_two_processes_that_start_at_once_share_one_server(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Traps: two servers on one store; the first to leave stops it for the other; it never stops at all;
    a client ended by kill -9 keeps it up for ever."""
    monkeypatch.setenv("UPLINE_DB_IDLE", "2")
    first, second = Client(home), Client(home)
    pid = first.server()
    assert second.server() == pid
    assert len(embedded.status(home).clients) == 2
    first.leave()
    time.sleep(4)
    assert embedded.status(home).running
    second.kill()
    assert embedded.wait_stopped(home, 60)
    assert until(lambda: not keeper_alive(home))
    assert not Places(home).server.exists()


def test_only_loopback_bolt_is_open_and_secrets_are_private(engine: Store) -> None:
    """Traps: HTTP or a discovery port left open; a password others can read or see in the process list."""
    places = Places(engine.home)
    running = server.running(places)
    assert running is not None
    process = psutil.Process(running.pid)
    listening = {c.laddr for c in process.net_connections("tcp") if c.status == psutil.CONN_LISTEN}
    assert {address.port for address in listening} == {running.port}
    assert all(address.ip.removeprefix("::ffff:") == "127.0.0.1" for address in listening)
    assert process.net_connections("udp") == []
    assert places.password.stat().st_mode & 0o777 == 0o600
    assert places.db.stat().st_mode & 0o077 == 0
    secret = places.password.read_text().strip()
    assert not any(secret in argument for argument in process.cmdline())
    assert [path for path in places.conf.rglob("*") if secret in path.read_text(errors="replace")] == []


def test_settings_that_keep_data_in_are_in_force(engine: Store) -> None:
    """Trap: a setting misspelt, or renamed in a new Neo4j, and reports, uploads or file reads come back."""
    rows, _, _ = engine.driver.execute_query("SHOW SETTINGS YIELD name, value RETURN name, value")
    have = {row["name"]: row["value"] for row in rows}
    for name in (
        "server.http.enabled",
        "server.https.enabled",
        "server.fleet_discovery.enabled",
        "server.bolt.telemetry.enabled",
        "dbms.fleet_manager.enabled",
        "dbms.usage_report.enabled",
        "dbms.security.allow_csv_import_from_file_urls",
    ):
        assert have[name] == "false", name
    assert have["db.transaction.timeout"] == "30m"
    procedures, _, _ = engine.driver.execute_query("SHOW PROCEDURES YIELD name RETURN name")
    names = {row["name"] for row in procedures}
    assert not {name for name in names if name.startswith(("fleetManagement.", "apoc.", "genai."))}


def test_kill_of_the_server_loses_nothing_and_a_client_goes_on(home: Path) -> None:
    """Traps: a stale lock file; committed data lost; a service that stays broken after the database died."""
    with Store.connect() as store:
        add(store, "+8613900000001")
        old = embedded.status(home).pid
        assert old is not None
        os.kill(old, signal.SIGKILL)
        assert called(store) == {"+8613900000001"}
        assert embedded.status(home).pid != old
        add(store, "+8613900000002")
    with Store.connect() as store:
        assert called(store) == {"+8613900000001", "+8613900000002"}


@pytest.mark.long
def test_kill_of_the_keeper_is_mended_by_the_next_client(home: Path) -> None:
    """Trap: without its keeper the server runs on for ever."""
    with Store.connect():
        keepers = [p for p in psutil.process_iter() if _is_keeper(p, home)]
        assert until(lambda: keeper_alive(home))
        for keeper in keepers:
            keeper.kill()
        assert until(lambda: not keeper_alive(home))
        with Store.connect():
            assert until(lambda: keeper_alive(home))


def _is_keeper(process: psutil.Process, home: Path) -> bool:
    try:
        return process.cmdline()[-2:] == ["graph_schema.store.keeper", str(home)]
    except psutil.Error:
        return False


def test_lock_file_of_another_process_is_stale(home: Path) -> None:
    """Trap: the process id of a dead server now belongs to something else, which is taken or ended for it."""
    places = Places(home)
    places.db.mkdir()
    places.server.write_text(
        f'{{"pid": {os.getpid()}, "port": 7687, "version": "2026.08.1", "started": 1.0}}', encoding="utf-8"
    )
    assert server.running(places) is None
    assert embedded.stop(home) == (None, [])
    assert not places.server.exists()


def test_start_that_cannot_work_says_why(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: waiting minutes for a server that has ended, then an error without its reason."""
    monkeypatch.setenv("UPLINE_DB_HEAP", "1m")
    with pytest.raises(server.EngineError, match=r"ended while starting.*heap"):
        Store.connect()
    assert not embedded.status(home).running


def test_database_without_its_password_says_what_to_do(home: Path) -> None:
    """Trap: a new password is made up, and the database can never be opened again."""
    places = Places(home)
    (places.data / "databases" / "system").mkdir(parents=True)
    with pytest.raises(server.EngineError, match=r"password is missing.*restore"):
        Store.connect()


def test_home_that_cannot_be_written_says_so(home: Path) -> None:
    """Trap: a stack trace where a folder belongs to somebody else or is no folder."""
    (home / "db").write_text("in the way")
    with pytest.raises(server.EngineError, match="set UPLINE_HOME"):
        Store.connect()
    (home / "db").unlink()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_server_mode_over_tls(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a +s address that quietly goes over plain text, or takes any certificate."""
    folder = tmp_path / "bolt"
    folder.mkdir()
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    names = ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    subprocess.run([*make, *names], check=True, capture_output=True)
    plain = settings._conf
    policy = {
        "server.bolt.tls_level": "REQUIRED",
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": str(folder),
        "dbms.ssl.policy.bolt.client_auth": "NONE",
    }
    monkeypatch.setattr(settings, "_conf", lambda *arguments: {**plain(*arguments), **policy})
    places = Places(home)
    places.db.mkdir()
    with embedded.locked(places):
        started = server.launch(places, program.ensure(), "trial", aot.options())
        server.wait_ready(places, started)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password(places))
    monkeypatch.setenv("NEO4J_URI", f"bolt+ssc://127.0.0.1:{started.port}")
    with Store.connect() as store:
        add(store, "+8613900000001")
        assert called(store) == {"+8613900000001"}
    for refused in ("bolt+s", "bolt"):
        monkeypatch.setenv("NEO4J_URI", f"{refused}://127.0.0.1:{started.port}")
        with pytest.raises(server.EngineError, match="cannot be reached"):
            Store.connect()
