"""What exists and what happens in the district: people, institutions, organisations, calls, payments.

Times are seconds since ``START`` (Beijing time); money is fen. Persons are list indices; negative
indices are institutions (``-1 - k`` is ``institutions[k]``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from backend.demo.behaviour import Behaviour
from backend.demo.invented import Inventor

START = datetime(2024, 11, 1)
DAYS = 304
DAY = 86_400
END = DAYS * DAY


def moment(at: int) -> datetime:
    """The Beijing wall-clock time of a second of the simulation."""
    return START + timedelta(seconds=at)


@dataclass(slots=True)
class Phone:
    number: str
    imsi: str
    imei: str
    since: int
    until: int
    registered: int | None  # person in whose name the card was bought


@dataclass(slots=True)
class Card:
    number: str
    account: str
    bank: str


@dataclass(slots=True)
class Person:
    name: str
    male: bool
    born: date
    resident_id: str
    nickname: str
    phones: list[Phone]
    wallet: str
    cards: list[Card]
    alipay: str
    cell: int  # where he lives, index of a cell
    occupation: str
    plate: str | None = None
    household: list[int] = field(default_factory=list)
    uses: bool = False
    gone: int = END  # arrested or vanished: nothing happens after

    def phone_at(self, at: int) -> Phone:
        """The phone he uses at that time (the last one that has begun)."""
        current = self.phones[0]
        for phone in self.phones:
            if phone.since <= at:
                current = phone
        return current


@dataclass(slots=True)
class Institution:
    """A shop, company or platform; ``number`` is its merchant or account number."""

    name: str
    kind: str  # shop | company | platform | service
    number: str
    bank: str = ""


@dataclass(slots=True)
class Call:
    at: int
    caller: str
    called: str
    seconds: int
    text: bool = False  # a text message
    a: int = -1  # persons behind the numbers; -1 where it is a service or an outsider
    b: int = -1


@dataclass(slots=True)
class Payment:
    at: int
    payer: int
    payee: int
    fen: int
    channel: str  # wallet | bank | platform | top_up | withdraw | deposit
    purpose: str
    memo: str = ""
    edge: tuple[int, int] | None = None  # the supply it pays for: supplier, buyer


@dataclass(slots=True)
class Parcel:
    at: int
    delivered: int
    sender: int
    receiver: int
    goods: str
    kilos: float
    true_names: bool
    waybill: str


@dataclass(slots=True)
class Pass:
    at: int
    plate: str
    gate: int


@dataclass(slots=True)
class Stay:
    at: int
    until: int
    guests: list[int]
    hotel: int


@dataclass(slots=True)
class Supply:
    """A supplier's dealings with one buyer."""

    first: int
    last: int
    deals: int = 0
    grams: float = 0.0
    fen: int = 0


@dataclass(slots=True)
class Dealer:
    person: int
    org: int  # -1 for one who stands alone
    role: str  # organiser | wholesaler | retailer
    stock: float
    lot: float  # grams of one usual restock
    suppliers: list[tuple[int, float]] = field(default_factory=list)
    swaps: list[int] = field(default_factory=list)
    price: float = 0.0  # yuan: per packet for retail, per gram above
    packet: float = 0.4  # grams
    collector: int | None = None
    runner: int | None = None
    begins: int = 0  # days
    by_parcel: bool = False
    batch: str = ""
    owed: dict[int, int] = field(default_factory=dict)  # supplier → yuan not yet paid


@dataclass(slots=True)
class Organisation:
    shape: str
    members: dict[int, str] = field(default_factory=dict)  # person → role
    substance: str = "甲基苯丙胺"
    packaging: str = ""

    def of(self, role: str) -> list[int]:
        return [pid for pid, r in self.members.items() if r == role]


@dataclass(slots=True)
class Habit:
    """A user's buying: from whom (weights), how often, how much."""

    person: int
    sellers: list[tuple[int, float]]
    gap_days: float
    begins: int
    ends: int


@dataclass
class World:
    behaviour: Behaviour
    seed: int
    size: float
    inventor: Inventor
    people: list[Person] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    orgs: list[Organisation] = field(default_factory=list)
    dealers: dict[int, Dealer] = field(default_factory=dict)
    habits: list[Habit] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    supply: dict[tuple[int, int], Supply] = field(default_factory=dict)

    def rng(self, topic: str) -> Random:
        """A stream of its own per topic, so that one part can change without moving the others."""
        return Random(f"{self.seed}/{self.behaviour.name}/{topic}")

    def call(self, at: int, a: int, b: int, seconds: int, text: bool = False) -> None:
        """One person calls (or texts) another, if both are still there."""
        caller, called = self.people[a], self.people[b]
        if 0 <= at < min(caller.gone, called.gone):
            numbers = caller.phone_at(at).number, called.phone_at(at).number
            self.calls.append(Call(at, *numbers, seconds, text, a, b))

    def pay(
        self,
        at: int,
        payer: int,
        payee: int,
        fen: int,
        channel: str,
        purpose: str,
        memo: str = "",
        edge: tuple[int, int] | None = None,
    ) -> None:
        """One pays another, if both are still there."""
        if 0 <= at < min(self.gone(payer), self.gone(payee)) and fen > 0:
            self.payments.append(Payment(at, payer, payee, fen, channel, purpose, memo, edge))

    def gone(self, who: int) -> int:
        return self.people[who].gone if who >= 0 else END
