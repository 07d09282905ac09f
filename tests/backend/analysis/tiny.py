"""A handful of people and what happened between them, written down line by line for one test."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from backend.analysis.attribution.attribute import attribute
from backend.analysis.correlation.correlate import correlate
from backend.analysis.model.facts import Case, Events, Facts, Involvement, Seizure, Succession
from backend.analysis.model.weights import default_weights
from backend.analysis.supply.scoring import Scored, score_supplies

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000
MIDNIGHT = 1_718_208_000_000  # 2024-06-13 00:00 in Beijing


def at(day: float, hour: float = 0.0, minute: float = 0.0) -> int:
    """Time in ms of a day counted from 2024-06-13, Beijing clock."""
    return int(MIDNIGHT + day * DAY + hour * HOUR + minute * MINUTE)


@dataclass
class Tiny:
    """Names stand for persons; everything said about a name that was not there before adds the person."""

    names: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    fugitives: set[str] = field(default_factory=set)
    platforms: set[str] = field(default_factory=set)
    refs: dict[str, list[str]] = field(default_factory=dict)
    calls: list[tuple[str, str, int, int, int]] = field(default_factory=list)
    pays: list[tuple[str, str, int, int, int]] = field(default_factory=list)
    parcels: list[tuple[str, str, int, int, int]] = field(default_factory=list)
    said: list[tuple[str, str, int, int, int]] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    parts: list[tuple[str, int, str, int | None]] = field(default_factory=list)
    seized: list[tuple[str, int, int, float, str | None]] = field(default_factory=list)
    coverage: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)  # person → the name he is known by
    apart: set[tuple[str, str]] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)
    registered_to: dict[str, str] = field(
        default_factory=dict
    )  # a number of somebody who has others, or accounts
    followed: list[tuple[str, str, float, float]] = field(default_factory=list)  # old, new, share, lead

    def call(self, a: str, b: str, when: int, seconds: int = 30) -> None:
        self.calls.append((a, b, when, seconds, 2))

    def pay(self, a: str, b: str, when: int, yuan: float, precision: int = 2) -> None:
        self.pays.append((a, b, when, round(yuan * 100), precision))

    def send(self, a: str, b: str, when: int) -> None:
        self.parcels.append((a, b, when, 0, 2))

    def say(self, speaker: str, named: str) -> None:
        self.said.append((speaker, named, -1, 0, 0))

    def case(self, no: str, tier: str = "packet", when: int | None = None, grams: float = 1.0) -> int:
        self.cases.append(Case(no, tier, when, {"甲基苯丙胺": grams}))
        return len(self.cases) - 1

    def involve(self, name: str, case: int, role: str = "dealing", when: int | None = None) -> None:
        self.parts.append((name, case, role, when))
        self.asked.add(name)

    def seize(self, name: str, case: int, when: int, grams: float, batch: str | None = None) -> None:
        self.seized.append((name, case, when, grams, batch))

    def make_known(self, who: str, why: str, other: str) -> None:
        """Somebody who stands for himself: recorded, registered, at large, by what he holds, or judged apart from ``other``."""
        if why == "recorded":
            self.involve(who, self.case("A990002"), "using")
        elif why == "registered":
            self.registered.add(who)
        elif why == "at large":
            self.fugitives.add(who)
        elif why == "judged":
            self.apart.add((who, other))
        else:
            self.refs[who] += ["Phone:9" if why == "two numbers" else "Account:card:9"]

    def index(self, name: str) -> int:
        return self.everyone().index(name)

    def everyone(self) -> list[str]:
        found = set(self.names) | self.asked | self.registered | self.fugitives | self.platforms
        for rows in (self.calls, self.pays, self.parcels, self.said):
            found |= {self.registered_to.get(end, end) for row in rows for end in row[:2]}
        return sorted(found | {p[0] for p in self.parts} | {s[0] for s in self.seized})

    def facts(self) -> Facts:
        people = self.everyone()
        number = {name: i for i, name in enumerate(people)}

        def flags(names: set[str]) -> np.ndarray:
            return np.array([name in names for name in people], dtype=bool)

        return Facts(
            person_ids=people,
            named=~flags(self.unnamed),
            registered_user=flags(self.registered),
            fugitive=flags(self.fugitives),
            platform=flags(self.platforms),
            asked=flags(self.asked),
            calls=self._events("calls", self.calls, number),
            payments=self._events("pays", self.pays, number),
            parcels=self._events("parcels", self.parcels, number),
            statements=self._events("said", self.said, number),
            cases=self.cases,
            involvements=[
                Involvement(number[who], case, role, when, [f"cases/-/{i}"])
                for i, (who, case, role, when) in enumerate(self.parts)
            ],
            seizures=[
                Seizure(number[who], case, when, "甲基苯丙胺", grams, 1, batch, None, [f"seized/-/{i}"])
                for i, (who, case, when, grams, batch) in enumerate(self.seized)
            ],
            refs=[self.refs.get(name, [f"Account:wechat:{name}", f"Phone:{name}"]) for name in people],
            coverage=self.coverage,
            names=[self.called.get(name) for name in people],
            successions=[
                Succession(number[old], number[new], share, 2 * lead, lead)
                for old, new, share, lead in self.followed
            ],
            apart=frozenset(
                (min(x), max(x)) for one, two in self.apart for x in [(number[one], number[two])]
            ),
        )

    def _events(
        self, name: str, rows: list[tuple[str, str, int, int, int]], number: dict[str, int]
    ) -> Events:
        def column(i: int) -> np.ndarray:
            return np.array([row[i] for row in rows], dtype=np.int64).reshape(len(rows))

        held = [[number[self.registered_to.get(row[i], row[i])] for row in rows] for i in (0, 1)]
        ends = [np.array(each, dtype=np.int64).reshape(len(rows)) for each in held]
        return Events(
            a=ends[0],
            b=ends[1],
            at=column(2),
            precision=column(4).astype(np.int8),
            amount=column(3),
            service=np.array([bool({row[0], row[1]} & self.platforms) for row in rows], dtype=bool),
            a_ref=[f"Phone:{row[0]}" for row in rows],
            b_ref=[f"Phone:{row[1]}" for row in rows],
            evidence=[[f"{name}/-/{i}"] for i in range(len(rows))],
        )

    def scored(self) -> Scored:
        seen = correlate(self.facts())
        return score_supplies(seen, attribute(seen), default_weights())

    def value(self, signal: str, supplier: str, buyer: str) -> float:
        """Value of one signal for "supplier supplies buyer"."""
        scored = self.scored()
        c = scored.features.candidates
        e = np.flatnonzero((c.supplier == self.index(supplier)) & (c.buyer == self.index(buyer)))
        found = next(s for s in (*scored.first, *scored.around) if s.name == signal)
        return float(found.value[e[0]])

    def score(self, supplier: str, buyer: str) -> float:
        """Probability that ``supplier`` supplies ``buyer``; 0 where the pair is no candidate."""
        scored = self.scored()
        c = scored.features.candidates
        e = np.flatnonzero((c.supplier == self.index(supplier)) & (c.buyer == self.index(buyer)))
        return float(scored.score[e[0]]) if len(e) else 0.0


def dealer(world: Tiny, name: str, users: int = 6, days: int = 90) -> None:
    """An arrested retailer with some users who call and then pay a packet price every few days, and with
    other calls.
    """
    case = world.case(f"A99{len(world.cases):04d}", when=at(days))
    world.involve(name, case, when=at(days))
    for u in range(users):
        user = f"{name}-user{u}"
        world.registered |= {user} if u % 2 else set()
        for k, day in enumerate(range(u, days, 4 + u % 3)):
            when = at(day, 19 + (u + k) % 5, 7 * u % 60)
            world.call(user, name, when - (5 + k % 12) * MINUTE)
            world.pay(user, name, when, (200, 300)[(u + k) % 2])
    for day in range(days):
        world.call(f"{name}-friend{day % 9}", name, at(day, 10 + day % 7, 3 * day % 60), 80)


def restock(
    world: Tiny, buyer: str, supplier: str, account: str | None = None, days: int = 90, yuan: int = 1800
) -> None:
    """The buyer calls the supplier and pays some ten minutes later, every five to eight days, in varying
    multiples.
    """
    day, k = 3, 0
    while day < days:
        when = at(day, 15 + 3 * (k % 3), 11 * k % 60)
        world.call(buyer, supplier, when - (6 + 5 * (k % 3)) * MINUTE, 25)
        world.pay(buyer, account or supplier, when, yuan * (1, 2, 1.5)[k % 3])
        day, k = day + 5 + k % 4, k + 1
