"""The role of each member of a gang candidate, with its reasons.

Definition: rules over the flow of goods (``view``), the links of helpers and what is recorded; at most one organiser.

Reference: none; rules of this project, chosen on invented districts (docs/accuracy.md). Cost: linear in the
links of a gang.

Against it: a role is a guess about somebody of whom little is seen. Each therefore rests on a drug fact
or a firm supply.
"""

from __future__ import annotations

import numpy as np

from backend.analysis.correlation.identifiers import numbers_only
from backend.analysis.groups.ties import PAYS, SELLS, SENT
from backend.analysis.groups.unsettled import BY_REASON, way
from backend.analysis.groups.view import Flow, GangView
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import RunnerLink
from backend.analysis.supply.intermediaries import best_principal

Reasons = list[tuple[str, str]]
FIRM = parameter("groups.roles.firm")
FLAT = whole_parameter("groups.roles.flat")
WITNESSES = whole_parameter("groups.roles.witnesses")
PAYEE_SALES = parameter("groups.roles.payee_sales")
PAYEE_UNKNOWN = parameter("groups.roles.payee_unknown")
TO_SELLERS = parameter("groups.roles.to_sellers")


def roles_of(view: GangView, core: tuple[int, ...], flow: Flow) -> dict[int, tuple[str, Reasons]]:
    """Role and reasons of every core member; at most one organiser, and only above somebody who sells on."""
    payees = best_principal(view.payees)
    runners = {link.runner: link for link in sorted(view.runners, key=lambda r: r.score)}
    found = {p: _role(view, p, flow, payees, runners) for p in core}
    tops = [p for p in core if found[p][0] == "wholesaler" and not _supplied_by(p, flow, found)]
    if tops:
        top = max(tops, key=lambda p: (flow.reach[p], sum(flow.down[p].values()), flow.income[p], -p))
        if _is_organiser(view, top, flow, found):
            reasons: Reasons = [("top", f"{flow.reach[top]}"), *found[top][1]]
            found[top] = ("organiser", reasons)
    return found


def _is_organiser(view: GangView, top: int, flow: Flow, found: dict[int, tuple[str, Reasons]]) -> bool:
    """He supplies somebody who sells to sellers; or reaches ``FLAT`` members and nobody likely supplies him. Whoever supplies a
    few sellers and nothing more may be the organiser's wholesaler, who is not seen.
    """
    below = {flow.cluster[p] for p, (role, _) in found.items() if role == "wholesaler"}
    if any(score >= SELLS and buyer in below for buyer, score in flow.down[top].items()):
        return True
    return flow.reach[top] >= FLAT and not any(edge.buyer == top for edge in view.graph.supplies)


def _supplied_by(person: int, flow: Flow, found: dict[int, tuple[str, Reasons]]) -> bool:
    """Somebody in the gang who sells to sellers supplies this person, and not just the other way round."""
    selling = {flow.cluster[p]: flow.reach[p] for p in found if found[p][0] == "wholesaler"}
    return any(
        score >= SELLS
        and selling.get(supplier, -1) >= flow.reach[person]
        and supplier not in flow.down[person]
        for supplier, score in flow.up[person].items()
    )


def _role(
    view: GangView,
    person: int,
    flow: Flow,
    payees: dict[int, tuple[int, float]],
    runners: dict[int, RunnerLink],
) -> tuple[str, Reasons]:
    lots = [b for b, score in flow.down[person].items() if score >= SELLS and b in flow.lots[person]]
    sellers = lots if _known_himself(view, person, flow) else _his_sellers(view, person, flow, lots)
    reasons: Reasons = []
    sure = PAYS if view.people.record.standing[person] else PAYEE_UNKNOWN
    if person in payees and payees[person][1] >= sure and not lots and flow.sold[person] < PAYEE_SALES:
        principal, score = payees[person]
        if not view.people.dealing[principal] and numbers_only(view.facts.refs[principal]):
            return "unknown", [
                ("may_be_one_hand", view.facts.person_ids[principal]),
                ("score", f"{score:.2f}"),
                ("unsettled", "number_user"),
            ]
        return "payee", [("collects_for", view.facts.person_ids[principal]), ("score", f"{score:.2f}")]
    above = not _mostly_users(person, flow)
    if sellers and above and _corroborated(view, person, flow):
        reasons += [("supplies_sellers", str(len(sellers))), ("income_fen", str(flow.income[person]))]
        return "wholesaler", reasons
    retail = flow.sold[person] >= 1.0 and not (lots and above)
    if retail and (view.people.record.standing[person] or _corroborated(view, person, flow)):
        return "retailer", [("buyers", f"{flow.sold[person]:.1f}"), ("income_fen", str(flow.income[person]))]
    if person in runners and runners[person].score >= SELLS:
        link = runners[person]
        if link.sent >= SENT:
            return "runner", [("called_around_sales", str(link.count))]
        if not view.recorded.get(person) and view.people.record.standing[person]:
            return "user", [("calls_around_sales", str(link.count))]
    role, reasons = _role_of_record(view, person, flow)
    if role == "unknown":
        open_way = BY_REASON.get(reasons[0][0]) if reasons else None
        reasons = [
            *reasons,
            ("unsettled", open_way or _unsettled(view, person, flow, bool(lots and above))),
        ]
    return role, reasons


