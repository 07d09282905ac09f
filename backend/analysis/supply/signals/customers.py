"""The supplier's other customers: whether more or fewer of them are on record for drugs than chance gives.

Definition: log-likelihood ratio of two beta-binomial distributions, of a seller's customers and of
anybody's payers.

Reference: J. G. Skellam, A Probability Distribution Derived from the Binomial Distribution by Regarding the
Probability of Success as Variable between the Sets of Trials, J. Royal Statistical Society B 10(2), 1948,
257-261.

Cost: linear in candidates.

Against it: people are on record because they were investigated; those whose returns were requested are
therefore compared among themselves.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaln

from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.supply.features import Features
from backend.analysis.supply.signals.base import Signal, call_rows
from graph_schema.arrays import Bools, Floats, Ints

RINGS = whole_parameter("supply.signals.customers.rings")
SELLER_SURE = parameter("supply.signals.customers.seller_sure")
ORDINARY_SURE = parameter("supply.signals.customers.ordinary_sure")
PRIOR = parameter("supply.signals.customers.prior")
PRIOR_SHARE = parameter("supply.signals.customers.prior_share")
USUAL_PRIOR = parameter("supply.signals.customers.usual_prior")
USUAL_SHARE = parameter("supply.signals.customers.usual_share")


def customers_known(features: Features) -> Signal:
    """Log-likelihood ratio, in nats (beta-binomial): the supplier's other customers on record for drugs,
    compared as customers of a seller and as payers of anybody. People whose own returns were requested are
    compared among themselves, because their returns were requested for a reason. None of fifty counts
    against, three of eight counts for. 0 if the supplier is recorded as dealing: his selling is known, and
    says nothing about a single payer.
    """
    c, people = features.candidates, features.people
    customer = (c.near >= RINGS) & ~features.facts.platform[c.supplier]
    known = people.record.standing[c.buyer]
    asked = features.facts.asked[c.buyer]
    payers = np.unique(features.payments.a)
    value, hits = np.zeros(features.size), np.zeros(features.size, dtype=np.int64)
    for group in (False, True):
        mine = customer & (asked == group)
        total = _others(c.supplier, mine, features.n)
        among = _others(c.supplier, mine & known, features.n)
        anybody = payers[features.facts.asked[payers] == group]
        usual = _share(people.record.standing[anybody], USUAL_PRIOR, USUAL_SHARE)
        sellers = mine & people.dealing[c.supplier]
        share = max(_share(known[sellers], PRIOR, PRIOR_SHARE), usual)
        value += _ratio(among, total, share, usual)
        hits += among
    value = np.where(people.dealing[c.supplier], 0.0, value)
    return Signal("customers_known", value, np.where(value != 0, hits, 0), call_rows(features))


def _others(supplier: Ints, mine: Bools, n: int) -> Ints:
    """Per candidate: how many of ``mine`` the supplier has besides this one."""
    total = np.bincount(supplier[mine], minlength=n)
    return np.asarray(total[supplier] - mine, dtype=np.int64)


def _share(known: Bools, prior: float, expected: float) -> float:
    return float((known.sum() + prior * expected) / (len(known) + prior))


def _ratio(k: Ints, n: Ints, seller: float, usual: float) -> Floats:
    """Beta-binomial log-likelihood ratio; the binomial coefficient is the same in both."""

    def log_chance(share: float, sure: float) -> Floats:
        a, b = share * sure, (1.0 - share) * sure
        return np.asarray(betaln(k + a, n - k + b) - betaln(a, b))

    return log_chance(seller, SELLER_SURE) - log_chance(usual, ORDINARY_SURE)
