"""Holders counted as one person by a run: same full name, or successive numbers (entity resolution).

Returns name a counterparty but seldom give his resident id. So one person appears in them as several
holders: his wallet in one, his card in another, his number in a table. Somebody who changes his number
every few weeks is a new holder each time. Resolution does not merge for such reasons. A run counts two
holders as one person

- by name: one full name, contacts in common, and nothing of the same kind twice;
- by number: one number fell silent and the other began with its contacts (换号), where at most one of the two
  is known by more than that number; where hardly a contact was left behind, whoever the number is
  registered to;
- by account and by payments: see ``hands``;

The person's page says so, and each pair is proposed for review. Pairs judged different are not counted as
one.

Definition: entity resolution by rules. Blocks are holders of one full name, or numbers of which one fell
silent before the other began; two of a block are compared by the contacts they share; within a name those
with most in common are joined first, as long as nothing of one kind stands twice.

Reference: I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, JASA 64(328), 1969, 1183-1210, for
blocking and comparison. No weights are estimated: the rules are fixed (docs/accuracy.md, How often single
rules are right).

Cost: O(E log E) for E events, and quadratic in the holders of one name, at most ``MOST_NAMESAKES``.

Against it: brothers of one name who know the same people are joined. Nobody is merged by it, so that a
person can part them.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np

from backend.analysis.arrays.unionfind import roots
from backend.analysis.correlation.identifiers import kinds, known_by_account, one_number
from backend.analysis.model.facts import Events, Facts, Ints, References
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.results import CountedAs

FULL_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+")
RARE = whole_parameter("identity.same_holder.rare")
COMMON_CONTACTS = whole_parameter("identity.same_holder.common_contacts")
MOST_NAMESAKES = whole_parameter("identity.same_holder.most_namesakes")
HUB = whole_parameter("identity.same_holder.hub")
SHARED = parameter("identity.same_holder.shared")
LEAD = parameter("identity.same_holder.lead")
SURE_SHARED = parameter("identity.same_holder.sure_shared")
SURE_RARITY = parameter("identity.same_holder.sure_rarity")
SURE_LEAD = parameter("identity.same_holder.sure_lead")


def counted_as(facts: Facts) -> tuple[CountedAs, ...]:
    """Holders counted for another, by number; each group counts for the holder known best."""
    groups: dict[str, list[int]] = defaultdict(list)
    for person, name in enumerate(facts.names):
        if name and FULL_NAME.fullmatch(name) and not facts.platform[person]:
            groups[name].append(person)
    several = [group for _, group in sorted(groups.items()) if 1 < len(group) <= MOST_NAMESAKES]
    sure = in_one_hand(facts, _certain_successions(facts))
    likely = _likely_successions(facts)
    if not several and not likely and not sure:
        return ()
    contacts = contacts_of(facts, [person for group in (*several, *sure, *likely) for person in group])
    to: dict[int, CountedAs] = {}
    for one, other in sure:
        to[one] = CountedAs(one, other, common_contacts(contacts, one, other), "number")
    for group in several:
        for each in _within_name(facts, group, contacts):
            one, other = _representative(each.person, to), _representative(each.counted_as, to)
            apart = facts.apart and judged_apart(facts, _cluster(one, to), _cluster(other, to))
            if one != other and not apart:
                to[one] = replace(each, person=one, counted_as=other)
    for old, new in likely:
        _join_succession(facts, old, new, contacts, to)
    # Whoever is counted for somebody who is counted himself goes on to the last.
    return tuple(replace(to[person], counted_as=_representative(person, to)) for person in sorted(to))


def _representative(person: int, to: dict[int, CountedAs]) -> int:
    while person in to:
        person = to[person].counted_as
    return person


def _certain_successions(facts: Facts) -> list[tuple[int, int]]:
    """Holders of numbers one of which beyond doubt took the place of the other."""
    return [
        (each.old, each.new)
        for each in facts.successions
        if each.share >= SURE_SHARED and each.rarity >= SURE_RARITY and each.lead >= SURE_LEAD
    ]


def in_one_hand(
    facts: Facts, pairs: Iterable[tuple[int, int]], only: Callable[[list[str]], bool] = one_number
) -> list[tuple[int, int]]:
    """Of holders who are one person (``pairs``, joined transitively): each known by a number only (``only``
    decides by his identifiers), with the holder known best. Nobody who is recorded in a case, listed or
    judged a different person is counted for somebody else.
    """
    root = roots(pairs)
    clusters: dict[int, list[int]] = defaultdict(list)
    for holder in sorted(root):
        clusters[root[holder]].append(holder)
    recorded = recorded_in_cases(facts)

    def known(person: int) -> tuple[bool, bool, bool, int]:
        # Prefer a bare number to a registered one: the registered name may be a stranger's.
        account = known_by_account(facts.refs[person])
        return person in recorded, account, not facts.named[person], -person

    found = []
    for cluster in clusters.values():
        best = max(cluster, key=known)
        for person in cluster:
            listed = person in recorded or facts.registered_user[person] or facts.fugitive[person]
            by_number = only(facts.refs[person]) and not listed
            if person != best and by_number and not judged_apart(facts, cluster, [person]):
                found.append((person, best))
    return found


def recorded_in_cases(facts: Facts) -> set[int]:
    """Persons recorded in a case or a seizure."""
    return {part.person for part in facts.involvements} | {each.person for each in facts.seizures}


def _likely_successions(facts: Facts) -> list[tuple[int, int]]:
    """Holders of numbers that follow each other, the surest first; not two who are both known by more."""
    sure = [each for each in facts.successions if each.share >= SHARED and each.lead >= LEAD]
    return [
        (each.old, each.new)
        for each in sorted(sure, key=lambda each: (-each.rarity, each.old, each.new))
        if _only_a_number(facts, each.old) or _only_a_number(facts, each.new)
        if all(_only_a_number(facts, p) or _known_by_more(facts, p) for p in (each.old, each.new))
    ]


def _only_a_number(facts: Facts, person: int) -> bool:
    return not facts.named[person] and _kinds(facts, person) <= {"Phone", "Sim", "Device"}


def _known_by_more(facts: Facts, person: int) -> bool:
    """Whether more than one number, or an account, is known; not just the name a number is registered under."""
    held = facts.refs[person]
    return known_by_account(held) or sum(ref.startswith("Phone:") for ref in held) > 1


def _join_succession(
    facts: Facts, old: int, new: int, contacts: dict[int, set[int]], to: dict[int, CountedAs]
) -> None:
    """Counts the holder known by a number only for the other, considering for whom each is counted already."""
    common = common_contacts(contacts, old, new)
    one, other = (
        _representative(new, to),
        _representative(old, to),
    )  # for the old one: what was judged about him still holds
    if one == other or (facts.apart and judged_apart(facts, _cluster(one, to), _cluster(other, to))):
        return
    if not _only_a_number(facts, one):
        one, other = other, one
    if _only_a_number(facts, one):  # else both are known by more, each through another number
        to[one] = CountedAs(one, other, common, "number")


def _cluster(root: int, to: dict[int, CountedAs]) -> set[int]:
    """Everybody counted for this one so far, and he himself."""
    return {root} | {person for person in to if _representative(person, to) == root}


def judged_apart(facts: Facts, one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether a judgement separates a holder of one group from a holder of the other."""
    return any(tuple(sorted(pair)) in facts.apart for pair in itertools.product(one, other))


