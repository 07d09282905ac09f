"""What is taken out is taken out of every graph of the past."""

from __future__ import annotations

from pathlib import Path

from etl.storage.archive import Archive
from etl.writing import past

GONE, STAYS = "a" * 64, "b" * 64


def kept(home: Path, load: int, files: list[str] | None) -> Path:
    """A graph of the past made of ``files``; None for one that was never finished."""
    folder = past.past_home(home, load)
    (folder / "facts").mkdir(parents=True)
    if files is not None:
        past.finish(home, load, {"files": files})
    return folder


def test_forgetting_reaches_the_past(tmp_path: Path) -> None:
    """Trap: rows of a file that was taken out live on in a graph of the past, or in one a kill left unfinished."""
    holds, other = kept(tmp_path, 1, [GONE, STAYS]), kept(tmp_path, 2, [STAYS])
    unfinished = kept(tmp_path, 3, None)
    archive = Archive(tmp_path)
    past.forget(archive, [])
    assert holds.exists() and other.exists() and unfinished.exists(), "nothing is taken out"
    past.forget(archive, [GONE])
    assert not holds.exists() and not unfinished.exists() and other.exists()


def test_the_past_has_what_stands_in_folders_of_a_file(tmp_path: Path) -> None:
    """Trap: camera passes, which stand in a folder of their file's facts, end the making of a past."""
    now, then = Archive(tmp_path / "now"), Archive(tmp_path / "then")
    (now.facts("0" * 64) / "passes").mkdir(parents=True)
    (now.facts("0" * 64) / "passes" / "1.parquet").write_bytes(b"passes")
    (now.facts("0" * 64) / "legs.parquet").write_bytes(b"legs")
    now.rows("0" * 64).write_bytes(b"rows")
    past.share(now, then, "0" * 64)
    assert (then.facts("0" * 64) / "passes" / "1.parquet").read_bytes() == b"passes"
    assert (then.facts("0" * 64) / "legs.parquet").read_bytes() == b"legs"
    assert then.rows("0" * 64).read_bytes() == b"rows"
