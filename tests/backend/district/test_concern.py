"""Which entries of 重点人员 may be used."""

from __future__ import annotations

import pytest

from backend.district.concern import counts
from tests.backend.district.test_deliveries import at

DAY = at("2024-06-01")


@pytest.mark.parametrize(
    ("state", "until", "valid"),
    [
        ("有效", None, True),
        ("有效", "2024-06-01", True),
        ("有效", "2024-05-31", False),
        ("封存", None, False),
        ("撤销", None, False),
        (None, None, False),
    ],
)
def test_only_valid_entries_count(state: str | None, until: str | None, valid: bool) -> None:
    """Trap: a sealed or expired record scores for a lead; the last day no longer counts."""
    entry = {"watch_state": state, "from_at": at("2023-01-01"), "to_at": at(until) if until else None}
    assert counts(entry, DAY) is valid


def test_an_entry_counts_from_its_first_day() -> None:
    """Trap: an entry of next month explains a lead of today."""
    entry = {"watch_state": "有效", "from_at": at("2024-06-02"), "to_at": None}
    assert not counts(entry, DAY) and counts(entry, at("2024-06-02"))
