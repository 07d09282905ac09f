"""Cases loaded into an empty home: every row is accounted for, and the graph holds what happened."""

from __future__ import annotations

import pytest

from etl.writing.load import load
from graph_schema.store import Store
from tests.etl.sources.casefiles import FOLDER


@pytest.mark.parametrize(
    ("case", "read", "loaded", "rejected", "excluded", "payments", "calls"),
    [
        ("03b-icbc-two-cards-csv", 3, 3, 0, 0, 3, 0),
        ("06-totals-and-subtotals", 4, 3, 0, 1, 3, 0),
        ("42-two-owners-no-card-in-rows", 2, 1, 1, 0, 1, 0),
        ("49-bank-reversals", 6, 0, 0, 6, 0, 0),
        ("53-call-pairs-and-sms", 6, 6, 0, 0, 0, 2),
        ("16-ftm-fragments-currency", 8, 8, 0, 0, 2, 2),
    ],
)
def test_a_case_in_an_empty_home(
    store: Store, case: str, read: int, loaded: int, rejected: int, excluded: int, payments: int, calls: int
) -> None:
    """Trap: right facts, and a graph or a report that says something else."""
    report = load(store, [FOLDER / case])
    got = [
        sum(getattr(file, name) for file in report.files)
        for name in ("read", "loaded", "rejected", "excluded")
    ]
    duplicate = sum(file.duplicate for file in report.files)
    assert got[0] == sum(got[1:]) + duplicate
    assert got == [read, loaded - duplicate, rejected, excluded]
    assert (report.events["payments"], report.events["calls"]) == (payments, calls)


def test_a_hidden_sheet_is_in_the_report(store: Store) -> None:
    """Trap: the sheet is told of in a place nobody looks at."""
    [file] = load(store, [FOLDER / "36-hidden-and-offset-sheets"]).files
    assert any("隐藏" in note.zh and "旧版" in note.zh and "hidden" in note.en for note in file.notes)