def common_contacts(contacts: dict[int, set[int]], one: int, other: int) -> tuple[int, ...]:
    """The contacts of both."""
    return tuple(sorted(contacts.get(one, set()) & contacts.get(other, set())))


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
    for side, n, number in _ends_of(facts.calls, numbers):
        found[number].add(int(others[side][n]))
    return found


def _ends_of(calls: Events, numbers: dict[str, int]) -> Iterator[tuple[int, int, str]]:
    """Each end of a call that is one of these numbers, given with its holder: side (0 caller, 1 called), call, number."""
    holders = list(numbers.values())
    for side, (end, refs) in enumerate(((calls.a, calls.a_ref), (calls.b, calls.b_ref))):
        for n in np.flatnonzero(np.isin(end, holders)).tolist():
            if refs[n] in numbers:
                yield side, n, refs[n]


def _within_name(facts: Facts, group: list[int], contacts: dict[int, set[int]]) -> Iterable[CountedAs]:
    """Joins the holders of one name, those with the most contacts in common first."""
    least = 1 if len(group) <= RARE else COMMON_CONTACTS
    pairs = []
    for one, other in itertools.combinations(group, 2):
        common = contacts.get(one, set()) & contacts.get(other, set())
        if len(common) >= least:
            pairs.append((-len(common), one, other))
    clusters = {person: [person] for person in group}
    for _, one, other in sorted(pairs):
        if clusters[one] is not clusters[other] and _compatible(facts, clusters[one], clusters[other]):
            both = sorted(clusters[one] + clusters[other])
            for person in both:
                clusters[person] = both
    for cluster in {tuple(each) for each in clusters.values() if len(each) > 1}:
        best = min(
            cluster, key=lambda person: (not _resident(facts, person), -len(facts.refs[person]), person)
        )
        for person in cluster:
            if person != best:
                others = set().union(*(contacts.get(other, set()) for other in cluster if other != person))
                yield CountedAs(person, best, tuple(sorted(contacts.get(person, set()) & others)))


