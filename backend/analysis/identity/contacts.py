"""Contacts: who called, paid or was paid by whom, of persons and of single numbers, without platforms and hubs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from backend.analysis.model.facts import Events, Facts
from backend.analysis.model.parameters import whole_parameter
from graph_schema.arrays import Ints

HUB = whole_parameter("identity.contacts.hub")


def dealings(facts: Facts) -> tuple[Ints, Ints]:
    """Both ends of every call and payment."""
    calls, payments = facts.calls, facts.payments
    return np.concatenate([calls.a, payments.a]), np.concatenate([calls.b, payments.b])


def acquainted(a: Ints, b: Ints, n: int) -> tuple[Ints, Ints]:
    """Every pair of ``n`` persons with an event between them, once in each direction, by first and second."""
    pairs = np.sort(np.concatenate([a * n + b, b * n + a]))  # np.unique hashes, ten times slower
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // n, pairs % n


def contacts_of(facts: Facts, people: list[int]) -> dict[int, set[int]]:
    """Contacts of each of ``people``: persons they called, paid or were paid by, without platforms and hubs."""
    n = len(facts.person_ids)
    a, b = dealings(facts)
    wanted, near = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    wanted[people] = True
    near[a[wanted[b]]] = near[b[wanted[a]]] = True
    told = near[a] | near[b]  # all events that show how many people their contacts deal with
    one, other = acquainted(a[told], b[told], n)
    says = (np.bincount(other, minlength=n) <= HUB) & ~facts.platform
    kept = wanted[one] & says[other]
    found: dict[int, set[int]] = defaultdict(set)
    for person, contact in zip(one[kept].tolist(), other[kept].tolist(), strict=True):
        found[person].add(contact)
    return found


def contacts_of_numbers(facts: Facts, numbers: dict[str, int]) -> dict[str, set[int]]:
    """Persons who talked with each of these numbers, given with its holder."""
    found = {number: set[int]() for number in numbers}
    others = facts.calls.b, facts.calls.a
    for side, n, number in ends_of(facts.calls, numbers):
        found[number].add(int(others[side][n]))
    return found


def ends_of(calls: Events, numbers: dict[str, int]) -> Iterator[tuple[int, int, str]]:
    """Each end of a call that is one of these numbers, given with its holder: side (0 caller, 1 called), call, number."""
    holders = list(numbers.values())
    for side, (end, refs) in enumerate(((calls.a, calls.a_ref), (calls.b, calls.b_ref))):
        for n in np.flatnonzero(np.isin(end, holders)).tolist():
            if refs[n] in numbers:
                yield side, n, refs[n]


def common_contacts(contacts: dict[int, set[int]], one: int, other: int) -> tuple[int, ...]:
    """The contacts of both."""
    return tuple(sorted(contacts.get(one, set()) & contacts.get(other, set())))
