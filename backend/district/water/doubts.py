"""What speaks against an alarm, what is missing, and what a sample taken above a site shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Literal

from backend.contract.district.common import Reason
from backend.district.holidays import Holidays
from backend.district.reasons import reason
from backend.district.water import targets
from backend.district.water.chart import Charted
from backend.district.water.settings import Settings
from backend.district.water.sewers import SewerNetwork, Split

_GRAB = ("瞬时", "grab")
_RAIN = ("雨", "雪", "rain", "snow")
_FLOW = 2.0  # times the usual flow
_TOGETHER = 3  # targets of one site that rise at once
_FEW = 4  # samples with a marker that say what is usual


def against(of: Charted, every: Sequence[Charted], given: Settings) -> list[Reason]:
    """Ordinary explanations of what the chart shows."""
    last, rule = of.last, given.warning["id"]
    said: list[Reason] = []

    def add(zh: str, en: str, value: float | None = None, threshold: float | None = None) -> None:
        said.append(reason(rule, zh, en, last.rows, value, threshold))

    if any(word in (last.way or "").lower() for word in _GRAB):
        add("瞬时样，不代表全天", "A grab sample does not stand for the day")
    if any(word in (last.weather or "").lower() for word in _RAIN):
        add("采样时有降水", "It rained or snowed when the sample was taken")
    usual = [of.series.samples[place] for place in of.chart.kept]
    laboratories = {each.laboratory for each in usual if each.laboratory}
    if last.laboratory and laboratories and last.laboratory not in laboratories:
        add("实验室已更换，数值未必可比", "Another laboratory: values may not be comparable")
    flows = [each.flow for each in usual if each.flow]
    if last.flow and flows:
        times = last.flow / median(flows)
        if not 1 / _FLOW <= times <= _FLOW:
            add(f"流量为平常的 {times:.2f} 倍", f"The flow is {times:.2f} times the usual", times, _FLOW)
    if holiday := Holidays().on(last.day):
        name, first, end = holiday
        zh = f"采样在{name}假期内（{first} 至 {end}）：外出或来客使人口变动，宜节后复测"
        add(zh, f"Sampled on a public holiday ({first} to {end}): people travel; sample again afterwards")
    if explained := _by_population(of, given):
        times, per_person = explained
        zh = f"标志物人口同时增加：负荷为平常的 {times:.1f} 倍，按标志物人口计为 {per_person:.1f} 倍"
        en = f"The population by marker rose as well: {times:.1f} times the usual load, {per_person:.1f} by marker"
        add(zh, en, per_person, times)
    if (apart := persons_apart(last.persons(given))) > given["persons_apart"]:
        zh = f"标志物人口与管道人口相差 {apart:.1f} 倍"
        en = f"Markers and pipe differ by a factor of {apart:.1f} on the population"
        add(zh, en, apart, given["persons_apart"])
    together = _together(of, every)
    if together >= _TOGETHER:
        zh, en = f"同一采样点 {together} 种目标物同时升高", f"{together} targets of the site rise at once"
        add(
            f"{zh}，先核对流量和人口",
            f"{en}: check flow and population first",
            float(together),
            float(_TOGETHER),
        )
    if not of.up:
        add("为下降：先核对采样、流量和实验室", "A fall: check sampling, flow and laboratory first")
    return said


def missing(
    of: Charted, net: SewerNetwork, where: Split | None, factored: bool, given: Settings
) -> list[Reason]:
    """What is not known about a series and its catchment."""
    last, rule = of.last, given.warning["id"]
    said: list[Reason] = []

    def add(zh: str, en: str, of_rule: str = rule) -> None:
        said.append(reason(of_rule, zh, en, last.rows))

    if not last.flow:
        add("无流量，不能算负荷", "No flow: no load")
    elif not last.persons(given):
        add("无服务人口，也无标志物，不能算人均负荷", "Neither population nor marker: no load per inhabitant")
    elif not last.pipe:
        add("无服务人口，按标志物计", "No population served: a marker stands in")
    if of.series.node is None or of.series.node not in net.nodes:
        add(
            "采样点不在管网表中，不能向上游追查", "The site is not in the sewer table: no search up the sewer"
        )
    if not factored:
        add("无可用排泄系数，只报负荷", "No factor to use: only the load is told", given.excretion["id"])
    if of.chart.points[-1].z is None:
        add("样品太少，尚不能判断", "Too few samples to judge")
    if where is not None and where.next is None:
        least = int(given["least_persons"])
        zh = f"上游已无可分的节点：不足 {least} 人的节点须有案件并经审批"
        add(zh, f"Nothing left to split: below {least} persons a case with approval is needed")
    return said


def shows(of: Charted, other: Charted) -> Literal["raised", "usual", "open"]:
    """What the newest sample taken above a site since its alarm began shows, halfway (in logarithms) being the border.

    Loads are compared where both have one, else concentrations. An interval on both sides of the border leaves it open.
    """
    start = of.chart.start
    if start is None:
        return "open"
    taken = [each for each in other.series.samples if each.day >= of.series.samples[start].day]
    if not taken:
        return "open"
    if other.alarm and other.up:
        return "raised"
    newest, samples = taken[-1], of.series.samples
    usual = median(samples[place].high for place in of.chart.kept)
    raised = median(each.high for each in samples[start:])
    border = math.sqrt(usual * raised)
    low, high = newest.low, newest.high
    if of.series.measure == "load" and newest.flow and newest.pipe:
        each = [sample.high * (sample.flow or 1) / (sample.pipe or 1) for sample in samples]
        border = math.sqrt(median(each[place] for place in of.chart.kept) * median(each[start:]))
        low, high = (end * newest.flow / newest.pipe for end in (low, high))
    if low >= border:
        return "raised"
    return "usual" if high < border else "open"


def _by_population(of: Charted, given: Settings) -> tuple[float, float] | None:
    """How many times the usual the load is, in all and per person by the same marker; None where people explain little.

    They explain it where less than half of a rise (in logarithms) is left per person of the marker.
    """
    last = of.last
    for marker in ("cotinine", "ammonium"):
        masses = [
            (sample.high * sample.flow, persons[marker])
            for sample in (*(of.series.samples[place] for place in of.chart.kept), last)
            if sample.flow and marker in (persons := sample.persons(given))
        ]
        if len(masses) <= _FEW or marker not in last.persons(given):
            continue
        *before, (mass, people) = masses
        times = mass / median(each for each, _ in before)
        per_person = mass / people / median(each / those for each, those in before)
        if times > 1 and per_person < math.sqrt(times):
            return times, per_person
    return None


def persons_apart(counted: dict[str, float]) -> float:
    """By how much the population of the markers differs from that of the pipe, as a factor of at least 1."""
    if "pipe" not in counted:
        return 1.0
    ratios = [each / counted["pipe"] for name, each in counted.items() if name != "pipe"]
    return max((max(each, 1 / each) for each in ratios), default=1.0)


def _together(of: Charted, every: Sequence[Charted]) -> int:
    """How many watched targets of the site rise at the newest sample."""
    return sum(
        each.alarm and each.up and each.last.day == of.last.day and targets.watched(each.series.target)
        for each in every
        if each.series.site == of.series.site
    )
