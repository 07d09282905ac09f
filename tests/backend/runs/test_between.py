"""How long lies between two numbers, in words."""

from __future__ import annotations

import pytest

from backend.runs.identity import between


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (-0.2, "间隔不足 1 天", "less than a day between"),
        (0.0, "间隔不足 1 天", "less than a day between"),
        (0.6, "间隔 1 天", "1 day between"),
        (12.4, "间隔 12 天", "12 days between"),
        (-3.1, "重叠 3 天", "3 days of overlap"),
    ],
)
def test_days_between(days: float, zh: str, en: str) -> None:
    """Trap: "-0 days between", "1 days between"."""
    assert between(days) == (zh, en)
