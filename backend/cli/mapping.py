"""``upline map``, ``mappings`` and ``add``: files and facts no layout knows yet."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from backend.cli.console import (
    NOTHING_DONE,
    WITH_REJECTS,
    emit,
    errors,
    say,
    show,
    store,
    terminal_language,
    told,
)
from backend.cli.load_report import load_json, print_report
from backend.cli.options import Compartment, Json
from backend.cli.watching import look_and_tell
from etl.writing.entry_kinds import KINDS
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.mappings import Proposal, ProposalTold
    from etl.mapping.decide import MappingKept


def map_command(
    file: Annotated[
        Path, typer.Argument(help="无法识别的 CSV 或 XLSX / a CSV or XLSX nobody knows", show_default=False)
    ],
    kind: Annotated[str | None, typer.Option(help="映射为哪种表 / kind of table to map onto")] = None,
    sheet: Annotated[str | None, typer.Option(help="工作表 / sheet")] = None,
    header: Annotated[int | None, typer.Option(min=1, help="表头在第几行 / row of the heading")] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="列=字段，列= 表示不用 / COLUMN=FIELD, COLUMN= leaves it out"),
    ] = None,
    inflow: Annotated[list[str] | None, typer.Option(help="表示收入的词 / word that means money in")] = None,
    outflow: Annotated[
        list[str] | None, typer.Option(help="表示支出的词 / word that means money out")
    ] = None,
    name: Annotated[str | None, typer.Option("--save", help="按此名保存 / keep it under this name")] = None,
    as_json: Json = False,
) -> None:
    """为不认识的表提出列的对应，预览后保存。 / Propose what the columns of an unknown table are, preview and save it."""
    from backend.security.audited import recorded
    from etl.intake.ask import pairs, propose
    from etl.mapping.unknown import MappingChoices

    with errors():
        if not file.is_file():
            raise InputError(Text(f"没有这个文件：{file}", "No such file."))
        asked = MappingChoices(
            sheet, kind, header, pairs(sets or []), tuple(inflow or ()), tuple(outflow or ())
        )
        with recorded(LOCAL, "map", {"file": file.name, "save": name}, changes=bool(name)) as trace:
            proposed = cast("Proposal", propose(file, asked))  # made by a reader, in a process of its own
            found: ProposalTold = {**proposed, "saved": _kept(name, proposed) if name else None}
            trace.tell(found)
    if as_json:
        emit(found)
    else:
        _print(found)
    if found["preview"] is None:
        raise typer.Exit(NOTHING_DONE)
    if found["preview"]["counts"]["rejected"]:
        raise typer.Exit(WITH_REJECTS)


def _kept(name: str, found: Proposal) -> MappingKept:
    from etl.mapping.decide import StatedMapping, save, shown

    if found["mapping"] is None or found["missing"]:
        lacking = "、".join(found["missing"])
        raise InputError(
            Text(
                f"尚缺 {lacking}，不能保存：用 --set 指定。",
                f"Still lacks {lacking}: name them with --set.",
            )
        )
    return shown(save(name, StatedMapping.model_validate(found["mapping"])))


def _print(found: ProposalTold) -> None:
    tongue = terminal_language()
    show(
        f"{found['file']} {found['sheet']} → {found['kind']}",
        [
            Text("列", "column"),
            Text("样例", "sample"),
            Text("字段", "field"),
            Text("分", "score"),
            Text("依据", "why"),
            Text("其他", "others"),
        ],
        [
            [
                column["heading"],
                " | ".join(column["samples"][:2]),
                " ".join(each["field"] for each in column["fields"]),
                column["fields"][0]["score"] if column["fields"] else "",
                column["fields"][0][tongue] if column["fields"] else "",
                " ".join(f"{each['field']} {each['score']:.2f}" for each in column["others"]),
            ]
            for column in found["columns"]
        ],
    )
    if found["preview"] is None:
        lacking = "、".join(found["missing"])
        say(f"尚缺：{lacking}。用 --kind 或 --set 指定。", f"Still lacks {lacking}: use --kind or --set.")
        return
    counts, reasons = found["preview"]["counts"], found["preview"]["reasons"]
    show(
        "",
        [Text("行", "row"), Text("状态", "state"), Text("将成为", "makes")],
        [[row["row"], row["state"], "; ".join(row["makes"])] for row in found["preview"]["rows"]],
    )
    say(
        f"共 {counts['read']} 行：可装入 {counts['loaded']}，拒收 {counts['rejected']}，排除 {counts['excluded']}",
        f"{counts['read']} rows: {counts['loaded']} would load, {counts['rejected']} be rejected, "
        f"{counts['excluded']} be excluded",
    )
    for each in reasons:
        where = f"{each['column']}（{'、'.join(each['examples'])}）"
        say(f"  {each['zh']} {each['n']} 行：{where}", f"  {each['en']}, {each['n']} rows: {where}")
    if found["saved"]:
        say(
            f"已保存为“{found['saved']['kind']}”，同样表头的文件直接导入即可。",
            f"Saved as {found['saved']['kind']}.",
        )
    else:
        say("未保存：核对后加 --save 名称。", "Not saved: check it, then add --save NAME.")


def mappings_command(
    delete: Annotated[str | None, typer.Option(help="删除此映射 / forget this mapping")] = None,
    as_json: Json = False,
) -> None:
    """列出已保存的列的对应，或删除一个。 / List saved mappings, or delete one."""
    from backend.security.audited import recorded
    from etl.layouts import saved
    from etl.mapping.decide import shown

    action = "mapping.delete" if delete else "mappings"
    with errors(), recorded(LOCAL, action, {"delete": delete}, changes=bool(delete)) as trace:
        if delete:
            saved.delete(delete)
        found = {"mappings": [shown(layout) for layout in saved.all_saved().values()]}
        trace.tell(found)
    if as_json:
        emit(found)
        return
    show(
        "",
        [Text("名称", "name"), Text("映射为", "of"), Text("版本", "version"), Text("列", "columns")],
        [[m["name"], m["of"], m["version"], " ".join(m["headings"])] for m in found["mappings"]],
    )


def add_command(
    kind: Annotated[str, typer.Argument(help="、".join(KINDS))],
    values: Annotated[
        list[str] | None,
        typer.Argument(help="栏目=内容，如 姓名=章一凡 / FIELD=VALUE; none lists the fields"),
    ] = None,
    by: Annotated[str | None, typer.Option(help="录入人，默认为系统用户 / who enters it")] = None,
    basis: Annotated[str | None, typer.Option(help="依据 / basis")] = None,
    compartment: Compartment = None,
    as_json: Json = False,
) -> None:
    """手工录入案件、人员、标识或关系，须署名。 / Enter a case, person, identifier or link by hand, signed."""
    from backend.security.audited import recorded
    from etl.writing.entries import enter, kind_of_entry

    with errors():
        layout = kind_of_entry(kind)
        if not values:
            fields = [
                [name, column.aliases[0] + (" *" if column.must else ""), column.sample]
                for name, column in layout.columns.items()
            ]
            if as_json:
                emit(
                    {
                        "kind": layout.name,
                        "fields": [dict(zip(("field", "heading", "sample"), f, strict=True)) for f in fields],
                    }
                )
            else:
                show(
                    told(layout.zh, layout.en),
                    [Text("字段", "field"), Text("栏目", "heading"), Text("样例", "sample")],
                    fields,
                )
            return
        row = _filled(values)
        signed_by = by or getpass.getuser()
        about = {"kind": kind, "by": signed_by, "compartment": compartment}
        with store() as graph, recorded(LOCAL, "add", about, changes=True) as trace:
            report = enter(graph, kind, [row], signed_by, basis, compartment)
            look_and_tell(graph)
            trace.tell(load_json(report))
    if as_json:
        emit(load_json(report))
    else:
        print_report(report)
        say(
            f"批次 {report.load}；撤销：upline unload {report.load}",
            f"load {report.load}; undo: upline unload {report.load}",
        )


def _filled(values: list[str]) -> dict[str, str]:
    row: dict[str, str] = {}
    for text in values:
        name, sign, value = text.partition("=")
        if not sign or not name or name in row:
            raise InputError(
                Text(
                    f"“{text}”应写成 栏目=内容，每栏一次",
                    f"{text!r} should read FIELD=VALUE, each field once.",
                )
            )
        row[name] = value
    return row


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("map")(map_command)
    app.command("mappings")(mappings_command)
    app.command("add")(add_command)
