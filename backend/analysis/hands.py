"""Numbers of one hand, as accounts show them.

A buyer pays the same account and rings one number after another about it: who sells by a third name and changes his number
stands there as a number for each few weeks. No two of the numbers are rung at the same time: they are counted as one person.

Those an account pays, and who pay it, talk to the same number around these payments: it is its holder's, whoever it is
registered to. Who collects for somebody only receives near that one's calls; so two he pays must be in touch with the number.
In invented worlds of two makers 90 of 91 such pairs, where the records of one or both are here, were one person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from backend.analysis.aliases import one_after_the_other
from backend.analysis.arrays import DAY
from backend.analysis.candidates import Found, Links, Together
from backend.analysis.counted import CountedAs, common_contacts, contacts_of, counted, in_one_hand
from backend.analysis.holdings import numbers_only
from backend.analysis.inputs import Facts
from backend.analysis.supplies import Scored, look, score_supplies
from backend.analysis.weights import Weights

GAP = 60 * DAY  # more than this between them and it may be somebody else
LEAST_PAID = 2  # persons an account pays who ring a number around it, from which the number is its holder's
ALONG = 8.0  # least surprise, in nats
ROUNDS = 3  # more find next to nothing


def score_as_one(
    facts: Facts, same: tuple[CountedAs, ...], weights: Weights
) -> tuple[Facts, Scored, tuple[CountedAs, ...]]:
    """Facts, scores and all holders counted for another: those of ``same``, and those whose hand only the candidates show.
    Looked at again as long as that finds any: where the buyers' wallets and numbers are one, more have both in common.
    """
    facts = counted(facts, same)
    looked = look(facts)
    for _ in range(ROUNDS):
        more = hands_behind(facts, looked.found)
        if not more:
            break
        facts = counted(facts, more)
        looked = look(facts)
        hand = {each.person: each.counted_as for each in more}
        known = (replace(each, counted_as=hand.get(each.counted_as, each.counted_as)) for each in same)
        same = (*known, *more)
    return facts, score_supplies(looked, weights), same


def hands_behind(facts: Facts, found: Found) -> tuple[CountedAs, ...]:
    """Holders of numbers, each counted for the best known of his hand, because of the accounts they go along with or are
    behind.
    """
    along = dict(in_one_hand(facts, _go_along(found.together), numbers_only))
    in_turn = [(along.get(a, a), along.get(b, b)) for a, b in _rung_in_turn(found.links)]
    hands = [(*pair, "payments") for pair in along.items()]
    hands += [(*pair, "account") for pair in in_one_hand(facts, in_turn, numbers_only)]
    contacts = contacts_of(facts, [holder for *pair, _ in hands for holder in pair]) if hands else {}
    return tuple(
        CountedAs(person, best, common_contacts(contacts, person, best), reason)
        for person, best, reason in sorted(hands)
    )


def _rung_in_turn(links: Links) -> list[tuple[int, int]]:
    """Numbers one buyer rang one after another about one account."""
    rung: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for buyer, payee, behind, first, last in zip(
        *(column.tolist() for column in (links.buyer, links.payee, links.behind, links.first, links.last)),
        strict=True,
    ):
        if first >= 0:
            rung[buyer, payee].append((first, last, behind))
    return [pair for spans in rung.values() for pair in one_after_the_other(spans, GAP)]


def _go_along(together: Together) -> list[tuple[int, int]]:
    """Numbers, each with the account it goes along with best."""
    sure = (together.paid >= LEAST_PAID) & (together.llr >= ALONG)
    order = np.lexsort((-together.account, together.llr))  # the surest last
    best = {int(together.number[n]): int(together.account[n]) for n in order.tolist() if sure[n]}
    return list(best.items())
