"""Helpers of a seller: payees who collect for him, runners who are called around his sales.

Definition: a payee is as sure as the supply times 1 - exp(-llr / scale) of the calls that show it, or the
share passed on; a runner as the calls of a seller around the payments of many buyers (``coincidence``).
Several buyers of one payee are combined as a noisy-or. Cost: linear in links. Against it: the scales are
judgement, so these scores order links and are no chances.
"""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.grouping import find
from backend.analysis.correlation.coincidence import charged
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import LotLink, OwnerLink, PayeeLink, RunnerLink
from backend.analysis.supply.features import CAP
from backend.analysis.supply.scoring import Scored
from graph_schema.arrays import Floats, Ints

LEAST = parameter("supply.intermediaries.least")
SOLD = parameter("supply.intermediaries.sold")
PAYEE_SCALE = parameter("supply.intermediaries.payee_scale")
RUNNER_LLR = parameter("supply.intermediaries.runner_llr")
RUNNER_SALES = whole_parameter("supply.intermediaries.runner_sales")
RUNNER_BUYERS = whole_parameter("supply.intermediaries.runner_buyers")
RUNNER_SUPPLIES = parameter("supply.intermediaries.runner_supplies")
RUNNER_SCALE = parameter("supply.intermediaries.runner_scale")
RUNNER_PAYERS = parameter("supply.intermediaries.runner_payers")
OWNER_SCALE = parameter("supply.intermediaries.owner_scale")
OWNER_MOST = parameter("supply.intermediaries.owner_most")
LOTS = (
    (whole_parameter("supply.intermediaries.lot_days"), parameter("supply.intermediaries.lot_tie")),
    (
        whole_parameter("supply.intermediaries.lot_days_often"),
        parameter("supply.intermediaries.lot_tie_often"),
    ),
)
"""Days on which lots were paid, and how strong a tie that makes."""
LOT = parameter("supply.intermediaries.lot")
ALMOST_ALL = parameter("supply.intermediaries.almost_all")
HALF = parameter("supply.intermediaries.half")


def payee_links(scored: Scored) -> tuple[PayeeLink, ...]:
    """Third accounts with the person behind them: the score of the supply edge times how well the calls
    coincide with the account, or the share of the payments that was passed on.
    """
    features, links = scored.features, scored.behind.links
    c = features.candidates
    at = features.candidate(links.behind, links.buyer)
    edge = np.where(at >= 0, scored.score[at] if len(c) else 0.0, 0.0)
    score = edge * np.maximum(1.0 - np.exp(-links.llr / PAYEE_SCALE), links.passed)
    kept = np.flatnonzero(score >= LEAST)
    order = kept[np.lexsort((links.buyer[kept], links.payee[kept], links.behind[kept], -score[kept]))]
    found = []
    for i in order.tolist():
        mine = c.payment[c.pay_start[at[i]] : c.pay_start[at[i] + 1]]
        rows = mine[features.payments.b[mine] == links.payee[i]]
        first, last = _span(features.payments.at[rows])
        called = bool(links.llr[i] > 0)
        if not called:
            passed = int(
                find(features.pair_pay.keys, links.payee[i : i + 1] * features.n + links.behind[i : i + 1])[0]
            )
            rows = features.pair_pay.rows(passed)
        found.append(
            PayeeLink(
                payee=int(links.payee[i]),
                principal=int(links.behind[i]),
                buyer=int(links.buyer[i]),
                score=round(float(score[i]), 6),
                count=int(links.k[i]) if called else len(rows),
                first=first,
                last=last,
                evidence=features.payments.rows(rows, CAP),
                fen=0 if called else int(features.payments.amount[rows].sum()),
            )
        )
    return tuple(found)


