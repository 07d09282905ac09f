"""Persons as clusters of records and identifiers: a function of what is loaded and of what was judged.

Nothing is kept between two computations. So a merge or split never moves an edge, and taking a judgement back
gives exactly what was there before, with everything that was loaded since in its place.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from etl.resolve import rules
from etl.resolve.model import Holder, Mention, PairJudgement, Person, Resolution
from etl.resolve.rules import OTHERS, Ground
from etl.resolve.sets import Sets, is_resident


def resolve(
    identifiers: Iterable[tuple[str, int]],
    mentions: Sequence[Mention],
    used_with: Iterable[tuple[str, str, int]] = (),
    alone: frozenset[str] = frozenset(),
    decisions: Sequence[PairJudgement] = (),
) -> Resolution:
    """Cluster identifiers (reference, first load) and mentions into persons, sorted by person id.

    ``used_with`` are (phone or SIM, device or SIM, times seen together); ``alone`` are platform accounts and
    service numbers, which tie nothing together; ``decisions`` are the standing judgements, oldest first.
    """
    ground = Ground(
        first_load=dict(identifiers),
        mentions=mentions,
        owner={},
        alone=alone,
        sets=Sets((each.one, each.other) for each in decisions if each.verdict == "different"),
    )
    for mention in mentions:
        ground.owner[mention.record_id] = rules.resident_id(mention, ground.conflicts)
    joined = rules.judged(ground, decisions)
    rules.by_claim(ground)
    rules.together(ground)
    rules.worn(ground, used_with)
    rules.records(ground)
    return Resolution(_persons(ground, joined), sorted(ground.conflicts))


def _persons(ground: Ground, joined: dict[str, str]) -> list[Person]:
    held: dict[str, list[str]] = defaultdict(list)
    for ref in ground.first_load:
        held[ground.sets.find(ref)].append(ref)
    told: dict[str, list[Mention]] = defaultdict(list)
    for mention in ground.mentions:
        told[ground.sets.find(f"Record:{mention.record_id}")].append(mention)
    judged: dict[str, set[str]] = defaultdict(set)
    for anchor, review_id in joined.items():
        judged[ground.sets.find(anchor)].add(review_id)
    people = [
        _person(
            ground,
            sorted(held.get(root, ())),
            sorted(told.get(root, ()), key=lambda m: (m.load, m.record_id)),
            joined,
            tuple(sorted(judged.get(root, ()))),
        )
        for root in held.keys() | told.keys()
    ]
    return sorted(people, key=lambda person: person.person_id)


def _person(
    ground: Ground, refs: list[str], said: list[Mention], joined: dict[str, str], judged: tuple[str, ...]
) -> Person:
    oldest = min(
        [(ground.first_load[ref], 1, ref) for ref in refs] + [(m.load, 0, m.record_id) for m in said]
    )
    residents = sorted((ground.first_load[ref], ref) for ref in refs if is_resident(ref))
    names = _names(said)
    return Person(
        person_id="P" + hashlib.md5(oldest[2].encode(), usedforsecurity=False).hexdigest()[:12],
        name=names[0] if names else None,
        names=names,
        resident_id=residents[0][1].split(":", 1)[1] if residents else None,
        holds=[
            ground.reasons.get(ref) or Holder(ref, "judged" if ref in joined else "only_holder", ())
            for ref in refs
        ],
        records=[m.record_id for m in said],
        judged=judged,
    )


def _names(said: list[Mention]) -> list[str]:
    """Names by the best kind of statement, then by how many records give them; nicknames are no names."""
    votes: Counter[str] = Counter()
    best: dict[str, int] = {}
    for mention in said:
        if not mention.name:
            continue
        hows = [how for _, how in mention.states] or ["named"]
        weight = max((OTHERS.get(how, 0) for how in hows), default=0)
        if weight:
            votes[mention.name] += 1
            best[mention.name] = max(best.get(mention.name, 0), weight)
    return sorted(votes, key=lambda name: (-best[name], -votes[name], name))
