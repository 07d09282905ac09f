"""``upline clues``: online-sale clues joined into sellers' offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.console import say, show, told
from backend.cli.district.options import add_check, add_list, add_show, key, noun, show_list, show_reasons
from backend.district.words import NEED_STATES, STATUS
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.clues import OfferItem, Offers
    from backend.contract.district.common import Checked
    from backend.district.answering import Listing
    from graph_schema.store import Store

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


def _list(graph: Store, asked: Listing) -> Offers:
    from backend.district.clues.answers import clues_list

    return clues_list(graph, LOCAL, asked)


def _show_list(found: Offers) -> None:
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


def _show(graph: Store, clue_id: str, on: dt.date | None) -> Offers:
    from backend.district.clues.answers import clues_show

    return clues_show(graph, LOCAL, clue_id, on=on)


def _show_one(found: Offers) -> None:
    from backend.district.clues.needs import WORDS

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


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.clues.answers import clues_check

    return clues_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    help="按卖家列出线索，线索多的在前；期间指发布日。 / List clues by seller, most clues first; the period bounds posts.",
)
add_show(
    app,
    _show,
    _show_one,
    key("clue_id", help="线索编号 / clue id"),
    help="显示一条线索所属的卖家及串并理由。 / Show the seller a clue belongs to, and why its clues are joined.",
)
add_check(
    app,
    _check,
    help="检查线索数据的缺漏、矛盾和共用标识。 / Check clues for gaps, contradictions and shared identifiers.",
)
