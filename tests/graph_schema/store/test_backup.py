"""Backup and restore on a real server: the same content comes back, and nothing is ever lost on the way."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_schema.errors import Busy, InputError
from graph_schema.store import LOCAL, Store, backup, embedded, leases, moves
from graph_schema.store.places import Places

SECRET = "一个很长的备份密码-4711"
NUMBERS = ["+8613900000001", "+8613900000002"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a small graph and some files beside it; its server is stopped at the end."""
    home = tmp_path_factory.mktemp("backup")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("NEO4J_")]:
            patch.delenv(name)
        patch.setenv("UPLINE_HOME", str(home))
        patch.setenv("UPLINE_DB_HEAP", "512m")
        patch.setenv("UPLINE_DB_IDLE", "60")
        yield home
    embedded.stop(home)


def content(home: Path, new: str | None = None) -> tuple[list[str], dict[str, bytes]]:
    """Return what is in the graph and in the files beside it, after writing ``new`` into the graph."""
    with Store.connect() as store:
        if new is not None:
            store.write("store.train_write", rows=[[new, new + "9", new, 1]])
        rows = store.read(LOCAL, "store.train_read", at=0)
    files = {name: path.read_bytes() for name, path in backup._state_files(home)}
    return sorted(row["number"] for row in rows), files


def test_backup_and_restore_give_the_same_state(home: Path, tmp_path: Path) -> None:
    """Traps: a restore that mixes old and new files, or that deletes what was there; one that revives an ended user or
    takes the audit log back; a backup whose finder has the owner's token."""
    (home / "rows").mkdir()
    (home / "audit").mkdir()
    for name in ("users.json", "token", "audit/audit.jsonl"):
        (home / name).write_text(f"{name} of then\n")
    (home / "rows" / "a.parquet").write_bytes(b"rows of a")
    (home / "audit.log").write_bytes(b"one line\n")
    before = content(home, NUMBERS[0])
    judged = {"seq": 1, "kind": "identity", "verdict": "same", "reason": "同机"}
    with Store.connect() as store:
        store.write("review.add", review_id="V-000001", props=judged)
    made = backup.backup(home, tmp_path / "state.tar", secret=SECRET)
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert not [each for each in (b"of then", b"rows of a", b"users.json") if each in made.file.read_bytes()]

    (home / "rows" / "a.parquet").write_bytes(b"changed")
    (home / "rows" / "b.parquet").write_bytes(b"later")
    assert content(home, NUMBERS[1])[0] == NUMBERS
    with Store.connect() as store:
        store.write("review.add", review_id="V-000002", props={**judged, "seq": 2})

    later = {name: f"{name} of then\nand since\n" for name in ("users.json", "token", "audit/audit.jsonl")}
    for name, text in later.items():
        (home / name).write_text(text)
    with pytest.raises(InputError, match="encrypted"):
        backup.restore(home, made.file)
    restored = backup.restore(home, made.file, secret=SECRET)
    graph, files = content(home)
    for name, text in later.items():
        assert files.pop(f"home/{name}").decode() == text
        del before[1][f"home/{name}"]
    assert (graph, files) == before and not list(home.glob("audit-restored-*"))
    with Store.connect() as store:
        # The ledger of judgements is part of the database: it comes back as it was.
        kept = [row["review"] for row in store.read(LOCAL, "review.all", kinds=["identity"])]
    assert kept == [{"review_id": "V-000001", **judged}]
    assert restored.before is not None
    assert (restored.before / "rows" / "b.parquet").read_bytes() == b"later"
    assert (restored.before / "db" / "data" / "databases" / "neo4j").is_dir()


def test_a_backup_overwrites_nothing(home: Path, tmp_path: Path) -> None:
    """Trap: yesterday's backup replaced by one of an empty database."""
    (tmp_path / "state.tar").write_bytes(b"precious")
    with pytest.raises(InputError, match="exists already"):
        backup.backup(home, tmp_path / "state.tar")
    assert (tmp_path / "state.tar").read_bytes() == b"precious"


