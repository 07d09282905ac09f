"""Signals from who the two are: recorded dealing or using, many payers who call, shops, third accounts."""

from __future__ import annotations

import numpy as np

from backend.analysis.model.facts import Floats
from backend.analysis.supply.features import Scene
from backend.analysis.supply.signals.base import Rows, Signal, call_rows, pair_rows, payment_rows
from backend.analysis.supply.signals.customers import customers_known


def people_signals(scene: Scene) -> list[Signal]:
    """All signals of this module for every candidate."""
    calling = payers_who_call(scene)
    return [
        _supplier_in_case(scene),
        _buyer_user(scene),
        _buyer_dealer(scene),
        _payers_who_call(scene, calling),
        _shop(scene, calling),
        customers_known(scene),
        _third_account(scene),
        _collects_for_other(scene),
        _passed_on(scene),
        _passes_on(scene),
    ]


def payers_who_call(scene: Scene) -> Floats:
    """Per person: payers whose payments to him go along with calls (at least 2 nats)."""
    c = scene.candidates
    return np.bincount(c.supplier[(c.near_llr >= 2.0) & (c.near >= 2)], minlength=scene.n).astype(np.float64)


def case_rows(scene: Scene, which: str) -> Rows:
    """Rows that record supplier or buyer in a case."""
    c = scene.candidates
    people = c.supplier if which == "supplier" else c.buyer
    by_person: dict[int, list[str]] = {}
    for part in scene.facts.involvements:
        by_person.setdefault(part.person, []).extend(part.evidence)

    def rows(e: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(by_person.get(int(people[e]), [])))[:20]

    return rows


def _supplier_in_case(scene: Scene) -> Signal:
    """Recorded in a drug case on the selling side, or drugs were seized from him."""
    value = scene.people.dealing[scene.candidates.supplier].astype(float)
    return Signal("supplier_in_case", value, value.astype(np.int64), case_rows(scene, "supplier"))


def _buyer_user(scene: Scene) -> Signal:
    """The buyer is a registered user, or recorded only as using."""
    value = scene.people.using[scene.candidates.buyer].astype(float)
    return Signal("buyer_user", value, value.astype(np.int64), case_rows(scene, "buyer"))


def _buyer_dealer(scene: Scene) -> Signal:
    """The buyer is recorded on the selling side: he must have it from somebody."""
    value = scene.people.dealing[scene.candidates.buyer].astype(float)
    return Signal("buyer_in_case", value, value.astype(np.int64), case_rows(scene, "buyer"))


def _payers_who_call(scene: Scene, calling: Floats) -> Signal:
    """Others too pay this supplier near calls with him; log2 of how many."""
    c = scene.candidates
    mine = (c.near_llr >= 2.0) & (c.near >= 2)
    others = calling[c.supplier] - mine
    return Signal(
        "others_call_and_pay", np.clip(np.log2(1 + others), 0, 3), others.astype(np.int64), call_rows(scene)
    )


def _shop(scene: Scene, calling: Floats) -> Signal:
    """Many pay this person and hardly any of them is ever in touch with him: a shop, a game, a collector of
    rents.
    """
    c = scene.candidates
    payers = scene.people.payers[c.supplier].astype(float)
    share = np.clip(1.0 - 3.0 * calling[c.supplier] / np.maximum(payers, 1.0), 0.0, 1.0)
    value = np.clip(np.log2(np.maximum(payers, 1.0) / 4.0), 0.0, 4.0) / 2.0 * share
    return Signal(
        "many_payers_no_calls", value, np.where(value > 0, payers, 0).astype(np.int64), payment_rows(scene)
    )


def _third_account(scene: Scene) -> Signal:
    """The money went to an account of somebody else, who is then the payee."""
    c = scene.candidates
    return Signal(
        "third_account", c.third, (c.third * np.diff(c.pay_start)).astype(np.int64), payment_rows(scene)
    )


def _collects_for_other(scene: Scene) -> Signal:
    """Payments to this person go along with calls to somebody else: he collects for that other person."""
    links = scene.links
    at = scene.candidate(links.payee, links.buyer)
    known = np.flatnonzero(at >= 0)
    strength, most = np.zeros(scene.size), np.zeros(scene.size, dtype=np.int64)
    np.maximum.at(strength, at[known], links.llr[known])
    np.maximum.at(most, at[known], links.k[known])
    value = np.zeros(scene.size)
    value[at[known]] = np.clip(strength[at[known]] / 4.0, 0.5, 2.0)
    return Signal("collects_for_other", value, most, payment_rows(scene))


def _passed_on(scene: Scene) -> Signal:
    """Share of these payments that the holder of the account, with whom the buyer is not in touch, passed on to him."""
    c = scene.candidates

    def givers(e: int) -> list[tuple[int, int]]:
        return [(int(c.payee[e]), int(c.supplier[e]))] if c.payee[e] >= 0 else []

    rows = pair_rows(scene, scene.payments, scene.pair_pay, givers)
    return Signal("passed_on", c.passed, (c.passed * np.diff(c.pay_start)).round().astype(np.int64), rows)


def _passes_on(scene: Scene) -> Signal:
    """Share of these payments that he passed on to somebody else: the account is his, the business is not."""
    c = scene.candidates
    return Signal(
        "passes_on", c.passes, (c.passes * np.diff(c.pay_start)).round().astype(np.int64), payment_rows(scene)
    )
