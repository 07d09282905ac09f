"""``upline explain``: what an object, a case or a pair of persons rests on."""

from __future__ import annotations

import typer

from backend.cli.console import emit, errors, show, store
from backend.cli.names import few
from backend.cli.options import Json
from graph_schema.language import Text
from graph_schema.store import LOCAL


def explain_command(object_id: str, as_json: Json = False) -> None:
    """说明一个对象、案件或一对人员（甲>乙）的依据。 / Explain an object, a case or a pair A>B by its signals and source rows."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.explain(graph, LOCAL, object_id)
    if as_json:
        emit(found)
        return
    show(
        object_id,
        [Text("理由", "reason"), Text("依据", "rows")],
        [[f"{each['zh']}\n{each['en']}", few(each["evidence"])] for each in found["sentences"]],
    )


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("explain")(explain_command)
