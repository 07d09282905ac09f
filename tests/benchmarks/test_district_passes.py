"""Camera passes at a size a test can afford; ``benchmarks.district_passes`` runs the full one."""

from __future__ import annotations

from benchmarks.district_passes import WANTED, arrays, measure


def test_asked_of_upline_and_of_bare_duckdb_is_the_same() -> None:
    """Trap: a pass lost between file and answer; everybody's passes planned into the graph; a day too much or few."""
    found = measure(20_000)
    cars = 20_000 // 100 if WANTED * 5 < 20_000 // 100 else WANTED * 5
    assert abs(found["found"] - 20_000 * WANTED / cars) < 400, found
    assert found["pairs_of_cameras"] > 0


def test_the_arrays_are_of_the_size_asked_for() -> None:
    """Trap: a smaller district than the figures say."""
    made = arrays(5_000)
    assert made.num_rows == 5_000 and len(set(made["经过时间"].to_pylist())) > 4_000
