"""A district of another maker: quarterly counts, noise of half a per cent a row, one certificate per lot, busy dealers.

Nothing of it is shared with the demo's maker; the figures are those the district is held to.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

import pytest

from backend.scoring.chemicals import score
from tests.backend.district.chemical_books import Books

FIRST = dt.date(2023, 1, 1)
GOODS = ("甲苯", "硫酸", "丙酮", "盐酸", "高锰酸钾", "乙醚")
QUARTERS = 8


@dataclass
class Elsewhere:
    """Rows of two years, and what was planted."""

    rng: Random
    made: Books = field(default_factory=Books)
    planted: list[dict[str, object]] = field(default_factory=list)
    firms: int = 0
    papers: int = 0

    def firm(self, **more: object) -> str:
        self.firms += 1
        own: dict[str, object] = {"legal_ids": (f"L{self.firms}",), "address": f"他州市{self.firms}号"}
        self.made.firm(f"F{self.firms}", **(own | more))
        return f"F{self.firms}"

    def paper(
        self, holder: str, kilos: float, day: int, chemical: str, kind: str = "购买", days: int = 60
    ) -> str:
        self.papers += 1
        self.made.permit(f"N{self.papers}", holder, kilos, on(day - 5), on(day + days), chemical, kind)
        return f"N{self.papers}"

    def sale(
        self,
        buyer: str,
        seller: str,
        kilos: float,
        day: int,
        chemical: str,
        paper: str,
        lost: float = 0.15,
        plate: str = "",
    ) -> None:
        """Both rows with half a per cent of noise and up to six days apart; some rows are lost."""
        sides = self.rng.choices((("购", "销"), ("购",), ("销",)), (1 - lost, lost / 2, lost / 2))[0]
        for side in sides:
            when = day if side == "购" else max(0, day - self.rng.randrange(6))
            weight = kilos * (1 + max(-0.009, min(0.009, self.rng.gauss(0, 0.004))))
            self.made.trade(
                buyer, seller, weight, on(when), chemical, direction=side, permit=paper, plate=plate
            )

    def works(
        self, dealer: str, chemical: str, quarterly: float, stolen: dict[int, float], over: bool = False
    ) -> str:
        """A works with a count each quarter and one withdrawal a month."""
        firm, stock = self.firm(), quarterly * 0.3
        self.made.count(firm, stock, on(0), chemical)
        for quarter in range(QUARTERS):
            base = quarter * 91
            for n in range(3):
                lot, day = quarterly / 3 * self.rng.uniform(0.6, 1.4), base + 12 + 28 * n
                over_now = over and quarter == 4 and n == 1
                self.sale(
                    firm,
                    dealer,
                    lot,
                    day,
                    chemical,
                    self.paper(firm, lot * (0.8 if over_now else 1.0), day, chemical),
                )
                stock += lot
                used = stock * self.rng.uniform(0.5, 0.8)
                stock -= used
                self.made.use(firm, used * (1 + self.rng.gauss(0, 0.003)), on(day + 9), chemical=chemical)
            stock -= quarterly * stolen.get(quarter, 0.0)
            self.made.count(firm, stock * (1 + self.rng.gauss(0, 0.003)), on(base + 91), chemical)
        return firm

    def plant(self, kind: str, *firms: str) -> None:
        self.planted.append({"kind": kind, "firms": list(firms)})


def on(day: int) -> str:
    return (FIRST + dt.timedelta(days=day)).isoformat()


def district(seed: int) -> Elsewhere:
    """Clean works, small workshops and dealers; five faults of each kind among them."""
    town = Elsewhere(Random(f"elsewhere/{seed}"))
    rng = town.rng
    dealers = [town.firm() for _ in range(6)]
    for dealer in dealers:
        for chemical in GOODS:
            town.paper(dealer, 10**6, 0, chemical, "经营", 900)
    for _ in range(60):
        town.works(rng.choice(dealers), rng.choice(GOODS), rng.choice((90, 900, 9000)), {})
    for _ in range(60):
        _workshop(town, dealers)
    for _ in range(5):
        thief = {rng.randrange(1, QUARTERS): rng.uniform(0.1, 0.3)}
        town.plant(
            "balance", town.works(rng.choice(dealers), rng.choice(GOODS), rng.choice((900, 9000)), thief)
        )
        drops = dict.fromkeys(range(QUARTERS), 0.022)
        town.plant("balance", town.works(rng.choice(dealers), rng.choice(GOODS), 3000, drops))
        town.plant("permit", town.works(rng.choice(dealers), rng.choice(GOODS), 900, {}, over=True))
        _borrower(town, dealers)
        _shells(town, dealers)
        _resellers(town, dealers)
    _dealers_stock(town, dealers)
    return town


def _workshop(town: Elsewhere, dealers: list[str]) -> None:
    """Buys little, now and then, and uses it; shares a lorry with whoever the dealer serves that day."""
    firm, chemical, dealer = town.firm(), town.rng.choice(GOODS), town.rng.choice(dealers)
    for n in range(4):
        day, kilos = 40 + 170 * n + town.rng.randrange(90), town.rng.uniform(5, 200)
        plate = f"{dealer}-{day % 3}"
        town.sale(firm, dealer, kilos, day, chemical, town.paper(firm, kilos, day, chemical), plate=plate)
        town.made.use(firm, kilos * 0.9, on(day + 20), chemical=chemical)


def _borrower(town: Elsewhere, dealers: list[str]) -> None:
    owner, borrower, day = town.firm(), town.firm(), town.rng.randrange(60, 600)
    town.sale(borrower, town.rng.choice(dealers), 300, day, "甲苯", town.paper(owner, 500, day, "甲苯"))
    town.made.use(borrower, 250, on(day + 9), chemical="甲苯")
    town.plant("permit", borrower)


def _shells(town: Elsewhere, dealers: list[str]) -> None:
    tie: dict[str, object] = town.rng.choice(
        ({"phones": (f"1{town.firms}",)}, {"address": f"虚巷{town.firms}号"})
    )
    shells = [town.firm(**tie) for _ in range(town.rng.randrange(3, 6))]
    for shell in shells:
        day, kilos = 300 + town.rng.randrange(28), town.rng.uniform(41, 58)
        town.sale(shell, town.rng.choice(dealers), kilos, day, "盐酸", town.paper(shell, 60, day, "盐酸"))
    town.plant("split", *shells)


def _resellers(town: Elsewhere, dealers: list[str]) -> None:
    chain, day, kilos = (
        [town.firm() for _ in range(3)],
        town.rng.randrange(100, 600),
        town.rng.uniform(150, 4000),
    )
    for seller, buyer in ((town.rng.choice(dealers), chain[0]), (chain[0], chain[1]), (chain[1], chain[2])):
        if seller in chain:
            town.paper(seller, 10**6, 0, "硫酸", "经营", 900)
        town.sale(buyer, seller, kilos, day, "硫酸", town.paper(buyer, kilos * 1.05, day, "硫酸"), 0.3)
        day, kilos = day + town.rng.randrange(3, 12), kilos * town.rng.uniform(0.7, 1)
    town.plant("path", *chain)


def _dealers_stock(town: Elsewhere, dealers: list[str]) -> None:
    """Dealers buy by the tanker from elsewhere and sell on to one another when one has run dry."""
    for n, dealer in enumerate(dealers):
        for chemical in GOODS:
            for quarter in range(QUARTERS):
                day, kilos = quarter * 91 + 3 + n, town.rng.uniform(20_000, 60_000)
                town.sale(dealer, "X1", kilos, day, chemical, town.paper(dealer, kilos, day, chemical))
                if town.rng.random() < 0.3:
                    other, part = dealers[(n + 1) % len(dealers)], kilos * town.rng.uniform(0.05, 0.6)
                    town.sale(other, dealer, part, day + 8, chemical, town.paper(other, part, day, chemical))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_districts_faults_are_found_and_its_clean_firms_left_alone(seed: int) -> None:
    """Trap: rules that fit the maker they were built on: monthly counts, little noise, dealers without dealings."""
    town = district(seed)
    found = town.made.judged("2024-12-31")
    items = [{"kind": each.kind, "company": each.company} for each in found]
    figures = score(items, {"planted": town.planted})
    told = [(each.kind, each.company, each.chemical, each.mg, each.path) for each in found]
    for kind in ("balance", "permit", "split", "path"):
        assert figures.recall(kind) >= 0.9, (kind, figures, told)
    assert figures.false_share <= 0.1, told
