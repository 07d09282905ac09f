"""``upline checks``: what was found when loads were checked for lost data."""

from __future__ import annotations

from typing import Annotated

import typer

from backend import answers
from backend.cli.console import emit, errors, say, store
from backend.cli.options import Json
from graph_schema.store import LOCAL, Store


def checks_command(
    load: Annotated[
        str | None, typer.Argument(help="批次号，默认为全部 / load number, all by default")
    ] = None,
    as_json: Json = False,
) -> None:
    """显示查缺核对的结果。 / Show what the checks for missing data found."""
    with errors(), store() as graph:
        wanted = [load] if load else _all(graph)
        found = [answers.checks(graph, LOCAL, number) for number in wanted]
    if as_json:
        emit({"loads": found})
        return
    for one in found:
        for file in one["files"]:
            for check in file["checks"]:
                line = f"{one['load']} {file['path']} {check['sheet']}".rstrip()
                say(f"{line}：{check['zh']}", f"{line}: {check['en']}")


def _all(graph: Store) -> list[str]:
    rows = graph.read(LOCAL, "load.sources", timeout=60.0)
    return list(dict.fromkeys(str(row["load"]) for row in rows))


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("checks")(checks_command)
