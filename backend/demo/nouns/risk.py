"""Firms of the demo: a few hide a workshop, most do not, and ordinary life looks like it all the same."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from random import Random

from backend.demo.files.desk import Desk
from backend.demo.files.registers import uscc
from backend.demo.files.tabular import SourceTable, write_text
from backend.demo.invented import Inventor
from backend.demo.nouns.plants import Plant, centre, ordinary
from backend.demo.truth import TruthJson

FOLDER = "全区/企业"
LAST = date(2025, 8, 1)
"""The last month of usage; the demo ends with it."""
END = date(2025, 8, 31)
HEADINGS = {
    "企业": "企业名称 统一社会信用代码 园区 行业 地址 经度 纬度 从业人数 成立日期",
    "企业用量": "统一社会信用代码 月份 用电(度) 用水(吨) 排污(吨) 产值(万元)",
    "重点人员": "身份证号 姓名 类别 来源 起 止 状态 户籍地",
    "企业关系": "统一社会信用代码 身份证号 姓名 关系 起 止",
    "住宿": "姓名 身份证号 场所名称 场所类型 地址 入住时间 离开时间 经度 纬度",
    "化学品购销": "备案证明号 购买单位代码 销售单位代码 化学品名称 数量(千克) 日期 方向 用途 经办人 经办人身份证号",
    "领用": "统一社会信用代码 化学品名称 数量(千克) 日期 用途 领用人",
    "库存盘点": "统一社会信用代码 化学品名称 盘点日期 实物数量(千克) 账面数量(千克) 盘点人",
}
KINDS = {
    "企业": "companies",
    "企业用量": "company_usage",
    "重点人员": "persons_of_concern",
    "企业关系": "company_ties",
    "住宿": "stays",
    "化学品购销": "chemical_trades",
    "领用": "withdrawals",
    "库存盘点": "stocktakes",
}
INDUSTRIES = ("化学原料", "制药", "涂料", "塑料", "机械", "食品加工")
SOLVENTS = ("乙酸乙酯", "异丙醇", "乙酸丁酯")
"""Not scheduled: the faults of scheduled ones are planted by the chemicals."""
INNOCENT = (
    "new_line",
    "mine",
    "leak",
    "meter",
    "cold_store",
    "sealed",
    "expired",
    "revoked",
    "reformed",
    "chemist",
    "region",
    "agent",
    "guest",
)
"""Innocent look-alikes; ``guest`` is an anomaly with somebody on the list in the hotel nearby: both by chance."""


@dataclass
class FirmTruth:
    """A firm that hides a workshop, or that only looks like one."""

    uscc: str
    what: str  # workshop, or the innocent look-alike
    person: str | None = None

    @property
    def workshop(self) -> bool:
        return self.what == "workshop"


@dataclass
class RiskMaker:
    """Writes the tables of this noun; its chance is its own, so nothing else in the demo moves."""

    rng: Random
    inventor: Inventor
    count: int
    tables: dict[str, SourceTable] = field(default_factory=dict)
    plants: list[Plant] = field(default_factory=list)
    truth: list[FirmTruth] = field(default_factory=list)

    def add(self, table: str, *cells: object) -> None:
        made = self.tables.setdefault(table, SourceTable(KINDS[table], HEADINGS[table].split()))
        made.add(*("" if cell is None else str(cell) for cell in cells))

    def person(
        self, kind: str | None = None, state: str = "有效", until: date | None = None
    ) -> tuple[str, str]:
        """Somebody, with an entry of the list of persons of concern where a kind is named."""
        ident = self.inventor.resident_id(self.inventor.born(30, 60), self.rng.random() < 0.8)
        name = self.inventor.name()
        if kind:
            since = date(2019, 1, 1) + timedelta(days=self.rng.randrange(1_500))
            home = self.rng.choice(("示例省甲县", "示例省乙市", "例溪区"))
            self.add("重点人员", ident, name, kind, "示例单位通报", since, until, state, home)
        return ident, name

    def tie(
        self, plant: Plant, who: tuple[str, str], role: str, first: date | None, last: date | None = None
    ) -> None:
        self.add("企业关系", plant.uscc, who[0], who[1], role, first, last)

    def stay(self, plant: Plant, who: tuple[str, str], day: date, near: bool = True) -> None:
        """A few nights in the hotel of the park, or far away."""
        nights = self.rng.randrange(1, 5)
        until = day + timedelta(days=nights)
        hotel, lon, lat = (
            hotel_of(plant.site) if near else (f"远郊示例宾馆{self.rng.randrange(6) + 1}", 127.9, 30.6)
        )
        self.add("住宿", who[1], who[0], hotel, "旅馆", f"{hotel}路1号", f"{day} 21:15:00", f"{until} 08:30:00",
                 f"{lon:.6f}", f"{lat:.6f}")  # fmt: skip


def hotel_of(site: int) -> tuple[str, float, float]:
    """The hotel of a park."""
    lon, lat = centre(site)
    return f"例溪示例园区{site + 1}宾馆", lon + 0.012, lat + 0.004


def write_risk(desk: Desk) -> list[TruthJson]:
    """Write the tables and return what is true of the firms that stand out."""
    world = desk.world
    seed = f"{world.seed}/{world.behaviour.name}/risk"
    maker = RiskMaker(Random(seed), Inventor(Random(f"{seed}/identifiers")), max(60, round(240 * world.size)))
    make(maker)
    for name, table in maker.tables.items():
        desk.files.append(write_text(desk.folder, f"{FOLDER}/{name}.csv", table, "utf-8-sig"))
    return [asdict(each) for each in maker.truth]


def make(maker: RiskMaker) -> None:
    """All firms, then what happens in some of them, then everybody else's ordinary ties."""
    rng = maker.rng
    for k in range(maker.count):
        code = uscc(f"91990102MA{rng.randrange(10**7):07d}")
        park = rng.randrange(max(4, maker.count // 15))
        maker.plants.append(
            ordinary(rng, code, f"例溪示例{INDUSTRIES[k % 6]}{k + 1:03d}厂", INDUSTRIES[k % 6], park, LAST)
        )
    chosen = rng.sample(maker.plants, len(maker.plants))
    for _ in range(max(6, maker.count // 17)):
        _workshop(maker, chosen.pop())
    for _ in range(max(1, maker.count // 100)):
        for what in INNOCENT:
            _innocent(maker, chosen.pop(), what)
    for plant in maker.plants:
        _write(maker, plant)
    _crowd(maker)


def _workshop(maker: RiskMaker, plant: Plant) -> None:
    """A workshop in one of four shapes, with somebody who has a record of manufacture."""
    rng, months = maker.rng, maker.rng.randrange(3, 7)
    who = maker.person("制毒前科" if rng.random() < 0.85 else "化工技能")
    first = plant.months[-months]
    shape = rng.choice(("running", "running", "idle", "trade", "waste"))
    if shape == "idle":
        let = first - timedelta(days=rng.randrange(0, 25))
        plant.idle(until=first)
        plant.rise(months, rng.uniform(0.08, 0.5) / 0.02, output=False)
        tenant = who if rng.random() < 0.6 else maker.person()
        maker.tie(plant, tenant, "承租", let)
    else:
        plant.rise(months, rng.uniform(1.5, 2.4), output=False)
    if shape == "waste":
        plant.discharge(months, rng.uniform(1.6, 2.5))
    if shape == "trade":
        plant.diverted = rng.uniform(0.25, 0.5)
        plant.handler = who
    if shape in ("running", "waste"):
        role = rng.choice(("员工", "员工", "股东", "承租", "高管"))
        maker.tie(plant, who, role, first - timedelta(days=rng.randrange(-20, 70)))
    if rng.random() < 0.7 or shape == "idle":
        maker.stay(plant, who, first + timedelta(days=rng.randrange(-60, 60)))
    maker.truth.append(FirmTruth(plant.uscc, "workshop", who[0]))


def _innocent(maker: RiskMaker, plant: Plant, what: str) -> None:
    """What would trip a rule in ordinary life."""
    rng, months = maker.rng, maker.rng.randrange(3, 7)
    first, factor = plant.months[-months], maker.rng.uniform(1.6, 2.4)
    if what == "meter":
        plant.spike(rng.randrange(2, 10), 2.5)
    elif what == "leak":
        plant.water(months, factor)
    elif what == "cold_store":
        plant.idle(until=first)
        plant.rise(months, 8.0, output=False)
        maker.tie(plant, maker.person(), "承租", first - timedelta(days=10))
    elif what not in ("reformed", "chemist", "region", "agent"):
        plant.rise(months, factor, output=what == "new_line")
    who = _listed(maker, plant, what, first)
    maker.truth.append(FirmTruth(plant.uscc, what, who[0] if who else None))


def _listed(maker: RiskMaker, plant: Plant, what: str, first: date) -> tuple[str, str] | None:
    """The person on a list who has an innocent tie to the firm; None where the firm alone would trip a rule."""
    who: tuple[str, str] | None = None
    if what in ("sealed", "revoked", "expired"):
        state = {"sealed": "封存", "revoked": "撤销"}.get(what, "有效")
        who = maker.person("制毒前科", state, END - timedelta(days=40) if what == "expired" else None)
        maker.tie(plant, who, "员工", first - timedelta(days=20))
    if what in ("reformed", "new_line"):
        who = maker.person("制毒前科" if what == "reformed" else "化工技能")
        maker.tie(plant, who, "员工", date(2022, 3, 1))
    if what == "region":
        who = maker.person("制毒重点地区")
        maker.tie(plant, who, "员工", first)
    if what == "guest":
        who = maker.person("制毒前科")
        maker.stay(plant, who, first + timedelta(days=15))
    if what == "agent":
        who = maker.person("制毒前科")
        for other in [plant, *maker.rng.sample([each for each in maker.plants if each is not plant], 24)]:
            maker.tie(other, who, "代办", date(2021, 5, 1))
    return who


def _crowd(maker: RiskMaker) -> None:
    """Chemists in their trade, people on the list in hotels far off or years ago, staff without any entry."""
    rng = maker.rng
    chemical = [each for each in maker.plants if each.industry in ("化学原料", "制药", "涂料")]
    for _ in range(max(10, maker.count * 52 // 240)):
        maker.tie(
            rng.choice(chemical),
            maker.person("化工技能"),
            "员工",
            date(2018, 1, 1) + timedelta(days=rng.randrange(1_800)),
        )
    for _ in range(max(4, maker.count // 30)):
        who, plant = maker.person("制毒前科"), rng.choice(maker.plants)
        maker.stay(plant, who, date(2024, 1, 1) + timedelta(days=rng.randrange(150)), near=rng.random() < 0.5)
        maker.stay(plant, who, END - timedelta(days=rng.randrange(1, 200)), near=False)
    for plant in maker.plants:
        for _ in range(rng.randrange(0, 3)):
            maker.tie(plant, maker.person(), rng.choice(("员工", "会计", "股东")), date(2020, 6, 1))


def _write(maker: RiskMaker, plant: Plant) -> None:
    maker.add("企业", plant.name, plant.uscc, plant.park, plant.industry, f"{plant.park}{plant.uscc[-4:]}号",
              f"{plant.lon:.6f}", f"{plant.lat:.6f}", plant.employees, plant.founded)  # fmt: skip
    for day, cells in plant.usage(maker.rng):
        maker.add("企业用量", plant.uscc, f"{day:%Y-%m}", *cells)
    if plant.industry in ("化学原料", "制药") or plant.handler:
        _chemistry(maker, plant)


def _chemistry(maker: RiskMaker, plant: Plant) -> None:
    """A year of one chemical: bought every month, used, counted at both ends; what is diverted is missing."""
    rng = maker.rng
    chemical, kilos, stock = rng.choice(SOLVENTS), rng.uniform(200, 900), 400.0
    seller = rng.choice([each for each in maker.plants if each is not plant])
    begin = LAST.replace(year=LAST.year - 1)
    maker.add("库存盘点", plant.uscc, chemical, begin, f"{stock:.0f}", f"{stock:.0f}", "示例甲")
    for k, month in enumerate(plant.months[-12:]):
        bought = round(kilos * rng.uniform(0.85, 1.15))
        lost = (plant.diverted or 0.0) if k >= 7 else 0.0
        used = bought * (1 - lost)
        who = plant.handler if plant.handler and k >= 7 else ("", "示例乙")
        day = month + timedelta(days=rng.randrange(3, 12))
        maker.add("化学品购销", f"BA{plant.uscc[-6:]}{k:02d}", plant.uscc, seller.uscc, chemical, bought, day, "购", "生产",
                  who[1], who[0])  # fmt: skip
        maker.add("领用", plant.uscc, chemical, f"{used:.1f}", month + timedelta(days=20), "生产", "示例丙")
    maker.add(
        "库存盘点", plant.uscc, chemical, END, f"{stock + rng.uniform(-3, 3):.1f}", f"{stock:.0f}", "示例甲"
    )
