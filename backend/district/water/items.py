"""From samples and network to items: what needs a look, why, what speaks against it, and where to sample next."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backend.contract.district.common import Reason, Subject
from backend.contract.district.water import Load, Neighbour, UpstreamNode, WaterItem
from backend.district.reasons import reason
from backend.district.reviewed import rejected
from backend.district.water import doubts, loads, sewers, targets
from backend.district.water.chart import Charted, charts
from backend.district.water.loads import Interval
from backend.district.water.meaning import Meaning, meaning
from backend.district.water.series import Sample, TargetSeries, series_of
from backend.district.water.settings import DrugFactor, Settings
from backend.district.water.sewers import SewerNetwork, Split
from backend.district.water.words import advice


@dataclass(frozen=True)
class Waters:
    """Everything there is as of a day."""

    charted: tuple[Charted, ...]
    net: SewerNetwork
    given: Settings
    water: Mapping[tuple[str, dt.date], Mapping[str, Sample]]  # targets of one water: same site, same day

    def item(self, of: Charted) -> WaterItem:
        """One series as an item; its rank is given when the list is put in order."""
        return _item(self, of)

    def tests_a_year(self) -> float:
        return sum(each.tests_a_year() for each in self._judged())

    def false_a_year(self) -> float:
        """Alarms a year where nothing happened: each chart once in its run length."""
        return sum(each.tests_a_year() / each.chart.arl0 for each in self._judged())

    def _judged(self) -> list[Charted]:
        return [each for each in self.charted if targets.watched(each.series.target)]


def waters(samples: Sequence[Sample], net: SewerNetwork, given: Settings) -> Waters:
    """Chart every series; a site without a node takes the one of its name."""
    by_name: dict[str, list[str]] = {}
    for node in net.nodes.values():
        for name in dict.fromkeys((node.id, node.name)):
            by_name.setdefault(name or "", []).append(node.id)
    placed = [
        each
        if each.node or len(by_name.get(each.site, ())) != 1
        else replace(each, node=by_name[each.site][0])
        for each in samples
    ]
    series = series_of(placed)
    water: dict[tuple[str, dt.date], dict[str, Sample]] = {}
    for each in placed:
        water.setdefault((each.site, each.day), {})[each.target] = each
    return Waters(tuple(charts(series, given)), net, given, water)


def ranked(items: Sequence[WaterItem]) -> list[WaterItem]:
    """Rises first, the farthest beyond its limit first, those decided against last; ranks from 1."""
    ordered = sorted(items, key=lambda each: (rejected(each), each["at"] is None, -each["score"], each["id"]))
    return [{**each, "rank": n} for n, each in enumerate(ordered, start=1)]


def decided_before(item: WaterItem) -> bool:
    """Whether a person decided before the alarm that stands now began."""
    return item["review"] is not None and item["at"] is not None and item["review"]["at"][:10] < item["at"]


def undecided(item: WaterItem) -> WaterItem:
    return {**item, "review": None}


def _item(of_all: Waters, of: Charted) -> WaterItem:
    given, series, chart = of_all.given, of.series, of.chart
    point, last, start = chart.points[-1], of.last, chart.start if of.alarm else None
    found = meaning(last, of_all.water[last.site, last.day], given)
    amount, factor = last.load(given), _factor(of, found, given)
    where = _search(of_all, of, found) if start is not None and of.up and series.node else None
    first = series.samples[start] if start is not None else None
    reasons = [_why(of, given)] if start is not None else []
    told = {
        side: [each for on, each in found.told if on == side and (start is not None or side == "against")]
        for side in ("for", "against", "missing")
    }
    against = [*told["against"], *(doubts.against(of, of_all.charted, given) if start is not None else [])]
    value = point.value if point.value is not None else 0.0
    return {
        "id": series.id,
        "rank": 0,
        "score": round(value / point.limit, 4) if point.limit else 0.0,
        "subjects": [_subject(series, of_all.net)],
        "reasons": [*reasons, *told["for"]],
        "against": against,
        "missing": [*told["missing"], *doubts.missing(of, of_all.net, where, factor is not None, given)],
        "review": None,
        "evidence": _rows(of, start),
        "site": series.site,
        "node": series.node,
        "target": series.target,
        "at": first.day.isoformat() if first else None,
        "load": as_load(amount),
        "use": as_load(loads.use(amount, factor, given)) if amount and factor else None,
        "factor": {"value": round(factor.value, 4), "source": factor.source} if factor else None,
        "chart": {
            "kind": point.kind,
            "z": None if point.value is None else round(point.value, 3),
            "limit": round(point.limit, 3),
            "arl0": round(chart.arl0, 1),
        },
        "upstream": _upstream(where),
        "origin": found.origin,
        "advice": advice(start is not None, of.up, chart.sparse, where.next if where else None),
        "firms": _firms(of_all.net, where) if found.origin != "use" else [],
        "persons": {name: round(each) for name, each in last.persons(given).items()},
        "measure": series.measure,
    }


def _factor(of: Charted, found: Meaning, given: Settings) -> DrugFactor | None:
    """The factor of a target that stands for use of its own: none for medicine, for what was poured away or made."""
    if not (found.counted and targets.watched(of.series.target)) or found.origin in (
        "disposal",
        "manufacture",
    ):
        return None
    return given.factors.get(of.series.target)


def _search(of_all: Waters, of: Charted, found: Meaning) -> Split | None:
    """Halve what is left above the site, after the samples taken there since the alarm began."""
    root = of.series.node
    if root is None or root not in of_all.net.nodes:
        return None
    above = set(of_all.net.catchment(root)) - {root}
    raised, usual = [], []
    for other in of_all.charted:
        if other.series.target == of.series.target and other.series.node in above:
            state = doubts.shows(of, other)
            raised += [other.series.node] if state == "raised" else []
            usual += [other.series.node] if state == "usual" else []
    least = of_all.given["least_persons"]
    if found.origin in ("manufacture", "disposal"):
        where = sewers.split(of_all.net, root, sewers.by_firms(of_all.net), raised, usual, least)
        if any(where.prior.values()):
            return where
    return sewers.split(of_all.net, root, sewers.by_population(of_all.net), raised, usual, least)


def _why(of: Charted, given: Settings) -> Reason:
    point = of.chart.points[-1]
    usual, limit = math.exp(point.centre or 0.0), point.limit
    ends = of.series.values()[-1]
    times = math.exp(ends[0 if of.up else 1]) / usual
    zh = f"{'高于' if of.up else '低于'}平常：约为平常的 {times:.2f} 倍，偏离 {point.z:.1f} 个标准差"
    en = f"{'Above' if of.up else 'Below'} usual: about {times:.2f} times it, {point.z:.1f} standard deviations off"
    return reason(given.warning["id"], zh, en, of.last.rows, point.value, limit, "σ")


def _subject(series: TargetSeries, net: SewerNetwork) -> Subject:
    if series.node is None:
        return {"label": "Place", "id": series.site, "name": series.site}
    node = net.nodes.get(series.node)
    return {"label": "Sewer", "id": series.node, "name": (node.name if node else None) or series.site}


def _rows(of: Charted, start: int | None) -> list[str]:
    """The rows of the alarm, or of the newest sample."""
    shown = of.series.samples[start if start is not None else -1 :]
    return list(dict.fromkeys(row for each in shown for row in each.rows))


def _upstream(where: Split | None) -> list[UpstreamNode]:
    if where is None:
        return []
    named = sorted(where.prior.items(), key=lambda each: (each[0] != where.next, -each[1], each[0]))
    return [{"node": node, "prior": round(prior, 6), "next": node == where.next} for node, prior in named]


def _firms(net: SewerNetwork, where: Split | None) -> list[Neighbour]:
    left = net.catchment(where.root, where.cleared) if where else []
    return [
        {"uscc": firm.uscc, "name": firm.name, "node": each}
        for each in left
        if each in net.nodes
        for firm in net.nodes[each].firms
    ]


def as_load(of: Interval | None) -> Load | None:
    """A load as answers give it."""
    if of is None:
        return None
    p5, p50, p95 = (float(f"{each:.6g}") for each in (of.p5, of.p50, of.p95))
    return {"p5": p5, "p50": p50, "p95": p95, "unit": "mg/1000/d"}
