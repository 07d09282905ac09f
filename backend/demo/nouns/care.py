"""Registered persons of the demo with their care, and the campaigns of a real district: 1,057 bus, 53 taxi, 55 works drivers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from random import Random

from backend.demo.files.desk import Desk
from backend.demo.files.tabular import SourceTable, write_text
from backend.demo.invented import Inventor
from backend.demo.nouns.care_days import DAY, last_day, real, test_days, years_on
from backend.demo.truth import TruthJson
from backend.demo.world import DAYS, START

FOLDER = "全区/管控"
TABLES = {
    "涉毒人员": ("registered_users", "姓名 身份证号 滥用毒品种类 查获日期 查获单位 管控现状 居住地派出所"),
    "戒毒措施": ("regimes", "身份证号 姓名 措施 决定日期 报到日期 中止起 中止止 解除日期 解除原因"),
    "检测": ("screening_tests", "姓名 身份证号 岗位 检测日期 检测方式 检测结果 应检日期 检测类别 目标物"),
    "走访": ("visits", "身份证号 走访日期 应访日期 走访人 结果"),
    "排查名单": ("campaign_lists", "专项 身份证号 姓名 岗位 单位 应检日期"),
}
POSTS = (
    ("客车驾驶员毛发检测", "客车驾驶员", 1057),
    ("出租车驾驶员毛发检测", "出租车驾驶员", 53),
    ("工程车驾驶员毛发检测", "工程车驾驶员", 55),
)
KINDS = (
    *(
        "plain",
        "suspended",
        "twice",
        "missed",
        "late",
        "isolated",
        "leap",
        "recovering",
        "unreported",
        "clean",
    ),
    *("dead", "abroad", "minor", "cleared", "relapsed", "refusing", "lifted", "voluntary", "moved"),
)
AGAIN = 40
"""How many more of the plain and suspended there are in a district of size 1."""


@dataclass
class CarePersonTruth:
    """What is true of a person on the last day; days as ISO text."""

    person: str
    what: str
    ends: list[str | None]
    suspended: list[int]
    due: dict[str, str | None]
    exit_on: str | None
    counted: bool
    minor: bool
    followed: bool  # in a regime at home a year ago
    used: bool  # found using since


@dataclass
class CareTruth:
    """Persons and campaigns."""

    on: str
    persons: list[CarePersonTruth]
    campaigns: list[TruthJson]  # as the envelope has them, without the bound


def on_day() -> date:
    """The last day of the demo."""
    return (START + timedelta(days=DAYS - 1)).date()


@dataclass
class CareMaker:
    """Writes the tables; its chance is its own, so nothing else in the demo moves."""

    rng: Random
    inventor: Inventor
    tables: dict[str, SourceTable]
    on: date
    truth: list[CarePersonTruth] = field(default_factory=list)
    campaigns: list[TruthJson] = field(default_factory=list)

    def day(self, low: int, high: int) -> date:
        """A day from ``low`` to ``high`` days before the last one."""
        return self.on - timedelta(days=self.rng.randint(low, high))

    def person(self, what: str) -> None:
        """One person and his rows."""
        born = (
            self.inventor.born(22, 60)
            if what != "minor"
            else self.on - timedelta(days=self.rng.randint(5200, 6200))
        )
        ident = self.inventor.resident_id(born, self.rng.random() < 0.8)
        life = CareLife(self, what, ident, self.inventor.name(), self.rng)
        life.live()
        self.truth.append(life.truth())

    def campaign(self, name: str, post: str, n: int, absent: int, found: int, refused: int) -> None:
        """A list of drivers, all but the absent and those who refuse tested, some positive."""
        due = self.day(20, 60)
        for k in range(n):
            ident = self.inventor.resident_id(self.inventor.born(25, 58), self.rng.random() < 0.95)
            who = self.inventor.name()
            line = (name, ident, who, post, "示例运输公司", f"{due}")
            self.tables["排查名单"].add(*line)
            if k % 97 == 0:
                self.tables["排查名单"].add(*line[:4], "示例运输公司二队", line[5])  # moved, listed twice
            if k < absent:
                if k % 2:  # a test of last year is none of this campaign
                    self.test(who, ident, post, due - timedelta(days=400), "阴性", None)
                continue
            if k < absent + refused:
                self.test(who, ident, post, due, "拒绝检测", due)
                continue
            positive = k < absent + refused + found
            names = self.rng.random() < 0.5
            shift = self.rng.randint(-15, 15) if names else self.rng.randint(-3, 3)
            day = due + timedelta(days=shift)
            self.test(who, ident, post, day, "阳性" if positive else "阴性", due if names else None, "毛发")
        tested = n - absent - refused
        self.campaigns.append(
            {
                "campaign": name,
                "post": post,
                "listed": n,
                "tested": tested,
                "positive": found,
                "missing": n - tested,
            }
        )

    def test(
        self, name: str, ident: str, post: str, day: date | None, result: str, due: date | None, way: str = "尿液",
        kind: str = "", target: str = "",
    ) -> None:  # fmt: skip
        """One row of 检测."""
        cells = [name, ident, post, _text(day), way, result, _text(due), kind, target]
        self.tables["检测"].add(*cells)


@dataclass
class CareLife:
    """One person: what happens to him, row by row, and what is true of it."""

    maker: CareMaker
    what: str
    ident: str
    name: str
    rng: Random
    found: date | None = None
    ends: list[date | None] = field(default_factory=list)
    suspended: list[int] = field(default_factory=list)
    due: dict[date, date | None] = field(default_factory=dict)
    custody: list[tuple[date, date]] = field(default_factory=list)
    home: tuple[date, date] | None = None
    gone: bool = False
    used: bool = False

    def live(self) -> None:
        """Write his rows."""
        make = self.maker
        first = make.day(200, 900)
        if self.what == "clean":
            first = make.day(1100, 1900)
        elif self.what == "leap":
            first = date(2024, 2, 26)
        elif self.what == "unreported":
            first = make.day(50, 70)
        self.found = first
        status = {"dead": "死亡", "abroad": "已出境", "clean": "戒断三年未复吸"}.get(self.what, "在控")
        self.gone = self.what in ("dead", "abroad")
        self.register(first, status, "例溪派出所" if self.what == "moved" else "")
        if self.what == "moved":
            self.register(first, status, "样桥派出所")  # the station he moved to reports him too
        if self.what in ("isolated", "leap", "recovering"):
            decided = date(2024, 2, 29) if self.what == "leap" else first + DAY * self.rng.randint(0, 20)
            self.isolation(decided)
        elif self.what == "unreported":
            self.regime("社区戒毒", first + DAY * 10, None, ())
            self.ends.append(None)
            self.suspended.append(0)
        elif self.what == "voluntary":
            self.regime("自愿戒毒", first + DAY * 30, None, ())
            self.ends.append(None)
            self.suspended.append(0)
        elif self.what not in ("clean", "dead", "abroad"):
            decided = first + DAY * self.rng.randint(0, 20)
            self.community("社区戒毒", decided, decided + DAY * self.rng.randint(0, 14))
        self.special()

    def register(self, day: date, status: str, station: str = "") -> None:
        """A row of 涉毒人员."""
        station = station or self.rng.choice(("例溪派出所", "样桥派出所"))
        row = (self.name, self.ident, "甲基苯丙胺", _text(day), "例溪分局禁毒大队", status, station)
        self.maker.tables["涉毒人员"].add(*row)

    def regime(
        self, kind: str, decided: date, reported: date | None, away: tuple[tuple[date, date], ...],
        ended: date | None = None, why: str = "",
    ) -> None:  # fmt: skip
        """A row of 戒毒措施."""
        firsts, lasts = ("；".join(_text(span[n]) for span in away) for n in (0, 1))
        row = (self.ident, self.name, kind, _text(decided), _text(reported), firsts, lasts, _text(ended), why)
        self.maker.tables["戒毒措施"].add(*row)

    def isolation(self, decided: date) -> None:
        """Two years from the decision; who recovers left after one and follows a regime at home."""
        lasts = last_day(decided, 2, ())
        ended = None
        if self.what == "recovering":
            ended = min(decided + DAY * 366, self.maker.on - DAY * 60)
        self.regime("强制隔离戒毒", decided, None, (), ended, "提前解除" if ended else "")
        self.ends.append(ended or lasts)
        self.suspended.append(0)
        self.custody.append((decided, ended or lasts))
        if ended is not None:
            self.community("社区康复", ended, ended + DAY * 5)

    def community(self, kind: str, decided: date, reported: date) -> None:
        """Three years from reporting, with tests and visits."""
        away = self.away(reported)
        ended = None
        if self.what == "lifted":
            ended = reported + DAY * 150
        self.regime(kind, decided, reported, away, ended, "收监执行" if ended else "")
        end = last_day(reported, 3, away)
        self.ends.append(ended or end)
        self.home = reported, ended or end
        self.suspended.append(
            len({first + DAY * n for first, last in away for n in range((last - first).days + 1)})
        )
        self.custody += away
        for n, day in enumerate(test_days(reported, away)):
            if ended is None or day <= ended:
                self.due[day] = self.tested(n, day)
        self.visits(reported)

    def away(self, reported: date) -> tuple[tuple[date, date], ...]:
        """Detentions: none, one, or two that overlap."""
        first = reported + DAY * self.rng.randint(20, 90)
        if self.what == "suspended":
            return ((first, first + DAY * self.rng.randint(4, 14)),)
        if self.what == "twice":
            return ((first, first + DAY * 9), (first + DAY * 5, first + DAY * 14))
        return ()

    def tested(self, n: int, due: date) -> date | None:
        """What came of a test that was due: mostly done in time, by a row that names its day or not."""
        make = self.maker
        if due > make.on - DAY * 4:
            return None
        if (self.what == "missed" and n % 4 == 1) or (self.what == "refusing" and n % 3 == 1):
            if self.what == "refusing":
                make.test(self.name, self.ident, "", due, "拒绝检测", due)
            elif n % 8 == 1:
                make.test(self.name, self.ident, "", None, "", due)  # on the list, and nobody came
            return None
        if self.what == "late" and n % 3 == 1:
            day = min(due + DAY * self.rng.randint(5, 11), make.on)
            make.test(self.name, self.ident, "", day, "阴性", due)
            return day
        day = due + DAY * self.rng.randint(-3, 3)
        make.test(self.name, self.ident, "", day, "阴性", due if self.rng.random() < 0.5 else None)
        return day

    def visits(self, reported: date) -> None:
        """Visits every two months, as planned; the last ones not done where he is missed."""
        day = reported + DAY * 30
        while day <= self.maker.on:
            done = "" if self.what == "missed" and day > self.maker.on - DAY * 100 else _text(day + DAY)
            result = "正常" if done else ""
            self.maker.tables["走访"].add(self.ident, done, _text(day), "例冬三", result)
            day += DAY * 60

    def between(self) -> date:
        """A day that lies near no due day, nor does the one six days later."""
        day = self.maker.day(20, 90)
        while any(abs((each - due).days) <= 3 for due in self.due for each in (day, day + DAY * 6)):
            day += DAY
        return day

    def special(self) -> None:
        """Tests that find use, or seem to."""
        day = self.between()
        if self.what == "relapsed":
            self.maker.test(self.name, self.ident, "", day, "阳性", None, "毛发", "实验室", "甲基苯丙胺")
            self.found, self.used = day, True
        if self.what == "cleared":  # poppy seed
            self.maker.test(self.name, self.ident, "", day, "阳性", None, "尿液", "现场", "吗啡")
            self.maker.test(self.name, self.ident, "", day + DAY * 6, "阴性", None, "毛发", "实验室", "吗啡")

    def truth(self) -> CarePersonTruth:
        """What is true of him on the last day."""
        on = self.maker.on
        over = None
        if self.found is not None:
            over = real(
                self.found, [years_on(self.found, 3)], [s for s in self.custody if s[1] >= self.found]
            )[0]
        counted = not self.gone and (over is None or on < over)
        return CarePersonTruth(
            self.ident,
            self.what,
            [None if each is None else _text(each) for each in self.ends],
            self.suspended,
            {_text(day): None if done is None else _text(done) for day, done in sorted(self.due.items())},
            None if over is None else _text(over),
            counted,
            self.what == "minor",
            self.home is not None and self.home[0] <= years_on(on, -1) + DAY <= self.home[1],
            self.used,
        )


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def write_care(desk: Desk) -> TruthJson:
    """Write the tables of care under the district's folder; return what is true of them."""
    world = desk.world
    rng = Random(f"{world.seed}/{world.behaviour.name}/care")
    tables = {name: SourceTable(kind, tuple(columns.split())) for name, (kind, columns) in TABLES.items()}
    maker = CareMaker(rng, Inventor(rng), tables, on_day())
    for what in (
        *KINDS,
        *(rng.choice(("plain", "suspended", "missed")) for _ in range(round(AGAIN * world.size))),
    ):
        maker.person(what)
    for name, post, n in POSTS:
        maker.campaign(name, post, max(4, round(n * world.size)), 0, 0, 0)
    maker.campaign("快递骑手毛发检测", "快递骑手", max(12, round(60 * world.size)), 3, 2, 1)
    for name, table in tables.items():
        desk.files.append(write_text(desk.folder, f"{FOLDER}/{name}.csv", table, "utf-8-sig"))
    return asdict(CareTruth(maker.on.isoformat(), maker.truth, maker.campaigns))
