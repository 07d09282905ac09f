"""Holders that are probably one person, for grouping only: nobody is merged, and every holder stays a member.

Two rules. A payee belongs with the person he collects for. Numbers used behind one account one after
another, never at the same time, belong to one person who changed his phone.
"""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.unionfind import roots
from backend.analysis.correlation.identifiers import bare_phones
from backend.analysis.identity.successive_numbers import one_after_the_other
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter
from backend.analysis.model.supplies import PayeeLink
from backend.analysis.supply.intermediaries import best_principal
from graph_schema.arrays import Ints

SURE = parameter("groups.aliases.sure")


def grouping(facts: Facts, payees: tuple[PayeeLink, ...], with_payees: bool = True) -> Ints:
    """Representative of every person (the smallest of his group); ``with_payees`` applies the first rule."""
    pairs = _successors(facts, payees)
    if with_payees:
        pairs += [(payee, to) for payee, (to, score) in best_principal(payees).items() if score >= SURE]
    root = roots(pairs)
    return np.array([root.get(x, x) for x in range(len(facts.person_ids))], dtype=np.int64)


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
    return [
        pair
        for payee in sorted(behind)
        for pair in one_after_the_other((*span, person) for person, span in behind[payee].items())
    ]
