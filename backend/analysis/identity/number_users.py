"""Who uses a number, inferred from payments (entity resolution): people who pay an account, and people it
pays, talk to the number around these payments.

A payee and the person he collects for show the same pattern, but only where the payee receives. So some of
the people the account pays must be in touch with the number. The number may be registered to nobody known,
to somebody of whom nothing else is known, or to somebody with accounts of his own. In the last case, the
number's calls must not coincide with the payments of those accounts.

Definition: the sum of the log-likelihood ratios of ``coincidence`` over the persons an account pays and is
paid by.

Reference: as there. A sum of log-likelihood ratios is the weight of evidence of I. J. Good, Probability and
the Weighing of Evidence, 1950.

Cost: one grouping of the coincidences; numbers of holders with accounts are examined one by one.

Against it: the persons are treated as independent, although a whole group may call one runner.
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
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Bools, Floats, Ints

SOME_LLR = parameter("identity.number_users.some_llr")
LEAST_PAID = whole_parameter("identity.number_users.least_paid")
ALONG = parameter("identity.number_users.along")
LENT = parameter("identity.number_users.lent")


@dataclass(frozen=True)
class Along:
    """Numbers, by holder, whose calls coincide with an account's payments, by holder."""

    account: Ints
    number: Ints
    paid: Ints  # persons the account pays who are in touch with the number
    llr: Floats  # of them and of those who pay the account

    @property
    def sure(self) -> Bools:
        return np.asarray((self.paid >= LEAST_PAID) & (self.llr >= ALONG))

    def best(self) -> dict[int, int]:
        """Maps each number that clearly coincides with accounts to the account it fits best."""
        order = np.lexsort((-self.account, self.llr))  # the surest last
        kept = order[self.sure[order]]
        return dict(zip(self.number[kept].tolist(), self.account[kept].tolist(), strict=True))


@dataclass(frozen=True)
class Lent:
    """A number whose calls coincide with another person's payments, not with those of its registered holder."""

    number: str  # reference
    holder: int
    account: int  # holder of the account


def numbers_along(seen: Correlated) -> tuple[Along, tuple[Lent, ...]]:
    """Numbers of holders without accounts, and numbers of holders with accounts."""
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
    """Examines each number of these holders separately."""
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
    """Calls with these numbers, seen from the payer or payee: the person, the index of the number, the time,
    the channel position.
    """
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
    """Evidence from both sides of the payments for each account and each contact, of at most ``size`` contacts."""
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
