"""Refused sign-ins are bounded in the log, and none goes uncounted."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.security import strangers
from backend.security.audited import audit_log
from backend.security.strangers import ADDRESSES, EACH, Strangers


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    monkeypatch.setattr(strangers, "MINUTE", 3_600.0)  # no timer ends within the test
    return tmp_path


def test_a_flood_is_a_few_records_and_one_count(home: Path) -> None:
    """Trap: a stranger fills the audit volume, on which all work depends; or his 5,000 tries are nowhere."""
    clock = [0.0]
    bound = Strangers(lambda: clock[0])
    assert sum(bound.gets_record("10.0.0.1") for _ in range(5_000)) == EACH
    assert sum(bound.gets_record("10.0.0.2") for _ in range(3)) == 3, "others are told from him"
    clock[0] = 3_601.0
    assert bound.gets_record("10.0.0.1")
    bound.tell_rest()
    bound.tell_rest()
    (record,) = audit_log().records()
    assert (record["action"], record["count"], record["objects"]) == (
        "session.refused",
        5_000 - EACH,
        ["10.0.0.1"],
    )


def test_many_addresses_are_bounded_too(home: Path) -> None:
    """Trap: a new address for each try."""
    bound = Strangers(lambda: 0.0)
    assert sum(bound.gets_record(f"10.0.{n // 250}.{n % 250}") for n in range(5_000)) == ADDRESSES
    bound.tell_rest()
    assert [each["count"] for each in audit_log().records()] == [5_000 - ADDRESSES]
