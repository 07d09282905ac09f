"""The reading child: it serves many files, and whatever ends it leaves the parent with a clear refusal."""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from openpyxl import Workbook

from etl.intake.worker import Worker
from etl.reading import Unreadable
from etl.reading.limits import LIMITS, MB
from etl.storage.archive import Archive, Stopped
from etl.storage.facts import FileOrigin

HEAD = ["案件编号", "姓名", "身份证号", "涉案身份"]


def kept(archive: Archive) -> list[Path]:
    """What the folder of facts holds besides the stamp of its format."""
    return [path for path in (archive.home / "facts").iterdir() if path.name != ".format"]


@pytest.fixture
def worker() -> Iterator[Worker]:
    own = Worker()
    yield own
    own.end()


def book(folder: Path, rows: int, name: str = "a.xlsx") -> tuple[Path, FileOrigin]:
    target = Workbook(write_only=True)
    sheet = target.create_sheet()
    sheet.append(HEAD)
    for n in range(rows):
        sheet.append([f"A{n}", "章一凡", "990101199001010019", "贩卖"])
    path = folder / name
    target.save(path)
    return path, FileOrigin(name, hashlib.sha256(path.read_bytes()).hexdigest())


def nothing(_: int) -> None:
    return


def test_one_child_reads_many_files(tmp_path: Path, worker: Worker) -> None:
    """Trap: a process for each file costs more than the reading; a refused file must not end it either."""
    archive = Archive(tmp_path / "home")
    pids = set()
    for n in range(1, 4):
        path, origin = book(tmp_path, n, f"{n}.xlsx")
        assert worker.keep(archive.home, path, origin, nothing) == "case_persons"
        assert archive.tally(origin.sha256).loaded == n
        broken = tmp_path / "broken.xlsx"
        broken.write_bytes(path.read_bytes()[: 400 * n])
        with pytest.raises(Unreadable) as refused:
            worker.keep(archive.home, broken, FileOrigin("broken.xlsx", f"{n}" * 64), nothing)
        assert refused.value.reason == "broken_zip" and "/" in str(refused.value)
        assert worker._child is not None
        pids.add(worker._child.process.pid)
    assert len(pids) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"worker_memory": 32 << 20}, "reader_memory"),
        ({"worker_stall": 0.0}, "reader_stalled"),
    ],
)
def test_a_child_over_its_bounds_is_killed(
    tmp_path: Path, worker: Worker, change: dict[str, float], reason: str
) -> None:
    """Trap: a bomb takes the loader with it, or leaves half a file behind."""
    archive = Archive(tmp_path / "home")
    path, origin = book(tmp_path, 500)
    with pytest.raises(Unreadable) as refused:
        worker.keep(archive.home, path, origin, nothing, replace(LIMITS, **change))  # type: ignore[arg-type]
    assert refused.value.reason == reason
    assert kept(archive) == list((archive.home / "rows").iterdir()) == []
    assert worker.keep(archive.home, path, origin, nothing) == "case_persons", "the next child reads it"


_ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="400000">
<table:table-cell office:value-type="string" table:number-columns-repeated="100"><text:p>x</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_file_of_some_bytes_gets_little_memory(tmp_path: Path, worker: Worker) -> None:
    """Trap: one cell that says it is repeated forty million times is laid out in gigabytes, as for a file of a gigabyte."""
    archive, bomb = Archive(tmp_path / "home"), tmp_path / "a.ods"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", _ODS.replace("\n", ""))
        out.writestr("META-INF/manifest.xml", "<manifest/>")
    assert bomb.stat().st_size < 1_000 and LIMITS.memory(bomb.stat().st_size) < 1_100 * MB
    little = replace(LIMITS, worker_least=300 * MB)
    with pytest.raises(Unreadable) as refused:
        worker.keep(archive.home, bomb, FileOrigin("a.ods", "1" * 64), nothing, little)
    assert refused.value.reason in {"reader_memory", "reader_died"}
    path, origin = book(tmp_path, 3)
    assert worker.keep(archive.home, path, origin, nothing, LIMITS) == "case_persons", "all others load"


def test_a_child_that_dies_is_replaced(tmp_path: Path, worker: Worker) -> None:
    """Trap: a parser that crashes the process; the parent waits for ever."""
    archive = Archive(tmp_path / "home")
    path, origin = book(tmp_path, 3)

    def murder(_: int) -> None:
        assert worker._child is not None
        worker._child.process.kill()

    big, other = book(tmp_path, 50, "big.xlsx")
    with pytest.raises(Unreadable) as refused:
        worker.keep(archive.home, big, other, murder)
    assert refused.value.reason == "reader_died"
    assert worker.keep(archive.home, path, origin, nothing) == "case_persons"


def test_stopping_ends_the_child(tmp_path: Path, worker: Worker) -> None:
    """Trap: a cancelled load whose reader goes on burning the processor."""
    archive = Archive(tmp_path / "home")
    path, origin = book(tmp_path, 50)
    pids: list[int] = []

    def stop(_: int) -> None:
        assert worker._child is not None
        pids.append(worker._child.process.pid)
        raise Stopped

    with pytest.raises(Stopped):
        worker.keep(archive.home, path, origin, stop)
    deadline = time.monotonic() + 10
    while psutil.pid_exists(pids[0]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(pids[0])
    assert kept(archive) == []