def _compatible(facts: Facts, one: list[int], other: list[int]) -> bool:
    """No two resident ids, nothing of the same kind twice, and nobody judged them different."""
    kinds = [{kind for person in cluster for kind in _kinds(facts, person)} for cluster in (one, other)]
    return not kinds[0] & kinds[1] and not judged_apart(facts, one, other)


def _kinds(facts: Facts, person: int) -> set[str]:
    return kinds(facts.refs[person])


def _resident(facts: Facts, person: int) -> bool:
    return "ResidentId" in _kinds(facts, person)


def counted(facts: Facts, found: tuple[CountedAs, ...]) -> Facts:
    """The facts with every event, case role and seizure of such a holder moved to the other; the holders stay, without events."""
    if not found:
        return facts
    whole = [each for each in found if each.number is None]
    lent = {each.number: each for each in found if each.number is not None}
    to: Ints = np.arange(len(facts.person_ids), dtype=np.int64)
    for each in whole:
        to[each.person] = each.counted_as
    refs = [list(held) for held in facts.refs]
    for number, each in lent.items():
        refs[each.person].remove(number)
        refs[each.counted_as].append(number)
    for each in whole:
        refs[each.counted_as] += refs[each.person]
        refs[each.person] = []
    flags = {}
    for name in ("named", "registered_user", "fugitive", "asked"):
        flag = getattr(facts, name).copy()
        np.logical_or.at(flag, to, getattr(facts, name))
        flags[name] = flag
    flags["asked"][[each.counted_as for number, each in lent.items() if number in facts.coverage]] = True
    return replace(
        facts,
        **flags,
        refs=refs,
        apart=frozenset(
            (min(x, y), max(x, y)) for one, other in facts.apart for x, y in [(int(to[one]), int(to[other]))]
        ),
        calls=_events(_called(facts.calls, lent), to),
        payments=_events(facts.payments, to),
        parcels=_events(facts.parcels, to),
        statements=_events(facts.statements, to),
        involvements=[replace(part, person=int(to[part.person])) for part in facts.involvements],
        seizures=[
            replace(seizure, person=int(to[seizure.person])) if seizure.person >= 0 else seizure
            for seizure in facts.seizures
        ],
        drug_facts=[replace(fact, person=int(to[fact.person])) for fact in facts.drug_facts],
    )


def _called(calls: Events, lent: dict[str, CountedAs]) -> Events:
    """The calls, with calls of lent numbers attributed to the persons they are counted for."""
    if not lent:
        return calls
    ends = calls.a.copy(), calls.b.copy()
    for side, n, number in _ends_of(calls, {number: each.person for number, each in lent.items()}):
        ends[side][n] = lent[number].counted_as
    return replace(calls, a=ends[0], b=ends[1])


def _events(events: Events, to: Ints) -> Events:
    """Events between the persons they are counted for; events of a person with himself are left out."""
    a, b = to[events.a], to[events.b]
    kept = np.flatnonzero(a != b)
    columns = {}
    for column in fields(Events):
        values = getattr(events, column.name)
        if len(kept) == len(a) or not len(values):
            columns[column.name] = values
        else:
            columns[column.name] = _taken(values, kept)
    return replace(events, **{**columns, "a": a[kept], "b": b[kept]})


def _taken(values: Any, kept: Ints) -> Any:  # a column: an array, references, or a list
    """The kept entries of a column of events."""
    if isinstance(values, np.ndarray):
        return values[kept]
    return values.take(kept) if isinstance(values, References) else [values[n] for n in kept.tolist()]
