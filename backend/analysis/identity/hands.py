"""Numbers used by one person, inferred from accounts (entity resolution).

One buyer pays an account and calls one number after another about it, never two at the same time. A seller
who uses a third person's account and changes his number every few weeks looks like this, so the numbers are
counted as one person.

One number may also talk around one account's payments to one other account, too often for chance
(``beside_payments``). People who pay an account, and people it pays, may talk to the same number around
these payments: its user is the account's holder, whoever it is registered to (``number_users``). How often
each rule is right: docs/accuracy.md, How often single rules are right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from backend.analysis.attribution.attribute import Attributed, ThirdAccounts
from backend.analysis.correlation.correlate import Correlated
from backend.analysis.correlation.identifiers import numbers_only, one_number
from backend.analysis.identity.beside_payments import numbers_beside
from backend.analysis.identity.contacts import common_contacts, contacts_of, contacts_of_numbers
from backend.analysis.identity.number_users import numbers_along
from backend.analysis.identity.same_holder import in_one_hand, judged_apart, recorded_in_cases
from backend.analysis.identity.successive_numbers import GAP, one_after_the_other
from backend.analysis.model.facts import Facts
from backend.analysis.model.results import CountedAs


def added(given: Facts, same: tuple[CountedAs, ...], more: tuple[CountedAs, ...]) -> tuple[CountedAs, ...]:
    """All holders counted for another, and for whom in the end. A number counted with its holder that turns
    out to be used by somebody else is counted for that person.
    """
    to = {each.person: each.counted_as for each in more if each.number is None}
    lent = {each.number: each for each in more if each.number is not None}
    known = [replace(each, counted_as=to.get(each.counted_as, each.counted_as)) for each in same]
    if lent:
        of = {ref: person for person, refs in enumerate(given.refs) for ref in refs if ref in lent}
        lent = {number: replace(each, person=of[number]) for number, each in lent.items()}
        whole = {each.person for each in lent.values() if one_number(given.refs[each.person])}
        known = [each for each in known if each.person not in whole and each.number not in lent]
        lent = {
            number: replace(each, number=None) if each.person in whole else each
            for number, each in lent.items()
            if each.person != each.counted_as  # back with its registered holder
        }
    return (*known, *(each for each in more if each.number is None), *lent.values())


def hands_behind(seen: Correlated, behind: Attributed) -> tuple[CountedAs, ...]:
    """Holders of numbers, each counted for the best-known holder of the same person, by the accounts their
    calls coincide with; also single numbers of people who have accounts themselves.
    """
    facts = seen.facts
    users, lent_numbers = numbers_along(seen)
    beside = numbers_beside(facts, seen.payments, seen.calls, seen.people.record.standing)
    with_account = {**beside.best(), **users.best()}
    along = dict(in_one_hand(facts, with_account.items(), numbers_only))
    in_turn = [(along.get(a, a), along.get(b, b)) for a, b in (*_rung_in_turn(behind.links), *beside.in_turn)]
    hands = [(*pair, "payments") for pair in along.items()]
    hands += [(*pair, "account") for pair in in_one_hand(facts, in_turn, numbers_only)]
    recorded = recorded_in_cases(facts)  # a number recorded in a case is more than registered
    lent = [
        each
        for each in lent_numbers
        if each.holder not in recorded and not judged_apart(facts, [each.holder], [each.account])
    ]
    asked = [holder for *pair, _ in hands for holder in pair] + [each.account for each in lent]
    contacts = contacts_of(facts, asked) if asked else {}
    called = contacts_of_numbers(facts, {each.number: each.holder for each in lent})
    whole = [
        CountedAs(person, best, common_contacts(contacts, person, best), reason)
        for person, best, reason in sorted(hands)
    ]
    return (
        *whole,
        *(
            CountedAs(
                each.holder,
                each.account,
                tuple(sorted(called[each.number] & contacts.get(each.account, set()))),
                "payments",
                each.number,
            )
            for each in lent
        ),
    )


def _rung_in_turn(links: ThirdAccounts) -> list[tuple[int, int]]:
    """Numbers one buyer called one after another about one account."""
    rung: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for buyer, payee, behind, first, last in zip(
        *(column.tolist() for column in (links.buyer, links.payee, links.behind, links.first, links.last)),
        strict=True,
    ):
        if first >= 0:
            rung[buyer, payee].append((first, last, behind))
    return [pair for spans in rung.values() for pair in one_after_the_other(spans, GAP)]
