"""The command for what stands beside supplies: regular dealings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.names import few, name_of
from backend.cli.options import Json
from graph_schema.language import Text
from graph_schema.store import LOCAL
from viz.text.phrases import money

if TYPE_CHECKING:
    from backend.contract.dealings import Dealing


def dealings_command(person: str, as_json: Json = False) -> None:
    """列出某人的往来规律：没有涉毒材料，不是供货。 / List a person's regular dealings; no drug fact, so no supplies."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.dealings(graph, LOCAL, person)
    if as_json:
        emit(found)
        return
    say(found["means"]["zh"], found["means"]["en"])
    if found["dealings"] is None:
        say(
            "现有研判批次未计算往来规律，请重新研判。",
            "The published run did not look for them: run `upline analyse`.",
        )
        return
    show(
        told(f"{name_of(found['person'])} 的往来规律", f"Regular dealings of {name_of(found['person'])}"),
        [
            Text("人员", "person"),
            Text("付给对方", "paid to him"),
            Text("收自对方", "received from him"),
            Text("通话", "calls"),
            Text("消息", "messages"),
            Text("供述", "statements"),
            Text("起", "from"),
            Text("止", "to"),
            Text("来源", "rows"),
        ],
        [_line(each) for each in found["dealings"]],
    )


def _line(each: Dealing) -> list[object]:
    return [
        name_of(each["other"]),
        f"{each['paid']}　{money(each['paid_fen'])}",
        f"{each['received']}　{money(each['received_fen'])}",
        each["calls"],
        each["messages"],
        each["statements"],
        (each["first"] or "")[:10],
        (each["last"] or "")[:10],
        few(each["evidence"]),
    ]


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("dealings")(dealings_command)
