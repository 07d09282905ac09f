"""Make an invented district: simulate it, write its files, and say what is true of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from random import Random

from backend.demo.behaviour import PRESETS
from backend.demo.files.around import write_surroundings
from backend.demo.files.bank import write_banks
from backend.demo.files.calls import write_calls
from backend.demo.files.desk import Desk, stamp
from backend.demo.files.registers import write_registers
from backend.demo.files.squad import write_squad_tables
from backend.demo.files.tenpay import write_wallets
from backend.demo.invented import Inventor
from backend.demo.life import Life
from backend.demo.market import Market
from backend.demo.nouns.care import write_care
from backend.demo.nouns.chemicals import write_chemicals
from backend.demo.nouns.clues import write_clues
from backend.demo.nouns.drivers import write_drivers
from backend.demo.nouns.risk import write_risk
from backend.demo.nouns.tasks import write_tasks
from backend.demo.nouns.water import write_water
from backend.demo.organisations import found_organisations
from backend.demo.people import populate
from backend.demo.police import Case, Police
from backend.demo.returns import Inquiry
from backend.demo.settlement import Books
from backend.demo.truth import CaseTruth, NounTruth, OrganisationTruth, PersonTruth, SupplyTruth, Truth
from backend.demo.world import World

NOUNS: dict[str, Callable[[Desk], NounTruth]] = {
    "care": write_care,
    "clues": write_clues,
    "risk": write_risk,
    "chemicals": write_chemicals,
    "drivers": write_drivers,
    "water": write_water,
    "tasks": write_tasks,
}
"""What writes the tables of each noun and returns its truth."""
_NEAR = 2 * 3600  # seconds between a payment and a call that belong together


def generate(folder: Path, seed: int = 7, preset: str = "base", size: float = 1.0) -> Truth:
    """Write a district's files under ``folder`` and return its truth (``KeyError`` for an unknown preset).

    The same arguments give the same bytes. ``size`` scales people, organisations and with them the files.
    """
    world = World(PRESETS[preset], seed, size, Inventor(Random(f"{seed}/{preset}/identifiers")))
    populate(world)
    found_organisations(world)
    cases = Police(world, Market(world)).run()
    asked = Inquiry(world, cases, Life(world)).run()
    world.calls = [c for c in world.calls if all(c.at < world.gone(p) for p in (c.a, c.b) if p >= 0)]
    world.payments = [p for p in world.payments if p.at < min(world.gone(p.payer), world.gone(p.payee))]
    books = Books(world, asked)
    books.settle()
    desk = Desk(folder, world, cases, asked, books)
    write_wallets(desk)
    write_banks(desk)
    write_calls(desk)
    registered = write_squad_tables(desk)
    write_surroundings(desk)
    write_registers(desk, registered)
    nouns = {name: write(desk) for name, write in NOUNS.items()}
    truth = _truth(desk, registered)
    truth.nouns = nouns
    return truth


def _pid(person: int) -> str:
    return f"P{person:05d}"


def _truth(desk: Desk, registered: set[int]) -> Truth:
    world, cases = desk.world, desk.cases
    supplies = _supplies(desk)
    calls = [world.calls[k] for k in desk.calls_seen]
    wanted = {s.person for c in cases for s in c.suspects if s.measure == "网上追逃"}
    persons = [
        PersonTruth(
            id=_pid(k),
            name=p.name,
            resident_id=p.resident_id,
            phones=[phone.number for phone in p.phones],
            accounts=[p.wallet, p.alipay, *(n for card in p.cards for n in (card.number, card.account))],
            visible=k in desk.persons_seen,
            uses=p.uses,
            registered_user=k in registered,
            wanted=k in wanted,
        )
        for k, p in enumerate(world.people)
    ]
    return Truth(
        seed=world.seed,
        preset=world.behaviour.name,
        size=world.size,
        persons=persons,
        organisations=[_organisation(desk, k) for k in range(len(world.orgs))],
        supplies=supplies,
        cases=[_case(desk, case, supplies) for case in cases],
        files=sorted(desk.files, key=lambda f: f.path),
        calls=sum(not c.text for c in calls),
        messages=sum(c.text for c in calls),
        payments=len(desk.payments_seen),
        payments_apart=desk.apart(),
    )


def _majors(desk: Desk, org: int) -> list[str]:
    return [c.number for c in desk.cases if c.kind == "major" and c.org == org]


def _organisation(desk: Desk, k: int) -> OrganisationTruth:
    org = desk.world.orgs[k]
    members = {_pid(pid): role for pid, role in sorted(org.members.items())}
    organiser = org.of("organiser")[0]
    collector = desk.world.dealers[organiser].collector
    return OrganisationTruth(
        f"O{k + 1}",
        org.shape,
        _pid(organiser),
        members,
        _majors(desk, k),
        None if collector is None else _pid(collector),
    )


def _supplies(desk: Desk) -> list[SupplyTruth]:
    world = desk.world
    talks: dict[tuple[int, int], list[int]] = {}
    for k in sorted(desk.calls_seen):
        call = world.calls[k]
        if call.a >= 0 and call.b >= 0:
            talks.setdefault((min(call.a, call.b), max(call.a, call.b)), []).append(call.at)
    for times in talks.values():
        times.sort()
    edges = {
        (a, b): SupplyTruth(
            _pid(a), _pid(b), stamp(s.first), stamp(s.last), s.deals, round(s.grams, 2), s.fen
        )
        for (a, b), s in world.supply.items()
    }
    for k in sorted(desk.payments_seen):
        payment = world.payments[k]
        if payment.edge is None:
            continue
        truth = edges[payment.edge]
        truth.payments += 1
        truth.own += payment.payee == payment.edge[0]
        times = talks.get((min(payment.edge), max(payment.edge)), [])
        i = bisect_left(times, payment.at - _NEAR)
        truth.near_call += i < len(times) and times[i] <= payment.at + _NEAR
    return [edges[edge] for edge in sorted(edges)]


def _case(desk: Desk, case: Case, supplies: list[SupplyTruth]) -> CaseTruth:
    world = desk.world
    suspect = case.suspects[0].person
    above = sorted((s for s in supplies if s.buyer == _pid(suspect)), key=lambda s: (-s.grams, s.supplier))
    payee = None
    if above:
        dealer = world.dealers[int(above[0].supplier[1:])]
        payee = _pid(dealer.collector) if dealer.collector is not None else None
    organiser = _pid(world.orgs[case.org].of("organiser")[0]) if case.org is not None else None
    path = _shown_path(_pid(suspect), organiser, supplies) if organiser else []
    return CaseTruth(
        case_no=case.number,
        kind=case.kind,
        organisation=f"O{case.org + 1}" if case.org is not None else None,
        suspect=_pid(suspect),
        supplier=above[0].supplier if above else None,
        suppliers=[s.supplier for s in above],
        payee=payee,
        organiser=organiser,
        major_cases=[n for n in _majors(desk, case.org) if n != case.number] if case.org is not None else [],
        shown=bool(path) and len(path) > 1,
        path=path,
        others=[_pid(s.person) for s in case.suspects[1:] if s.part != "证人"],
    )


def _shown_path(start: str, goal: str, supplies: list[SupplyTruth]) -> list[str]:
    """Shortest way up to the organiser over hops the data can show; empty where there is none."""
    above: dict[str, list[str]] = {}
    for s in supplies:
        if s.shown:
            above.setdefault(s.buyer, []).append(s.supplier)
    ways = [[start]]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        for supplier in above.get(way[-1], []):
            if supplier not in seen:
                seen.add(supplier)
                ways.append([*way, supplier])
    return []
