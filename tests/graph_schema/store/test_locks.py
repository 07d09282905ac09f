"""File locks and leases: what makes two processes share one server safely."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph_schema import shared_file
from graph_schema.errors import Busy
from graph_schema.store import leases
from graph_schema.store.locks import FileLock
from graph_schema.store.places import Places, read_json

HOLD = """
import sys, time
from pathlib import Path
from graph_schema.store.locks import FileLock
assert FileLock(Path(sys.argv[1])).try_acquire()
print("held", flush=True)
time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_two_holders_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    """Trap: locks that belong to the process let two threads of it start two servers."""
    first, second = FileLock(tmp_path / "a.lock"), FileLock(tmp_path / "a.lock")
    assert first.try_acquire()
    assert not second.try_acquire()
    first.release()
    assert second.try_acquire()
    second.release()


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    """Trap: a lock file left by kill -9 blocks every later start."""
    process = holder(tmp_path / "a.lock")
    lock = FileLock(tmp_path / "a.lock")
    assert not lock.try_acquire()
    process.kill()
    process.wait()
    assert lock.acquire(5).held
    lock.release()


def test_waiting_ends_with_a_word_on_what_to_do(tmp_path: Path) -> None:
    """Trap: waiting for ever, or an error that does not say for whom."""
    held = FileLock(tmp_path / "a.lock")
    held.try_acquire()
    with pytest.raises(Busy, match="the database of this home"):
        FileLock(tmp_path / "a.lock").acquire(0.2, "the database of this home")
    held.release()


def test_lease_ends_with_its_client(tmp_path: Path) -> None:
    """Trap: counting lease files instead of living clients keeps the server up for ever after a kill."""
    places = Places(tmp_path)
    own = leases.take(places)
    killed = holder(places.leases / "4242-0badcafe.lease")
    assert 4242 in leases.holders(places)
    killed.kill()
    killed.wait()
    assert leases.holders(places) == [int(own.path.name.split("-")[0])]
    assert not (places.leases / "4242-0badcafe.lease").exists()
    own.release()
    assert leases.holders(places) == []


def test_private_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    """Trap: a password written first and protected afterwards."""
    shared_file.put(tmp_path / "secret", "x")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_cut_off_lock_file_counts_as_none(tmp_path: Path) -> None:
    """Trap: a server.json cut off by a kill makes every later start fail."""
    (tmp_path / "server.json").write_text('{"pid": 12', encoding="utf-8")
    assert read_json(tmp_path / "server.json") is None
