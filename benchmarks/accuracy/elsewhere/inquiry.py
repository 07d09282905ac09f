"""Cases, who was arrested, what he said, and whose books and phones were asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.accuracy.elsewhere.earners import FAMILIAR, Earners
from benchmarks.accuracy.elsewhere.ordinary import Ordinary
from benchmarks.accuracy.elsewhere.town import DAY, Someone, Town
from benchmarks.accuracy.elsewhere.trade import Trade


@dataclass
class Part:
    person: int
    what: str
    at: int
    measure: str
    words: str = ""


@dataclass
class Case:
    number: str
    kind: str  # packet | major
    network: int
    at: int
    parts: list[Part] = field(default_factory=list)
    grams: float = 0.0
    batch: str = ""


@dataclass
class DataRequest:
    """One person's wallet, card and phones, for one stretch of time."""

    person: int
    since: int
    until: int
    wallet: bool
    card: bool
    phones: bool


class Plan:
    """Decides before the world runs who will be arrested when, so that he stops trading then."""

    def __init__(self, town: Town) -> None:
        self.town, self.rng = town, town.rng
        self.cases: list[Case] = []
        for k, members in enumerate(town.networks):
            self._network(k, [town.people[n] for n in members])
        for number in town.strangers:
            if self.rng.random() < 0.8:
                self._arrest(town.people[number], "packet", -1, 0.5, 0.97)
        for number in self.rng.sample(town.crowd[60:], 3):
            case = self._arrest(town.people[number], "packet", -1, 0.5, 0.97)
            case.parts[0].what = "容留"

    def _network(self, k: int, people: list[Someone]) -> None:
        street = [p for p in people if p.role == "street"]
        for person in self.rng.sample(street, min(len(street) - 1, self.rng.randint(2, 4))):
            self._arrest(person, "packet", k, 0.55, 0.97)
        boss = next(p for p in people if p.role == "boss")
        if self.rng.random() < 0.9:
            case = self._arrest(boss, "major", k, 0.88, 1.0)
            for person in people:
                if person.role in ("middle", "carrier", "straw") and self.rng.random() < 0.3:
                    what = {"middle": "贩卖", "carrier": "运输", "straw": "洗钱"}[person.role]
                    person.gone = min(person.gone, case.at + 3600)
                    case.parts.append(Part(person.number, what, person.gone, "取保候审"))

    def _arrest(self, person: Someone, kind: str, network: int, low: float, high: float) -> Case:
        at = round(self.town.end * self.rng.uniform(low, high)) - 1
        person.gone = min(person.gone, at)
        case = Case(f"A990500{self.rng.randrange(10**6):06d}2025{len(self.cases) + 1:05d}", kind, network, at)
        case.grams = round(self.rng.uniform(0.4, 8.5) if kind == "packet" else self.rng.uniform(55, 480), 2)
        if network >= 0 and self.rng.random() < self.town.habits.marks:
            case.batch = f"TZ{network}{self.rng.randint(1, 2)}"
        case.parts.append(Part(person.number, "贩卖", at, "刑事拘留"))
        self.cases.append(case)
        return case


def statements(town: Town, cases: list[Case]) -> None:
    """What those arrested say of their source: some nothing, some the truth, some something else."""
    rng, habits = town.rng, town.habits
    for case in cases:
        for part in case.parts:
            above = town.people[part.person].above
            lie = rng.random() < habits.lies
            if part.what != "贩卖" or rng.random() > habits.speaks or not (above or lie):
                continue
            other = town.people[rng.randrange(len(town.people)) if lie else above[0]]
            part.words = rng.choice(
                (
                    f"向{other.name}（微信{other.wallet}）拿货",
                    f"打{other.phone(part.at - 1)}约的",
                    f"上家是{other.name}，别的不知道",
                )
            )


def ask(town: Town, trade: Trade, cases: list[Case], ordinary: Ordinary) -> list[DataRequest]:
    """First those arrested, then those who stand out in their books, with the chance of the world."""
    rng = town.rng
    asked: dict[int, DataRequest] = {}

    def book(person: Someone, until: int, share: float) -> None:
        ordinary.live(person)
        since = max(0, until - rng.randint(150, 260) * DAY)
        parts = [rng.random() < chance * share for chance in (0.97, 0.8, 0.95)]
        if any(parts):
            asked.setdefault(person.number, DataRequest(person.number, since, until, *parts))

    for case in cases:
        for n, part in enumerate(case.parts):
            if n == 0 or rng.random() < 0.6:
                book(town.people[part.person], part.at + DAY, 1.0)
    for one in list(asked.values()):
        money: Counter[int] = Counter()
        for paid in trade.money:
            if paid.payer == one.person and paid.payee >= 0 and one.since <= paid.at < one.until:
                money[paid.payee] += paid.fen
        calls: Counter[int] = Counter()
        for talk in trade.talks:
            if one.person in (talk.a, talk.b) and one.since <= talk.at < one.until:
                calls[talk.b if talk.a == one.person else talk.a] += 1
        for number, _ in money.most_common(2) + calls.most_common(1):
            if number not in asked and rng.random() < town.habits.second_round:
                book(town.people[number], min(town.end, one.until + 10 * DAY), 0.85)
    earners = Earners(trade)
    for customer in rng.sample(sorted(asked), min(len(asked), rng.randint(6, 10))):
        earner = earners.of(town.people[customer])
        book(earner, min(town.end, asked[customer].until + rng.randint(5, 40) * DAY), 1.0)
    for kind in FAMILIAR.values() if town.habits.familiar else ():
        first = rng.choice([n for n in sorted(asked) if town.people[n].role in ("boss", "middle", "street")])
        book(earners.familiar(kind, town.people[first]), min(town.end, asked[first].until + 12 * DAY), 1.0)
    return [asked[number] for number in sorted(asked)]
