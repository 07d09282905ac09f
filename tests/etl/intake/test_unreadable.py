"""Files that go away or cannot be read to their end: refused with the reason, and the others load."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.storage.archive import Archive
from etl.writing.load import FileReport, LoadOptions, Progress, take_in_all
from tests.etl.intake.test_containers import zip_with

TEXT = "案件编号,姓名,身份证号,涉案身份\nA99{n:02d},章一凡,990101199001010019,贩卖\n"


def text(folder: Path, n: int) -> Path:
    path = folder / f"{n}.csv"
    path.write_text(TEXT.format(n=n), encoding="utf-8")
    return path


def book(folder: Path, n: int) -> Path:
    target = Workbook()
    for line in TEXT.format(n=n).splitlines():
        target.active.append(line.split(","))
    path = folder / f"{n}.xlsx"
    target.save(path)
    return path


class GoesAway:
    """Removes a path at the moment a file is about to be read."""

    def __init__(self, at: str, what: Path) -> None:
        self.at, self.what = at, what

    def __call__(self, progress: Progress) -> None:
        if progress.stage == "reading" and progress.detail == self.at and self.what.exists():
            shutil.rmtree(self.what) if self.what.is_dir() else self.what.unlink()


def taken(home: Path, paths: list[Path], watch: GoesAway) -> dict[str, FileReport]:
    reports, _ = take_in_all(Archive(home), paths, LoadOptions(), set(), watch, lambda: False)
    return {report.path: report for report in reports}


@pytest.mark.parametrize("make", [text, book], ids=["text", "workbook"])
@pytest.mark.parametrize(("at", "gone"), [(2, 2), (1, 3)], ids=["itself", "a later one"])
def test_a_file_that_goes_away(make: object, at: int, gone: int, tmp_path: Path) -> None:
    """Trap: a stick is pulled out, and the whole load ends with a traceback."""
    assert callable(make)
    folder = tmp_path / "in"
    folder.mkdir()
    files = [make(folder, n) for n in (1, 2, 3)]
    found = taken(tmp_path / "home", [folder], GoesAway(files[at - 1].name, files[gone - 1]))
    assert {path: report.state for path, report in found.items()} == {
        file.name: "refused" if n == gone else "loaded" for n, file in enumerate(files, start=1)
    }
    told = found[files[gone - 1].name].reason or ""
    assert " / " in told and "reader" not in told


def test_a_folder_that_goes_away(tmp_path: Path) -> None:
    """Trap: a network drive goes away while its folders are walked."""
    for name in ("a", "b"):
        (tmp_path / "in" / name).mkdir(parents=True)
    text(tmp_path / "in" / "a", 1)
    text(tmp_path / "in" / "b", 2)
    other = text(tmp_path, 3)
    found = taken(tmp_path / "home", [tmp_path / "in", other], GoesAway("a/1.csv", tmp_path / "in" / "b"))
    assert {path: report.state for path, report in found.items()} == {
        "a/1.csv": "loaded",
        "b": "refused",
        "3.csv": "loaded",
    }


def test_an_archive_that_goes_away(tmp_path: Path) -> None:
    """Trap: the members of an archive after the one at hand are lost without a word."""
    archive = zip_with(tmp_path / "a.zip", {f"{n}.csv": TEXT.format(n=n).encode() for n in (1, 2)})
    found = taken(tmp_path / "home", [archive, text(tmp_path, 3)], GoesAway("a.zip/1.csv", archive))
    assert found["a.zip/1.csv"].state == found["3.csv"].state == "loaded"
    assert found["a.zip/2.csv"].state in {"loaded", "refused"}


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="only Linux has a file whose reading always fails"
)
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Trap: an error of the disk is an error of the program."""
    found = taken(
        tmp_path / "home", [Path("/proc/self/mem"), text(tmp_path, 1)], GoesAway("", tmp_path / "none")
    )
    assert found["mem"].state == "refused" and "Cannot be opened" in (found["mem"].reason or "")
    assert found["1.csv"].state == "loaded"
