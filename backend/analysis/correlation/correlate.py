"""The stage that holds calls against payments: who is in touch with whom around which money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backend.analysis.arrays.channel import Channel, channel
from backend.analysis.arrays.grouping import group
from backend.analysis.correlation.coincidence import Coincidences, Contacts, coincidences, contacts
from backend.analysis.correlation.payments import Paid
from backend.analysis.correlation.profile import Profiles, profiles
from backend.analysis.model.facts import Facts
from graph_schema.arrays import Bools, Ints


@dataclass(frozen=True)
class Correlated:
    """Facts as channels, what each person looks like, and contacts that go along with payments, from both sides."""

    facts: Facts
    payments: Channel
    calls: Channel
    parcels: Channel
    people: Profiles
    dealing: Bools  # persons who pay or are paid among the payments looked at
    contacts: Contacts  # of these persons
    paid: Paid
    payer_side: Coincidences  # contacts of the payer; groups are those of ``paid``
    payee_side: Coincidences  # contacts of the payee; groups are those of ``paid``
    outgo: Coincidences  # contacts that go along with all a payer pays
    outgo_payer: Ints  # payer of each entry of ``outgo``
    income: Coincidences  # contacts that go along with all a payee receives
    income_payee: Ints  # payee of each entry of ``income``

    @property
    def n(self) -> int:
        """Persons."""
        return len(self.facts.person_ids)

    @cached_property
    def rung(self) -> Bools:
        """Per pair of payer and payee: the payer was in touch with the payee around two payments or more."""
        side = self.payer_side
        rung = np.zeros(len(self.paid.pairs), dtype=np.bool_)
        rung[side.group[(side.contact == self.paid.payee[side.group]) & (side.k >= 2)]] = True
        return rung


def correlate(facts: Facts) -> Correlated:
    """Looks at the payments of which one end matters in a drug sense; linear in events but for sorting."""
    payments, calls = channel("payments", facts.payments), channel("calls", facts.calls)
    people = profiles(facts, payments, calls)
    n = len(facts.person_ids)
    chosen = np.flatnonzero(people.relevant[payments.a] | people.relevant[payments.b]).astype(np.int64)
    dealing = np.zeros(n, dtype=np.bool_)
    dealing[payments.a[chosen]] = dealing[payments.b[chosen]] = True
    known = contacts(calls, n, dealing)
    pairs = group(payments.a[chosen] * n + payments.b[chosen])
    by_payer, by_payee = group(payments.a[chosen]), group(payments.b[chosen])
    outgo = coincidences(payments, chosen, by_payer, payments.a[chosen], known)
    income = coincidences(payments, chosen, by_payee, payments.b[chosen], known)
    return Correlated(
        facts=facts,
        payments=payments,
        calls=calls,
        parcels=channel("parcels", facts.parcels),
        people=people,
        dealing=dealing,
        contacts=known,
        paid=Paid(payments, chosen, pairs, pairs.keys // n, pairs.keys % n, n),
        payer_side=coincidences(payments, chosen, pairs, payments.a[chosen], known),
        payee_side=coincidences(payments, chosen, pairs, payments.b[chosen], known),
        outgo=outgo,
        outgo_payer=by_payer.keys[outgo.group],
        income=income,
        income_payee=by_payee.keys[income.group],
    )
