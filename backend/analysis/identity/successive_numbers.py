"""Numbers that follow each other in one role: rung, one after the other, by one number beside the payments of
two accounts.

Whoever changes his number every few weeks stands beside a payer's payments as several numbers, each for too
few of them to be told from chance. Added up they are told. Numbers so joined are one holder's in the next
round, where ``beside_payments`` tells whose.

Definition: of the numbers in use one after the other those that weigh most together (weighted interval
scheduling), tested together by Fisher's combined test over their binomial tails, times the number of
choices there were (Bonferroni).

Reference: R. A. Fisher, Statistical Methods for Research Workers, 4th edition, 1932, section 21.1; J.
Kleinberg, É. Tardos, Algorithm Design, 2005, section 6.1.

Cost: O(n²) for n numbers of one role, n at most ``MOST``.

Against it: two people of one role may take turns too. So no number may carry most of what is added up, and
the bound is stricter than for a single pair.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.stats import chi2

from backend.analysis.arrays.clock import DAY
from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Bools, Floats, Ints

PART = parameter("identity.successive_numbers.part")
RARE = parameter("identity.successive_numbers.rare")
MOSTLY = parameter("identity.successive_numbers.mostly")
OVERLAP = whole_parameter("identity.successive_numbers.overlap") * DAY
GAP = whole_parameter("identity.successive_numbers.gap") * DAY
MOST = whole_parameter("identity.successive_numbers.most")


@dataclass(frozen=True)
class CallSpan:
    """One number as the other one rang it: first and last call (ms), and minus the logarithm of its tail."""

    first: int
    last: int
    number: int  # holder
    weight: float


def follow_in_role(
    pay: Ints, low: Ints, high: Ints, first: Ints, last: Ints, tail: Floats, bare: Bools
) -> list[tuple[int, int]]:
    """Pairs of holders of bare numbers, each followed by the other. Arrays of one length: the group of payments, both numbers of
    a pair that talks beside them, its first and last call, and its tail.
    """
    roles: dict[tuple[int, int], list[CallSpan]] = defaultdict(list)
    some = np.flatnonzero(tail < PART)
    weight = -np.log(np.maximum(tail[some], 1e-300))
    for end, other in ((low, high), (high, low)):
        rows = zip(
            *(column[some].tolist() for column in (pay, end, other, first, last)),
            weight.tolist(),
            strict=True,
        )
        for group, caller, number, begun, ended, says in rows:
            if bare[number]:
                roles[group, caller].append(CallSpan(begun, ended, number, says))
    return sorted({pair for spans in roles.values() if len(spans) > 1 for pair in _pairs(spans)})


def _pairs(spans: list[CallSpan]) -> list[tuple[int, int]]:
    spans = sorted(spans, key=lambda each: -each.weight)[:MOST]
    chain = heaviest(sorted(spans, key=lambda each: (each.first, each.last, each.number)))
    whole = sum(each.weight for each in chain)
    if len(chain) < 2 or max(each.weight for each in chain) > MOSTLY * whole:
        return []
    together = chi2.sf(2 * whole, 2 * len(chain)) * 2.0 ** len(spans)
    if together >= RARE:
        return []
    return [(one.number, other.number) for one, other in itertools.pairwise(chain)]


def heaviest(spans: Sequence[CallSpan]) -> list[CallSpan]:
    """Of spans in the order of time, those one after the other that weigh most together: O(n²)."""
    best: list[tuple[float, int]] = []  # weight up to here, and which comes before
    for n, span in enumerate(spans):
        before = [(best[k][0], k) for k, each in enumerate(spans[:n]) if _follows(each.last, span.first, GAP)]
        weight, k = max(before, default=(0.0, -1))
        best.append((weight + span.weight, k))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    chain = []
    while at >= 0:
        chain.append(spans[at])
        at = best[at][1]
    return chain[::-1]


def one_after_the_other(spans: Iterable[tuple[int, int, int]], gap: float = inf) -> list[tuple[int, int]]:
    """Neighbours among (first, last, who) that were not in use at the same time, and not more than ``gap`` ms apart."""
    return [
        (one, other)
        for (_, end, one), (start, _, other) in itertools.pairwise(sorted(spans))
        if _follows(end, start, gap)
    ]


def _follows(end: int, start: int, gap: float) -> bool:
    """What began at ``start`` took the place of what ended at ``end``: hardly beside it, and not more than ``gap`` ms later."""
    return end - OVERLAP <= start <= end + gap
