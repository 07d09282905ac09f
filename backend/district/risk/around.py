"""Firm facts from its surroundings: peers, an idle plant that was let, chemicals bought and not accounted for."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from backend.district.risk.measure import modified_z, month_end, months_before, relative
from backend.district.risk.net import Net
from backend.district.risk.told import Deal, District, Fact, Firm, FirmTie, StockMove
from backend.district.risk.usage import MEASURES, explained, looked_at, rows, series

LEASE = ("承租", "出租", "租赁")
RETURNED, COUNTED = "退库", "counted"
WEIGHED = 0.005
"""Standard uncertainty of a weighing, as share of the mass (district reference C3)."""
MG = 1_000_000


def size_class(employees: int | None) -> str | None:
    """Size by staff as in the classing of 2011: 300 and 1,000 part small, medium, large; below 20 is micro."""
    if employees is None:
        return None
    return "微" if employees < 20 else "小" if employees < 300 else "中" if employees < 1000 else "大"


def peers_of(firms: Sequence[Firm], least: int) -> dict[str, tuple[list[str], str]]:
    """Peers of each firm and what makes them peers: industry × size, else the park, else none."""
    trade: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    park: dict[str | None, list[str]] = defaultdict(list)
    for firm in firms:
        trade[firm.industry, size_class(firm.employees)].append(firm.uscc)
        park[firm.park].append(firm.uscc)
    found = {}
    for firm in firms:
        same = trade[firm.industry, size_class(firm.employees)] if firm.industry else []
        near = park[firm.park] if firm.park else []
        for members, way in ((same, "industry"), (near, "park"), ([], "none")):
            others = [uscc for uscc in members if uscc != firm.uscc]
            if len(others) >= least or way == "none":
                found[firm.uscc] = (others, way)
                break
    return found


def against_peers(firms: Sequence[Firm], on: dt.date, net: Net) -> dict[str, list[Fact]]:
    """Months in which a firm departs from its usual while its peers do not: a season of the trade is no anomaly."""
    least, limit = net.whole("least_months"), net.threshold("peers")
    groups = peers_of(firms, net.whole("peers_least"))
    found: dict[str, list[Fact]] = defaultdict(list)
    for measure, (zh, en, _) in MEASURES.items():
        usual = {firm.uscc: relative(series(firm, measure), least) for firm in firms}
        for firm in firms:
            peers, way = groups[firm.uscc]
            scores: dict[dt.date, tuple[float, int]] = {}
            for day in looked_at(firm, usual[firm.uscc], on, net):
                others = [usual[peer][day] for peer in peers if day in usual[peer]]
                if len(others) >= net.whole("peers_least"):
                    z = modified_z(usual[firm.uscc][day], others, 0.0, net.threshold("floor"))
                    scores[day] = (z, len(others))
            days = [day for day, (z, _) in scores.items() if z > limit and not explained(firm, measure, day)]
            if len(days) < 2:  # one month apart from the others is a meter read late
                continue
            top = max(days, key=lambda day: scores[day])
            z, n = scores[top]
            words = {
                "industry": ("同行业同规模", "of its industry and size"),
                "park": ("同园区", "of its park"),
            }
            found[firm.uscc].append(
                Fact(
                    "peers",
                    net.group("peers"),
                    round(z, 2),
                    limit,
                    "z",
                    f"{zh}变化不同于{words[way][0]} {n} 家企业：{len(days)} 个月",
                    f"{en} moved unlike that of {n} firms {words[way][1]} in {len(days)} months",
                    min(days),
                    month_end(max(days)),
                    net.weight("peers"),
                    rows(firm, days),
                )
            )
    return found


def let_idle(firm: Firm, ties: Sequence[FirmTie], on: dt.date, net: Net) -> list[Fact]:
    """A plant let within half a year, without staff, that uses several times what it used while idle."""
    staffed = any(tie.role == "员工" for tie in ties) or (firm.employees or 0) > net.whole("staff_most")
    lets = [tie for tie in ties if any(word in tie.role for word in LEASE) and tie.first]
    if staffed or not lets:
        return []
    for tie in sorted(lets, key=lambda each: (each.first or on, each.ident), reverse=True):
        fact = _after_let(firm, tie, on, net)
        if fact:
            return [fact]
    return []


def _after_let(firm: Firm, tie: FirmTie, on: dt.date, net: Net) -> Fact | None:
    let = tie.first or on
    times, least = net.threshold("let_idle"), net.whole("let_months")
    until = let + dt.timedelta(days=net.whole("let_within"))
    for measure, (zh, en, unit) in MEASURES.items():
        told = series(firm, measure)
        before = [value for day, value in told.items() if months_before(let, 12) <= day < let.replace(day=1)]
        if len(before) < 3:
            continue
        level = max(median(before), 1.0)
        days = [day for day in looked_at(firm, told, on, net) if let.replace(day=1) <= day <= until]
        high = [day for day in days if told[day] > times * level]
        if len(high) >= least:
            value = median(told[day] for day in high) / level
            return Fact(
                "let_idle",
                net.group("let_idle"),
                round(value, 2),
                times,
                "倍",
                f"{let} 出租后无员工，{zh}为此前 {value:.1f} 倍（此前 {level:g} {unit}）",
                f"let on {let}, no staff, {en} {value:.1f} times what it was ({level:g} {unit})",
                let,
                month_end(max(high)),
                net.weight("let_idle"),
                (*tie.evidence, *rows(firm, high)),
            )
    return None


def purchases(district: District, net: Net) -> dict[str, list[Fact]]:
    """Chemicals a firm took in and can show neither as used, nor sold, nor in stock."""
    deals: dict[tuple[str, str], list[tuple[Deal, int]]] = defaultdict(list)
    for deal in district.deals:
        deals[deal.buyer, deal.chemical].append((deal, 1))
        if deal.seller:
            deals[deal.seller, deal.chemical].append((deal, -1))
    moves: dict[tuple[str, str], list[StockMove]] = defaultdict(list)
    for move in district.moves:
        moves[move.uscc, move.chemical].append(move)
    found: dict[str, list[Fact]] = defaultdict(list)
    for (uscc, chemical), told in deals.items():
        fact = balance(chemical, told, moves[uscc, chemical], net, district.capacity)
        if fact:
            found[uscc].append(fact)
    return found


def balance(
    chemical: str,
    deals: Sequence[tuple[Deal, int]],
    moves: Sequence[StockMove],
    net: Net,
    capacity: Mapping[str, float],
) -> Fact | None:
    """Bought − sold − used − change of stock up to the last count; None where the books do not let one tell."""
    counts = sorted((m for m in moves if m.what == COUNTED), key=lambda m: m.day)
    drawn = [m for m in moves if m.what != COUNTED]
    if not counts or not drawn:
        return None
    last = counts[-1]
    opening = counts[0] if len(counts) > 1 else None
    start = opening.day if opening else dt.date.min
    inside = [(deal, sign) for deal, sign in deals if start < deal.day <= last.day]
    used = [
        (-m.milligrams if RETURNED in m.what else m.milligrams, m) for m in drawn if start < m.day <= last.day
    ]
    masses = [deal.milligrams * sign for deal, sign in inside]
    bought = sum(mass for mass in masses if mass > 0)
    gap = (
        (opening.milligrams if opening else 0) + sum(masses) - sum(mass for mass, _ in used) - last.milligrams
    )
    weighed = [*masses, *(mass for mass, _ in used), last.milligrams, opening.milligrams if opening else 0]
    sigma = WEIGHED * math.sqrt(sum(mass * mass for mass in weighed))
    limit = net.threshold("purchases")
    if bought <= 0 or gap <= max(limit * sigma, 0.02 * bought):
        return None
    could = capacity.get(chemical)
    tail = (
        (f"，约合产品 {gap / MG / could:.0f} kg", f", enough for {gap / MG / could:.0f} kg")
        if could
        else ("", "")
    )
    days = [deal.day for deal, _ in inside]
    return Fact(
        "purchases",
        net.group("purchases"),
        round(gap / sigma, 2),
        limit,
        "σ",
        f"{chemical}购进减领用、售出和库存，余 {gap / MG:.1f} kg 无去向{tail[0]}",
        f"{gap / MG:.1f} kg of {chemical} bought is neither used, sold nor in stock{tail[1]}",
        min(days),
        max(*days, last.day),
        net.weight("purchases"),
        tuple(row for deal, _ in inside for row in deal.evidence) + last.evidence,
    )
