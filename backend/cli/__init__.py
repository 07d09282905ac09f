"""The command line: ``upline``; one module per family of commands."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from backend.cli import (
    calibrating,
    checking,
    db,
    demo,
    drawing,
    exporting,
    loading,
    mapping,
    questions,
    reporting,
    results,
    review,
    serving,
    suites,
    tracing,
    users,
    watching,
)
from backend.cli.console import AsOf, told
from graph_schema.language import lenient

app = typer.Typer(
    name="upline",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="溯链 Upline：从零包案件上溯到大案，每一步有据可查。 / From a packet case up to the major case, with evidence.",
)
app.add_typer(db.app, name="db", help="数据库 / the database")
app.add_typer(review.app, name="review", help="复核与判断 / judgements")
app.add_typer(watching.watch_app, name="watch", help="关注条件 / watches")
app.add_typer(watching.leads_app, name="leads", help="线索 / leads")
app.add_typer(users.app, name="users", help="服务的用户 / users of the service")
for family in (
    loading,
    mapping,
    checking,
    results,
    calibrating,
    tracing,
    suites,
    questions,
    drawing,
    reporting,
    exporting,
    serving,
    demo,
    db,
):
    family.register(app)


_PAST = {
    *(
        "persons",
        "person",
        "case",
        "gangs",
        "gang",
        "supplies",
        "chain",
        "chains",
        "path",
        "search",
        "explain",
    ),
    *(
        "buyers",
        "coverage",
        "tier",
        "series",
        "measures",
        "trace",
        "calls",
        "money",
        "draw",
        "report",
        "export",
    ),
    *("loads", "checks", "evidence"),
}
"""Commands that only ask."""


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"upline {version('upline')}")
        raise typer.Exit()


@app.callback()
def options(
    context: typer.Context,
    as_of: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="LOAD",
            help="截至某批导入的答案（仅查询） / as of an earlier load; only for questions",
        ),
    ] = None,
    shown: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="版本 / the version"),
    ] = False,
) -> None:
    """Options of every command."""
    AsOf.load = as_of
    if as_of is not None and context.invoked_subcommand not in _PAST:
        names = ", ".join(sorted(_PAST))
        raise typer.BadParameter(told(f"只用于查询类命令：{names}", f"only for commands that ask: {names}"))


def main() -> None:
    """Entry point of the console script."""
    lenient()
    app()


__all__ = ["app", "main"]
