"""Numbers of one hand behind an account: a buyer pays the same account and rings one number after another about it.

Who sells by a third name and changes his number stands there as a number for each few weeks. The buyer is the same, the
account is the same, and no two of the numbers are rung at the same time: they are counted as one person.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace

from backend.analysis.arrays import DAY
from backend.analysis.candidates import Links
from backend.analysis.counted import CountedAs, common_contacts, contacts_of, counted, in_one_hand
from backend.analysis.inputs import Facts
from backend.analysis.supplies import Scored, score_supplies
from backend.analysis.weights import Weights

OVERLAP = 3 * DAY  # an old number may be rung on for so long beside the new one
GAP = 60 * DAY  # more than this between them and it may be somebody else


def score_as_one(
    facts: Facts, same: tuple[CountedAs, ...], weights: Weights
) -> tuple[Facts, Scored, tuple[CountedAs, ...]]:
    """Facts, scores and all holders counted for another: those of ``same``, and those whose hand only the candidates show."""
    facts = counted(facts, same)
    scored = score_supplies(facts, weights)
    more = hands_behind(facts, scored.found.links)
    if not more:
        return facts, scored, same
    facts = counted(facts, more)
    hand = {each.person: each.counted_as for each in more}
    known = (replace(each, counted_as=hand.get(each.counted_as, each.counted_as)) for each in same)
    return facts, score_supplies(facts, weights), (*known, *more)


def hands_behind(facts: Facts, links: Links) -> tuple[CountedAs, ...]:
    """Holders of one number each, counted for the best known of their hand, because of the accounts they are behind."""
    rung: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for buyer, payee, behind, first, last in zip(
        *(column.tolist() for column in (links.buyer, links.payee, links.behind, links.first, links.last)),
        strict=True,
    ):
        if first >= 0:
            rung[buyer, payee].append((first, last, behind))
    pairs = [
        (one, other)
        for spans in rung.values()
        for (_, end, one), (start, _, other) in itertools.pairwise(sorted(spans))
        if end - OVERLAP <= start <= end + GAP
    ]
    found = in_one_hand(facts, pairs)
    contacts = contacts_of(facts, [holder for pair in found for holder in pair]) if found else {}
    return tuple(
        CountedAs(person, best, common_contacts(contacts, person, best), "account") for person, best in found
    )
