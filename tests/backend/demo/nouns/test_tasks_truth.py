"""Tasks and figures against two makers' truth: exact, as figures have to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from random import Random

import pytest

from backend.demo.files.tabular import write_text
from backend.demo.nouns.tasks import SIZES, make
from backend.district.answering import Listing
from backend.district.figures import answers as figures
from backend.district.tasks import answers as tasks
from backend.scoring.tasks import score
from etl.writing.load import load
from graph_schema.store import LOCAL, Store
from tests.backend.district.test_figures import load_tables

FIRST, ON = date(2025, 1, 1), date(2025, 9, 30)


@pytest.mark.parametrize("seed", [3, pytest.param(11, marks=pytest.mark.long)])
def test_figures_of_the_demo_are_exact(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: a deadline put off, a problem closed after the day, a school visited twice, a report one too high."""
    made, truth = make(Random(seed), FIRST, ON)
    for name, table in made.items():
        write_text(tmp_path, f"{name}.csv", table, "utf-8-sig")
    load(store, [tmp_path])
    found = score(
        asdict(truth),
        tasks.tasks_list(store, LOCAL, Listing(ON))["items"],
        figures.figures_list(store, LOCAL, Listing(ON))["items"],
        figures.figures_list(store, LOCAL, Listing(ON, FIRST, ON))["items"],
        tasks.tasks_check(store, LOCAL, on=ON)["items"],
    )
    assert found.exact, found
    assert (len(made["任务"].rows), len(made["问题整改"].rows), len(made["联合检查"].rows)) == (26, 67, 15)
    assert (
        sum(int(row.cells[2]) for row in made["预防宣教"].rows if row.cells[1] == "志愿队")
        == SIZES["volunteers"]
    )


def _second(rng: Random) -> tuple[dict[str, Sequence[Sequence[str]]], dict[tuple[str, str], int]]:
    """Another maker: other units and names, columns turned round, a year's days, persons in several cases."""
    units, cases, people = ("东所", "西所"), [], []
    truth: dict[tuple[str, str], int] = {}
    caught: dict[str, set[str]] = {}
    for n in range(60):
        month, unit = rng.randrange(1, 13), rng.choice(units)
        day = f"2023-{month:02d}-{rng.choice((1, 15, 28)):02d}"
        number = f"A9901000000002023{month:02d}{n:04d}"
        cases.append([unit, day, "贩卖毒品案", number])
        key = (unit, day[:7])
        truth[key] = truth.get(key, 0) + 1
        for who in rng.sample(range(20), 2):
            people.append(
                [
                    rng.choice(("刑拘", "行政拘留")),
                    day,
                    "贩卖",
                    f"甲{who}",
                    number,
                    f"99010119900307{who:04d}",
                ]
            )
            caught.setdefault(day[:7], set()).add(people[-1][5])
    truth |= {("人", month): len(who) for month, who in caught.items()}
    return {
        "立案登记": [["主办单位", "立案日期", "案件类别", "案件编号"], *cases],
        "到案登记": [["强制措施", "抓获日期", "涉案身份", "姓名", "案件编号", "身份证号"], *people],
    }, truth


def test_a_second_maker_is_counted_exactly_too(store: Store, tmp_path: Path) -> None:
    """Trap: a figure right on the tables it was built on alone; a person counted once in each of his cases."""
    tables, truth = _second(Random(5))
    load_tables(store, tmp_path / "b", **tables)
    items = figures.figures_list(store, LOCAL, Listing(date(2023, 12, 31)))["items"]
    values = {(each["figure"], each["unit"], each["from"][:7]): each["value"] for each in items}
    for (unit, month), value in truth.items():
        if unit == "人":
            assert values["抓获人数", "全区", month] == value, month
        else:
            assert values["立案毒品案件数", unit, month] == value, (unit, month)
    opened = [
        value for (figure, unit, _), value in values.items() if (figure, unit) == ("立案毒品案件数", "全区")
    ]
    assert sum(value or 0 for value in opened) == 60
