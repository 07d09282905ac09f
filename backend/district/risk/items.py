"""Items of the risk net: both sides joined, ranked by independent groups and then by the weight of what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from backend.contract.district.common import ItemReview, Reason, Subject
from backend.contract.district.risk import RiskItem
from backend.district import reasons
from backend.district.risk.around import COUNTED, against_peers, let_idle, peers_of, purchases
from backend.district.risk.doubts import Doubts
from backend.district.risk.net import Net
from backend.district.risk.persons import Finder, FirmDays
from backend.district.risk.told import District, Fact, Firm, FirmTie
from backend.district.risk.usage import against_output, discharge, no_output, own_history

Reviews = Mapping[str, ItemReview]


def items_of(district: District, net: Net, reviews: Reviews | None = None) -> list[RiskItem]:
    """Every firm, ranked: those with facts of both sides first, then one-sided ones, then the rest."""
    firm_facts = facts_of_firms(district, net)
    finder = Finder(district, net)
    doubts = Doubts(district, net, peers_of(district.firms, net.whole("peers_least")))
    unbooked = _unbooked(district)
    found = []
    for firm in district.firms:
        own = firm_facts[firm.uscc]
        persons = finder.facts(firm, FirmDays.of(own, district.on, net.whole("window")))
        item = _item(firm, own, persons, net)
        item["review"] = (reviews or {}).get(firm.uscc)
        item["against"] = doubts.against(firm, own, persons)
        item["missing"] = doubts.missing(firm, own, firm.uscc not in unbooked)
        found.append((_order(item, own, persons), item))
    found.sort(key=lambda each: each[0])
    return [{**item, "rank": n} for n, (_, item) in enumerate(found, start=1)]


def facts_of_firms(district: District, net: Net) -> dict[str, list[Fact]]:
    """The anomalies of every firm."""
    firms, on = district.firms, district.on
    ties: dict[str, list[FirmTie]] = defaultdict(list)
    for tie in district.ties:
        ties[tie.uscc].append(tie)
    output, peers, chemicals = (
        against_output(firms, on, net),
        against_peers(firms, on, net),
        purchases(district, net),
    )
    return {
        firm.uscc: [
            *own_history(firm, on, net),
            *output.get(firm.uscc, ()),
            *no_output(firm, on, net),
            *peers.get(firm.uscc, ()),
            *let_idle(firm, ties[firm.uscc], on, net),
            *chemicals.get(firm.uscc, ()),
            *discharge(firm, on, net),
        ]
        for firm in firms
    }


def two_sided(item: RiskItem) -> bool:
    """Whether an item has a fact of the firm and a fact of a person: only then it is a lead."""
    return bool(item["firm_facts"]) and bool(item["person_facts"])


def weight_of(facts: Sequence[Fact]) -> float:
    """Sum of the likelihood ratios, the largest of each rule: power and water of one month count once."""
    best: dict[str, float] = {}
    for fact in facts:
        best[fact.rule] = max(best.get(fact.rule, 0.0), fact.weight)
    return sum(best.values())


def _order(item: RiskItem, own: Sequence[Fact], persons: Sequence[Fact]) -> tuple[float | int | str, ...]:
    """Both sides before one, refuted last, then groups, weight, and how far beyond its threshold the firm is."""
    refuted = item["review"] is not None and item["review"]["decision"] == "rejected"
    beyond = sum(min(fact.value / fact.threshold, 10.0) for fact in own if fact.threshold)
    sides = bool(own) + bool(persons)
    return (-sides, refuted, -len(item["groups"]), -item["score"], -beyond, item["id"])


def _item(firm: Firm, own: Sequence[Fact], persons: Sequence[Fact], net: Net) -> RiskItem:
    firm_facts = [reason(fact, net) for fact in own]
    person_facts = [reason(fact, net) for fact in persons]
    reasons = [*firm_facts, *person_facts]
    evidence = dict.fromkeys((*firm.evidence, *(row for each in reasons for row in each["evidence"])))
    return {
        "id": firm.uscc,
        "rank": 0,
        "score": round(weight_of([*own, *persons]), 3),
        "subjects": [{"label": "Company", "id": firm.uscc, "name": firm.name}],
        "reasons": reasons,
        "against": [],
        "missing": [],
        "review": None,
        "evidence": list(evidence),
        "uscc": firm.uscc,
        "firm_facts": firm_facts,
        "person_facts": person_facts,
        "groups": sorted({fact.group for fact in (*own, *persons)}),
    }


def reason(fact: Fact, net: Net) -> Reason:
    """A fact as answers show it; one about a person names him."""
    who: Subject | None = {"label": "ResidentId", "id": fact.ident, "name": fact.name} if fact.ident else None
    return reasons.reason(
        *(net.id(fact.rule), fact.zh, fact.en, fact.evidence),
        value=fact.value,
        threshold=fact.threshold,
        unit=fact.unit,
        kind="firm",
        subject=who,
    )


def _unbooked(district: District) -> set[str]:
    """Firms that bought chemicals and show neither withdrawals nor counts of them."""
    drawn = {move.uscc for move in district.moves if move.what != COUNTED}
    counted = {move.uscc for move in district.moves if move.what == COUNTED}
    return {deal.buyer for deal in district.deals if deal.buyer not in drawn or deal.buyer not in counted}
