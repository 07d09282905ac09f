"""Signals from who the two are: recorded dealing or using, many payers who call, shops, third accounts."""

from __future__ import annotations

import numpy as np

from backend.analysis.model.parameters import parameter
from backend.analysis.supply.features import Features
from backend.analysis.supply.signals.base import (
    CAP,
    MOST_DOUBLINGS,
    CandidateRows,
    Signal,
    call_rows,
    pair_rows,
    payment_rows,
)
from backend.analysis.supply.signals.customers import customers_known
from graph_schema.arrays import Floats

CALLING_LLR = parameter("supply.signals.people.calling_llr")
SHOP_CALLING = parameter("supply.signals.people.shop_calling")
SHOP_PAYERS = parameter("supply.signals.people.shop_payers")
SHOP_MOST = parameter("supply.signals.people.shop_most")
COLLECTS_UNIT = parameter("supply.signals.people.collects_unit")
COLLECTS_LEAST = parameter("supply.signals.people.collects_least")
COLLECTS_MOST = parameter("supply.signals.people.collects_most")


def people_signals(features: Features) -> list[Signal]:
    """All signals of this module for every candidate."""
    calling = payers_who_call(features)
    return [
        _supplier_in_case(features),
        _buyer_user(features),
        _buyer_dealer(features),
        _payers_who_call(features, calling),
        _shop(features, calling),
        customers_known(features),
        _third_account(features),
        _collects_for_other(features),
        _passed_on(features),
        _passes_on(features),
    ]


def payers_who_call(features: Features) -> Floats:
    """Per person: payers whose payments to him coincide with calls."""
    c = features.candidates
    calling = (c.near_llr >= CALLING_LLR) & (c.near >= 2)
    return np.bincount(c.supplier[calling], minlength=features.n).astype(np.float64)


def case_rows(features: Features, which: str) -> CandidateRows:
    """Rows that record supplier or buyer in a case."""
    c = features.candidates
    people = c.supplier if which == "supplier" else c.buyer
    by_person: dict[int, list[str]] = {}
    for part in features.facts.involvements:
        by_person.setdefault(part.person, []).extend(part.evidence)

    def rows(e: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(by_person.get(int(people[e]), [])))[:CAP]

    return rows


def _supplier_in_case(features: Features) -> Signal:
    """Recorded in a drug case on the selling side, or drugs were seized from him."""
    value = features.people.dealing[features.candidates.supplier].astype(float)
    return Signal("supplier_in_case", value, value.astype(np.int64), case_rows(features, "supplier"))


def _buyer_user(features: Features) -> Signal:
    """The buyer is a registered user, or recorded only as using."""
    value = features.people.using[features.candidates.buyer].astype(float)
    return Signal("buyer_user", value, value.astype(np.int64), case_rows(features, "buyer"))


def _buyer_dealer(features: Features) -> Signal:
    """The buyer is recorded on the selling side: he must have a source."""
    value = features.people.dealing[features.candidates.buyer].astype(float)
    return Signal("buyer_in_case", value, value.astype(np.int64), case_rows(features, "buyer"))


def _payers_who_call(features: Features, calling: Floats) -> Signal:
    """Other people also pay this supplier near calls with him; log2 of their number."""
    c = features.candidates
    mine = (c.near_llr >= CALLING_LLR) & (c.near >= 2)
    others = calling[c.supplier] - mine
    return Signal(
        "others_call_and_pay",
        np.clip(np.log2(1 + others), 0, MOST_DOUBLINGS),
        others.astype(np.int64),
        call_rows(features),
    )


def _shop(features: Features, calling: Floats) -> Signal:
    """Many people pay this person, and hardly any of them is ever in touch with him: a shop, a game, a rent collector."""
    c = features.candidates
    payers = features.people.payers[c.supplier].astype(float)
    share = np.clip(1.0 - SHOP_CALLING * calling[c.supplier] / np.maximum(payers, 1.0), 0.0, 1.0)
    value = np.clip(np.log2(np.maximum(payers, 1.0) / SHOP_PAYERS), 0.0, SHOP_MOST) / 2.0 * share
    return Signal(
        "many_payers_no_calls", value, np.where(value > 0, payers, 0).astype(np.int64), payment_rows(features)
    )


def _third_account(features: Features) -> Signal:
    """The money went to another person's account; that person is then the payee."""
    c = features.candidates
    return Signal(
        "third_account", c.third, (c.third * np.diff(c.pay_start)).astype(np.int64), payment_rows(features)
    )


def _collects_for_other(features: Features) -> Signal:
    """Payments to this person coincide with calls to another person, for whom he collects."""
    links = features.links
    at = features.candidate(links.payee, links.buyer)
    known = np.flatnonzero(at >= 0)
    strength, most = np.zeros(features.size), np.zeros(features.size, dtype=np.int64)
    np.maximum.at(strength, at[known], links.llr[known])
    np.maximum.at(most, at[known], links.k[known])
    value = np.zeros(features.size)
    value[at[known]] = np.clip(strength[at[known]] / COLLECTS_UNIT, COLLECTS_LEAST, COLLECTS_MOST)
    return Signal("collects_for_other", value, most, payment_rows(features))


def _passed_on(features: Features) -> Signal:
    """Share of these payments that the holder of the account, with whom the buyer is not in touch, passed on to him."""
    c = features.candidates

    def givers(e: int) -> list[tuple[int, int]]:
        return [(int(c.payee[e]), int(c.supplier[e]))] if c.payee[e] >= 0 else []

    rows = pair_rows(features, features.payments, features.pair_pay, givers)
    return Signal("passed_on", c.passed, (c.passed * np.diff(c.pay_start)).round().astype(np.int64), rows)


def _passes_on(features: Features) -> Signal:
    """Share of these payments that he passed on to somebody else: the account is his, the business is not."""
    c = features.candidates
    return Signal(
        "passes_on",
        c.passes,
        (c.passes * np.diff(c.pay_start)).round().astype(np.int64),
        payment_rows(features),
    )
