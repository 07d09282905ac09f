"""The options all nouns share, and how their answers are printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from backend.cli.console import emit, errors, show, store, told
from backend.cli.options import Json
from graph_schema.errors import InputError
from graph_schema.language import Text

if TYPE_CHECKING:
    from backend.contract.district.common import AnyItem, Checked, Envelope
    from backend.district.answering import Listing
    from graph_schema.store import Store

E = TypeVar("E", bound="Envelope")

On = Annotated[str | None, typer.Option("--on", help="截至哪一天，如 2026-03-01 / as of which day")]
From = Annotated[str | None, typer.Option("--from", help="期间的第一天 / first day of the period")]
To = Annotated[str | None, typer.Option("--to", help="期间的最后一天 / last day of the period")]
Unit = Annotated[str | None, typer.Option("--unit", help="单位 / unit")]
ItemLimit = Annotated[int | None, typer.Option("--limit", min=1, help="最多项数 / at most so many items")]


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
    """The options of a list as they were typed. Raises ``InputError``."""
    from backend.district.answering import Listing

    return Listing(day(on), day(first), day(last), unit, limit)


def noun(*, help: str) -> typer.Typer:
    """The command of one noun; ``help`` is its help text, "Chinese / English"."""
    return typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False, help=help)


def key(name: str, help: str) -> Parameter:
    """The argument that names an item; ``help`` is its help text, "Chinese / English"."""
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=Annotated[str, typer.Argument(help=help)])


def text(name: str, option: str, help: str) -> Parameter:
    """An option of one noun's list that takes a text, or None."""
    kind = Annotated[str | None, typer.Option(option, help=help)]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=kind)


def flag(name: str, option: str, help: str) -> Parameter:
    """An option of one noun's list that is on or off."""
    kind = Annotated[bool, typer.Option(option, help=help)]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=False, annotation=kind)


def _option(name: str, kind: object, default: object = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


_JSON, _ON = _option("as_json", Json, False), _option("on", On)
_PERIOD = (_option("first", From), _option("last", To), _option("unit", Unit), _option("limit", ItemLimit))


def add_list(
    app: typer.Typer,
    ask: Callable[..., E],
    tell: Callable[[E], None],
    *own: Parameter,
    help: str,
) -> None:
    """Add the verb ``list``, whose options are the same for every noun but for its ``own``.

    ``ask`` gets the store, the listing asked for and its own options by name; ``tell`` prints what it answers.
    """

    def command(
        as_json: bool,
        on: str | None,
        first: str | None,
        last: str | None,
        unit: str | None,
        limit: int | None,
        **more: object,
    ) -> None:
        with errors(), store() as graph:
            found = ask(graph, listing(on, first, last, unit, limit), **more)
        _answer(found, as_json, tell)

    _add(app, "list", command, [_JSON, _ON, *_PERIOD, *own], help)


def add_show(
    app: typer.Typer,
    ask: Callable[[Store, str, dt.date | None], E],
    tell: Callable[[E], None],
    named: Parameter,
    *,
    help: str,
) -> None:
    """Add the verb ``show`` for the item its argument ``named`` says; ``tell`` prints what ``ask`` answers."""

    def command(as_json: bool, on: str | None, **item: str) -> None:
        with errors(), store() as graph:
            found = ask(graph, item[named.name], day(on))
        _answer(found, as_json, tell)

    _add(app, "show", command, [named, _JSON, _ON], help)


def add_check(app: typer.Typer, ask: Callable[[Store, dt.date | None], Checked], *, help: str) -> None:
    """Add the verb ``check``, which is the same for every noun."""

    def command(as_json: bool, on: str | None) -> None:
        with errors(), store() as graph:
            found = ask(graph, day(on))
        _answer(found, as_json, _show_findings)

    _add(app, "check", command, [_JSON, _ON], help)


def _add(
    app: typer.Typer, verb: str, command: Callable[..., None], parameters: Sequence[Parameter], help: str
) -> None:
    """Add a command that takes ``parameters``: Typer reads them from its signature."""
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    app.command(verb, help=help)(command)


def _answer(found: E, as_json: bool, tell: Callable[[E], None]) -> None:
    if as_json:
        emit(found)
    else:
        tell(found)


def _show_findings(found: Checked) -> None:
    show(
        told(f"发现 {found['count']} 处", f"{found['count']} findings"),
        [Text("编号", "id"), Text("问题", "finding"), Text("原始行", "rows")],
        [[each["id"], told(each["zh"], each["en"]), "\n".join(each["evidence"])] for each in found["items"]],
    )


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
