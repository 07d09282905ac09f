"""The command line: ``upline``; one module per family of commands."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from backend.cli import (
    analysing,
    auditing,
    calibrating,
    chains,
    checking,
    compartments,
    db,
    dealing,
    demo,
    drawing,
    explaining,
    exporting,
    finding,
    gangs,
    leads,
    loading,
    mapping,
    questions,
    reporting,
    review,
    serving,
    suites,
    tracing,
    unloading,
    users,
    verifying,
    watching,
)
from backend.cli.console import AsOf, told
from backend.cli.district import NOUNS
from backend.cli.guide import Guide
from graph_schema.language import lenient

app = typer.Typer(
    name="upline",
    cls=Guide,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="溯链：从零包案上溯到大案，每一跳都有据可查。"
    " / Upline traces a packet case up to the major case, with evidence for every hop.",
)
app.add_typer(
    db.app, name="db", help="启动、停止、备份和恢复数据库。 / Start, stop, back up and restore the database."
)
app.add_typer(
    review.app,
    name="review",
    help="确认、排除、撤销，判断是否同一人。 / Confirm, exclude, undo; judge whether two holders are one person.",
)
app.add_typer(
    watching.watch_app,
    name="watch",
    help="设定关注条件，有新命中时得到线索。 / Set watches that turn new hits into leads.",
)
for name, noun in NOUNS.items():
    app.add_typer(noun, name=name)
app.add_typer(leads.app, name="leads", help="查看、下发和反馈线索。 / List, send and answer leads.")
app.add_typer(
    auditing.app,
    name="audit",
    help="核对、查看、导出审计日志。 / Verify, list and export the audit log.",
)
app.add_typer(
    users.app,
    name="users",
    help="管理工作台的用户和角色。 / Manage the users of the service and their roles.",
)
app.add_typer(
    compartments.app,
    name="compartments",
    help="设立和列出知悉范围。 / Declare and list compartments.",
)
for family in (
    loading,
    unloading,
    mapping,
    checking,
    analysing,
    finding,
    gangs,
    chains,
    explaining,
    calibrating,
    tracing,
    suites,
    questions,
    dealing,
    drawing,
    reporting,
    exporting,
    serving,
    demo,
    verifying,
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
        "dealings",
        "coverage",
        "tier",
        "series",
        "measures",
        "trace",
        "patterns",
        "calls",
        "money",
        "draw",
        "report",
        "export",
    ),
    *("loads", "checks", "evidence"),
}
"""Commands that only ask."""


_WITHOUT_PURPOSE = {None, "serve", "demo", "db", "doctor", "bundle", "templates"}
"""What shows no case data, and the service, whose users state their own."""


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
            help="截至某批导入时的答案，仅用于查询 / answer as of an earlier load; only for queries",
        ),
    ] = None,
    purpose: Annotated[
        str,
        typer.Option(
            envvar="UPLINE_PURPOSE",
            help="用途，记入每条审计记录 / purpose of this task, kept in every audit record",
        ),
    ] = "",
    shown: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="显示版本 / show the version"),
    ] = False,
) -> None:
    """Options of every command."""
    from backend.security.audited import PURPOSE_MISSING, STATED, purpose_required

    AsOf.load = as_of
    if as_of is not None and context.invoked_subcommand not in _PAST:
        names = ", ".join(sorted(_PAST))
        raise typer.BadParameter(told(f"只用于查询类命令：{names}", f"only for commands that query: {names}"))
    unasked = context.invoked_subcommand in _WITHOUT_PURPOSE
    if purpose_required() and not purpose.strip() and not unasked:
        raise typer.BadParameter(told(PURPOSE_MISSING.zh, PURPOSE_MISSING.en))
    STATED.set("" if unasked else purpose.strip()[:300])


def main() -> None:
    """Entry point of the console script."""
    lenient()
    app()


__all__ = ["app", "main"]
