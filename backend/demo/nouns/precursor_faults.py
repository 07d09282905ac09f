"""What is planted among the firms, and what of ordinary life looks like it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from backend.demo.nouns.precursor_town import SOLVENTS, ChemicalStock, Town, Works, month_end, on, run


@dataclass
class PlantedFault:
    """A planted fault: its kind, every firm that takes part, the chemical."""

    kind: str
    firms: list[str]
    chemical: str


def faults(town: Town, users: list[Works], dealers: list[Works], size: float) -> list[PlantedFault]:
    """Plant every kind; ``users`` lose those that are used up here, the rest live on as they should."""
    n = max(2, round(3 * size))
    return [
        *_stolen(town, users, dealers, n),
        *_papers(town, users, dealers, n),
        *_split(town, dealers, n),
        *_chains(town, dealers, n),
        *_filing(town, users, dealers, n),
        *_equipment(town, users, n),
    ]


def _plant(town: Town, users: list[Works], dealers: list[Works], **more: object) -> ChemicalStock:
    rng = town.rng
    chemical = rng.choice(SOLVENTS[:4])
    plant = ChemicalStock(users.pop(), rng.choice(dealers), chemical, rng.uniform(500, 3000), **more)  # type: ignore[arg-type]
    town.licence(plant.dealer, chemical)
    run(town, plant)
    return plant


def _stolen(town: Town, users: list[Works], dealers: list[Works], n: int) -> list[PlantedFault]:
    rng = town.rng
    once = [
        _plant(town, users, dealers, stolen={rng.randrange(2, 10): rng.uniform(0.08, 0.3)}) for _ in range(n)
    ]
    drops = [
        _plant(town, users, dealers, stolen=dict.fromkeys(range(10), rng.uniform(0.013, 0.016)))
        for _ in range(n)
    ]
    return [PlantedFault("balance", [each.firm.code], each.chemical) for each in (*once, *drops)]


def _papers(town: Town, users: list[Works], dealers: list[Works], n: int) -> list[PlantedFault]:
    rng, found = town.rng, []
    for _ in range(n):
        found.append(_plant(town, users, dealers, over=rng.uniform(1.1, 1.6)))
        old = town.certificate(users[-1].code, "丙酮", 90_000, -400, rng.randrange(20, 40))
        expired = ChemicalStock(
            users.pop(), rng.choice(dealers), "丙酮", 900, paper=old, paper_from=rng.randrange(3, 7)
        )
        town.licence(expired.dealer, "丙酮")
        run(town, expired)
        lent = town.certificate(rng.choice(users[:5]).code, "甲苯", 90_000, -10, 400)
        borrowed = ChemicalStock(
            users.pop(), rng.choice(dealers), "甲苯", 900, paper=lent, paper_from=rng.randrange(3, 9)
        )
        town.licence(borrowed.dealer, "甲苯")
        run(town, borrowed)
        found += [expired, borrowed]
    return [PlantedFault("permit", [each.firm.code], each.chemical) for each in found]


def _split(town: Town, dealers: list[Works], n: int) -> list[PlantedFault]:
    """Three shells of one person (or phone), each buying below 60 % of the least quantity, together above it."""
    rng, found = town.rng, []
    for k in range(n):
        legal, phone = town.person(), town.invent.phone()
        shells = [town.works("商贸", legal if k % 2 == 0 else None) for _ in range(3)]
        if k % 2:
            for row in town.tables["companies"].rows[-3:]:
                row.cells[-1] = phone
        day, dealer = rng.randrange(40, 250), rng.choice(dealers)
        town.licence(dealer, "丙酮")
        for shell in shells:
            amount, when = rng.uniform(38, 57), day + rng.randrange(25)
            paper = town.certificate(shell.code, "丙酮", 60, when - 5, when + 60)
            town.delivery(shell.code, dealer.code, "丙酮", amount, when, paper, plate=dealer.plates[0])
        found.append(PlantedFault("split", [shell.code for shell in shells], "丙酮"))
    return found


def _chains(town: Town, dealers: list[Works], n: int) -> list[PlantedFault]:
    """A lot that passes through two firms within a month to one that does nothing with it."""
    rng, found = town.rng, []
    for _ in range(n):
        chemical, source = rng.choice(("醋酸酐", "甲苯", "丙酮")), rng.choice(dealers)
        chain = [source, *(town.works("商贸") for _ in range(3))]
        day, amount = rng.randrange(40, 240), rng.uniform(300, 900)
        for seller, buyer in pairwise(chain):
            town.licence(seller, chemical)
            paper = town.certificate(buyer.code, chemical, amount * 1.1, day - 9, day + 90)
            town.delivery(
                buyer.code, seller.code, chemical, amount, day, paper, plate=town.invent.plate(), use="经营"
            )
            amount, day = amount * rng.uniform(0.9, 1.0), day + rng.randrange(5, 13)
        found.append(PlantedFault("path", [firm.code for firm in chain[1:]], chemical))
    return found


def _filing(town: Town, users: list[Works], dealers: list[Works], n: int) -> list[PlantedFault]:
    rng, found = town.rng, []
    for _ in range(n):
        buyer, dealer = users.pop(), rng.choice(dealers)
        town.licence(dealer, "硫酸")
        for _ in range(3):
            town.delivery(buyer.code, dealer.code, "硫酸", rng.uniform(100, 900), rng.randrange(20, 290))
        town.use(buyer.code, "硫酸", 100, 295)
        found.append(PlantedFault("unfiled", [buyer.code], "硫酸"))
        seller, user = town.works("商贸"), users.pop()
        paper = town.certificate(user.code, "哌啶", 900, 0, 300)
        town.delivery(user.code, seller.code, "哌啶", rng.uniform(100, 600), rng.randrange(20, 280), paper)
        town.use(user.code, "哌啶", 100, 295)
        found.append(PlantedFault("unlicensed", [seller.code], "哌啶"))
    late = users.pop()
    dealer = rng.choice(dealers)
    town.licence(dealer, "4-哌啶酮")
    town.delivery(late.code, dealer.code, "4-哌啶酮", 20, 266)  # 2025-07-25, listed since 07-20
    town.use(late.code, "4-哌啶酮", 5, 290)
    return [*found, PlantedFault("unfiled", [late.code], "4-哌啶酮")]


def _equipment(town: Town, users: list[Works], n: int) -> list[PlantedFault]:
    rng, table, found = town.rng, town.tables["equipment"], []
    for k, firm in enumerate(users[: 10 + n]):
        since = rng.randrange(20, 250)
        day, soon = on(since), on(since + rng.randrange(1, 4))
        told = "" if k < n else soon
        status = rng.choice(("出租", "转让")) if k < n + 5 else "在用"
        other = users[k + 1].code if k < n + 5 else ""
        kind, volume = rng.choice(("反应釜", "离心机", "压片机")), str(rng.randrange(50, 3000))
        table.add(f"SB{k + 1:04d}", firm.code, kind, volume, status, day, other, told if other else "")
        if k < n:
            found.append(PlantedFault("equipment", [firm.code], ""))
    return found


def look_alikes(town: Town, users: list[Works], dealers: list[Works], size: float) -> None:
    """Ordinary life that a careless rule would tell of."""
    n = max(2, round(3 * size))
    for _ in range(n):
        _plant(town, users, dealers, estimated=True)
        plant = ChemicalStock(users.pop(), town.rng.choice(dealers), "乙醚", 700, litres=1 / 0.713)
        town.licence(plant.dealer, "乙醚")
        run(town, plant)
        _group(town, dealers)
    _agency(town, dealers)
    _school(town, dealers)
    early, dealer = users.pop(), town.rng.choice(dealers)
    town.licence(dealer, "4-哌啶酮")
    town.delivery(early.code, dealer.code, "4-哌啶酮", 20, 251)  # 2025-07-10, not yet listed
    town.use(early.code, "4-哌啶酮", 5, 280)


def _group(town: Town, dealers: list[Works]) -> None:
    """A mother buys for two daughters: goods within the group, no certificate, each uses its part."""
    rng, legal = town.rng, town.person()
    mother, *daughters = (town.works("化工", legal) for _ in range(3))
    dealer = rng.choice(dealers)
    town.licence(dealer, "盐酸")
    for month in range(10):
        day = month_end(month) - 20
        paper = town.certificate(mother.code, "盐酸", 4000, day - 5, day + 60)
        town.delivery(mother.code, dealer.code, "盐酸", 3000, day, paper, plate=dealer.plates[0])
        for daughter in daughters:
            town.delivery(daughter.code, mother.code, "盐酸", 900, day + 4, use="集团内调拨")
            town.use(daughter.code, "盐酸", 880, day + 12)
        town.use(mother.code, "盐酸", 1000, day + 9)


def _agency(town: Town, dealers: list[Works]) -> None:
    """An agency files for two dozen laboratories that know nothing of each other."""
    rng, agent = town.rng, town.person()
    dealer = dealers[0]
    town.licence(dealer, "丙酮")
    for _ in range(24):
        lab = town.works("实验室")
        town.tables["company_ties"].add(lab.code, agent[1], agent[0], "代办", "2024-01-01", "")
        for _ in range(2):
            day = rng.randrange(20, 280)
            paper = town.certificate(lab.code, "丙酮", 60, day - 8, day + 60)
            town.delivery(
                lab.code,
                dealer.code,
                "丙酮",
                rng.uniform(10, 30),
                day,
                paper,
                plate=dealer.plates[1],
                agent=agent,
            )
        town.use(lab.code, "丙酮", 15, 290)


def _school(town: Town, dealers: list[Works]) -> None:
    """A laboratory's own use of 高锰酸钾, a few kilograms at a time, needs no certificate."""
    lab, dealer = town.works("实验室"), dealers[1]
    town.licence(dealer, "高锰酸钾")
    for month in range(0, 10, 2):
        town.delivery(lab.code, dealer.code, "高锰酸钾", 4, month_end(month) - 8)
    town.use(lab.code, "高锰酸钾", 3, 290)
