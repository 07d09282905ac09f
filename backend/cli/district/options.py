"""The options all nouns share, and how their answers are printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from backend.cli.console import emit, errors, show, store, told
from backend.contract.district.common import AnyItem, Checked
from backend.district.answering import Listing
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
On = Annotated[str | None, typer.Option("--on", help="截至哪一天，如 2026-03-01 / as of which day")]
From = Annotated[str | None, typer.Option("--from", help="期间的第一天 / first day of the period")]
To = Annotated[str | None, typer.Option("--to", help="期间的最后一天 / last day of the period")]
Unit = Annotated[str | None, typer.Option("--unit", help="单位 / unit")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="最多项数 / at most so many items")]


def day(text: str | None) -> dt.date | None:
    """A day as typed. Raises ``InputError``."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        message = Text(f"日期应写成 2026-03-01：{text}", f"write a day as 2026-03-01, not {text}")
        raise InputError(message) from error


def listing(
    on: str | None, first: str | None, last: str | None, unit: str | None, limit: int | None
) -> Listing:
    """The options of a list as they were typed."""
    return Listing(day(on), day(first), day(last), unit, limit)


def noun(*, help: str) -> typer.Typer:
    """The command of one noun; ``help`` is its help text, "Chinese / English"."""
    return typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False, help=help)


def show_reasons(item: AnyItem, title: str) -> None:
    """Print why, why not and what is missing, each with its rule, value and rows."""
    kinds = (
        (Text("理由", "for"), item["reasons"]),
        (Text("反面", "against"), item["against"]),
        (Text("缺少", "missing"), item["missing"]),
    )
    show(
        title,
        [Text("类别", "kind"), Text("内容", "what"), Text("规则", "rule"), Text("原始行", "rows")],
        [
            [kind, told(each["zh"], each["en"]), each["rule"], "\n".join(each["evidence"])]
            for kind, reasons in kinds
            for each in reasons
        ],
    )


def show_list(
    counted: Text,
    found: Sequence[AnyItem],
    left_out: int,
    columns: Sequence[Text],
    rows: Sequence[Sequence[object]],
) -> None:
    """Print a list under its count; what was left out is said."""
    title = told(
        f"{counted.zh}：{len(found)} 项，另有 {left_out} 项未列",
        f"{len(found)} {counted.en}, {left_out} not listed",
    )
    show(title, list(columns), [list(row) for row in rows])


def add_check(app: typer.Typer, answer: Callable[..., Checked], *, help: str) -> None:
    """Add the verb ``check``, which is the same for every noun; ``help`` is its help text, "Chinese / English"."""

    @app.command("check", help=help)
    def check(as_json: AsJson = False, on: On = None) -> None:
        with errors(), store() as graph:
            found = answer(graph, LOCAL, on=day(on))
        if as_json:
            emit(found)
            return
        show(
            told(f"发现 {found['count']} 处", f"{found['count']} findings"),
            [Text("编号", "id"), Text("问题", "finding"), Text("原始行", "rows")],
            [
                [each["id"], told(each["zh"], each["en"]), "\n".join(each["evidence"])]
                for each in found["items"]
            ],
        )
