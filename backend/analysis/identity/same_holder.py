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
from collections.abc import Callable, Iterable
from dataclasses import replace

from backend.analysis.arrays.unionfind import roots
from backend.analysis.correlation.identifiers import kinds, known_by_account, one_number
from backend.analysis.identity.contacts import common_contacts, contacts_of
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.results import CountedAs

FULL_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+")
RARE = whole_parameter("identity.same_holder.rare")
COMMON_CONTACTS = whole_parameter("identity.same_holder.common_contacts")
MOST_NAMESAKES = whole_parameter("identity.same_holder.most_namesakes")
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
