"""``upline compartments …``: names under which files are loaded that only some users may know of."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import emit, errors, say, store
from backend.cli.options import Json
from graph_schema.store import LOCAL

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)


@app.command("list")
def list_command(as_json: Json = False) -> None:
    """列出知悉范围。 / List the compartments."""
    from backend.answers import administration

    with errors(), store() as graph:
        found = administration.compartments(graph, LOCAL)
    if as_json:
        return emit(found)
    for name in found["compartments"]:
        typer.echo(name)


@app.command("add")
def add_command(
    name: Annotated[str, typer.Argument(help="知悉范围的名称 / name of the compartment")],
    as_json: Json = False,
) -> None:
    """设立知悉范围；不在其中的用户从此只能查询其余文件。 / Declare a compartment; users outside it only read the other files."""
    from backend.answers import administration

    with errors(), store() as graph:
        found = administration.add_compartment(graph, LOCAL, name)
    if as_json:
        return emit(found)
    say(
        f"已设立知悉范围“{name}”。用 upline users compartments 指定用户，用 upline load --compartment 导入文件。",
        f"The compartment {name} is declared. Put users into it by upline users compartments, "
        "load files by upline load --compartment.",
    )
