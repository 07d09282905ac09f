"""Key-player sets and removals on small gangs, beside trying every set."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.analysis.network.key_players import fragmentation, key_players, removed
from backend.analysis.network.mutual_supply import markets


def ties(n: int, pairs: list[tuple[int, int]]) -> np.ndarray:
    found = np.zeros((n, n))
    for a, b in pairs:
        found[a, b] = found[b, a] = 1.0
    return found


@settings(max_examples=40, deadline=None, derandomize=True)
@given(n=st.integers(3, 7), seed=st.integers(0, 999), k=st.integers(1, 3))
def test_greedy_with_restarts_is_as_good_as_trying_every_set(n: int, seed: int, k: int) -> None:
    """Trap: the k most central taken for the best set of k."""
    rng = np.random.default_rng(seed)
    held = ties(n, [(a, b) for a, b in combinations(range(n), 2) if rng.random() < 0.4])
    neg, pos = key_players(held, k)
    best = max(fragmentation(held, some) for some in combinations(range(n), min(k, n)))
    assert abs(neg.value - best) < 1e-9 and abs(fragmentation(held, neg.members) - best) < 1e-9
    assert 0 <= pos.value <= 1 and len(pos.members) == min(k, n)
    assert (neg, pos) == key_players(held, k)


def test_the_best_pair_is_not_the_two_most_central() -> None:
    """Trap: two brokers of the same place chosen, where one of two places would do more."""
    star_a = [(0, n) for n in (2, 3, 4, 5)] + [(1, n) for n in (2, 3, 4, 5)]  # 0 and 1 do the same work
    star_b = [(6, n) for n in (7, 8, 9)]
    _, pos = key_players(ties(10, [*star_a, *star_b]), 2)
    assert 6 in pos.members


def test_removal_tells_parts_orphans_and_lost_supply() -> None:
    """Trap: a removal that leaves buyers without a seller shown as harmless because the graph still hangs together."""
    held = ties(5, [(0, 1), (1, 2), (2, 3), (3, 4), (1, 3)])
    supplies = np.zeros((5, 5))
    supplies[0, 1] = supplies[1, 2] = supplies[1, 3] = 1.0
    found = removed(held, supplies, [1])
    assert (found.parts, found.largest, found.isolated) == (2, 3, (0,))
    assert found.orphaned == (2, 3) and found.supply_lost == 1.0
    assert found.fragmentation > found.before and found.pairs_cut == 0.5, (
        "0 is cut off from three who hang together"
    )
    nobody = removed(held, supplies, range(5))
    assert (nobody.parts, nobody.largest, nobody.pairs_cut) == (0, 0, 0.0)


def test_mutual_sellers_are_one_market() -> None:
    """Trap: a chain that runs in a circle among sellers, or one seller put above another who sells to him."""
    assert markets([("a", "b"), ("b", "c"), ("c", "a"), ("x", "a"), ("c", "y")]) == [["a", "b", "c"]]
    assert markets([("x", "a"), ("a", "y")]) == [] and markets([]) == []
