"""Make one world: run it, write its files, and say what is true of it in the shape the score reads."""

from __future__ import annotations

from pathlib import Path
from random import Random

from backend.demo.truth import CaseTruth, FileTruth, OrganisationTruth, PersonTruth, SupplyTruth, Truth
from benchmarks.accuracy.elsewhere.delivery import Delivery
from benchmarks.accuracy.elsewhere.habits import draw
from benchmarks.accuracy.elsewhere.inquiry import Case, Plan, ask, statements
from benchmarks.accuracy.elsewhere.ordinary import Ordinary
from benchmarks.accuracy.elsewhere.town import Town
from benchmarks.accuracy.elsewhere.trade import Trade

_ROLES = {
    "boss": "organiser",
    "middle": "wholesaler",
    "street": "retailer",
    "carrier": "runner",
    "straw": "payee",
    "customer": "user",
}
_NEAR = 7200


def make(folder: Path, preset: str, seed: int) -> Truth:
    """Write a world under ``folder``; the same arguments give the same rows."""
    rng = Random(f"elsewhere {preset} {seed}")
    town = Town(draw(preset, rng), rng)
    cases = Plan(town).cases
    trade = Trade(town)
    trade.run()
    asked = ask(town, trade, cases, Ordinary(trade))
    statements(town, cases)
    delivery = Delivery(folder, town, trade)
    users = delivery.write(cases, asked)
    supplies = _supplies(trade, delivery)
    return Truth(
        seed=seed,
        preset=preset,
        size=1.0,
        persons=_persons(town, delivery, users),
        organisations=[_organisation(town, k, cases) for k in range(len(town.networks))],
        supplies=supplies,
        cases=[_case(town, case, cases, supplies) for case in cases],
        files=[FileTruth(path, "", 0, 0) for path in sorted(delivery.files)],
        calls=len(delivery.told),
        messages=0,
        payments=len(delivery.paid),
        payments_apart=0,
    )


def _id(number: int) -> str:
    return f"P{number:05d}"


def _persons(town: Town, delivery: Delivery, users: set[int]) -> list[PersonTruth]:
    return [
        PersonTruth(
            _id(p.number),
            p.name,
            p.ident,
            [x.number for x in p.phones],
            [p.wallet, p.card, p.account],
            p.number in delivery.seen,
            p.role == "customer",
            p.number in users,
        )
        for p in town.people
    ]


def _boss(town: Town, k: int) -> str:
    return next(_id(n) for n in town.networks[k] if town.people[n].role == "boss")


def _majors(cases: list[Case], k: int) -> list[str]:
    return [c.number for c in cases if c.network == k and c.kind == "major"]


def _organisation(town: Town, k: int, cases: list[Case]) -> OrganisationTruth:
    members = {_id(n): _ROLES[town.people[n].role] for n in town.networks[k]}
    boss = _boss(town, k)
    straw = town.people[int(boss[1:])].straw
    collector = None if straw is None else _id(straw)
    return OrganisationTruth(f"N{k}", "tree", boss, members, _majors(cases, k), collector)


def _supplies(trade: Trade, delivery: Delivery) -> list[SupplyTruth]:
    talks: dict[frozenset[int], list[int]] = {}
    for k in delivery.told:
        talk = trade.talks[k]
        talks.setdefault(frozenset((talk.a, talk.b)), []).append(talk.at)
    found = {
        pair: SupplyTruth(_id(pair[0]), _id(pair[1]), str(d.first), str(d.last), d.times, d.portions, d.fen)
        for pair, d in trade.deals.items()
    }
    for k in delivery.paid:
        paid = trade.money[k]
        if paid.deal is not None:
            truth = found[paid.deal]
            truth.payments += 1
            truth.own += paid.payee == paid.deal[0]
            truth.near_call += any(abs(at - paid.at) <= _NEAR for at in talks.get(frozenset(paid.deal), ()))
    return [found[pair] for pair in sorted(found)]


def _case(town: Town, case: Case, cases: list[Case], supplies: list[SupplyTruth]) -> CaseTruth:
    suspect = case.parts[0].person
    above = sorted((s for s in supplies if s.buyer == _id(suspect)), key=lambda s: -s.grams)
    main = above[0].supplier if above else None
    straw = town.people[int(main[1:])].straw if main else None
    boss = _boss(town, case.network) if case.network >= 0 else None
    way = _way(_id(suspect), boss, [s for s in supplies if s.shown]) if boss else []
    return CaseTruth(
        case.number,
        case.kind,
        f"N{case.network}" if boss else None,
        _id(suspect),
        main,
        [s.supplier for s in above],
        _id(straw) if straw is not None else None,
        boss,
        [n for n in _majors(cases, case.network) if n != case.number] if boss else [],
        len(way) > 1,
        way,
        [_id(part.person) for part in case.parts[1:]],
    )


def _way(start: str, goal: str, hops: list[SupplyTruth]) -> list[str]:
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for hop in hops:
            if hop.buyer == way[-1] and hop.supplier not in seen:
                seen.add(hop.supplier)
                ways.append([*way, hop.supplier])
    return []
