"""Deliveries of precursors are judged at a size a test can afford; ``benchmarks.district_trades`` runs the full one."""

from __future__ import annotations

from benchmarks.district_trades import arrays, measure, rows_of


def test_trades_are_judged_within_the_promised_ratio() -> None:
    """Trap: a rule that looks at every pair of rows; a district without a fault in which something is found."""
    found = measure(20_000)
    assert found["findings"] == 0
    assert found["kept"], found


def test_the_rows_are_two_reports_of_each_delivery() -> None:
    """Trap: an easier set of rows than the one promised, without anything to pair."""
    told = rows_of(arrays(2_000))
    assert [row.direction for row in told[:4]] == ["购", "销", "购", "销"]
    assert len(told) == 2_000 and len({row.buyer for row in told}) == 20
