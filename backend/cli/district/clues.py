"""``upline clues``: online-sale clues joined into sellers' offers."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, told
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
from backend.contract.district.clues import OfferItem
from backend.district.clues import answers
from backend.district.clues.needs import WORDS
from backend.district.words import NEED_STATES, STATUS
from graph_schema.language import Text
from graph_schema.store import LOCAL

app = noun(
    help="把网上贩卖线索按卖家串并，查看物质、列管和立案条件。 / Join online-sale clues by seller; see substances and needs."
)
_COLUMNS = (
    Text("编号", "id"),
    Text("线索数", "clues"),
    Text("账号", "accounts"),
    Text("人员", "persons"),
    Text("物质", "substances"),
    Text("最近发布", "last posted"),
    Text("立案尚缺", "needs missing"),
)


@app.command("list")
def clues_list(
    as_json: AsJson = False,
    on: On = None,
    first: From = None,
    last: To = None,
    unit: Unit = None,
    limit: Limit = None,
) -> None:
    """按卖家列出线索，线索多的在前；期间指发布日。 / List clues by seller, most clues first; the period bounds posts."""
    with errors(), store() as graph:
        found = answers.clues_list(graph, LOCAL, listing(on, first, last, unit, limit))
    if as_json:
        emit(found)
        return
    rows = [_row(each) for each in found["items"]]
    show_list(Text("卖家", "sellers"), found["items"], found["left_out"], _COLUMNS, rows)


def _row(item: OfferItem) -> list[object]:
    meant = dict.fromkeys(each["tested"] or each["substance"] or each["word"] for each in item["substances"])
    return [
        item["id"],
        len(item["clues"]),
        "\n".join(item["accounts"]),
        "\n".join(each["name"] or each["id"] for each in item["persons"]),
        "\n".join(each for each in meant if each),
        item["last_on"],
        sum(each["state"] != "yes" for each in item["case_needs"]),
    ]


@app.command("show")
def clues_show(
    clue_id: Annotated[str, typer.Argument(help="线索编号 / clue id")], as_json: AsJson = False, on: On = None
) -> None:
    """显示一条线索所属的卖家及串并理由。 / Show the seller a clue belongs to, and why its clues are joined."""
    with errors(), store() as graph:
        found = answers.clues_show(graph, LOCAL, clue_id, on=day(on))
    if as_json:
        emit(found)
        return
    item = found["items"][0]
    show_reasons(item, f"{item['id']} · {told('线索', 'clues')} {len(item['clues'])}")
    _substances(item)
    show(
        told("立案条件", "Needs of a case"),
        [Text("条件", "need"), Text("状态", "state"), Text("原始行", "rows")],
        [
            [WORDS[each["need"]], NEED_STATES[each["state"]], "\n".join(each["evidence"])]
            for each in item["case_needs"]
        ],
    )
    say(
        "串并有误：upline review reject offer 线索 线索 --reason …；应当串并：review confirm offer …；可撤销。",
        "Wrong join: upline review reject offer CLUE CLUE --reason …; missing: review confirm offer …; both can be undone.",
    )


def _substances(item: OfferItem) -> None:
    show(
        told("物质", "Substances"),
        [
            Text("线索", "clue"),
            Text("行为日", "day of the act"),
            Text("用语", "word"),
            Text("所指", "means"),
            Text("检出", "tested"),
            Text("当日列管", "status that day"),
            Text("起", "since"),
        ],
        [
            [
                *(each["clue"], each["act_on"], each["word"], each["substance"], each["tested"]),
                *(STATUS[each["status"]], each["since"]),
            ]
            for each in item["substances"]
        ],
    )


add_check(
    app,
    answers.clues_check,
    help="检查线索数据的缺漏、矛盾和共用标识。 / Check clues for gaps, contradictions and shared identifiers.",
)
