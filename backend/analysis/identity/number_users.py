"""Whose a number is, as payments tell: those an account pays, and who pay it, talk to the number around these
payments.

Money and calls of one person go together so. A payee and the one he collects for go together only where the
payee receives; so some whom the account pays must be in touch with the number. The number may be registered
to anybody: to nobody known, to somebody of whom nothing else is known, or to somebody who has accounts of
his own, which then do not go along with it.

Definition: the log-likelihood ratios of ``coincidence`` added up over the persons an account pays and is
paid by.

Reference: as there. A sum of log-likelihood ratios is the weight of evidence of I. J. Good, Probability and
the Weighing of Evidence, 1950.

Cost: one grouping of the coincidences; numbers of holders with accounts are looked at one by one.

Against it: the persons are taken to be independent, though a whole group may ring one runner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.grouping import group
from backend.analysis.correlation.coincidence import Coincidences, coincidences, legs_of, surprise
from backend.analysis.correlation.correlate import Correlated
from backend.analysis.correlation.identifiers import known_accounts, phoneless
from backend.analysis.correlation.payments import Paid
from backend.analysis.model.facts import Bools, Facts, Floats, Ints
from backend.analysis.model.parameters import parameter, whole_parameter

SOME_LLR = parameter("identity.number_users.some_llr")
LEAST_PAID = whole_parameter("identity.number_users.least_paid")
ALONG = parameter("identity.number_users.along")
LENT = parameter("identity.number_users.lent")


@dataclass(frozen=True)
class Along:
    """Numbers, by their holder, that go along with an account, by its holder."""

    account: Ints
    number: Ints
    paid: Ints  # persons the account pays who are in touch with the number
    llr: Floats  # of them and of those who pay the account

    @property
    def sure(self) -> Bools:
        return np.asarray((self.paid >= LEAST_PAID) & (self.llr >= ALONG))

    def best(self) -> dict[int, int]:
        """Each number that surely goes along with accounts → the one it goes along with best."""
        order = np.lexsort((-self.account, self.llr))  # the surest last
        kept = order[self.sure[order]]
        return dict(zip(self.number[kept].tolist(), self.account[kept].tolist(), strict=True))


@dataclass(frozen=True)
class Lent:
    """A number that goes along with the account of another, not with those of whom it is registered to."""

    number: str  # reference
    holder: int
    account: int  # holder of the account


def numbers_along(seen: Correlated) -> tuple[Along, tuple[Lent, ...]]:
    """Numbers of holders without accounts, and numbers of those who have some."""
    facts, paid = seen.facts, seen.paid
    accounts, numbers = known_accounts(facts), ~phoneless(facts)
    along = _along(paid, seen.payer_side, seen.payee_side, accounts, paid.n)
    other = along.number != along.account
    bare = _some(along, numbers[along.number] & ~accounts[along.number])
    lent = _some(along, numbers[along.number] & accounts[along.number] & other & along.sure)
    return bare, tuple(
        _lent(facts, paid, seen.calls, accounts, seen.dealing, np.unique(lent.number).tolist())
    )


def _lent(
    facts: Facts, paid: Paid, calls: Channel, accounts: Bools, seen: Bools, holders: list[int]
) -> list[Lent]:
    """Looks at each number of these holders by itself."""
    held = [(ref, holder) for holder in holders for ref in facts.refs[holder] if ref.startswith("Phone:")]
    if not held:
        return []
    place = {ref: n for n, (ref, _) in enumerate(held)}
    size = max(paid.n, len(held))
    known = legs_of(*_legs(facts, calls, seen, place, holders), size)
    payer_side, payee_side = (
        coincidences(paid.payments, paid.chosen, paid.pairs, end[paid.chosen], known)
        for end in (paid.payments.a, paid.payments.b)
    )
    along = _along(paid, payer_side, payee_side, accounts, size)
    llr = dict(
        zip(zip(along.number.tolist(), along.account.tolist(), strict=True), along.llr.tolist(), strict=True)
    )
    return [
        Lent(held[number][0], held[number][1], account)
        for number, account in sorted(along.best().items())
        if account != held[number][1]
        and llr.get((number, held[number][1]), 0.0) <= LENT * llr[number, account]
    ]


def _legs(
    facts: Facts, calls: Channel, seen: Bools, place: dict[str, int], holders: list[int]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Calls with these numbers, seen from who pays or is paid: he, the number's place, the time, the channel position."""
    his = np.zeros(len(seen), dtype=np.bool_)
    his[holders] = True
    parts = []
    for one, other, refs in (
        (calls.a, calls.b, facts.calls.b_ref),
        (calls.b, calls.a, facts.calls.a_ref),
    ):
        call = np.flatnonzero(calls.exact & seen[one] & his[other])
        number = np.array(
            [place.get(refs[event], -1) for event in calls.event[call].tolist()], dtype=np.int64
        )
        call, number = call[number >= 0], number[number >= 0]
        parts.append((one[call], number, calls.at[call], call))
    owner, number, at, call = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return owner, number, at, call


def _along(
    paid: Paid, payer_side: Coincidences, payee_side: Coincidences, accounts: Bools, size: int
) -> Along:
    """What both sides of the payments say of each account and each contact, of ``size`` contacts at most."""
    keys, llr, out = [], [], []
    for side, holder in ((payee_side, paid.payer), (payer_side, paid.payee)):
        account = holder[side.group]
        some = accounts[account] & (surprise(side.k, side.n, side.expected) >= SOME_LLR)
        keys.append(account[some] * size + side.contact[some])
        llr.append(side.llr[some])
        out.append(np.full(len(keys[-1]), side is payee_side))
    pairs = group(np.concatenate(keys))
    return Along(
        pairs.keys // size,
        pairs.keys % size,
        pairs.sum(np.concatenate(out)).astype(np.int64),
        pairs.sum(np.concatenate(llr)),
    )


def _some(along: Along, chosen: Bools) -> Along:
    return Along(along.account[chosen], along.number[chosen], along.paid[chosen], along.llr[chosen])
