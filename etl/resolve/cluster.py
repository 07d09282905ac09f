"""Deterministic resolution: records and identifiers are clustered into persons by rules, nothing is guessed.

Rules, in this order:

1. A verified resident id is one person. A record that states one is a record of that person.
2. An identifier belongs to the person named by its strongest claim. For a phone the squad's own table says
   who really uses it and outweighs the carrier's registration; for an account the registration outweighs.
   A claim by a mere name never merges.
3. Identifiers of one registration or one entry of the squad's tables belong together (a card and its
   account number; a wallet and the phone bound to it) unless rule 1 keeps them apart.
4. SIM and handset follow the phone they were used with most.
5. What nobody claims has a holder of its own: unnamed, with everything known about him.

A nickname, a name alone, a shared platform account or an unverified identifier never merges anything.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from etl.refs import is_verified, label_of

_STRENGTH = {
    "Phone": {"used": 3, "registered": 2, "named": 1},
    "Account": {"registered": 3, "used": 2, "named": 1},
}
_OTHERS = {"registered": 3, "used": 2, "named": 1}


@dataclass(frozen=True)
class Mention:
    """A record as resolution sees it: where it stands in time and what it states, in order."""

    record_id: str
    load: int
    name: str | None
    states: tuple[tuple[str, str], ...]  # (identifier reference, how)


@dataclass(frozen=True)
class Holder:
    """Why a person holds an identifier."""

    ref: str
    reason: (
        str  # resident_id | registered | used | registered_together | same_entry | used_with | only_holder
    )
    records: tuple[str, ...]  # ids of the records that say so


@dataclass
class Person:
    """One cluster. ``name`` is the one most records give, best kind of statement first."""

    person_id: str
    name: str | None
    names: list[str]
    resident_id: str | None
    holds: list[Holder] = field(default_factory=list)
    records: list[str] = field(default_factory=list)


class _Sets:
    """Disjoint sets with the smallest key as the root, so that the outcome does not depend on order."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        self.parent.setdefault(key, key)
        root = key
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[key] != root:
            self.parent[key], key = root, self.parent[key]
        return root

    def union(self, one: str, other: str) -> None:
        a, b = sorted((self.find(one), self.find(other)))
        self.parent[b] = a


def resolve(
    identifiers: Iterable[tuple[str, int]],
    mentions: Sequence[Mention],
    used_with: Iterable[tuple[str, str, int]] = (),
    alone: frozenset[str] = frozenset(),
) -> list[Person]:
    """Cluster identifiers (reference, first load) and mentions into persons, sorted by person id.

    ``used_with`` are (phone or SIM, device or SIM, times seen together); ``alone`` are platform accounts and
    service numbers, which tie nothing together.
    """
    first_load = dict(identifiers)
    owner = {m.record_id: _resident_id(m) for m in mentions}
    claims = _claims(mentions, owner, alone)
    holder_id, reasons = _by_resident_id(first_load, claims)
    sets = _Sets()
    _together(mentions, owner, holder_id, alone, sets, reasons)
    _worn(used_with, first_load, holder_id, sets, reasons)
    return _persons(first_load, mentions, owner, holder_id, sets, reasons, alone)


def _resident_id(mention: Mention) -> str | None:
    """The one verified resident id a record states; None where there is none or more than one."""
    found = {
        ref
        for ref, how in mention.states
        if label_of(ref) == "ResidentId" and is_verified(ref) and how != "nickname"
    }
    return next(iter(found)) if len(found) == 1 else None


Claims = dict[str, dict[str, dict[str, list[str]]]]  # identifier → resident id → how → record ids


def _claims(mentions: Sequence[Mention], owner: dict[str, str | None], alone: frozenset[str]) -> Claims:
    claims: Claims = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for mention in mentions:
        rid = owner[mention.record_id]
        if rid is None:
            continue
        for ref, how in mention.states:
            if label_of(ref) != "ResidentId" and how in _OTHERS and ref not in alone:
                claims[ref][rid][how].append(mention.record_id)
    return claims


def _by_resident_id(first_load: dict[str, int], claims: Claims) -> tuple[dict[str, str], dict[str, Holder]]:
    """Rules 1 and 2: identifier → resident id of its holder, with the reason."""
    holder: dict[str, str] = {}
    reasons: dict[str, Holder] = {}
    for ref in first_load:
        if label_of(ref) == "ResidentId" and is_verified(ref):
            holder[ref] = ref
            reasons[ref] = Holder(ref, "resident_id", ())
    for ref in sorted(claims):
        strength = _STRENGTH.get(label_of(ref), _OTHERS)
        best = max(
            claims[ref].items(),
            key=lambda item: (
                max(strength[how] for how in item[1]),
                sum(map(len, item[1].values())),
                item[0],
            ),
        )
        how = max(best[1], key=lambda h: strength[h])
        holder[ref] = best[0]
        reasons[ref] = Holder(ref, how, tuple(sorted(best[1][how])))
    return holder, reasons


