"""``upline report``: a chain, gang or item of the district, or a bulletin of figures, as DOCX or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backend.cli.console import emit, errors, say, store, terminal_language
from backend.cli.options import Json
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL


def report_command(
    what: Annotated[
        str, typer.Argument(help="chain | gang | bulletin | trace | clues, risk … (全区业务 / a noun)")
    ],
    object_id: Annotated[
        str,
        typer.Argument(
            help="案件、团伙、全区事项编号，追踪起点，或期间：latest、2025-03 / case, gang or item, start of a trace, or period"
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help=".docx | .pdf")],
    n: Annotated[int, typer.Option(min=1, help="第几条链 / which chain of the case")] = 1,
    short: Annotated[
        bool, typer.Option("--short", help="团伙报告简版，不超过六页 / short form of a gang report")
    ] = False,
    language: Annotated[str | None, typer.Option(help="zh | en")] = None,
    unit: Annotated[str, typer.Option(help="单位 / unit")] = "",
    number: Annotated[str, typer.Option(help="报告编号 / number of the report")] = "",
    date: Annotated[str, typer.Option(help="日期 / date")] = "",
    author: Annotated[str, typer.Option(help="研判员 / author")] = "",
    marking: Annotated[str, typer.Option(help="密级或标记，由人选择 / marking, chosen by a person")] = "",
    readers: Annotated[str, typer.Option(help="知悉范围 / readers")] = "",
    as_json: Json = False,
) -> None:
    """生成链条、团伙、全区事项报告或指标通报，逐句注明原始记录。 / Write a report or a bulletin; each sentence cites its rows."""
    from backend.reports import FORMATS, make_report
    from viz.report.model import Furniture

    with errors():
        form = output.suffix.lower().removeprefix(".")
        if form not in FORMATS:
            raise InputError(
                Text(
                    f"不支持 {output.name}，用 .docx 或 .pdf。",
                    f"Use .docx or .pdf, not {output.name}.",
                )
            )
        around = Furniture(
            unit=unit, number=number, date=date, author=author, marking=marking, readers=readers
        )
        tongue = language or terminal_language()
        with store() as graph:
            made = make_report(
                graph, LOCAL, what, object_id, form, n=n, short=short, language=tongue, furniture=around
            )
        output.write_bytes(made.body)
    if as_json:
        emit({"file": str(output), "digest": made.digest, "audit": made.audit, "rows": made.rows})
    else:
        say(
            f"已写入 {output}：依据 {made.rows} 行，审计号 {made.audit}",
            f"wrote {output}: {made.rows} rows of evidence, audit no. {made.audit}",
        )


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("report")(report_command)