def runner_links(scored: Scored) -> tuple[RunnerLink, ...]:
    """Contacts a seller calls around the payments of several of his buyers, and who do not pay him
    themselves.
    """
    features, income = scored.features, scored.seen.income
    seller = scored.seen.income_payee
    c = features.candidates
    buyers = np.bincount(c.supplier[scored.score >= SOLD], minlength=features.n)
    llr = charged(income)
    pays = find(features.pair_pay.keys, income.contact * features.n + seller)
    supplies = np.zeros(len(income), dtype=bool)
    edge = features.candidate(income.contact, seller)
    supplies = (edge >= 0) & (scored.score[np.maximum(edge, 0)] >= RUNNER_SUPPLIES) if len(c) else supplies
    kept = (llr >= RUNNER_LLR) & (income.k >= RUNNER_SALES) & (buyers[seller] >= RUNNER_BUYERS)
    kept &= (pays < 0) & ~supplies & ~features.facts.platform[income.contact]
    rows = np.flatnonzero(kept)
    spread = _payers(scored, rows)
    score = 1.0 - np.exp(-(llr[rows] - RUNNER_LLR + 2.0) / RUNNER_SCALE)
    score *= np.minimum(spread / RUNNER_PAYERS, 1.0)
    order = np.lexsort((income.contact[rows], seller[rows], -score))
    found = []
    for j in order.tolist():
        if score[j] < LEAST:
            continue
        i = int(rows[j])
        calls = np.unique(income.call[income.start[i] : income.start[i + 1]])
        first, last = _span(features.calls.at[calls])
        found.append(
            RunnerLink(
                runner=int(income.contact[i]),
                seller=int(seller[i]),
                score=round(float(score[j]), 6),
                sent=round(float(np.mean(features.calls.a[calls] == seller[i])), 6),
                count=int(income.k[i]),
                first=first,
                last=last,
                evidence=features.calls.rows(calls, CAP),
            )
        )
    return tuple(found)


def lot_links(scored: Scored) -> tuple[LotLink, ...]:
    """Repeated payments to a recorded dealer for whole lots: round sums of several retail prices, at no fixed
    pace, with no money back. Calls are not required, since it may stay open who supplies or collects for
    whom.
    """
    features, c = scored.features, scored.features.candidates
    value = {signal.name: signal.value for signal in scored.first}
    kept = (value["supplier_in_case"] > 0) & (features.days >= LOTS[0][0]) & (c.third < HALF) & (c.payer < 0)
    kept &= (value["bulk_amount"] >= LOT) & (value["round_amounts"] >= ALMOST_ALL)
    kept &= (value["money_back"] == 0) & (value["even_pace"] < HALF)
    return tuple(
        LotLink(
            buyer=int(c.buyer[e]),
            dealer=int(c.supplier[e]),
            score=max(sure for days, sure in LOTS if features.days[e] >= days),
            days=int(features.days[e]),
            evidence=features.payment_rows(e),
        )
        for e in np.flatnonzero(kept).tolist()
    )


def owner_links(scored: Scored) -> tuple[OwnerLink, ...]:
    """Phones and accounts of one person, the surest first."""
    features, owners = scored.features, scored.behind.owners
    found = []
    for i in np.lexsort((owners.phone, owners.account, -owners.llr)).tolist():
        calls = owners.call[i]
        first, last = _span(features.calls.at[calls])
        found.append(
            OwnerLink(
                phone=int(owners.phone[i]),
                account=int(owners.account[i]),
                seen_by=int(owners.seen_by[i]),
                score=round(min(1.0 - float(np.exp(-owners.llr[i] / OWNER_SCALE)), OWNER_MOST), 6),
                count=int(owners.k[i]),
                first=first,
                last=last,
                evidence=features.calls.rows(calls, CAP),
            )
        )
    return tuple(found)


def _payers(scored: Scored, entries: Ints) -> Floats:
    """Different payers among the payments of each entry of ``income``."""
    income, features = scored.seen.income, scored.features
    counts = [
        len(np.unique(features.payments.a[income.payment[income.start[i] : income.start[i + 1]]]))
        for i in entries.tolist()
    ]
    return np.array(counts, dtype=np.float64)


def _span(at: Ints) -> tuple[int | None, int | None]:
    dated = at[at >= 0]
    return (int(dated.min()), int(dated.max())) if len(dated) else (None, None)


def best_principal(links: tuple[PayeeLink, ...]) -> dict[int, tuple[int, float]]:
    """Payee → the principal most surely behind him, with the score (chances of several buyers combined)."""
    miss: dict[tuple[int, int], float] = {}
    for link in links:
        key = (link.payee, link.principal)
        miss[key] = miss.get(key, 1.0) * (1.0 - link.score)
    best: dict[int, tuple[int, float]] = {}
    for (payee, principal), chance in sorted(miss.items()):
        if payee not in best or 1.0 - chance > best[payee][1]:
            best[payee] = (principal, 1.0 - chance)
    return best