def test_nobody_is_thrown_out_without_force(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a backup at night ends a running load."""
    places = Places(home)
    lease = leases.take(places)
    monkeypatch.setattr(os, "getpid", lambda: -1)  # the lease is now that of somebody else
    with pytest.raises(Busy, match="in use by process"):
        backup.backup(home, tmp_path / "state.tar")
    lease.release()
    assert not (tmp_path / "state.tar").exists()


def _tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return path


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"home/rows/a.parquet": b"x"}, "cut off"),
        ({"home/a": b"x", "manifest.json": b'{"format": 1, "neo4j": "1", "files": []}'}, "do not agree"),
        ({"../outside": b"x", "manifest.json": b"{}"}, "has no place"),
        ({"manifest.json": b'{"format": 99}'}, "cut off"),
    ],
)
def test_a_bad_backup_changes_nothing(
    home: Path, tmp_path: Path, members: dict[str, bytes], says: str
) -> None:
    """Traps: a tar that was cut off or altered; a path that leaves the folder."""
    before = sorted(path.name for path in home.iterdir())
    with pytest.raises(InputError, match=says):
        backup.restore(home, _tar(tmp_path / "bad.tar", members))
    assert sorted(path.name for path in home.iterdir()) == before
    assert not (home.parent / "outside").exists()


def test_a_truncated_backup_changes_nothing(home: Path, tmp_path: Path) -> None:
    """Trap: a disk that was full while the backup was copied."""
    whole = tmp_path / "whole.tar"
    backup.backup(home, whole)
    with tarfile.open(whole) as tar:  # without a password: nothing that opens an installation
        kept = set(tar.getnames())
    assert "home/audit/audit.jsonl" in kept and not kept & {"home/token", "home/users.json"}
    content = whole.read_bytes()
    # half of what is in it: a tar ends in padding, and half of a small one may be whole
    (tmp_path / "half.tar").write_bytes(content[: content.rindex(b"manifest.json") // 2])
    with pytest.raises(InputError):
        backup.restore(home, tmp_path / "half.tar")
    assert not list(home.glob("restoring-*"))


def test_users_and_audit_come_in_where_there_are_none(tmp_path: Path) -> None:
    """Traps: a new machine where nobody can sign in; another machine's log lost, or put in place of the one there."""
    for name, there in (("new", False), ("used", True)):
        places = Places(tmp_path / name)
        staging, before = places.home / "restoring-1", places.home / "before-1"
        for path in (staging / "home" / "users.json", staging / "home" / "audit" / "audit.jsonl"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("theirs")
        (Places(staging).data).mkdir(parents=True)
        if there:
            (places.home / "audit").mkdir()
            for path in (places.home / "users.json", places.home / "audit" / "audit.jsonl"):
                path.write_text("ours, and longer")
        places.db.mkdir()
        moves.plan(places, staging, before)
        assert moves.finish(places)
        expected = "ours, and longer" if there else "theirs"
        assert (places.home / "users.json").read_text() == expected
        assert (places.home / "audit" / "audit.jsonl").read_text() == expected
        beside = places.home / "audit-restored-1" / "audit.jsonl"
        assert beside.is_file() == there and (not there or beside.read_text() == "theirs")


def test_a_restore_killed_between_its_renames_is_finished(tmp_path: Path) -> None:
    """Trap: after a kill half of the old state stands beside half of the new one."""
    places = Places(tmp_path / "home")
    staging, before = places.home / "restoring-1", places.home / "before-1"
    for path, text in (
        (places.home / "rows" / "a", "old"),
        (places.home / "facts" / "a", "old"),
        (places.data / "store", "old"),
        (staging / "home" / "rows" / "a", "new"),
        (Places(staging).data / "store", "new"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    moves.plan(places, staging, before)
    (before / "facts").parent.mkdir()
    (places.home / "facts").rename(before / "facts")  # killed after some of the renames
    (places.home / "rows").rename(before / "rows")
    (staging / "home" / "rows").rename(places.home / "rows")
    assert moves.finish(places)
    assert (places.home / "rows" / "a").read_text() == "new"
    assert (places.data / "store").read_text() == "new"
    assert (before / "rows" / "a").read_text() == "old"
    assert (before / "db" / "data" / "store").read_text() == "old"
    assert not (places.home / "facts").exists()
    assert not staging.exists()
    assert not moves.finish(places)
