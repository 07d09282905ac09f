"""Damping of common elements (公共要素降权): features shared by too many people, which a run weights less, and says
so.

The rules stand where they are used; this module reports which of the present facts they affected.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

import numpy as np

from backend.analysis.correlation.seizure_marks import carriers, strength
from backend.analysis.groups.ties import MOST_TOGETHER
from backend.analysis.identity.contacts import HUB, acquainted, dealings
from backend.analysis.identity.same_holder import MOST_NAMESAKES
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.model.results import Damped

MOST = whole_parameter("groups.damping.most")
"""So many are named of each kind, the commonest first; how many there are is always told."""


def damped(facts: Facts, together: dict[int, set[int]]) -> tuple[Damped, ...]:
    """Every kind that occurs in the given facts; ``together`` as returned by ``selling_together``."""
    one, _ = acquainted(*dealings(facts), len(facts.person_ids))
    contacts = np.bincount(one, minlength=len(facts.person_ids))
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
        "case": [
            (facts.cases[case].case_no, len(who), 0.0)
            for case, who in together.items()
            if len(who) > MOST_TOGETHER
        ],
    }
    return tuple(
        Damped(kind, len(each), tuple(sorted(each, key=lambda one: (-one[1], one[0]))[:MOST]))
        for kind, each in found.items()
        if each
    )


def _marks(facts: Facts, kind: Literal["batch", "packaging"]) -> list[tuple[str, int, float]]:
    """Marks found with so many people that sharing one says less."""
    held = [(mark, len(holders)) for mark, holders in carriers(facts, kind).items()]
    return [(mark, n, strength(n)) for mark, n in held if strength(n) < 1]
