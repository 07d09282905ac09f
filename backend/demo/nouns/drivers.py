"""Barred drivers of the demo: some drive on, most do not, and ordinary life looks like it all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, stamp
from backend.demo.files.tabular import SourceTable, write_text
from backend.demo.invented import Inventor
from backend.demo.market import GATES
from backend.demo.truth import TruthJson
from backend.demo.world import DAY, DAYS, END, START

FOLDER = "全区/失驾"
TABLES = {
    "驾驶人": ("drivers", headings.BARRED_DRIVERS),
    "机动车": ("vehicles", headings.DESCRIBED_VEHICLES),
    "车辆使用": ("vehicle_uses", headings.VEHICLE_USES),
    "戒毒措施": ("regimes", headings.REGIMES_DECIDED),
    "卡口过车": ("camera_passes", headings.DESCRIBED_PASSES),
}
_BRANDS = ("示例一汽", "样行", "例风", "测川", "拟途")
_COLOURS = ("白", "黑", "灰", "红", "蓝")
_REASONS = ("吸毒成瘾未戒除", "被责令社区戒毒", "吸毒后驾驶机动车")


@dataclass
class LeadTruth:
    """A person and a vehicle: why he is a barred driver or only looks like one, and every true pass of the car."""

    person: str
    vehicle: str
    what: str  # barred, or the innocent look-alike
    passes: list[list[str]] = field(default_factory=list)  # time, camera

    @property
    def barred(self) -> bool:
        return self.what == "barred"


@dataclass
class Car:
    """A car as the register has it."""

    plate: str
    kind: str
    brand: str
    colour: str

    @property
    def id(self) -> str:
        return f"{self.plate}|{self.kind}"


@dataclass
class DriverMaker:
    """Writes the tables of this noun; its chance is its own, so nothing else in the demo moves."""

    desk: Desk
    rng: Random
    inventor: Inventor
    tables: dict[str, SourceTable]
    truth: list[LeadTruth] = field(default_factory=list)

    def person(
        self, what: str, lost: int | None, *, reason: str = "", restored: int | None = None
    ) -> LeadTruth:
        """A person with an entry of the register of licences."""
        ident = self.inventor.resident_id(self.inventor.born(22, 60), self.rng.random() < 0.8)
        name, cls = self.inventor.name(), self.rng.choice(("C1", "C1", "C2", "B2"))
        state = "正常" if lost is None or restored is not None else "注销"
        why = (reason or self.rng.choice(_REASONS)) if lost is not None else ""
        days = [stamp(at, "%Y-%m-%d") if at is not None else "" for at in (lost, restored)]
        self.tables["驾驶人"].add(name, ident, cls, state, days[0], why, days[1])
        self.truth.append(LeadTruth(ident, "", what))
        self.names[ident] = name
        return self.truth[-1]

    names: dict[str, str] = field(default_factory=dict)

    def car(self, owner: str, since: str = "2019-06-01", like: Car | None = None) -> Car:
        """A car of the register."""
        plate = self.inventor.plate()
        brand, colour = self.rng.choice(_BRANDS), self.rng.choice(_COLOURS)
        made = like or Car(plate, "02", brand, colour)
        cells = [
            made.plate,
            made.kind,
            "小型轿车",
            self.names[owner],
            owner,
            since,
            "正常",
            made.brand,
            made.colour,
        ]
        self.tables["机动车"].add(*cells)
        return made

    def seen(self, car: Car, at: int, gate: int, truth: LeadTruth | None = None, **read: str) -> None:
        """A pass; ``read`` is what the camera made of it where that differs from the car."""
        if not 0 <= at < END:
            return
        confidence = read.get("confidence", f"{self.rng.uniform(0.86, 0.99):.2f}")
        colour = "绿" if car.kind == "52" else "蓝"
        place = (f"SJ{gate + 1:03d}", f"例溪省界卡口{gate + 1:02d}", f"{126.0 + gate * 0.02:.6f}")
        said = (colour, "小型轿车", read.get("brand", car.brand), read.get("colour", car.colour))
        way = "由西向东" if at // 3600 % 24 < 12 else "由东向西"
        plate, north = read.get("plate", car.plate), f"{29.5 + gate % 4 * 0.02:.6f}"
        self.tables["卡口过车"].add(plate, car.kind, stamp(at), *place, north, *said, way, confidence)
        if truth is not None:
            truth.passes.append([stamp(at), place[0]])

    def habits(self, car: Car, first: int, last: int, truth: LeadTruth | None = None) -> None:
        """A working week: some days past two gates and back by one, now and then not at all, now and then elsewhere."""
        gate = self.rng.randrange(GATES - 1)
        days = sorted(self.rng.sample(range(5), self.rng.choice((2, 3, 5))))
        out, back = self.rng.randrange(6 * 60, 10 * 60), self.rng.randrange(16 * 60, 20 * 60)
        for day in range(first // DAY, last // DAY + 1):
            if (START + timedelta(days=day)).weekday() in days and self.rng.random() < 0.92:
                at = day * DAY + out * 60 + round(self.rng.gauss(0, 240))
                self.seen(car, at, gate, truth)
                self.seen(car, at + self.rng.randrange(300, 600), gate + 1, truth)
                self.seen(car, day * DAY + back * 60 + round(self.rng.gauss(0, 240)), gate + 1, truth)
            elif self.rng.random() < 0.05:
                self.seen(car, day * DAY + self.rng.randrange(DAY), self.rng.randrange(GATES), truth)


def write_drivers(desk: Desk) -> list[TruthJson]:
    """Write the tables and return the truth of every person in them."""
    rng = desk.world.rng("drivers")
    tables = {name: SourceTable(kind, heading) for name, (kind, heading) in TABLES.items()}
    made = DriverMaker(desk, rng, Inventor(desk.world.rng("drivers/identifiers")), tables)
    _use_no_plate_twice(made)
    for n in range(max(6, round(24 * desk.world.size))):
        _barred(made, n)
    for _ in range(max(1, round(3 * desk.world.size))):
        for look_alike in LOOK_ALIKES:
            look_alike(made)
    for name, table in tables.items():
        table.rows.sort(key=lambda row: row.cells[2] if name == "卡口过车" else row.cells[0])
        desk.files.append(write_text(desk.folder, f"{FOLDER}/{name}.csv", table, "utf-8-sig"))
    return [asdict(each) for each in made.truth]


def _use_no_plate_twice(made: DriverMaker) -> None:
    """The rest of the demo has cars and people already."""
    for person in made.desk.world.people:
        made.inventor.taken(person.plate or "", person.resident_id)


def _some_day(made: DriverMaker, first: int = 60, last: int = 200) -> int:
    return made.rng.randrange(first, last) * DAY


def _barred(made: DriverMaker, n: int) -> None:
    """Drives on: his own car, or one he uses and another owns."""
    lost = _some_day(made)
    truth = made.person("barred", lost)
    if n % 3:
        car = made.car(truth.person)
        made.habits(car, lost - 30 * DAY, END, truth)
    else:
        owner = made.person("lender", None)
        car = made.car(owner.person)
        owner.vehicle = car.id
        basis = made.rng.choice(("违章处理人", "保险投保人", "维修送修人", "配偶车辆"))
        made.tables["车辆使用"].add(
            car.plate, car.kind, truth.person, made.names[truth.person], basis, "2024-01-01", ""
        )
        made.habits(car, lost - 10 * DAY, END, truth)
    truth.vehicle = car.id


def _stopped(made: DriverMaker) -> None:
    """Drove until he lost it, on the very day too."""
    lost = _some_day(made)
    truth = made.person("before_loss", lost)
    car = made.car(truth.person)
    made.habits(car, lost - 60 * DAY, lost - DAY)
    made.seen(car, lost + 9 * 3600, 3)
    truth.vehicle = car.id


def _restored(made: DriverMaker) -> None:
    lost = _some_day(made, 10, 40)
    truth = made.person("restored", lost, restored=lost + 120 * DAY)
    car = made.car(truth.person)
    made.habits(car, lost + 121 * DAY, END)
    truth.vehicle = car.id


def _in_custody(made: DriverMaker) -> None:
    """In compulsory isolation while the family uses the car."""
    lost = _some_day(made, 40, 80)
    truth = made.person("custody", lost)
    car = made.car(truth.person)
    ident = truth.person
    made.tables["戒毒措施"].add(ident, made.names[ident], "强制隔离戒毒", stamp(lost, "%Y-%m-%d"), "")
    made.habits(car, lost + DAY, END)
    truth.vehicle = car.id


def _one_misread(made: DriverMaker) -> None:
    lost = _some_day(made)
    truth = made.person("misread", lost)
    car = made.car(truth.person)
    made.seen(car, lost + 20 * DAY + made.rng.randrange(DAY), made.rng.randrange(GATES))
    truth.vehicle = car.id


def _cloned(made: DriverMaker) -> None:
    """His car stands still; another with his plate drives about, of other looks."""
    lost = _some_day(made)
    truth = made.person("cloned", lost)
    car = made.car(truth.person)
    other = Car(car.plate, car.kind, _other(_BRANDS, car.brand), _far(car.colour))
    for _ in range(12):
        made.seen(other, lost + made.rng.randrange(2 * DAY, END - lost), made.rng.randrange(GATES))
    truth.vehicle = car.id


def _cloned_alike(made: DriverMaker) -> None:
    """A licensed wife drives it; its clone looks the same and is elsewhere at the same time."""
    lost = _some_day(made)
    truth = made.person("cloned_alike", lost)
    car = made.car(truth.person)
    for day in made.rng.sample(range(lost // DAY + 2, DAYS), 8):
        at = day * DAY + made.rng.randrange(7 * 3600, 20 * 3600)
        made.seen(car, at, 0)
        made.seen(car, at + made.rng.randrange(60, 240), GATES - 1)
    truth.vehicle = car.id


def _neighbour(made: DriverMaker) -> None:
    """A commuter whose plate is one character off, read wrong a few times at his own hour."""
    lost = _some_day(made, 60, 120)
    truth = made.person("neighbour", lost)
    car = made.car(truth.person)
    commuter = made.person("commuter", None)
    last = str((int(car.plate[-1]) + 3) % 10)
    near = made.car(commuter.person, like=Car(car.plate[:-1] + last, "02", car.brand, ""))
    commuter.vehicle, truth.vehicle = near.id, car.id
    minute = made.rng.randrange(7 * 60, 9 * 60)
    for day in range(lost // DAY + 5, min(lost // DAY + 60, DAYS)):
        at = day * DAY + minute * 60 + made.rng.randrange(-240, 240)
        wrong = day % 17 == 0
        made.seen(near, at, 5, None, **({"plate": car.plate, "brand": ""} if wrong else {}))


def _drank(made: DriverMaker) -> None:
    lost = _some_day(made)
    truth = made.person("drink", lost, reason="饮酒后驾驶机动车")
    car = made.car(truth.person)
    made.habits(car, lost + DAY, END)
    truth.vehicle = car.id


def _sold(made: DriverMaker) -> None:
    """Sold before the loss; the new owner drives."""
    lost = _some_day(made)
    truth = made.person("sold", lost)
    car = made.car(truth.person)
    buyer = made.person("buyer", None)
    made.car(buyer.person, stamp(lost - 5 * DAY, "%Y-%m-%d"), like=car)
    made.habits(car, lost + DAY, END)
    truth.vehicle, buyer.vehicle = car.id, car.id


def _twin(made: DriverMaker) -> None:
    """Another car bears the same digits on a green plate."""
    lost = _some_day(made)
    truth = made.person("twin", lost)
    car = made.car(truth.person)
    other = made.person("green", None)
    green = made.car(other.person, like=Car(car.plate, "52", car.brand, car.colour))
    made.habits(green, lost + DAY, END)
    truth.vehicle, other.vehicle = car.id, green.id


def _badly_read(made: DriverMaker) -> None:
    lost = _some_day(made)
    truth = made.person("badly_read", lost)
    car = made.car(truth.person)
    for day in range(lost // DAY + 3, DAYS, 9):
        made.seen(
            car, day * DAY + made.rng.randrange(DAY), 2, None, confidence=f"{made.rng.uniform(0.2, 0.6):.2f}"
        )
    truth.vehicle = car.id


LOOK_ALIKES: tuple[Callable[[DriverMaker], None], ...] = (
    *(_stopped, _restored, _in_custody, _one_misread, _cloned, _cloned_alike),
    *(_neighbour, _drank, _sold, _twin, _badly_read),
)


def _other(words: tuple[str, ...], own: str) -> str:
    return words[(words.index(own) + 2) % len(words)]


def _far(colour: str) -> str:
    """A colour no camera takes for this one."""
    return {"白": "红", "黑": "白", "灰": "红", "红": "白", "蓝": "白"}[colour]


def last_day() -> date:
    """The last day of the demo."""
    return (START + timedelta(days=DAYS - 1)).date()
