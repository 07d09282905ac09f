"""The list of waste water against what is true: the demo's maker on two seeds, and a second maker of other habits."""

from __future__ import annotations

import csv
import math
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from backend.demo.files.tabular import write_text
from backend.demo.nouns.water import WaterTruth, make
from backend.district.answering import ALL, Listing
from backend.district.water import answers
from backend.scoring.water import PlantedJump, score
from etl.writing.load import load
from graph_schema.store import LOCAL, Store

LAST = date(2025, 8, 15)


def _planted(truth: WaterTruth) -> list[PlantedJump]:
    return [
        PlantedJump(each.site, each.target, each.days, each.what == "disposal")
        for each in truth.jumps
        if each.planted
    ]


@pytest.mark.parametrize("seed", [7, pytest.param(20, marks=pytest.mark.long)])
def test_the_demo_is_found_in_time_and_ordinary_life_is_not(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: a flu wave, a storm, a season or an alarm long over is listed; a jump is not, or only at its third sample."""
    tables, truth = make(Random(seed), LAST)
    for name, table in tables.items():
        write_text(tmp_path, f"{name}.csv", table, "utf-8-sig")
    report = load(store, [tmp_path])
    assert sum(file.rejected for file in report.files) == 0, "a value below a limit is no reject"
    found = answers.water_list(store, LOCAL, ALL)
    told = score(found["items"], _planted(truth), truth.sewers, truth.firms)
    assert told.planted == 4 and told.recall == 1.0
    assert len(told.wrong) <= 1, "a series in 240 is wrong at its newest sample by chance"
    assert (told.searched, told.right) == (len(found["items"]), 1.0)
    origins = {(each["site"], each["target"]): each["origin"] for each in found["items"]}
    for each in truth.jumps:
        if each.what == "disposal":
            assert origins[each.site, each.target] == "disposal"
    every = answers.water_list(store, LOCAL, Listing(), every=True)
    below = [each for each in every["items"] if each["target"] == "苯甲酰爱康宁"]
    for item in below:
        shown = answers.water_show(store, LOCAL, item["id"])["items"][0]["samples"]
        ends = [each["load"] for each in shown if each["below"]]
        assert ends and all(each is not None and each["p5"] == 0 < each["p95"] for each in ends)


def _second(rng: Random, folder: Path) -> tuple[list[PlantedJump], dict[str, tuple[str, int]]]:
    """Quarterly samples of eight places, people of a manhole counted with all above it, everything else otherwise too."""
    planted: list[PlantedJump] = []
    sewers: dict[str, tuple[str, int]] = {}
    rows, nodes = [], []
    days = [LAST - timedelta(days=91 * (14 - place) + rng.randrange(-6, 7)) for place in range(15)]
    for town in range(8):
        site, root = f"第{town + 1}泵站", f"N{town}"
        names, own = [root], {}
        for place in range(12):
            names.append(f"N{town}-{place}")
            sewers[names[-1]] = (rng.choice(names[:-1]), rng.randrange(150, 1500))
            own[names[-1]] = sewers[names[-1]][1]
        people = {
            name: sum(own.get(each, 0) for each in names if name in _way(each, sewers)) for name in names
        }
        nodes += [
            [name, "泵站" if name == root else "入口", sewers.get(name, ("",))[0], people[name]]
            for name in names
        ]
        for target in ("METH", "K粉", "可卡因"):
            spread, level = rng.uniform(0.1, 0.22), rng.uniform(15, 300)
            start = 15 - rng.choice((1, 2)) if rng.random() < 0.25 else 99
            if start < 99:
                name = {"METH": "甲基苯丙胺", "K粉": "氯胺酮"}.get(target, target)
                planted.append(PlantedJump(site, name, [each.isoformat() for each in days[start:]]))
            for place, day in enumerate(days):
                season = 1 + 0.15 * math.sin(2 * math.pi * day.timetuple().tm_yday / 365)
                value = level * rng.lognormvariate(0, spread) * season * (5 if place >= start else 1)
                flow = people[root] * rng.uniform(0.16, 0.2)
                rows.append(
                    [
                        target,
                        f"{value:.2f}",
                        day.strftime("%Y/%m/%d"),
                        site,
                        root,
                        people[root],
                        f"{flow:.1f}",
                    ]
                )
    for name, heading, table in (
        ("a", "目标物 浓度 采样日期 采样点名称 节点编号 服务人口 流量", rows),
        ("b", "节点编号 节点类型 下游节点 服务人口", nodes),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heading.split(), *table])
    return planted, sewers


def _way(node: str, sewers: dict[str, tuple[str, int]]) -> list[str]:
    way = [node]
    while way[-1] in sewers:
        way.append(sewers[way[-1]][0])
    return way


def test_another_maker_is_found_too(store: Store, tmp_path: Path) -> None:
    """Trap: a rule that knows only the maker it was built on: monthly samples, people of each manhole by itself."""
    planted, sewers = _second(Random(11), tmp_path)
    load(store, [tmp_path])
    found = answers.water_list(store, LOCAL, ALL)
    told = score(found["items"], planted, sewers)
    assert told.planted >= 4 and told.recall >= 0.9, told
    assert len(told.wrong) <= 1 and told.right == 1.0, told