def _corroborated(view: GangView, person: int, flow: Flow) -> bool:
    """He is recorded as dealing or wanted, supplies one seller surely, or two sellers on record probably: else the role is a
    guess.
    """
    standing = view.people.record.standing
    known = {flow.cluster.get(p, p) for p in np.flatnonzero(standing).tolist()}
    witnesses = sum(score >= SELLS and b in known for b, score in flow.down[person].items())
    firm = max(flow.down[person].values(), default=0.0) >= FIRM
    return _known_himself(view, person, flow) or firm or witnesses >= WITNESSES


def _known_himself(view: GangView, person: int, flow: Flow) -> bool:
    """Recorded as dealing, or wanted."""
    mine = _holders(flow, flow.cluster[person])
    return bool(view.people.dealing[mine].any() or view.facts.fugitive[mine].any())


def _his_sellers(view: GangView, person: int, flow: Flow, lots: list[int]) -> list[int]:
    """Of those who pay him for lots, the ones known to sell, whose main supplier he is. Large sums alone make nobody a seller: a
    debtor pays them too; and a seller pays his lawyer, but his goods come from whom he pays most.
    """
    me = flow.cluster[person]
    return [buyer for buyer in lots if flow.main.get(buyer) == me and _trades(view, buyer, flow)]


def _trades(view: GangView, one: int, flow: Flow) -> bool:
    """Recorded as dealing, or somebody probably buys from him."""
    his = _holders(flow, one)
    return bool(view.people.dealing[his].any()) or any(flow.sold[p] >= SELLS for p in his)


def _holders(flow: Flow, one: int) -> list[int]:
    return [p for p, other in flow.cluster.items() if other == one]


def _unsettled(view: GangView, person: int, flow: Flow, supplies_sellers: bool) -> str:
    """In which way his role is unknown, so that it can be said what would settle it."""
    here = flow.cluster  # links to members alone: others are not told of
    return way(
        person,
        supplies_sellers=supplies_sellers,
        sold=flow.sold[person],
        buys=bool(flow.up[person]) or any(lot.dealer in here for lot in view.lots.get(person, ())),
        tied=any(other in here for _, other, _ in view.ties.get(person, ())),
        same_hand=sum(one == here[person] for one in here.values()) > 1,
        payees=[link for link in view.payees if link.payee in here and link.principal in here],
        runners=[link for link in view.runners if link.runner in here and link.seller in here],
        rings=SELLS,
    )


def _mostly_users(person: int, flow: Flow) -> bool:
    """Most of those he sells to do not sell on: a retailer, who helps other sellers out (串货), and no wholesaler."""
    return sum(flow.down[person].values()) < TO_SELLERS * flow.sold[person]


def _role_of_record(view: GangView, person: int, flow: Flow) -> tuple[str, Reasons]:
    recorded = view.recorded.get(person, set())
    if "carrying" in recorded:
        return "runner", [("recorded", "carrying")]
    if "laundering" in recorded:
        return "payee", [("recorded", "laundering")]
    if recorded & {"dealing", "making"}:  # at which level a large case does not say
        return "retailer" if person in view.street else "unknown", [("recorded", "dealing")]
    lots = [lot for lot in view.lots.get(person, ()) if lot.dealer in flow.cluster]
    if lots:
        most = max(lots, key=lambda lot: (lot.days, -lot.dealer))
        return "unknown", [  # a payee who hands the money on pays in lots too
            ("pays_in_lots", view.facts.person_ids[most.dealer]),
            ("on_days", str(most.days)),
        ]
    return "unknown", _membership_reasons(view, person, flow)


def _membership_reasons(view: GangView, person: int, flow: Flow) -> Reasons:
    """Why somebody without a role stands in the gang: a member he is tied to, or who is probably himself."""
    tied = [(-score, other) for score, other, _ in view.ties.get(person, ()) if other in flow.cluster]
    if tied:
        return [("tied_to", view.facts.person_ids[min(tied)[1]])]
    himself = [
        other for other, one in flow.cluster.items() if one == flow.cluster[person] and other != person
    ]
    return [("same_hand", view.facts.person_ids[min(himself)])] if himself else []
