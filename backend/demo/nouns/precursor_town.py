"""Firms of a district that deal with precursors, and their ordinary life: supply, use, counts, certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from backend.demo.files import headings
from backend.demo.files.registers import uscc
from backend.demo.files.tabular import SourceTable
from backend.demo.invented import Inventor
from backend.demo.world import DAYS, START

PARKS = 16
FIRST = START.date()
MONTHS = tuple(range(10))
SOLVENTS = ("丙酮", "甲苯", "盐酸", "硫酸", "乙醚", "醋酸酐", "三氯甲烷", "丁酮")
ALSO = {"醋酸酐": "乙酸酐", "盐酸": "氢氯酸", "三氯甲烷": "氯仿", "丁酮": "甲基乙基酮"}
"""What the other side calls the same chemical."""
_SURNAMES = ("司徒", "公冶", "濮阳", "太叔", "钟离", "宇文", "闾丘", "端木", "巫马", "公良", "谷梁", "百里")
_GIVEN = "安宁远山川林松柏竹梅石云风雨星明清和平顺成文"


def on(day: int) -> str:
    """A day of the simulation as a cell; never after its end."""
    return (FIRST + timedelta(days=min(day, DAYS - 1))).isoformat()


def month_end(month: int) -> int:
    """The last day of a month since the start, counted in days."""
    index = FIRST.month - 1 + month + 1
    return (date(FIRST.year + index // 12, index % 12 + 1, 1) - FIRST).days - 1


def kilos(amount: float) -> str:
    return f"{amount:.1f}"


@dataclass
class Works:
    """One firm."""

    code: str
    name: str
    park: int
    address: str
    legal: tuple[str, str]
    phone: str
    trade: str
    plates: list[str] = field(default_factory=list)


class Town:
    """Collects the rows of all tables; every random number comes from its own stream."""

    def __init__(self, rng: Random, first: int = 1) -> None:
        self.rng, self.invent = rng, Inventor(rng)
        self._next, self._papers = first, 0
        self.firms: list[Works] = []
        self.tables = {
            "companies": SourceTable("companies", headings.PRECURSOR_FIRMS),
            "chemical_trades": SourceTable("chemical_trades", headings.PRECURSOR_TRADES),
            "withdrawals": SourceTable("withdrawals", headings.WITHDRAWALS),
            "stocktakes": SourceTable("stocktakes", headings.STOCKTAKES),
            "permits": SourceTable("permits", headings.PERMITS),
            "equipment": SourceTable("equipment", headings.EQUIPMENT),
            "company_ties": SourceTable("company_ties", headings.FIRM_TIES),
        }
        self.hauliers = [self.invent.plate() for _ in range(3)]

    def code(self) -> str:
        """A fresh code of a firm, in the table 企业 or not."""
        self._next += 1
        return uscc(f"91990102MA{self._next:07d}")

    def person(self) -> tuple[str, str]:
        """Name and resident id of somebody nobody else of the demo is."""
        rng = self.rng
        name = rng.choice(_SURNAMES) + "商" + rng.choice(_GIVEN)
        return name, self.invent.resident_id(self.invent.born(28, 65), rng.random() < 0.7)

    def works(self, trade: str, legal: tuple[str, str] | None = None) -> Works:
        """A new firm of the table 企业."""
        rng, n = self.rng, len(self.firms) + 1
        park = rng.randrange(PARKS) + 1
        firm = Works(
            self.code(),
            f"例溪示例{trade}{n}号",
            park,
            f"例溪区示例{park}号园区{n}号",
            legal or self.person(),
            self.invent.phone(),
            trade,
        )
        if trade == "商贸":
            firm.plates = [self.invent.plate() for _ in range(2)]
        self.firms.append(firm)
        self.tables["companies"].add(
            *(firm.name, firm.code, f"示例{park}号园区", trade, firm.address, *firm.legal, "第三类"),
            *(
                str(rng.randrange(5, 300)),
                rng.choice(("一般", "关注", "重点")),
                on(-rng.randrange(400, 6000)),
                firm.phone,
            ),
        )
        return firm

    def certificate(
        self, holder: str, chemical: str, amount: float, first: int, last: int, kind: str = "购买备案"
    ) -> str:
        """A certificate of the table 许可备案; its number."""
        self._papers += 1
        number = f"LX{self._papers:06d}"
        end = (FIRST + timedelta(days=last)).isoformat()
        begin = (FIRST + timedelta(days=first)).isoformat()
        self.tables["permits"].add(number, holder, kind, chemical, kilos(amount), begin, end, "")
        return number

    def licence(self, dealer: Works, chemical: str) -> None:
        self.certificate(dealer.code, chemical, 500_000, -300, 700, "经营备案")

    def delivery(
        self,
        buyer: str,
        seller: str,
        chemical: str,
        amount: float,
        day: int,
        paper: str = "",
        *,
        plate: str = "",
        sides: str = "购销",
        use: str = "生产",
        agent: tuple[str, str] = ("", ""),
        place: str = "",
        buyer_amount: float | None = None,
    ) -> None:
        """One delivery in the rows of the sides that report it: the seller up to four days earlier."""
        rng, table = self.rng, self.tables["chemical_trades"]
        sent = max(0, day - rng.randrange(5))
        told = {
            "购": (chemical, buyer_amount or amount * rng.gauss(1, 0.001), day),
            "销": (ALSO.get(chemical, chemical), amount * rng.gauss(1, 0.001), sent),
        }
        for side in sides:
            name, weight, when = told[side]
            by = agent if side == "购" else ("", "")
            row = (
                paper,
                buyer,
                seller,
                name,
                kilos(weight),
                on(when),
                plate,
                side,
                use if side == "购" else "",
            )
            table.add(*row, *by, "转账", "", place)

    def use(self, firm: str, chemical: str, amount: float, day: int, way: str = "生产") -> None:
        weight = amount * self.rng.gauss(1, 0.002)
        self.tables["withdrawals"].add(firm, chemical, kilos(weight), on(day), way, "仓管")

    def count(self, firm: str, chemical: str, amount: float, day: int, by: str = "仓管") -> None:
        weight = max(0.0, amount * self.rng.gauss(1, 0.001))
        self.tables["stocktakes"].add(firm, chemical, on(day), kilos(weight), "", by)


@dataclass
class ChemicalStock:
    """A user's stock of one chemical over the months, with what is taken from it unseen."""

    firm: Works
    dealer: Works
    chemical: str
    monthly: float
    stolen: dict[int, float] = field(default_factory=dict)  # month → share of the month's delivery
    estimated: bool = False  # the count of the year's end is a guess
    litres: float = 1.0  # what one kilogram is in the firm's own books
    over: float = 1.0  # bought against what the certificate allows
    paper: str | None = None  # quoted in place of its own certificates
    paper_from: int = 0


