"""``upline water``: waste-water early warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from backend.cli.console import show, told
from backend.cli.district.options import (
    add_check,
    add_list,
    add_show,
    flag,
    key,
    noun,
    show_list,
    show_reasons,
)
from backend.district.words import ORIGINS
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.common import Checked
    from backend.contract.district.water import Load, Water, WaterItem
    from backend.district.answering import Listing
    from graph_schema.store import Store

app = noun(help="查看污水监测的异常和上游追查。 / See anomalies in waste water, and the search up the sewer.")
_COLUMNS = (
    Text("采样点", "site"),
    Text("目标物", "target"),
    Text("起始样品", "since"),
    Text("负荷(毫克/千人/日)", "load (mg/1000/d)"),
    Text("偏离", "z"),
    Text("界限", "limit"),
    Text("来源", "origin"),
    Text("下一采样节点", "next node"),
)


def _list(graph: Store, asked: Listing, *, every: bool) -> Water:
    from backend.district.water.answers import water_list

    return water_list(graph, LOCAL, asked, every=every)


def _show_list(found: Water) -> None:
    rows = [_row(each) for each in found["items"]]
    show_list(Text("采样点和目标物", "sites and targets"), found["items"], found["left_out"], _COLUMNS, rows)
    typer.echo(_chance(found))


def _row(item: WaterItem) -> list[object]:
    here = next((each["node"] for each in item["upstream"] if each["next"]), None)
    chart = item["chart"]
    shown = (item["site"], item["target"], item["at"], _load(item["load"]))
    return [*shown, chart["z"], chart["limit"], ORIGINS[item["origin"]], here]


def _load(load: Load | None) -> str:
    return "" if load is None else f"{load['p50']:.4g} ({load['p5']:.4g}–{load['p95']:.4g})"


def _chance(found: Water) -> str:
    tests, false = found["tests_a_year"], found["false_a_year"]
    return told(
        f"一年约判断 {tests:.0f} 个样品，其中约 {false:.2g} 次预警纯属偶然",
        f"About {tests:.0f} samples are judged a year; about {false:.2g} alarms of them are chance",
    )


def _show(graph: Store, item_id: str, on: dt.date | None) -> Water:
    from backend.district.water.answers import water_show

    return water_show(graph, LOCAL, item_id, on=on)


def _show_one(found: Water) -> None:
    item = found["items"][0]
    origin = ORIGINS[item["origin"]]
    show_reasons(item, f"{item['site']} {item['target']} · {told(origin.zh, origin.en)}")
    show(
        told("上游", "Up the sewer"),
        [Text("节点", "node"), Text("先验", "prior"), Text("下一个", "next")],
        [[each["node"], f"{each['prior']:.3f}", "✓" if each["next"] else ""] for each in item["upstream"]],
    )
    show(
        told("样品", "Samples"),
        [Text("日期", "day"), Text("负荷", "load"), Text("低于限值", "below"), Text("偏离", "z")],
        [
            [each["at"], _load(each["load"]), "<" if each["below"] else "", each["z"]]
            for each in item.get("samples", [])
        ],
    )
    typer.echo(told(item["advice"]["zh"], item["advice"]["en"]))


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.water.answers import water_check

    return water_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    flag("every", "--all", help="也列无预警的 / list those without alarm too"),
    help="列出需要查看的采样点和目标物；期间指首个异常样品。 / List what needs a look; the period is of the first odd sample.",
)
add_show(
    app,
    _show,
    _show_one,
    key("item_id", help="采样点|目标物 / site|target"),
    help="显示一个采样点的一种目标物及其理由、上游和样品。 / Show one target of a site: reasons, nodes up the sewer, samples.",
)
add_check(
    app,
    _check,
    help="检查污水监测和管网数据的缺漏和矛盾。 / Check the data of samples and sewers for gaps and contradictions.",
)
