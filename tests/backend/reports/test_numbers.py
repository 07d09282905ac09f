"""Numbers as reports print them."""

from __future__ import annotations

import pytest

from backend.reports.item_parts import shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (64.3303, "64.33"),
        (7.03449, "7.034"),
        (3.0, "3"),
        (4521.7, "4,521.7"),
        (1_285_960.04, "1,285,960"),
        (0.0494, "0.0494"),
        (0.0, "0"),
    ],
)
def test_a_number_is_short_and_never_a_power_of_ten(value: float, text: str) -> None:
    """Trap: 1,285,960 kg is printed as 1.28596e+06, a load of waste water to six digits."""
    assert shown(value) == text
