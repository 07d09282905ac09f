"""``upline figures``: figures by unit and period, each with its list."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import emit, errors, show, store, told
from backend.cli.district.options import (
    AsJson,
    From,
    Limit,
    On,
    To,
    Unit,
    add_check,
    day,
    listing,
    noun,
    show_list,
    show_reasons,
)
from backend.contract.district.figures import FigureItem
from backend.district.figures import answers
from graph_schema.language import Text
from graph_schema.store import LOCAL

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


@app.command("list")
def figures_list(
    as_json: AsJson = False,
    on: On = None,
    first: From = None,
    last: To = None,
    unit: Unit = None,
    limit: Limit = None,
    figure: Annotated[str | None, typer.Option("--figure", help="只看一项指标 / one indicator only")] = None,
    drug: Annotated[str | None, typer.Option("--drug", help="只计这种毒品 / only this drug")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="只计这类案件 / only this kind of case")] = None,
) -> None:
    """列出各月指标，新的在前；给出期间的只列该期间。 / List figures of every month, the newest first, or of the period given."""
    with errors(), store() as graph:
        asked = listing(on, first, last, unit, limit)
        found = answers.figures_list(graph, LOCAL, asked, figure=figure, drug=drug, kind=kind)
    if as_json:
        emit(found)
        return
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


@app.command("show")
def figures_show(
    figure_id: Annotated[str, typer.Argument(help="指标|单位|起|止 / figure|unit|from|to")],
    as_json: AsJson = False,
    on: On = None,
) -> None:
    """显示一个数及其清单。 / Show one figure and the list behind it."""
    with errors(), store() as graph:
        found = answers.figures_show(graph, LOCAL, figure_id, on=day(on))
    if as_json:
        emit(found)
        return
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


add_check(
    app,
    answers.figures_check,
    help="核对月报与清单。 / Compare what was reported with the lists.",
)
