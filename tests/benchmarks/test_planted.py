"""Planted groups are found at a size a test can afford; ``benchmarks.planted`` runs the full one."""

from __future__ import annotations

import numpy as np

from benchmarks.planted import PROMISED, adjusted_rand, measure, planted


def test_planted_groups_of_all_sizes_are_found() -> None:
    """Trap: a resolution that suits groups of twenty loses those of six or breaks those of thirty."""
    found = measure(20_000, 100_000, 3)
    assert found["adjusted_rand"] >= PROMISED, found  # type: ignore[operator]


def test_four_fifths_of_the_ties_lie_inside() -> None:
    """Trap: an easier graph than the one promised."""
    a, b, group = planted(20_000, 100_000, 3)
    assert 0.7 < float(np.mean(group[a] == group[b])) < 0.82
    assert int(np.bincount(group)[:-1].min()) >= 6
    assert int(np.bincount(group).max()) <= 30


def test_the_index_is_one_for_the_same_and_zero_for_chance() -> None:
    """Trap: an index not corrected for chance."""
    labels = np.repeat(np.arange(100), 10)
    assert adjusted_rand(labels, labels[::-1].copy()) == 1.0
    assert abs(adjusted_rand(labels, np.random.default_rng(1).permutation(labels))) < 0.02
