"""Who lives in the world: people with phones, wallets and cards, and the networks that trade; nobody is real."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from benchmarks.accuracy.elsewhere.habits import Habits

DAY = 86_400
_FAMILY = "柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"
_GIVEN = (
    "样甲",
    "样乙",
    "样丙",
    "样丁",
    "样戊",
    "样己",
    "样庚",
    "样辛",
    "样壬",
    "样癸",
    "例子",
    "例丑",
    "例寅",
    "例卯",
    "例辰",
)
_FACTORS = [2**k % 11 for k in range(17, 0, -1)]


@dataclass
class Phone:
    number: str
    begins: int
    ends: int


@dataclass
class Someone:
    """One inhabitant; ``gone`` is the second after which nothing of his happens."""

    number: int
    name: str
    ident: str
    male: bool
    phones: list[Phone]
    wallet: str
    card: str
    account: str
    gone: int
    network: int = -1
    role: str = ""  # boss | middle | street | carrier | straw | customer
    above: list[int] = field(default_factory=list)
    straw: int | None = None
    price: float = 0.0
    stock: float = 0.0
    lot: float = 0.0
    begins: int = 0

    def phone(self, at: int) -> str:
        """The number in use at that second."""
        return next((p.number for p in reversed(self.phones) if p.begins <= at), self.phones[0].number)


class Town:
    """People and networks of one world."""

    def __init__(self, habits: Habits, rng: Random) -> None:
        self.habits, self.rng = habits, rng
        self.people: list[Someone] = []
        self.taken: set[str] = set()
        self.networks: list[list[int]] = []
        self.strangers: list[int] = []  # sellers of no network
        self.end = habits.days * DAY
        for _ in range(380):
            self.newcomer()
        self.crowd = list(range(len(self.people)))
        for k in range(habits.networks):
            self._network(k)
        for _ in range(rng.randint(5, 8)):
            self._stranger()

    def newcomer(self) -> Someone:
        rng, number = self.rng, len(self.people)
        male = rng.random() < 0.6
        body = f"9905{rng.randint(1, 9):02d}{rng.randint(1962, 2004)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        body += f"{rng.randrange(100):02d}{rng.randrange(0, 10, 2) + male}"
        ident = body + "10X98765432"[sum(f * int(c) for f, c in zip(_FACTORS, body, strict=True)) % 11]
        if ident in self.taken:
            return self.newcomer()
        self.taken.add(ident)
        name = rng.choice(_FAMILY) + rng.choice(_GIVEN)
        letters = "".join(rng.choices("abcdefghjkmnpqrstuvwxyz23456789", k=12))
        wallet = f"wxid_{letters}22" if rng.random() < 0.8 else f"sample_{letters[:7]}"
        phone = Phone(
            self._fresh("1960000", 4) if rng.random() < 0.5 else self._fresh("1970000", 4), 0, self.end
        )
        account = self._fresh("9933", 13)
        person = Someone(number, name, ident, male, [phone], wallet, self._card(), account, self.end)
        self.people.append(person)
        return person

    def _fresh(self, head: str, digits: int) -> str:
        while (number := head + "".join(self.rng.choices("0123456789", k=digits))) in self.taken:
            pass
        self.taken.add(number)
        return number

    def _card(self) -> str:
        body = self._fresh("62999907", 10)
        total = sum(sum(divmod(int(c) * (2 - n % 2), 10)) for n, c in enumerate(reversed(body)))
        return body + str(-total % 10)

    def _network(self, k: int) -> None:
        rng, habits = self.rng, self.habits
        boss = self._dealer(k, "boss", [])
        layer = [boss]
        for _ in range(habits.depth - 1):
            layer = [self._dealer(k, "middle", [rng.choice(layer)]) for _ in range(rng.randint(2, 3))]
        if habits.depth == 1:
            layer = [self._dealer(k, "middle", [boss])] if rng.random() < 0.5 else layer
        count = rng.randint(max(4, habits.retailers[0]), habits.retailers[1] + 2)
        street = [self._dealer(k, "street", [rng.choice(layer)]) for _ in range(count)]
        if len(layer) > 1:
            for person in street:
                if rng.random() < 0.2:
                    person.above.append(rng.choice([p for p in layer if p.number not in person.above]).number)
        members = [p.number for p in self.people if p.network == k]
        carrier = self.newcomer()
        carrier.network, carrier.role = k, "carrier"
        straws: list[Someone] = []
        for number in members:
            person = self.people[number]
            chance = habits.street_straw if person.role == "street" else habits.straw
            if rng.random() < chance:
                straw = rng.choice(straws) if straws and rng.random() < 0.5 else self.newcomer()
                straw.network, straw.role = k, "straw"
                straws.append(straw)
                person.straw = straw.number
        for person in street:
            for _ in range(rng.randint(*habits.customers)):
                buyer = self.newcomer()
                buyer.network, buyer.role, buyer.above = k, "customer", [person.number]
                if rng.random() < 0.2:
                    buyer.above.append(rng.choice(street).number)
        self.networks.append([p.number for p in self.people if p.network == k])
        if habits.phone_life:
            for number in self.networks[-1]:
                if self.people[number].role in ("boss", "middle", "street", "carrier"):
                    self._change_phones(self.people[number], habits.phone_life)

    def _dealer(self, k: int, role: str, above: list[Someone]) -> Someone:
        rng, habits = self.rng, self.habits
        person = self.newcomer()
        person.network, person.role = k, role
        person.above = [p.number for p in above]
        steps = {"street": 0, "middle": 1, "boss": 2}[role]
        person.price = habits.price * rng.uniform(0.75, 1.3) * habits.margin**steps
        person.lot = rng.uniform(*habits.lot) * (1.0 if role == "street" else rng.uniform(4, 9))
        person.stock = person.lot * rng.random()
        person.begins = rng.choice((0, 0, 0, rng.randrange(60))) * DAY
        return person

    def _stranger(self) -> None:
        """A small seller whose source no file shows, with a few customers."""
        person = self._dealer(-1, "street", [])
        self.strangers.append(person.number)
        for _ in range(self.rng.randint(3, 6)):
            buyer = self.newcomer()
            buyer.role, buyer.above = "customer", [person.number]

    def _change_phones(self, person: Someone, life: int) -> None:
        at = self.rng.randrange(10, life) * DAY
        while at < self.end:
            person.phones[-1].ends = at
            person.phones.append(Phone(self._fresh("1960000", 4), at, self.end))
            at += round(life * self.rng.uniform(0.7, 1.3)) * DAY
