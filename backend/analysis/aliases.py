"""Holders that are probably one person, for grouping only: nobody is merged, every holder stays a member
of his own.

Two rules. A payee stands and falls with the person he collects for. Numbers that stand behind one
account one after the other, never at the same time, are taken for one person who changed his phone.
"""

from __future__ import annotations

import itertools

import numpy as np

from backend.analysis.arrays import DAY
from backend.analysis.findings import PayeeLink
from backend.analysis.holdings import bare_phones
from backend.analysis.inputs import Facts, Ints
from backend.analysis.links import best_principal

SURE = 0.5
OVERLAP = 3 * DAY  # a phone may be used on for some days beside the new one


def grouping(facts: Facts, payees: tuple[PayeeLink, ...], with_payees: bool = True) -> Ints:
    """Representative of every person (the smallest of his group); ``with_payees`` applies the first rule."""
    parent = list(range(len(facts.person_ids)))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    def join(x: int, y: int) -> None:
        low, high = sorted((root(x), root(y)))
        parent[high] = low

    for payee, (principal, score) in sorted(best_principal(payees).items()):
        if with_payees and score >= SURE:
            join(payee, principal)
    for first, second in _successors(facts, payees):
        join(first, second)
    return np.array([root(x) for x in range(len(parent))], dtype=np.int64)


def _successors(facts: Facts, payees: tuple[PayeeLink, ...]) -> list[tuple[int, int]]:
    """Pairs of phone-only holders behind one account, one after the other."""
    bare = bare_phones(facts)
    behind: dict[int, dict[int, tuple[int, int]]] = {}
    for link in payees:
        if link.first is None or link.last is None or not bare[link.principal]:
            continue
        spans = behind.setdefault(link.payee, {})
        old = spans.get(link.principal, (link.first, link.last))
        spans[link.principal] = (min(old[0], link.first), max(old[1], link.last))
    found = []
    for payee in sorted(behind):
        ordered = sorted((span, person) for person, span in behind[payee].items())
        for ((_, end), one), ((start, _), other) in itertools.pairwise(ordered):
            if start >= end - OVERLAP:
                found.append((one, other))
    return found