def run(town: Town, plant: ChemicalStock) -> None:
    """Deliveries, withdrawals and counts of all months."""
    rng, firm, name = town.rng, plant.firm, plant.chemical
    stock = plant.monthly * rng.uniform(0.3, 0.6)
    town.count(firm.code, name, stock * plant.litres, 0)
    amounts = [plant.monthly * rng.uniform(0.7, 1.3) for _ in MONTHS]
    papers = [_paper(town, plant, amounts[:5], 0), _paper(town, plant, amounts[5:], 5)]
    for month, amount in enumerate(amounts):
        last = month_end(month)
        day = last - rng.randrange(12, 26)
        quoted = plant.paper if plant.paper and month >= plant.paper_from else papers[month // 5]
        _supply(town, plant, amount, day, quoted)
        stock += amount
        for n in range(2):
            taken = stock * rng.uniform(0.3, 0.45)
            stock -= taken
            way = "报损" if n and rng.random() < 0.04 else "生产"
            town.use(firm.code, name, taken * plant.litres, last - 9 + 4 * n, way)
        if rng.random() < 0.05:
            back = amount * 0.03
            stock += back
            town.use(firm.code, name, back * plant.litres, last - 3, "退库")
        stock -= amount * plant.stolen.get(month, 0.0)
        guess = rng.choice((0.8, 1.2)) if plant.estimated and month == 1 else 1.0
        town.count(firm.code, name, stock * plant.litres * guess, last)


def _paper(town: Town, plant: ChemicalStock, amounts: list[float], month: int) -> str:
    """A certificate for five months, somewhat larger than what is bought on it, unless more is bought."""
    allowed = sum(amounts) / plant.over * (1 if plant.over > 1 else town.rng.uniform(1.02, 1.3))
    first = month_end(month - 1) + 1 if month else 0
    return town.certificate(plant.firm.code, plant.chemical, allowed, first, month_end(month + 4))


def _supply(town: Town, plant: ChemicalStock, amount: float, day: int, paper: str) -> None:
    rng = town.rng
    plate = rng.choice(town.hauliers if rng.random() < 0.3 else plant.dealer.plates)
    sides = rng.choices(("购销", "购", "销"), (90, 6, 4))[0]
    if plant.litres != 1.0:
        sides = "购销"
    place = rng.choice(("", "例溪区", plant.firm.address))
    own = amount * plant.litres if plant.litres != 1.0 else None
    town.delivery(
        plant.firm.code,
        plant.dealer.code,
        plant.chemical,
        amount,
        day,
        paper,
        plate=plate,
        sides=sides,
        place=place,
        buyer_amount=own,
    )
    if rng.random() < 0.04 and plant.litres == 1.0:  # sent back broken, and delivered anew
        bad = amount * 0.1
        pair = (plant.firm.code, plant.dealer.code)
        town.delivery(*pair, plant.chemical, bad, day + 2, paper, plate=plate, use="退货", sides="购")
        town.delivery(*pair, plant.chemical, bad, day + 5, paper, plate=plate)
