"""Holders of one full name that are counted as one person by a run: an account here, a card there, a number nobody registered.

Returns name a counterparty but seldom give his resident id, so one man stands in them as several holders: his wallet in
one, his card in another, his number in a table. Resolution never merges by name. A run counts them as one where they have
contacts in common and nothing of the same kind, says so of each person, and puts the pair to a person to decide; what was
judged different is not counted. Against the truth of two makers of worlds 5 in 11,311 of them were two persons.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np

from backend.analysis.inputs import Events, Facts, Ints

FULL_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+")
RARE = 3  # holders of a name up to which one contact in common is enough
COMMON_CONTACTS = 2  # contacts in common from there on
MOST_NAMESAKES = 40  # a name of more holders says nothing
HUB = 200  # a contact of more persons says nothing


@dataclass(frozen=True)
class CountedAs:
    """A holder whose events a run counts for another of the same name, with the contacts both have."""

    person: int
    counted_as: int
    contacts: tuple[int, ...]


def namesakes(facts: Facts) -> tuple[CountedAs, ...]:
    """Holders to be counted for another, by their number; the best known of each group is whom they are counted for."""
    groups: dict[str, list[int]] = defaultdict(list)
    for person, name in enumerate(facts.names):
        if name and FULL_NAME.fullmatch(name) and not facts.platform[person]:
            groups[name].append(person)
    several = {name: group for name, group in groups.items() if 1 < len(group) <= MOST_NAMESAKES}
    if not several:
        return ()
    contacts = _contacts(facts, [person for group in several.values() for person in group])
    found = [each for _, group in sorted(several.items()) for each in _of_name(facts, group, contacts)]
    return tuple(sorted(found, key=lambda each: each.person))


def _contacts(facts: Facts, people: list[int]) -> dict[int, set[int]]:
    """Persons each of ``people`` talked with, paid or was paid by; without platforms and hubs."""
    n = len(facts.person_ids)
    a = np.concatenate([facts.calls.a, facts.payments.a])
    b = np.concatenate([facts.calls.b, facts.payments.b])
    pairs = np.sort(np.concatenate([a * n + b, b * n + a]))  # np.unique hashes, ten times slower
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    one, other = pairs // n, pairs % n
    wanted = np.zeros(n, dtype=np.bool_)
    wanted[people] = True
    says = (np.bincount(other, minlength=n) <= HUB) & ~facts.platform
    kept = wanted[one] & says[other]
    found: dict[int, set[int]] = defaultdict(set)
    for person, contact in zip(one[kept].tolist(), other[kept].tolist(), strict=True):
        found[person].add(contact)
    return found


def _of_name(facts: Facts, group: list[int], contacts: dict[int, set[int]]) -> Iterable[CountedAs]:
    """Joins the holders of one name, those with the most contacts in common first."""
    least = 1 if len(group) <= RARE else COMMON_CONTACTS
    pairs = []
    for one, other in itertools.combinations(group, 2):
        common = contacts.get(one, set()) & contacts.get(other, set())
        if len(common) >= least and (one, other) not in facts.apart:
            pairs.append((-len(common), one, other))
    hands = {person: [person] for person in group}
    for _, one, other in sorted(pairs):
        if hands[one] is not hands[other] and _may_be_one(facts, hands[one], hands[other]):
            both = sorted(hands[one] + hands[other])
            for person in both:
                hands[person] = both
    for hand in {tuple(each) for each in hands.values() if len(each) > 1}:
        best = min(hand, key=lambda person: (not _resident(facts, person), -len(facts.refs[person]), person))
        for person in hand:
            if person != best:
                others = set().union(*(contacts.get(other, set()) for other in hand if other != person))
                yield CountedAs(person, best, tuple(sorted(contacts.get(person, set()) & others)))


def _may_be_one(facts: Facts, one: list[int], other: list[int]) -> bool:
    """No two resident ids, nothing of the same kind twice, and nobody judged them different."""
    kinds = [{kind for person in hand for kind in _kinds(facts, person)} for hand in (one, other)]
    judged = any(tuple(sorted(pair)) in facts.apart for pair in itertools.product(one, other))
    return not kinds[0] & kinds[1] and not judged


def _kinds(facts: Facts, person: int) -> set[str]:
    """Phone, wallet of one firm, card, resident id: what a person seldom shows two of under one name."""
    parts = (ref.split(":") for ref in facts.refs[person])
    return {":".join(part[:2]) if part[0] == "Account" else part[0] for part in parts}


def _resident(facts: Facts, person: int) -> bool:
    return "ResidentId" in _kinds(facts, person)


def counted(facts: Facts, found: tuple[CountedAs, ...]) -> Facts:
    """The facts with every event, part and seizure of such a holder as the other's; holders stay, without events."""
    if not found:
        return facts
    to: Ints = np.arange(len(facts.person_ids), dtype=np.int64)
    for each in found:
        to[each.person] = each.counted_as
    refs = [list(held) for held in facts.refs]
    for each in found:
        refs[each.counted_as] += facts.refs[each.person]
        refs[each.person] = []
    flags = {}
    for name in ("named", "registered_user", "fugitive", "asked"):
        flag = getattr(facts, name).copy()
        np.logical_or.at(flag, to, getattr(facts, name))
        flags[name] = flag
    return replace(
        facts,
        **flags,
        refs=refs,
        calls=_events(facts.calls, to),
        payments=_events(facts.payments, to),
        parcels=_events(facts.parcels, to),
        statements=_events(facts.statements, to),
        involvements=[replace(part, person=int(to[part.person])) for part in facts.involvements],
        seizures=[
            replace(seizure, person=int(to[seizure.person])) if seizure.person >= 0 else seizure
            for seizure in facts.seizures
        ],
    )


def _events(events: Events, to: Ints) -> Events:
    """Events between those they are counted for; what becomes an event with himself is left out."""
    a, b = to[events.a], to[events.b]
    kept = np.flatnonzero(a != b)
    columns = {}
    for column in fields(Events):
        values = getattr(events, column.name)
        if len(kept) == len(a) or not len(values):
            columns[column.name] = values
        else:
            columns[column.name] = (
                values[kept] if isinstance(values, np.ndarray) else [values[n] for n in kept.tolist()]
            )
    return replace(events, **{**columns, "a": a[kept], "b": b[kept]})
