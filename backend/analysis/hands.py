"""Numbers of one hand behind an account: a buyer pays the same account and rings one number after another about it.

Who sells by a third name and changes his number stands there as a number for each few weeks. The buyer is the same, the
account is the same, and no two of the numbers are rung at the same time: they are counted as one person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from backend.analysis.aliases import one_after_the_other
from backend.analysis.arrays import DAY
from backend.analysis.candidates import Links
from backend.analysis.counted import CountedAs, common_contacts, contacts_of, counted, in_one_hand
from backend.analysis.inputs import Facts
from backend.analysis.supplies import Scored, look, score_supplies
from backend.analysis.weights import Weights

GAP = 60 * DAY  # more than this between them and it may be somebody else


def score_as_one(
    facts: Facts, same: tuple[CountedAs, ...], weights: Weights
) -> tuple[Facts, Scored, tuple[CountedAs, ...]]:
    """Facts, scores and all holders counted for another: those of ``same``, and those whose hand only the candidates show."""
    facts = counted(facts, same)
    looked = look(facts)
    more = hands_behind(facts, looked.found.links)
    if more:
        facts = counted(facts, more)
        looked = look(facts)
    hand = {each.person: each.counted_as for each in more}
    known = (replace(each, counted_as=hand.get(each.counted_as, each.counted_as)) for each in same)
    return facts, score_supplies(looked, weights), (*known, *more)


def hands_behind(facts: Facts, links: Links) -> tuple[CountedAs, ...]:
    """Holders of one number each, counted for the best known of their hand, because of the accounts they are behind."""
    rung: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for buyer, payee, behind, first, last in zip(
        *(column.tolist() for column in (links.buyer, links.payee, links.behind, links.first, links.last)),
        strict=True,
    ):
        if first >= 0:
            rung[buyer, payee].append((first, last, behind))
    found = in_one_hand(facts, (pair for spans in rung.values() for pair in one_after_the_other(spans, GAP)))
    contacts = contacts_of(facts, [holder for pair in found for holder in pair]) if found else {}
    return tuple(
        CountedAs(person, best, common_contacts(contacts, person, best), "account") for person, best in found
    )
