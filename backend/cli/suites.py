"""Commands of the call suite and the money suite."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, terminal_language
from backend.cli.names import name_of
from backend.cli.options import Json
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.base import Tongue
    from backend.contract.suites import Suite, TableShown

Targets = Annotated[
    list[str], typer.Argument(help="人员编号、号码或姓名，可多名 / person ids, numbers or names")
]
PresetName = Annotated[
    str,
    typer.Option("--preset", help="零包、批发或洗钱 / packet, wholesale or laundering"),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="写出 XLSX / write a workbook")]
RowLimit = Annotated[int | None, typer.Option(min=1, help="每表最多行数 / rows of a table")]


def calls_command(
    person: Targets,
    preset: PresetName = "packet",
    output: Output = None,
    limit: RowLimit = None,
    as_json: Json = False,
) -> None:
    """分析人员的话单，共十四项，每个数字附原始记录。 / Analyse a person's calls; every figure has its source rows."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.calls(graph, LOCAL, person, preset=preset, limit=limit)
    _give(found, output, as_json)


def money_command(
    person: Targets,
    preset: PresetName = "packet",
    output: Output = None,
    limit: RowLimit = None,
    as_json: Json = False,
) -> None:
    """分析人员的资金，每个数字附原始记录。 / Analyse a person's money; every figure has its source rows."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.money(graph, LOCAL, person, preset=preset, limit=limit)
    _give(found, output, as_json)


def _give(found: Suite, output: Path | None, as_json: bool) -> None:
    from backend.answers.workbook import write_workbook
    from backend.exports.left import left

    language = terminal_language()
    if output is not None:
        made = io.BytesIO()
        write_workbook(found, made, language)
        ids = tuple(person["id"] for person in found["targets"])
        left(LOCAL, "workbook", ids, made.getvalue(), sum(len(t["rows"]) for t in found["tables"]))
        output.write_bytes(made.getvalue())
        say(f"已写出 {output}", f"Written: {output}")
    if as_json:
        emit(found)
    elif output is None:
        called = {person["id"]: name_of(person) for person in found["persons"]}
        called |= {each: both[language] for each, both in found["words"].items()}
        for table in found["tables"]:
            _table(table, called, language)


SHOWN = 15


def _table(table: TableShown, called: dict[str, str], language: Tongue) -> None:
    columns = table["columns"]
    show(
        f"{table['number']} {table[language]}　{min(SHOWN, len(table['rows']))}/{table['total']}",
        [column[language] for column in columns],
        [
            [_cell(row.get(column["key"]), column["kind"], called) for column in columns]
            for row in table["rows"][:SHOWN]
        ],
    )


def _cell(value: object, kind: str, called: dict[str, str]) -> str:
    from backend.analysis.suites.common import code

    if value is None:
        return ""
    if isinstance(value, list):
        return "，".join(called.get(each, str(each)) for each in value[:5])
    if kind == "fen" and isinstance(value, int | float):
        return f"{value / 100:,.2f}"
    if kind == "time":
        return str(value)[:16].replace("T", " ")
    if kind == "code":
        return called[code(value)]
    return called.get(str(value), str(value)) if kind == "person" else str(value)


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("calls")(calls_command)
    app.command("money")(money_command)
