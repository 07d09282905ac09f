"""``upline draw``: a gang, chain or person as a self-contained page, SVG, PNG or PDF (A4 or an A3 wall chart)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, store, terminal_language
from backend.cli.options import Json
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from viz.model.drawing import Drawing

WHAT = ("gang", "chain", "person")


def draw_command(
    what: Annotated[str, typer.Argument(help="gang | chain | person")],
    object_id: Annotated[
        str, typer.Argument(help="团伙编号、案件编号或人员 / gang id, case number or person")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help=".html | .svg | .png | .pdf")],
    n: Annotated[int, typer.Option(min=1, help="第几条链 / which chain of the case")] = 1,
    language: Annotated[str | None, typer.Option(help="zh | en")] = None,
    paper: Annotated[
        str, typer.Option(help="a4，挂图用 a3 到 a0；仅 PDF / a4, or a3 to a0 for a wall chart; PDF only")
    ] = "a4",
    as_json: Json = False,
) -> None:
    """绘制团伙、链条或人员的关系图。 / Draw a gang, a chain or a person."""
    from backend.drawings import draw_chain, draw_gang, draw_person
    from backend.exports.left import left
    from viz.report.pdf import PAPERS

    with errors():
        if what not in WHAT:
            raise InputError(
                Text(
                    f"不能绘制 {what}，可用：{'，'.join(WHAT)}",
                    f"Cannot draw {what}; one of {', '.join(WHAT)}.",
                )
            )
        if output.suffix.lower() not in {".html", ".svg", ".png", ".pdf"}:
            raise InputError(
                Text(
                    f"不支持 {output.suffix or output.name}，用 .html、.svg、.png 或 .pdf。",
                    "Use .html, .svg, .png or .pdf.",
                )
            )
        if paper not in PAPERS:
            raise InputError(
                Text(
                    f"纸张 {paper} 不支持，用 a4、a3、a2、a1 或 a0。",
                    f"Paper {paper}: use a4, a3, a2, a1 or a0.",
                )
            )
        tongue = language or terminal_language()
        with store() as graph:
            if what == "gang":
                drawing = draw_gang(graph, LOCAL, object_id, tongue)
            elif what == "chain":
                drawing = draw_chain(graph, LOCAL, object_id, n, tongue)
            else:
                drawing = draw_person(graph, LOCAL, object_id, tongue)
            body = rendered(drawing, output.suffix.lower(), paper)
            left(LOCAL, f"drawing {what}", (object_id,), body, len(drawing.nodes) + len(drawing.edges))
        output.write_bytes(body)
    if as_json:
        emit({"file": str(output), "nodes": len(drawing.nodes), "edges": len(drawing.edges)})
    else:
        say(f"已写入 {output}", f"wrote {output}")


def rendered(drawing: Drawing, suffix: str, paper: str = "a4") -> bytes:
    """The drawing as bytes of the format a file suffix names."""
    from viz.render.page import render_page
    from viz.render.static import render_png, render_svg
    from viz.report.pdf import render_pdf

    if suffix == ".png":
        return render_png(drawing)
    if suffix == ".pdf":
        return render_pdf(drawing, paper)
    return (render_svg(drawing) if suffix == ".svg" else render_page(drawing)).encode()


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("draw")(draw_command)
