"""What a run makes little or nothing of, because too many have it in common (公共要素降权): said with the result.

The rules themselves stand where they are used; this tells which of the facts at hand they touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from backend.analysis.counted import HUB, MOST_NAMESAKES
from backend.analysis.findings import Damped
from backend.analysis.gang_graph import MOST_TOGETHER
from backend.analysis.inputs import Facts
from backend.analysis.profile import DEALING
from backend.analysis.signals.goods import strength

MOST = 200
"""So many are named of each kind, the commonest first; how many there are is always told."""


def damped(facts: Facts) -> tuple[Damped, ...]:
    """Every kind of which there is any."""
    contacts = _contacts(facts)
    found: dict[str, list[tuple[str, int, float]]] = {
        "platform": [
            (facts.person_ids[n], int(contacts[n]), 0.0) for n in np.flatnonzero(facts.platform).tolist()
        ],
        "hub": [
            (facts.person_ids[n], int(contacts[n]), 0.0)
            for n in np.flatnonzero((contacts > HUB) & ~facts.platform).tolist()
        ],
        "name": [
            (name, n, 0.0) for name, n in Counter(filter(None, facts.names)).items() if n > MOST_NAMESAKES
        ],
        "batch": _marks(facts, "batch"),
        "packaging": _marks(facts, "packaging"),
        "case": _cases(facts),
    }
    return tuple(
        Damped(kind, len(each), tuple(sorted(each, key=lambda one: (-one[1], one[0]))[:MOST]))
        for kind, each in found.items()
        if each
    )


def _contacts(facts: Facts) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """With how many persons each talked or dealt."""
    n = len(facts.person_ids)
    ends = [(events.a, events.b) for events in (facts.calls, facts.payments)]
    pairs = np.sort(np.concatenate([one * n + other for a, b in ends for one, other in ((a, b), (b, a))]))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return np.bincount(pairs // n, minlength=n).astype(np.int64)


def _marks(facts: Facts, attribute: str) -> list[tuple[str, int, float]]:
    """Marks of seizures found with so many that each pair of them says less."""
    holders: dict[str, set[int]] = defaultdict(set)
    for seizure in facts.seizures:
        mark = getattr(seizure, attribute)
        if mark and seizure.person >= 0:
            holders[mark].add(seizure.person)
    return [(mark, len(who), strength(len(who))) for mark, who in holders.items() if strength(len(who)) < 1]


def _cases(facts: Facts) -> list[tuple[str, int, float]]:
    """Cases with so many on the selling side that standing in one ties nobody."""
    together: dict[int, set[int]] = defaultdict(set)
    for part in facts.involvements:
        if part.role in DEALING:
            together[part.case].add(part.person)
    return [
        (facts.cases[case].case_no, len(who), 0.0)
        for case, who in together.items()
        if len(who) > MOST_TOGETHER
    ]
