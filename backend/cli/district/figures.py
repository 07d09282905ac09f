"""``upline figures``: figures by unit and period, each with its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.console import show, told
from backend.cli.district.options import (
    add_check,
    add_list,
    add_show,
    key,
    noun,
    show_list,
    show_reasons,
    text,
)
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.common import Checked
    from backend.contract.district.figures import FigureItem, Figures
    from backend.district.answering import Listing
    from graph_schema.store import Store

app = noun(help="查看各项指标，每个数都是其清单的长度。 / See figures; each is the length of its list.")
_COLUMNS = (
    Text("指标", "figure"),
    Text("单位", "unit"),
    Text("期间", "period"),
    Text("数值", "value"),
    Text("排名", "rank"),
    Text("增减", "change"),
    Text("完成", "completion"),
    Text("首次", "as first reported"),
    Text("月报", "reported"),
)


def _list(graph: Store, asked: Listing, *, figure: str | None, drug: str | None, kind: str | None) -> Figures:
    from backend.district.figures.answers import figures_list

    return figures_list(graph, LOCAL, asked, figure=figure, drug=drug, kind=kind)


def _show_list(found: Figures) -> None:
    rows = [_row(each) for each in found["items"]]
    show_list(Text("指标", "figures"), found["items"], found["left_out"], _COLUMNS, rows)


def _row(each: FigureItem) -> list[object]:
    return [
        each["figure"],
        each["unit"],
        f"{each['from']} – {each['to']}",
        _number(each["value"], each["measure"]) if each["value"] is not None else _parts(each),
        each["rank"],
        None if each["change"] is None else f"{each['change']:+.1%}",
        None if each["completion"] is None else f"{each['completion']:.0%}",
        each["first_reported"],
        each["reported"],
    ]


def _number(value: float, measure: str) -> str:
    return f"{value:.2f}%" if measure == "%" else f"{value:g}"


def _parts(each: FigureItem) -> str:
    return "—" if each["denominator"] is None else f"{each['numerator']} ÷ {each['denominator']}"


def _show(graph: Store, figure_id: str, on: dt.date | None) -> Figures:
    from backend.district.figures.answers import figures_show

    return figures_show(graph, LOCAL, figure_id, on=on)


def _show_one(found: Figures) -> None:
    each = found["items"][0]
    value = _parts(each) if each["value"] is None else _number(each["value"], each["measure"])
    show_reasons(each, f"{each['figure']} · {each['unit']} · {each['from']} – {each['to']} · {value}")
    show(
        told("清单", "Members"),
        [
            Text("编号", "id"),
            Text("名称", "name"),
            Text("单位", "unit"),
            Text("日期", "on"),
            Text("计", "count"),
        ],
        [[one["id"], one["name"], one["unit"], one["on"], one["count"]] for one in each.get("members", [])],
    )


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.figures.answers import figures_check

    return figures_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    text("figure", "--figure", help="只看一项指标 / one indicator only"),
    text("drug", "--drug", help="只计这种毒品 / only this drug"),
    text("kind", "--kind", help="只计这类案件 / only this kind of case"),
    help="列出各月指标，新的在前；给出期间的只列该期间。"
    " / List figures of every month, the newest first, or of the period given.",
)
add_show(
    app,
    _show,
    _show_one,
    key("figure_id", help="指标|单位|起|止 / figure|unit|from|to"),
    help="显示一个数及其清单。 / Show one figure and the list behind it.",
)
add_check(
    app,
    _check,
    help="核对月报与清单。 / Compare what was reported with the lists.",
)
