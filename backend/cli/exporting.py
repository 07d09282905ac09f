"""``upline export``: the graph for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, store
from backend.cli.options import Json
from backend.exports.formats import FORMATS
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from graph_schema.store import Store


def export_command(
    form: Annotated[str, typer.Option("--format", help=" | ".join(FORMATS))],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="文件；csv、neo4j 与 parquet 为文件夹 / file, or folder")
    ],
    node: Annotated[
        list[str] | None,
        typer.Option(help="只导出这些对象及其间关系，如 Phone:+86… / only these and what is between them"),
    ] = None,
    gang: Annotated[
        str | None,
        typer.Option(help="只导出一个团伙 / members of a gang and their identifiers"),
    ] = None,
    derived: Annotated[bool, typer.Option(help="包括研判结果 / include the published run")] = True,
    as_json: Json = False,
) -> None:
    """导出图谱，供其他软件使用。 / Export the graph for other programs."""
    from backend.exports.make import export_graph

    with errors(), store() as graph:
        only = [*(node or []), *(_gang(graph, gang) if gang else [])]
        done = export_graph(graph, LOCAL, form, output, only=only or None, derived=derived)
    if as_json:
        emit({"path": str(done.path), "format": done.format, "elements": done.elements})
    else:
        say(f"已导出 {done.elements} 项到 {done.path}", f"exported {done.elements} elements to {done.path}")


def _gang(graph: Store, gang_id: str) -> list[str]:
    """The gang, its members and every identifier they hold."""
    from backend import answers

    members = answers.gang_page(graph, LOCAL, gang_id)["gang"]["members"]
    refs = [f"Gang:{gang_id}"]
    for member in members:
        page = answers.person_page(graph, LOCAL, member["person"]["id"])
        refs += [f"Person:{member['person']['id']}", *(held["identifier"] for held in page["holds"])]
    return refs


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("export")(export_command)
