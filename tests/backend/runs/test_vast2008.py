"""Five people of the VAST 2008 phone challenge change numbers on day 8: from the file to the question put to a person."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from backend.reviews import proposals
from backend.runs.analyse import analyse
from etl.writing.load import load
from graph_schema.store import LOCAL, Store

CALLS = Path(__file__).resolve().parents[4] / "shared" / "data" / "vast2008" / "calls.csv"
TRUE = {(200, 300), (1, 309), (5, 306), (2, 397), (3, 360)}


def phone(number: str) -> str:
    return f"1390000{int(number):04d}"


@pytest.mark.skipif(not CALLS.is_file(), reason="../shared/data/vast2008 is not beside the checkout")
def test_all_five_changes_are_put_to_a_person(store: Store, tmp_path: Path) -> None:
    """Trap: margins of fourteen days in ten days of data; one stray later call; a leader all of whose contacts changed."""
    with CALLS.open(encoding="utf-8") as file, (tmp_path / "话单.csv").open("w", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["主叫号码", "被叫号码", "通话开始时间", "通话时长"])
        for row in csv.DictReader(file):
            day, time = row["Datetime"].split()
            at = f"{day[:4]}-{day[4:6]}-{day[6:]} {time[:2]}:{time[2:]}:00"
            rows.writerow([phone(row["From"]), phone(row["To"]), at, row["Duration(seconds)"]])
    load(store, [tmp_path / "话单.csv"])
    analyse(store)

    pages = [
        proposals.proposal(store, LOCAL, each["id"])
        for each in proposals.proposals(store, LOCAL)["proposals"]
    ]
    asked = {
        tuple(sorted(int(subject[-4:]) for subject in page["subjects"])): page
        for page in pages
        if any(signal["name"] == "succession" for signal in page["for"])
    }
    true = {tuple(sorted(pair)) for pair in TRUE}
    assert true <= set(asked)
    assert len(set(asked) - true) <= 1
    said = [signal["zh"] for signal in asked[200, 300]["for"] if signal["name"] == "succession"]
    assert "亦已换号" in said[0], "why a number without a contact in common is asked about"
    assert "零星通联" in next(s["zh"] for s in asked[1, 309]["for"] if s["name"] == "succession")
