"""Statements as they are sent: locked, drawn sideways, hundreds of pages long, with sums that do not match."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from etl.checks.file import check_file
from etl.intake.worker import Worker
from etl.reading import Unreadable
from etl.reading.limits import LIMITS, MB
from etl.sources import open_file
from etl.storage.archive import Archive
from etl.storage.facts import FileOrigin
from tests.etl.opened import facts_of
from tests.etl.sources import statements as made
from tests.etl.sources.pdf_changed import locked, turned

COUNT = 40
PAGES = 120


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("kind", ["bill_icbc_pdf", "bill_cmb"])
def test_pages_drawn_sideways(kind: str, quarters: int, noted: bool, tmp_path: Path) -> None:
    """Trap: what runs across the page is taken for columns; a page said to be turned has no heading."""
    path = made.made(made.ALL[kind](COUNT), tmp_path / "a.pdf")
    [plain] = facts_of(path)
    [facts] = facts_of(turned(path, quarters, noted))
    assert (facts.kind, facts.states()) == (kind, {"loaded": COUNT})
    assert [row["cells"] for row in facts.rows] == [row["cells"] for row in plain.rows]


def test_a_locked_statement(tmp_path: Path) -> None:
    """Trap: a wrong password, or none, is a damaged file; the right one gives less than the whole."""
    path = locked(made.made(made.cmb(COUNT), tmp_path / "a.pdf"), "888888")

    def opened(password: str | None) -> int:
        [sheet] = open_file(path, FileOrigin("a.pdf", "a" * 64, password=password))
        return sum(batch.rows.num_rows for batch in sheet.batches)

    for password, reason in ((None, "pdf_password"), ("888", "pdf_wrong_password")):
        with pytest.raises(Unreadable) as refused:
            opened(password)
        assert refused.value.reason == reason
        assert "password" in refused.value.en and "888" not in str(refused.value)
    assert opened("888888") == COUNT


@pytest.mark.parametrize(("off", "findings"), [(0, set()), (1, {"declared_sum"})])
def test_declared_sums_that_do_not_match(off: int, findings: set[str], tmp_path: Path) -> None:
    """Trap: as many rows as declared, and an amount that was changed on the way."""
    into = [amount for amount, _, _ in made.rows_of(COUNT) if amount > 0]
    below = [f"收入：{len(into)}笔 {sum(into) + off}.00元", f"共{COUNT}笔记录"]
    path = made.made(replace(made.cmb(COUNT), below=below), tmp_path / "a.pdf")
    archive = Archive(tmp_path / "home")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    archive.keep(sha256, "a.pdf", open_file(path, FileOrigin("a.pdf", sha256)), lambda _: None)
    found = [check for check in check_file(archive, sha256) if check.kind.startswith("declared")]
    assert {check.kind for check in found} == findings
    assert all("yuan" in check.en and "元" not in check.en for check in found)


def test_a_long_statement_is_read_page_by_page(tmp_path: Path) -> None:
    """Traps: no sign of life while pages are read, so that the child is killed; all pages in memory at once."""
    path = made.made(made.cmb(PAGES * 20), tmp_path / "a.pdf")
    archive = Archive(tmp_path / "home")
    said: list[int] = []
    worker = Worker()
    try:
        kind = worker.keep(archive.home, path, FileOrigin("a.pdf", "b" * 64), said.append, LIMITS)
        peak = worker.peak
    finally:
        worker.end()
    assert kind == "bill_cmb" and archive.tally("b" * 64).loaded == PAGES * 20
    steps = sorted(set(said))
    assert len(steps) >= PAGES and max(b - a for a, b in itertools.pairwise(steps)) <= 40
    assert peak < 600 * MB
