"""The precursor firms of the invented district: 307 + 45 + 15 in 16 parks, with their inspections, and their truth."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, field
from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk
from backend.demo.files.tabular import SourceTable, write_text
from backend.demo.nouns.precursor_faults import PlantedFault, faults, look_alikes
from backend.demo.nouns.precursor_town import SOLVENTS, ChemicalStock, Town, Works, on, run
from backend.demo.truth import TruthJson
from backend.demo.world import DAYS

FIRMS = {"化工": 307, "制药": 45, "生化": 15}
VISITS, CASES, WARNED, RAISED, CLOSED, PROBLEMS = 2157, 11, 36, 13, 29, 33
TITLES = {
    "companies": "易制毒企业",
    "chemical_trades": "化学品购销明细",
    "withdrawals": "领用",
    "stocktakes": "库存盘点",
    "permits": "许可备案",
    "equipment": "设备",
    "company_ties": "企业关系",
    "inspections": "企业检查",
    "problems": "问题整改",
}


@dataclass
class ChemicalTruth:
    """Every firm of the noun, and what was planted."""

    firms: list[str]
    planted: list[PlantedFault] = field(default_factory=list)


def write_chemicals(desk: Desk) -> TruthJson:
    """Write the noun's tables; its truth as plain data."""
    world = desk.world
    town = Town(Random(f"{world.seed}/{world.behaviour.name}/chemicals"))
    dealers = [town.works("商贸") for _ in range(max(4, round(20 * world.size)))]
    users = [
        town.works(trade) for trade, n in FIRMS.items() for _ in range(max(4, round((n - 7) * world.size)))
    ]
    users += [town.works("化工") for _ in range(max(0, 40 - len(users)))]
    town.rng.shuffle(users)
    everyone = [firm.code for firm in users]
    planted = faults(town, users, dealers, world.size)
    look_alikes(town, users, dealers, world.size)
    for firm in users:
        _ordinary(town, firm, dealers)
    _importers(town, dealers)
    _older(desk, town)
    _inspected(desk, town, everyone)
    for kind, table in town.tables.items():
        desk.files.append(write_text(desk.folder, f"易制毒/{TITLES[kind]}.csv", table, "utf-8-sig"))
    return asdict(ChemicalTruth([firm.code for firm in town.firms], planted))


def _ordinary(town: Town, firm: Works, dealers: list[Works]) -> None:
    """Three in ten count their stock each month; the others buy now and then and use it."""
    rng = town.rng
    chemical, dealer = rng.choice(SOLVENTS), rng.choice(dealers)
    town.licence(dealer, chemical)
    if rng.random() < 0.3:
        run(town, ChemicalStock(firm, dealer, chemical, rng.uniform(200, 4000)))
        return
    for _ in range(2):
        day, amount = rng.randrange(20, DAYS - 20), rng.uniform(100, 2000)
        paper = town.certificate(firm.code, chemical, amount * 1.1, day - 10, day + 60)
        town.delivery(firm.code, dealer.code, chemical, amount, day, paper, plate=rng.choice(dealer.plates))
    town.use(firm.code, chemical, 90, DAYS - 10)


def _importers(town: Town, dealers: list[Works]) -> None:
    """What dealers sold they had bought before from producers elsewhere, on certificates of their own."""
    sold: dict[tuple[str, str, int], float] = {}
    known = {dealer.code for dealer in dealers}
    for row in town.tables["chemical_trades"].rows:
        seller, chemical, amount, when = row.cells[2:6]
        if seller in known and (row.cells[7] == "购") and row.cells[8] != "退货":
            month = int(when[:4]) * 12 + int(when[5:7])
            sold[seller, chemical, month] = sold.get((seller, chemical, month), 0.0) + float(amount)
    producers = [town.code() for _ in range(3)]
    first = min(month for _, _, month in sold)
    for (seller, chemical, month), total in sorted(sold.items()):
        day = max(0, (month - first) * 30 - town.rng.randrange(5))
        paper = town.certificate(seller, chemical, total * 1.2, day - 20, day + 90)
        town.delivery(
            seller, town.rng.choice(producers), chemical, total * 1.01, day, paper, sides="购", use="经营"
        )


def _older(desk: Desk, town: Town) -> None:
    """Certificates, licences and use behind the deliveries of the district's other register."""
    path = desk.folder / "台账" / "化学品购销.csv"
    if not path.is_file():
        return
    licences: set[tuple[str, str]] = set()
    for number, buyer, seller, chemical, amount, day, *_ in list(csv.reader(path.open(encoding="utf-8-sig")))[
        1:
    ]:
        end = f"{int(day[:4]) + 1}{day[4:8]}28"
        town.tables["permits"].add(number, buyer, "购买备案", chemical, amount, f"{day[:8]}01", end, "")
        town.tables["withdrawals"].add(buyer, chemical, amount, day, "生产", "仓管")
        licences.add((seller, chemical))
    for seller, chemical in sorted(licences):
        town.certificate(seller, chemical, 500_000, -300, 700, "经营备案")


def _inspected(desk: Desk, town: Town, codes: list[str]) -> None:
    """Visits, warnings, cases, levels raised; problems with their dates to closing."""
    rng, size = town.rng, desk.world.size
    table = SourceTable("inspections", headings.PRECURSOR_INSPECTIONS)
    problems = SourceTable("problems", headings.PROBLEMS)
    count = round(VISITS * size)
    special = rng.sample(range(count), min(count, round((CASES + WARNED + RAISED + PROBLEMS) * size)))
    bounds = [round(sum(each) * size) for each in ((CASES,), (CASES, WARNED), (CASES, WARNED, RAISED))]
    kind = {k: sum(place >= bound for bound in bounds) for place, k in enumerate(special)}
    for k in range(count):
        number, day = f"YZ{k + 1:05d}", rng.randrange(DAYS - 1)
        what = kind.get(k)
        result, penalty = {0: ("违规", "立案"), 1: ("需整改", "警告")}.get(
            what if what is not None else 9, ("合格", "")
        )
        levels = ("一般", "重点") if what == 2 else ("", "")
        fine = "20000" if what == 0 else ""
        if what == 3:
            result = "需整改"
            _problem(town, problems, number, day, closed=len(problems.rows) < round(CLOSED * size))
        table.add(rng.choice(codes), on(day), "禁毒办", result, penalty, number, *levels, fine)
    town.tables |= {"inspections": table, "problems": problems}


def _problem(town: Town, table: SourceTable, inspection: str, day: int, *, closed: bool) -> None:
    rng = town.rng
    due, done = day + 30, day + rng.randrange(8, 40)
    dates = (on(done), on(done + 3), on(done + 6)) if closed else ("", "", "")
    what = rng.choice(("台账不全", "未双人双锁", "账物不符", "未留存证明"))
    number = f"YZWT{len(table.rows) + 1:04d}"
    table.add(number, inspection, "例溪分局禁毒大队", on(day), what, on(due), on(due), *dates)
