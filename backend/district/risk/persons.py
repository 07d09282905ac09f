"""Person facts: what ties somebody on the list of persons of concern to a firm, near in time to its anomaly.

A record or a skill alone scores nothing, and nobody's region is read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from backend.district.days import DateSpan
from backend.district.risk.around import LEASE
from backend.district.risk.measure import kilometres
from backend.district.risk.net import Net
from backend.district.risk.told import Car, District, Drive, Fact, Firm, FirmTie, ListedPerson, Stay

MOST_TIMES = 3
ADULT = 18
CLASS_EN = {"制毒前科": "record of manufacture", "化工技能": "chemical skill"}
ROLE_EN = {
    "法定代表人": "legal representative",
    "股东": "shareholder",
    "高管": "manager",
    "员工": "employee",
    "承租": "tenant",
    "出租": "landlord",
    "会计": "accountant",
    "代办": "agent",
}
PRINCIPAL = ("法定代表人", "股东", "高管")


@dataclass(frozen=True)
class FirmDays:
    """The days that count for a firm: its anomalies, each with the window on both sides."""

    spans: tuple[DateSpan, ...]

    @classmethod
    def of(cls, facts: Iterable[Fact], on: dt.date, days: int) -> FirmDays:
        """Around the facts of a firm; around the day asked for where it has none."""
        more = dt.timedelta(days=days)
        spans = [(fact.first - more, min(on, fact.last + more)) for fact in facts] or [(on - more, on)]
        return cls(tuple(spans))

    def meets(self, first: dt.date | None, last: dt.date | None) -> DateSpan | None:
        """The days of the latest span that a tie has part in; open ends meet everything."""
        for begin, end in sorted(self.spans, reverse=True):
            a, b = max(first or begin, begin), min(last or end, end)
            if a <= b:
                return a, b
        return None


class Finder:
    """Looks for ties between persons of concern and firms; asked once per firm."""

    def __init__(self, district: District, net: Net) -> None:
        self.net = net
        agents = agents_of(district.ties, net.whole("agents"))
        self.entries: dict[str, list[ListedPerson]] = defaultdict(list)
        for entry in district.entries:
            if entry.ident not in agents and net.class_weight(entry.kind) > 0:
                self.entries[entry.ident].append(entry)
        self.of_firm: dict[str, list[FirmTie]] = defaultdict(list)
        self.of_person: dict[str, list[FirmTie]] = defaultdict(list)
        for tie in district.ties:
            if tie.ident not in agents:
                self.of_firm[tie.uscc].append(tie)
                self.of_person[tie.ident].append(tie)
        self.stays = [stay for stay in district.stays if stay.ident in self.entries]
        self.drives: dict[tuple[str, str, float, float], list[Drive]] = defaultdict(list)
        for drive in district.drives:
            if drive.ident in self.entries and drive.lon is not None and drive.lat is not None:
                self.drives[drive.ident, drive.plate, drive.lon, drive.lat].append(drive)
        self.cars = [car for car in district.cars if car.ident in self.entries]
        self.firms = {firm.uscc: firm for firm in district.firms}
        self.deals_of: dict[str, list[int]] = defaultdict(list)
        self.deals = district.deals
        for i, deal in enumerate(district.deals):
            for uscc in {deal.buyer, deal.seller}:
                if uscc:
                    self.deals_of[uscc].append(i)

    def facts(self, firm: Firm, near: FirmDays) -> list[Fact]:
        """Every person fact of a firm, one per person and rule."""
        found = [
            *self._ties(firm, near),
            *self._stays(firm, near),
            *self._passes(firm, near),
            *self._trade(firm, near),
            *self._cars(firm, near),
            *self._founded(firm, near),
        ]
        best: dict[tuple[str, str | None], Fact] = {}
        for fact in sorted(found, key=lambda each: (-each.weight, each.value, each.evidence)):
            kept = best.setdefault((fact.rule, fact.ident), fact)
            if kept is not fact:
                merged = tuple(dict.fromkeys((*kept.evidence, *fact.evidence)))
                best[fact.rule, fact.ident] = replace(kept, evidence=merged)
        return list(best.values())

    def _fact(
        self, rule: str, ident: str, met: DateSpan, value: float, words: tuple[str, str], rows: tuple[str, ...],
        begun: bool = True,
    ) -> Fact | None:  # fmt: skip
        """A fact of a person whose entry was valid on one of the days; a standing tie needs a record of manufacture."""
        valid = [
            (self.net.class_weight(entry.kind), entry)
            for entry in self.entries.get(ident, ())
            if (entry.first is None or entry.first <= met[1]) and (entry.last is None or entry.last >= met[0])
        ]
        valid = [(weight, entry) for weight, entry in valid if begun or weight >= 1]
        if not valid:
            return None
        weight, entry = max(valid, key=lambda each: (each[0], each[1].evidence))
        zh = f"{entry.kind}人员{entry.name or ident}{words[0]}"
        en = f"{entry.name or ident}, on the list ({CLASS_EN.get(entry.kind, entry.kind)}), {words[1]}"
        return Fact(
            rule, self.net.group(rule), value, self.net.threshold(rule), self.net.rows[rule].text("unit"), zh, en,
            met[0], met[1], self.net.weight(rule) * weight, (*rows, *entry.evidence), ident, entry.name,
        )  # fmt: skip

    def _ties(self, firm: Firm, near: FirmDays) -> list[Fact]:
        found = []
        for tie in self.of_firm[firm.uscc]:
            met = near.meets(tie.first, tie.last)
            if met is None:
                continue
            rule = "lease" if any(word in tie.role for word in LEASE) else "work"
            begun = tie.first is not None and near.meets(tie.first, tie.first) is not None
            zh = f"{tie.role}该企业场所" if rule == "lease" else f"系该企业{tie.role}"
            words = (zh, f"is tied to the firm ({ROLE_EN.get(tie.role, tie.role)})")
            days = float((met[1] - met[0]).days + 1)
            found.append(self._fact(rule, tie.ident, met, days, words, tie.evidence, begun))
        return [fact for fact in found if fact]

    def _stays(self, firm: Firm, near: FirmDays) -> list[Fact]:
        """The nearest stay of each person; who came again weighs more, up to three times: chance seldom repeats."""
        close: dict[str, list[tuple[float, Stay, DateSpan]]] = defaultdict(list)
        for stay in self.stays:
            km = distance(firm, stay)
            met = near.meets(stay.first, stay.last) if km is not None else None
            if km is not None and met is not None and km <= self.net.threshold("stay"):
                close[stay.ident].append((km, stay, met))
        found = []
        for ident, told in close.items():
            km, stay, met = min(told, key=lambda each: (each[0], each[1].first))
            times = len({each.first for _, each, _ in told})
            words = (
                f"{stay.first} 住{stay.place or '附近'}，距企业 {km:.1f} 公里，共 {times} 次",
                f"stayed at {stay.place or 'a place'} on {stay.first}, {km:.1f} km from the firm; stays in all: {times}",
            )
            rows = tuple(row for _, each, _ in told for row in each.evidence)
            fact = self._fact("stay", ident, met, round(km, 2), words, rows)
            if fact:
                found.append(replace(fact, weight=fact.weight * min(times, MOST_TIMES)))
        return found

    def _passes(self, firm: Firm, near: FirmDays) -> list[Fact]:
        if firm.lon is None or firm.lat is None:
            return []
        seen: dict[tuple[str, str], list[Drive]] = defaultdict(list)
        for (ident, plate, lon, lat), drives in self.drives.items():
            if kilometres(firm.lon, firm.lat, lon, lat) <= self.net.threshold("stay"):
                seen[ident, plate] += [drive for drive in drives if near.meets(drive.day, drive.day)]
        found = []
        for (ident, plate), drives in seen.items():
            days = sorted({drive.day for drive in drives})
            if len(days) >= self.net.whole("vehicle_near"):
                words = (
                    f"的车辆 {plate} 有 {len(days)} 天经过企业附近卡口（过车不等于本人驾驶）",
                    f"has a vehicle {plate} that passed near the firm on {len(days)} days (a pass is no driver)",
                )
                rows = tuple(row for drive in drives[:20] for row in drive.evidence)
                met = (days[0], days[-1])
                found.append(self._fact("vehicle_near", ident, met, float(len(days)), words, rows))
        return [fact for fact in found if fact]

    def _trade(self, firm: Firm, near: FirmDays) -> list[Fact]:
        found = []
        for deal in (self.deals[i] for i in self.deals_of[firm.uscc]):
            met = near.meets(deal.day, deal.day)
            if met is None:
                continue
            for ident in deal.handlers:
                words = (f"{deal.day} 经办{deal.chemical}购销", f"handled {deal.chemical} on {deal.day}")
                found.append(self._fact("trade_link", ident, met, 1.0, words, deal.evidence))
            other = deal.seller if deal.buyer == firm.uscc else deal.buyer
            for tie in self.of_firm[other] if other else ():
                # who only works for a supplier has no part in what it sells to whom
                if (
                    tie.ident in self.entries
                    and tie.role in PRINCIPAL
                    and (tie.first or deal.day) <= deal.day <= (tie.last or deal.day)
                ):
                    words = (
                        f"为{tie.role}的单位与该企业有{deal.chemical}购销",
                        f"is {ROLE_EN.get(tie.role, tie.role)} of a firm that traded {deal.chemical} with it",
                    )
                    rows = (*deal.evidence, *tie.evidence)
                    found.append(self._fact("trade_link", tie.ident, met, 1.0, words, rows))
        return [fact for fact in found if fact]

    def _cars(self, firm: Firm, near: FirmDays) -> list[Fact]:
        found = []
        for car in self.cars:
            if car.uscc == firm.uscc and (met := near.meets(car.first, car.last)):
                words = (f"使用该企业车辆 {car.plate}", f"uses the firm's vehicle {car.plate}")
                found.append(self._fact("vehicle", car.ident, met, 1.0, words, car.evidence))
        plates: dict[str, list[Car]] = defaultdict(list)
        for car in self.cars:
            plates[car.plate].append(car)
        for deal in (self.deals[i] for i in self.deals_of[firm.uscc]):
            for used in (car for plate in deal.plates for car in plates.get(plate, ())):
                met = near.meets(deal.day, deal.day)
                if met and (used.first or deal.day) <= deal.day <= (used.last or deal.day):
                    words = (
                        f"的车辆 {used.plate} 运输{deal.chemical}",
                        f"has the vehicle that carried {deal.chemical}",
                    )
                    rows = (*deal.evidence, *used.evidence)
                    found.append(self._fact("vehicle", used.ident, met, 1.0, words, rows))
        return [fact for fact in found if fact]

    def _founded(self, firm: Firm, near: FirmDays) -> list[Fact]:
        """Another firm founded together with a principal of this one: person, firm, person, firm, in order of time."""
        found = []
        for mine in self.of_firm[firm.uscc]:
            if mine.role not in PRINCIPAL:
                continue
            for shared in self.of_person[mine.ident]:
                other = self.firms.get(shared.uscc)
                if (
                    shared.role not in PRINCIPAL
                    or other is None
                    or other.uscc == firm.uscc
                    or not other.founded
                ):
                    continue
                met = near.meets(other.founded, other.founded)
                for tie in self.of_firm[other.uscc] if met else ():
                    if met and tie.ident != mine.ident and tie.role in PRINCIPAL and together(other, tie):
                        words = (
                            f"与该企业{mine.role}于 {other.founded} 共同设立{other.name or other.uscc}",
                            f"founded {other.name or other.uscc} with a principal of the firm on {other.founded}",
                        )
                        rows = (*tie.evidence, *mine.evidence, *shared.evidence)
                        found.append(self._fact("founding", tie.ident, met, 1.0, words, rows))
        return [fact for fact in found if fact]


def agents_of(ties: Iterable[FirmTie], most: int) -> set[str]:
    """Persons who serve more firms than anybody works for: agents and accountants."""
    served: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        served[tie.ident].add(tie.uscc)
    return {ident for ident, firms in served.items() if len(firms) > most}


def distance(firm: Firm, stay: Stay) -> float | None:
    """Kilometres from a firm to a stay; zero at the same address; None where it cannot be told."""
    if firm.address and stay.address and firm.address.strip() == stay.address.strip():
        return 0.0
    if firm.lon is None or firm.lat is None or stay.lon is None or stay.lat is None:
        return None
    return kilometres(firm.lon, firm.lat, stay.lon, stay.lat)


def together(firm: Firm, tie: FirmTie) -> bool:
    """Whether a tie goes back to the founding of a firm; who joined later founded nothing."""
    return firm.founded is not None and (tie.first or firm.founded) <= firm.founded + dt.timedelta(days=31)


def from_minority(ident: str, first: dt.date | None, on: dt.date) -> bool:
    """Whether an entry goes back to before its person was eighteen; where it says no beginning, whether he is not yet."""
    try:
        born = dt.date(int(ident[6:10]), int(ident[10:12]), int(ident[12:14]))
    except ValueError:
        return False
    day = first or on
    return (day.year - born.year) - ((day.month, day.day) < (born.month, born.day)) < ADULT
