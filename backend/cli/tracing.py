"""Commands that follow money in time order."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from backend import answers
from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.names import names_of
from backend.cli.options import Json
from backend.contract.suites import Ordered, TransferReached
from graph_schema.beijing import BEIJING
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL, Parameters
from viz.text.phrases import minute


def moment(text: str | None, end: bool = False) -> int | None:
    """A day or time of Beijing as epoch milliseconds; ``end`` takes a day to its last moment."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            Text(
                f"时间格式应为 2026-04-01 或 2026-04-01T22:00（{text}）",
                f"not a day or time: {text}",
            )
        ) from error
    if found.tzinfo is None:
        found = found.replace(tzinfo=BEIJING)
    at = int(found.timestamp() * 1000)
    return at + 86_399_999 if end and len(text) <= 10 else at


def ratio_of(text: str | None) -> tuple[float | None, float | None]:
    """``0.8-1.0`` as two numbers."""
    if text is None:
        return None, None
    least, _, most = text.partition("-")
    try:
        return float(least), float(most) if most else None
    except ValueError as error:
        raise InputError(
            Text(
                f"比例写作 0.8-1.0（{text}）",
                f"write a ratio as 0.8-1.0: {text}",
            )
        ) from error


def trace_command(
    start: Annotated[
        str, typer.Argument(help="账户、人员编号、号码或姓名 / account, person id, number, name")
    ],
    layers: Annotated[int, typer.Option(min=1, max=20, help="层数 / layers")] = 6,
    window: Annotated[float | None, typer.Option(min=0, help="每跳最长间隔（小时） / hours per hop")] = None,
    ratio: Annotated[
        str | None, typer.Option(help="后笔与前笔金额之比，如 0.8-1.0 / later through earlier")
    ] = None,
    direction: Annotated[
        str, typer.Option(help="去向 down，来源 up / down: where it went; up: where it came from")
    ] = "down",
    first: Annotated[str | None, typer.Option("--from", help="起 / from")] = None,
    last: Annotated[str | None, typer.Option("--to", help="止 / to")] = None,
    fan: Annotated[
        int, typer.Option(min=1, max=100_000, help="每个节点最多取最新几笔 / newest of a node")
    ] = 200,
    limit: Annotated[int, typer.Option(min=1, max=20_000, help="最多列出 / events listed")] = 500,
    as_json: Json = False,
) -> None:
    """按时间顺序追踪资金的去向或来源。 / Follow money in order of time, to where it went or where it came from."""
    with errors():
        if direction not in ("down", "up"):
            raise InputError("direction: down | up")
        least, most = ratio_of(ratio)
        asked: Parameters = {"first": moment(first), "last": moment(last, end=True)}
        with store() as graph:
            found = answers.ordered(
                graph,
                LOCAL,
                start,
                direction=direction,
                layers=layers,
                window_hours=window,
                ratio_least=least,
                ratio_most=most,
                fan=fan,
                limit=limit,
                **asked,
            )
    if as_json:
        emit(found)
        return
    _show(found)


SHOWN = 30
"""So many flows are listed, the largest first; the rest is counted."""


def _show(found: Ordered) -> None:
    called = names_of(found["persons"])
    flows = _flows(found["events"])
    listed = f"{min(SHOWN, len(flows))}/{len(flows)}"
    show(
        f"{called.get(found['start'], found['start'])}　"
        + told(f"{found['total']} 笔，主要流向 {listed}", f"{found['total']} transfers, main flows {listed}")
        + (told("（已截取最新）", " (cut to the newest)") if found["truncated"] else ""),
        [
            Text("层", "layer"),
            Text("付", "from"),
            Text("收", "to"),
            Text("笔数", "transfers"),
            Text("金额(元)", "yuan"),
            Text("最早", "first"),
            Text("最近", "last"),
            Text("来源（一笔）", "rows of one"),
        ],
        [
            [
                layer,
                called.get(payer, payer),
                called.get(payee, payee),
                len(events),
                f"{_sum(events) / 100:,.2f}",
                min(minute(event["at"]) for event in events),
                max(minute(event["at"]) for event in events),
                events[0]["evidence"][0],
            ]
            for (layer, payer, payee), events in flows[:SHOWN]
        ],
    )
    say(
        f"回流 {len(found['returns'])}，拆分 {len(found['splits'])}，汇集 {len(found['merges'])}",
        f"{len(found['returns'])} returns, {len(found['splits'])} splits, {len(found['merges'])} merges",
    )


def _flows(events: list[TransferReached]) -> list[tuple[tuple[int, str, str], list[TransferReached]]]:
    """Transfers by layer, payer and payee, the largest sum first."""
    flows: dict[tuple[int, str, str], list[TransferReached]] = {}
    for event in events:
        flows.setdefault((event["layer"], event["from"], event["to"]), []).append(event)
    return sorted(flows.items(), key=lambda flow: (-_sum(flow[1]), flow[0]))


def _sum(events: list[TransferReached]) -> int:
    return sum(event["fen"] for event in events)


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("trace")(trace_command)