def _together(
    mentions: Sequence[Mention],
    owner: dict[str, str | None],
    holder_id: dict[str, str],
    alone: frozenset[str],
    sets: _Sets,
    reasons: dict[str, Holder],
) -> None:
    """Rule 3: identifiers of one entry without a resident id of its own."""
    for mention in sorted(mentions, key=lambda m: (m.load, m.record_id)):
        if owner[mention.record_id] is not None:
            continue
        tied = [
            ref
            for ref, how in mention.states
            if how in {"registered", "used"} and ref not in alone and label_of(ref) != "ResidentId"
        ]
        known = {holder_id[ref] for ref in tied if ref in holder_id}
        if len(known) > 1:
            continue  # the entry mixes two persons: it decides nothing
        if known:
            rid = known.pop()
            for ref in tied:
                if ref not in holder_id:
                    holder_id[ref] = rid
                    reasons[ref] = Holder(ref, "same_entry", (mention.record_id,))
        elif tied:
            for ref in tied[1:]:
                sets.union(tied[0], ref)
            for ref in tied:
                reasons.setdefault(ref, Holder(ref, "registered_together", (mention.record_id,)))


def _worn(
    used_with: Iterable[tuple[str, str, int]],
    first_load: dict[str, int],
    holder_id: dict[str, str],
    sets: _Sets,
    reasons: dict[str, Holder],
) -> None:
    """Rule 4: a SIM or handset follows the number it was used with most; a handset never joins two numbers."""
    best: dict[str, tuple[int, str]] = {}
    for carrier, worn, times in sorted(used_with):
        if worn in first_load and carrier in first_load and (times, carrier) > best.get(worn, (0, "")):
            best[worn] = (times, carrier)
    for label in ("Sim", "Device"):
        for worn, (_, carrier) in sorted(best.items()):
            if label_of(worn) != label or worn in holder_id:
                continue
            if carrier in holder_id:
                holder_id[worn] = holder_id[carrier]
            else:
                sets.union(carrier, worn)
            reasons[worn] = Holder(worn, "used_with", ())


def _persons(
    first_load: dict[str, int],
    mentions: Sequence[Mention],
    owner: dict[str, str | None],
    holder_id: dict[str, str],
    sets: _Sets,
    reasons: dict[str, Holder],
    alone: frozenset[str],
) -> list[Person]:
    def cluster_of(ref: str) -> str:
        return holder_id.get(ref) or sets.find(ref)

    members: dict[str, list[str]] = defaultdict(list)
    for ref in first_load:
        members[cluster_of(ref)].append(ref)
    told: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        told[_cluster_of_mention(mention, owner[mention.record_id], cluster_of, alone)].append(mention)
    people = []
    for cluster in members.keys() | told.keys():
        refs, said = (
            sorted(members.get(cluster, [])),
            sorted(told.get(cluster, []), key=lambda m: (m.load, m.record_id)),
        )
        people.append(_person(cluster, refs, said, first_load, reasons))
    return sorted(people, key=lambda person: person.person_id)


def _cluster_of_mention(mention: Mention, rid: str | None, cluster_of: object, alone: frozenset[str]) -> str:
    """A record belongs to its resident id's person, else to the holder of what it states, else to nobody else."""
    assert callable(cluster_of)
    if rid is not None:
        return rid
    for how in ("registered", "used", "named"):
        for ref, said in mention.states:
            if said == how and ref not in alone and label_of(ref) != "ResidentId":
                return str(cluster_of(ref))
    return f"Record:{mention.record_id}"


def _person(
    cluster: str, refs: list[str], said: list[Mention], first_load: dict[str, int], reasons: dict[str, Holder]
) -> Person:
    oldest = min(
        [(first_load[ref], 1, ref) for ref in refs] + [(m.load, 0, m.record_id) for m in said],
        default=(0, 0, cluster),
    )
    names = _names(said)
    return Person(
        person_id="P" + hashlib.md5(oldest[2].encode(), usedforsecurity=False).hexdigest()[:12],
        name=names[0] if names else None,
        names=names,
        resident_id=cluster.split(":", 1)[1]
        if label_of(cluster) == "ResidentId" and is_verified(cluster)
        else None,
        holds=[reasons.get(ref) or Holder(ref, "only_holder", ()) for ref in refs],
        records=[m.record_id for m in said],
    )


def _names(said: list[Mention]) -> list[str]:
    """Names by the best kind of statement, then by how many records give them; nicknames are no names."""
    votes: Counter[str] = Counter()
    best: dict[str, int] = {}
    for mention in said:
        if not mention.name:
            continue
        hows = [how for _, how in mention.states] or ["named"]
        weight = max((_OTHERS.get(how, 0) for how in hows), default=0)
        if weight:
            votes[mention.name] += 1
            best[mention.name] = max(best.get(mention.name, 0), weight)
    return sorted(votes, key=lambda name: (-best[name], -votes[name], name))
