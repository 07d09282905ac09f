"""The disk beside the database is full: the load says so and ends in order, and the next one goes on."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from backend.cli import app
from graph_schema.store import Store, room

HEADING = "本机号码,对端号码,呼叫类型,开始时间,通话时长(秒)\n"
ROW = "1390001{:04},1380001{:04},主叫,2024-03-05 20:15:07,47\n"


@contextlib.contextmanager
def full_volume(place: Path) -> Iterator[None]:
    """A volume without any room at ``place``."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small volume can be mounted by root on Linux only")
    place.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"no volume can be mounted here: {made.stderr.decode(errors='replace').strip()}")
    try:
        with contextlib.suppress(OSError):
            (place / "filler").write_bytes(bytes(1 << 20))
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _with_duckdb(file: Path) -> None:
    duckdb.connect().execute(
        f"COPY (SELECT md5(range::VARCHAR) FROM range(100000)) TO '{file}' (FORMAT parquet)"
    )


def _with_arrow(file: Path) -> None:
    pq.write_table(pa.table({"n": list(range(100_000))}), file)


def _by_hand(file: Path) -> None:
    file.write_bytes(bytes(100_000))


def test_every_library_is_understood(tmp_path: Path) -> None:
    """Trap: each library says in its own way that a disk is full, and one of them is taken for a fault of a file."""
    with full_volume(tmp_path / "volume"):
        for write in (_with_duckdb, _with_arrow, _by_hand):
            with pytest.raises((OSError, duckdb.Error)) as said:
                write(tmp_path / "volume" / write.__name__)
            assert room.is_full(said.value), said.value
    assert not room.is_full(ValueError("no space"))


def test_staging_without_room_ends_a_load_in_order(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: plans, or what is unpacked, lie on a volume of their own; it is full, and the load ends in a traceback and
    says 1, or every file in the archive is told to be damaged.
    """
    file, packed = tmp_path / "a.csv", tmp_path / "b.zip"
    file.write_text(HEADING + "".join(ROW.format(n, n + 1) for n in range(2_000)), encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, "b.csv")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "unpacked"))
    for given, place in ((file, store.home / "plans"), (packed, tmp_path / "unpacked")):
        with full_volume(place):
            found = CliRunner().invoke(app, ["load", str(given), "--json"])
        assert found.exit_code == 3 and "E-DISK" in found.stderr, (found.exit_code, found.output)
        assert isinstance(found.exception, SystemExit), "no traceback"
        again = CliRunner().invoke(app, ["load", str(given), "--json"])
        assert again.exit_code == 0, again.output
