"""The rules of resolution, strongest first; each joins references in the sets, or leaves a conflict.

1. A verified resident id is one person. A record that states one is a record of that person.
2. An identifier belongs to the person named by its strongest claim. For a phone the squad's own table says
   who really uses it and outweighs the carrier's registration; for an account the registration outweighs.
   A claim by a mere name never merges.
3. Identifiers of one registration or one entry of the squad's tables belong together (a card and its
   account number; a wallet and the phone bound to it) unless rule 1 keeps them apart.
4. SIM and handset follow the phone they were used with most.
5. What nobody claims has a holder of its own: unnamed, with everything known about him.

Judgements come before the rules: what somebody judged different is never joined, what he judged the same is
joined first. Taking a judgement back gives what the rules say, because everything is computed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from etl.resolve.model import Holder, IdentityConflict, Mention, PairJudgement
from etl.resolve.sets import Sets, is_resident
from etl.storage.refs import label_of

OTHERS = {"registered": 3, "used": 2, "named": 1}
_STRENGTH = {"Phone": {"used": 3, "registered": 2, "named": 1}}
_TYING = ("registered", "used")


@dataclass
class Ground:
    """What the rules work on and leave behind."""

    first_load: dict[str, int]
    mentions: Sequence[Mention]
    owner: dict[str, str | None]  # record id → resident id it states
    alone: frozenset[str]
    sets: Sets
    reasons: dict[str, Holder] = field(default_factory=dict)
    conflicts: set[IdentityConflict] = field(default_factory=set)


def resident_id(mention: Mention, conflicts: set[IdentityConflict]) -> str | None:
    """The one verified resident id a record states; None where there is none or more than one."""
    found = sorted({ref for ref, how in mention.states if is_resident(ref) and how != "nickname"})
    if len(found) > 1:
        conflicts.add(
            IdentityConflict("two_ids_in_record", found[0], found[1], f"Record:{mention.record_id}")
        )
    return found[0] if len(found) == 1 else None


def judged(ground: Ground, decisions: Iterable[PairJudgement]) -> dict[str, str]:
    """Join what was judged the same, oldest judgement first; give the anchors with the judgement that joined."""
    known = ground.first_load.keys() | {f"Record:{mention.record_id}" for mention in ground.mentions}
    joined: dict[str, str] = {}
    for decision in decisions:
        if decision.verdict == "different" or decision.one not in known or decision.other not in known:
            continue
        if ground.sets.join(decision.one, decision.other, decision.verdict == "same_two_ids"):
            joined[decision.one] = joined[decision.other] = decision.review_id
        else:
            one, other = sorted((decision.one, decision.other))
            ground.conflicts.add(IdentityConflict("judgement", one, other, decision.review_id))
    return joined


def by_claim(ground: Ground) -> None:
    """Rules 1 and 2: records and identifiers join the resident id they are claimed for most strongly."""
    claims: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # reference → (id, how, record)
    for mention in ground.mentions:
        rid = ground.owner[mention.record_id]
        if rid is None:
            continue
        ground.sets.join(f"Record:{mention.record_id}", rid)
        for ref, how in mention.states:
            if label_of(ref) != "ResidentId" and how in OTHERS and ref not in ground.alone:
                claims[ref].append((rid, how, mention.record_id))
    for ref in ground.first_load:
        if is_resident(ref):
            ground.sets.find(ref)
            ground.reasons[ref] = Holder(ref, "resident_id", ())
    for ref in sorted(claims):
        _claim(ground, ref, claims[ref])


def _claim(ground: Ground, ref: str, claims: list[tuple[str, str, str]]) -> None:
    """Join an identifier with the best of its claimants that may have it."""
    strength = _STRENGTH.get(label_of(ref), OTHERS)
    ranked: dict[str, list[int]] = {}
    for rid, how, _ in claims:
        rank = ranked.setdefault(rid, [0, 0])
        rank[0], rank[1] = max(rank[0], strength[how]), rank[1] + 1
    order = sorted(ranked, key=lambda rid: (*ranked[rid], rid), reverse=True)
    if len(order) > 1 and ranked[order[0]][0] == ranked[order[1]][0] > 1:
        one, other = sorted(order[:2])
        ground.conflicts.add(IdentityConflict("two_holders", one, other, ref))
    for rid in order:
        if ground.sets.join(rid, ref):
            how = next(h for h, rank in strength.items() if rank == ranked[rid][0])
            records = tuple(sorted(record for who, said, record in claims if who == rid and said == how))
            ground.reasons[ref] = Holder(ref, how, records)
            return


def together(ground: Ground) -> None:
    """Rule 3: identifiers of one entry without a resident id of its own."""
    for mention in sorted(ground.mentions, key=lambda m: m.record_id):
        if ground.owner[mention.record_id] is not None:
            continue
        tied = [
            ref
            for ref, how in mention.states
            if how in _TYING and ref not in ground.alone and label_of(ref) != "ResidentId"
        ]
        residents = sorted({rid for ref in tied if (rid := ground.sets.resident(ref))})
        if len(residents) > 1:  # the entry mixes two persons: it decides nothing
            source = f"Record:{mention.record_id}"
            ground.conflicts.add(IdentityConflict("two_in_entry", residents[0], residents[1], source))
            continue
        reason = "same_entry" if residents else "registered_together"
        first = next((ref for ref in tied if ground.sets.resident(ref)), tied[0] if tied else None)
        for ref in tied:
            assert first is not None
            if ground.sets.join(first, ref):
                ground.reasons.setdefault(ref, Holder(ref, reason, (mention.record_id,)))


def worn(ground: Ground, used_with: Iterable[tuple[str, str, int]]) -> None:
    """Rule 4: a SIM or handset follows the number it was used with most; a handset never joins two numbers."""
    best: dict[str, tuple[int, str]] = {}
    for carrier, thing, times in sorted(used_with):
        if thing in ground.first_load and carrier in ground.first_load:
            best[thing] = max(best.get(thing, (0, "")), (times, carrier))
    for label in ("Sim", "Device"):
        for thing, (_, carrier) in sorted(best.items()):
            if label_of(thing) == label and ground.sets.alone(thing) and ground.sets.join(carrier, thing):
                ground.reasons[thing] = Holder(thing, "used_with", ())


def records(ground: Ground) -> None:
    """A record without a resident id belongs to the holder of what it states, best kind first, else to nobody."""
    for mention in ground.mentions:
        if ground.owner[mention.record_id] is not None:
            continue
        node = f"Record:{mention.record_id}"
        stated = (
            ref
            for how in OTHERS
            for ref, said in mention.states
            if said == how and ref not in ground.alone and label_of(ref) != "ResidentId"
        )
        if ground.sets.alone(node) and not any(ground.sets.join(ref, node) for ref in stated):
            ground.sets.find(node)
