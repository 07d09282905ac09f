"""Waste water of the demo: plants with their sewers, jumps with a source, and ordinary life that looks like one."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk
from backend.demo.files.registers import uscc
from backend.demo.files.tabular import SourceTable, write_text
from backend.demo.truth import TruthJson
from backend.demo.world import DAYS, START

FOLDER = "全区/污水"
_MONTHS = 30
_SPREAD = 0.2
_LEVELS = {"甲基苯丙胺": 60.0, "苯丙胺": 14.0, "氯胺酮": 12.0, "MDMA": 9.0, "吗啡": 90.0, "苯甲酰爱康宁": 1.2}
_LOQ = 2.0
_PLANTS = ("例溪城东厂", "例溪城西厂", "例溪滨江厂", "例溪园区厂")
_COTININE = 490.0  # µg a person and day, so that the marker counts about the people of the pipe


@dataclass
class JumpTruth:
    """A rise of a target at a site: from which sample, what it is, and where it comes from."""

    site: str
    target: str
    what: str  # use, disposal; medicine, season, flow or over: no alarm
    days: list[str]  # the samples it shows in
    source: str | None = None

    @property
    def planted(self) -> bool:
        return self.what in ("use", "disposal")


@dataclass
class WaterTruth:
    """What is true of the waste water: jumps, how many series, who lives where (node → downstream, persons)."""

    jumps: list[JumpTruth] = field(default_factory=list)
    series: int = 0
    sewers: dict[str, tuple[str, int]] = field(default_factory=dict)
    firms: dict[str, float] = field(default_factory=dict)  # node → weight of its firm by the example rules


def write_water(desk: Desk) -> TruthJson:
    """Write the tables of waste water into the demo and return their truth."""
    rng = Random(f"{desk.world.seed}/{desk.world.behaviour.name}/water")
    tables, truth = make(rng, (START + timedelta(days=DAYS - 17)).date())
    for name, table in tables.items():
        desk.files.append(write_text(desk.folder, f"{FOLDER}/{name}.csv", table, "utf-8-sig"))
    told: TruthJson = json.loads(json.dumps(asdict(truth)))  # as a file gives it back
    return told


def make(rng: Random, last: date) -> tuple[dict[str, SourceTable], WaterTruth]:
    """The tables by name, and their truth; the newest sample is of ``last``."""
    truth = WaterTruth()
    samples = SourceTable("wastewater", headings.SEWER_SAMPLES)
    sewers = SourceTable("sewers", headings.SEWERS)
    firms = SourceTable("companies", headings.DRAINING_FIRMS)
    days = [last - timedelta(days=30 * (_MONTHS - 1 - place)) for place in range(_MONTHS)]
    for number, site in enumerate(_PLANTS):
        people = _sewers(rng, number, site, sewers, firms, truth)
        _jumps(rng, number, site, days, truth)
        _samples(rng, number, site, people, days, samples, truth)
    return {"污水监测": samples, "管网": sewers, "排水企业": firms}, truth


def _sewers(
    rng: Random, number: int, site: str, table: SourceTable, firms: SourceTable, truth: WaterTruth
) -> int:
    """A tree of manholes; people live at most of them, firms at some."""
    plant = f"LX{number + 1}000"
    nodes = [plant]
    total = 0
    for place in range(1, 26):
        below = rng.choice(nodes[-9:])
        node = f"LX{number + 1}{place:03d}"
        people = rng.randrange(20, 90) if place % 6 == 0 else rng.randrange(300, 2600)
        code = ""
        if place % 8 == 0:
            code = uscc(f"91990102MA{rng.randrange(10**7):07d}")
            precursor = place == 16
            firms.add(
                f"例溪排水示例{number + 1}{place}厂",
                code,
                "化工" if precursor else "食品",
                "第三类" if precursor else "",
            )
            truth.firms[node] = 4.0 if precursor else 1.0
        table.add(node, f"{site}上游{place}井", "检查井", below, str(rng.randrange(3, 25)), str(people), code)
        truth.sewers[node] = (below, people)
        nodes.append(node)
        total += people
    table.add(plant, site, "污水厂", "", "", str(total), "")
    return total


def _jumps(rng: Random, number: int, site: str, days: list[date], truth: WaterTruth) -> None:
    """One plant each: use, disposal by a firm, a dip below the limit that ends; and the flu everywhere."""
    recent = [each.isoformat() for each in days[-rng.choice((1, 2)) :]]
    nodes = [
        node
        for node, (_, people) in truth.sewers.items()
        if node.startswith(f"LX{number + 1}") and people >= 300
    ]
    at_firms = [node for node in truth.firms if node.startswith(f"LX{number + 1}")]
    flu = [each.isoformat() for each in days[-2:]]
    truth.jumps.append(JumpTruth(site, "吗啡", "medicine", flu))
    if number == 0:
        truth.jumps.append(JumpTruth(site, "甲基苯丙胺", "use", recent, rng.choice(nodes)))
        truth.jumps.append(JumpTruth(site, "苯丙胺", "use", recent, truth.jumps[-1].source))
    elif number == 1:
        truth.jumps.append(JumpTruth(site, "MDMA", "disposal", recent, rng.choice(at_firms)))
    elif number == 2:
        truth.jumps.append(JumpTruth(site, "氯胺酮", "use", recent, rng.choice(nodes)))
        truth.jumps.append(JumpTruth(site, "甲基苯丙胺", "flow", recent))
    else:
        truth.jumps.append(JumpTruth(site, "甲基苯丙胺", "over", [days[-8].isoformat()]))
        truth.jumps.append(
            JumpTruth(site, "MDMA", "season", [each.isoformat() for each in days if each.month <= 3])
        )


def _samples(
    rng: Random, number: int, site: str, people: int, days: list[date], table: SourceTable, truth: WaterTruth
) -> None:
    own = {(each.target, day): each for each in truth.jumps if each.site == site for day in each.days}
    for day in days:
        flow = people * 0.2 * rng.lognormvariate(0, 0.06)
        wet = any(each.what == "flow" and day.isoformat() in each.days for each in own.values())
        share = 1.0
        if wet:  # a storm doubles the flow and halves each concentration; the load stays
            flow, share = flow * 2, 0.5
        cotinine = _COTININE * people / flow * rng.lognormvariate(0, 0.05)
        for target, level in _LEVELS.items():
            jump = own.get((target, day.isoformat()))
            times = _times(jump) if jump else 1.0
            value = level * math.exp(rng.gauss(0, _SPREAD)) * share * times
            fraction = ""
            if target == "MDMA":
                fraction = f"{0.5 if jump and jump.what == 'disposal' else rng.uniform(0.62, 0.7):.3f}"
            table.add(
                *(site, f"LX{number + 1}000", day.isoformat(), f"{flow:.0f}", str(people), target),
                *(_written(rng, value), "1", f"{_LOQ:g}", f"{cotinine:.0f}", "1", "24h混合"),
                *("中雨" if wet else "晴", "例溪示例检测中心", fraction),
            )
    truth.series += len(_LEVELS)


def _times(jump: JumpTruth) -> float:
    return {"season": 1.8, "flow": 1.0, "medicine": 3.0}.get(jump.what, 5.0)


def _written(rng: Random, value: float) -> str:
    """As laboratories write it: below the limit in one of several ways."""
    return f"{value:.1f}" if value >= _LOQ else rng.choice(("<LOQ", "<2", "ND", "未检出", "0"))
