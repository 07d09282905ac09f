"""Every hostile or broken file ends in a clear message or in accounted rows; nothing is half loaded, nothing grows."""

from __future__ import annotations

import csv
import os
import resource
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.intake.worker import WORKER
from etl.reading.refusals import REFUSALS
from etl.storage.archive import Archive
from etl.storage.reasons import REASONS
from etl.writing.load import FileReport, LoadOptions, take_in_all
from tests.etl.corpus.archives import archives
from tests.etl.corpus.documents import documents
from tests.etl.corpus.texts import texts

GB, MINUTE = 1 << 30, 60.0


pytestmark = pytest.mark.long
"""Each file is loaded by itself, a minute and a half in all; tests/etl/intake/test_hostile_folder.py is the short one."""


@dataclass
class Outcome:
    """What became of one file (an archive gives several reports)."""

    reports: list[FileReport]
    seconds: float
    child: int


@dataclass
class Corpus:
    archive: Archive
    outcomes: dict[str, Outcome]
    grown: int  # bytes the parent's peak grew by


def _places(folder: Path) -> list[Path]:
    """Write every file into a folder of its own (files of one package together); return what is loaded."""
    found: dict[Path, None] = {}
    for name, data in (*texts(), *archives(), *documents()):
        package, _, rest = name.rpartition("/")
        path = folder / (package or rest) / rest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        found[path.parent] = None
    return [*found, *_special(folder)]


def _special(folder: Path) -> list[Path]:
    """What is no ordinary file."""
    base = folder / "special"
    base.mkdir()
    (base / "link.csv").symlink_to("/etc/passwd")
    os.mkfifo(base / "pipe.csv")
    (base / "folder.csv").mkdir()
    (base / "a\nb.csv").write_text("x", encoding="utf-8")
    Path(os.fsdecode(bytes(base) + b"/\xff\xfe.csv")).write_text(
        "案件编号,姓名,涉案身份\nA1,章,贩卖\n", encoding="utf-8"
    )
    return [base, folder / "missing.csv"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder, archive = tmp_path_factory.mktemp("corpus"), Archive(tmp_path_factory.mktemp("home"))
    places = _places(folder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes = {}
    for place in places:
        began = time.monotonic()
        reports, _ = take_in_all(archive, [place], LoadOptions(), set(), lambda _: None, lambda: False)
        outcomes[place.name] = Outcome(reports, time.monotonic() - began, WORKER.peak)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return Corpus(archive, outcomes, grown * 1024)


def test_there_are_enough_of_them(corpus: Corpus) -> None:
    """Trap: a generator that silently yields nothing."""
    assert len(corpus.outcomes) >= 250
    assert all(outcome.reports for outcome in corpus.outcomes.values())


def test_each_ends_in_a_message_or_in_accounted_rows(corpus: Corpus) -> None:
    """Traps: an exception instead of a refusal; a code without words; rows that are counted nowhere."""
    wrong = []
    for name, outcome in corpus.outcomes.items():
        for report in outcome.reports:
            if report.state == "loaded":
                parts = report.loaded + report.duplicate + report.rejected + report.excluded
                fine = report.read == parts and sum(report.excluded_reasons.values()) == report.excluded
            else:
                fine = report.state == "refused" and " / " in (report.reason or "")
            if not fine or "reader_" in (report.reason or ""):
                wrong.append((name, report.path, report.state, report.reason))
    assert wrong == []


def test_none_needs_the_emergency_stop(corpus: Corpus) -> None:
    """Trap: a fault of a reader that only the child process hides."""
    stops = [REFUSALS[code][1].split("{")[0][:20] for code in REFUSALS if code.startswith("reader_")]
    hidden = [
        (name, report.reason)
        for name, outcome in corpus.outcomes.items()
        for report in outcome.reports
        if report.reason and any(f"/ {stop}" in report.reason for stop in stops)
    ]
    assert hidden == []


def test_nothing_is_half_loaded(corpus: Corpus) -> None:
    """Trap: a refused file that leaves rows or facts behind."""
    loaded = {r.sha256 for o in corpus.outcomes.values() for r in o.reports if r.state == "loaded"}
    home = corpus.archive.home
    assert {path.name for path in (home / "facts").iterdir()} - {".format"} == loaded
    assert {path.stem for path in (home / "rows").iterdir()} == loaded


def test_bounds(corpus: Corpus) -> None:
    """Trap: a bomb that is refused only after it went off."""
    slow = {name: o.seconds for name, o in corpus.outcomes.items() if o.seconds > MINUTE}
    assert slow == {}
    assert max(outcome.child for outcome in corpus.outcomes.values()) < GB
    assert corpus.grown < GB


def test_bombs_and_wrong_kinds_are_refused(corpus: Corpus) -> None:
    """Trap: a bomb, a path out of the folder, a DTD or a foreign format that passes."""
    refused = {name for name, o in corpus.outcomes.items() if all(r.state == "refused" for r in o.reports)}
    must = {
        name
        for name in corpus.outcomes
        if any(
            word in name
            for word in (
                "bomb",
                "laughs",
                "xxe",
                "dtd",
                "wrong-",
                "-nested-3",
                "-nested-4",
                "xml-deep",
                "parameter",
            )
        )
    } - {"zip-nested-2.zip", "bcp-index-dtd", "xml-wrong-gb.xml"}
    must |= {
        "zip-symlink.zip",
        "zip-name-0.zip",
        "zip-name-1.zip",
        "zip-name-2.zip",
        "structure-endless-line.csv",
        "missing.csv",
    }
    # A workbook whose markup carries a DTD opens no entity: what the reader skips is not loaded either.
    must -= {"workbook-laughs.xlsx", "workbook-xxe.xlsx"}
    assert must - refused == set()


def test_no_outside_file_is_read(corpus: Corpus) -> None:
    """Trap: the content of /etc/passwd in a cell."""
    for path in (corpus.archive.home / "rows").iterdir():
        assert b"root:x:" not in path.read_bytes()


def test_rejects_name_row_column_value_and_reason(corpus: Corpus) -> None:
    """Trap: a list of rejects that does not say which cell to correct."""
    reasons: Counter[str] = Counter()
    for outcome in corpus.outcomes.values():
        for report in outcome.reports:
            rows = []
            for path in report.rejects:
                with Path(path).open(encoding="utf-8-sig", newline="") as file:
                    rows += list(csv.reader(file))[1:]
            assert len(rows) == report.rejected, report.path
            for row in rows:
                assert row[-4].isdigit() and row[-1] in REASONS, row[-6:]
                assert row[-3] or row[-1] in {"surplus_cells", "bad_encoding"}, row[-6:]
                reasons[row[-1]] += 1
    assert {"bad_time", "bad_amount", "future_time", "surplus_cells", "blank_required"} <= reasons.keys()


def test_dates_and_amounts_are_never_guessed(corpus: Corpus) -> None:
    """Trap: 2024-02-30 as March 1st, NaN as an amount, a date in the future as one that happened."""
    readable = {
        *("date-08.csv", "amount-04.csv", "amount-05.csv"),  # full-width digits, 1,234.50
        *("amount-13.csv", "amount-15.csv", "amount-18.csv"),  # 5- is how ledgers write minus five
    }
    sure = {}
    for name, outcome in corpus.outcomes.items():
        if name.startswith(("date-", "amount-")):
            [report] = outcome.reports
            assert (report.read, report.loaded >= 1) == (2, True), name
            sure[name] = report.loaded == 2
    assert {name for name, loaded in sure.items() if loaded} <= readable
