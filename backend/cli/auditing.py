"""``upline audit …``: the end of the log to keep elsewhere, its check, and records for an inspection; no database needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import NOTHING_DONE, WITH_REJECTS, emit, err, errors, say, show, told
from backend.cli.options import DAYS, Json
from graph_schema.errors import InputError
from graph_schema.language import Text, spoken
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.administration import AuditRecord
    from backend.security.anchors import SignedHead
    from backend.security.audit import CheckOutcome
    from backend.security.reading import RecordFilter

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

User = Annotated[str | None, typer.Option(help="用户 / user")]
ActionPrefix = Annotated[str | None, typer.Option(help="动作开头，如 review / actions that begin with this")]
First = Annotated[datetime | None, typer.Option("--from", formats=DAYS, help="起始日 / first day")]
Last = Annotated[datetime | None, typer.Option("--to", formats=DAYS, help="截止日 / last day")]
About = Annotated[
    str | None, typer.Option("--object", help="涉及此对象，写全编号 / names this object, whole id")
]
Refused = Annotated[bool, typer.Option(help="只看被拒绝或结果未知的 / refused or unknown only")]


@app.command("head")
def head_command(as_json: Json = False) -> None:
    """显示签名的链头，打印或另行保存。 / Show the signed end of the log, to be printed or kept elsewhere."""
    from backend.security.audited import audit_log, entry_of

    with errors():
        log = audit_log()
        log.append(entry_of(LOCAL, "audit.head"))
        head = log.signed_head()
    emit(head._asdict()) if as_json else typer.echo(head.line())


@app.command("verify")
def verify_command(
    against: Annotated[
        list[str] | None,
        typer.Option(help="留存的链头，一行文字或所在文件 / a kept head: its line, or a file of them"),
    ] = None,
    as_json: Json = False,
) -> None:
    """逐条核对日志，并与外部留存的链头比对。 / Check every record, and compare the end with the heads kept outside."""
    from backend.security.audited import audit_log, entry_of
    from backend.security.checking import checked

    with errors():
        log = audit_log()
        found = checked(log, *(head for each in against or () for head in _heads(each)))
        _tell(found, as_json)  # before it is recorded: a log that takes no record can still be checked
        outcome = "done" if found.good else "bad"
        entry = entry_of(LOCAL, "audit.verify", note=found.reason)
        log.append(replace(entry, outcome=outcome, count=found.records))
    if not found.good:
        raise typer.Exit(WITH_REJECTS)


@app.command("list")
def list_command(
    user: User = None,
    kind: ActionPrefix = None,
    first: First = None,
    last: Last = None,
    about: About = None,
    refused: Refused = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="最多条数 / at most this many")] = 200,
    as_json: Json = False,
) -> None:
    """列出审计记录，新的在前，对象只显示首尾。 / List records, newest first; identifiers show their ends only."""
    from backend.security.audited import recorded
    from backend.security.reading import found_records

    wanted = _wanted(user, kind, first, last, about, refused)
    with errors(), recorded(LOCAL, "audit", vars(wanted)) as trace:
        found = found_records(wanted, limit)
        trace.tell(found)
    if as_json:
        return emit(found)
    show(f"{found['total']}", _HEADINGS, [_cells(record) for record in found["records"]])


@app.command("export")
def export_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="JSONL 文件 / JSONL file")],
    user: User = None,
    kind: ActionPrefix = None,
    first: First = None,
    last: Last = None,
    about: About = None,
    refused: Refused = False,
    as_json: Json = False,
) -> None:
    """导出审计记录原文，供检查。 / Export records as they stand in the log, for an inspection."""
    from backend.security.reading import export_records

    with errors():
        if output.exists():
            raise InputError(Text(f"{output} 已存在，另取一个名字。", f"{output} exists; take another name."))
        count = export_records(LOCAL, _wanted(user, kind, first, last, about, refused), output)
    if as_json:
        return emit({"file": str(output), "records": count})
    say(f"已导出 {count} 条到 {output}", f"exported {count} records to {output}")
    if not count:
        raise typer.Exit(NOTHING_DONE)


@app.command("retire")
def retire_command(as_json: Json = False) -> None:
    """清除超过保存期的记录，链头保留。 / Remove records past their retention period; the heads stay."""
    from backend.security.checking import retire
    from backend.security.segments import kept_days

    with errors():
        gone = retire(LOCAL)
    until = gone[-1].seq if gone else None
    if as_json:
        return emit({"days": kept_days(), "parts": len(gone), "until": until})
    if until is None:
        return say(f"没有保存满 {kept_days()} 天的记录段。", f"No part is older than {kept_days()} days.")
    say(f"已清除至第 {until} 条。", f"Taken out up to record {until}.")


_HEADINGS: list[str] = [
    Text("记录号", "no."),
    Text("时间", "time"),
    Text("用户", "user"),
    Text("动作", "action"),
    Text("结果", "outcome"),
    Text("对象", "objects"),
    Text("用途", "purpose"),
]


def _cells(record: AuditRecord) -> list[object]:
    from backend.security.reading import UNKNOWN

    outcome = record["outcome"]
    said = told("已开始，结果未知", "begun, outcome unknown") if outcome == UNKNOWN else outcome
    about = " ".join(record["objects"][:4])
    moment = record["time"][:19].replace("T", " ")
    return [record["seq"], moment, record["user"], record["action"], said, about, record["purpose"]]


def _wanted(
    user: str | None,
    kind: str | None,
    first: datetime | None,
    last: datetime | None,
    about: str | None,
    refused: bool,
) -> RecordFilter:
    from backend.security.reading import RecordFilter

    days = [day.date().isoformat() if day else None for day in (first, last)]
    return RecordFilter(user=user, action=kind, first=days[0], last=days[1], about=about, refused=refused)


def _heads(said: str) -> list[SignedHead]:
    """The heads of a line, or of a file of lines. Raises ``InputError`` where there is none."""
    from backend.security.anchors import head_of

    path = Path(said)
    lines = (
        [said] if head_of(said) or not path.is_file() else path.read_text(encoding="utf-8-sig").splitlines()
    )
    heads = [head for line in lines if (head := head_of(line))]
    if not heads:
        raise InputError(
            Text(
                f"“{said[:80]}”不是链头，也不是存有链头的文件。",
                f"{said[:80]!r} is no head and no file of heads.",
            )
        )
    return heads


def _tell(found: CheckOutcome, as_json: bool) -> None:
    from backend.security.checking import alarm

    if as_json:
        about = {"records": found.records, "first_bad": found.first_bad, "reason": found.reason}
        return emit({"good": found.good, **about})
    if found.good:
        return say(f"日志完整：{found.records} 条记录。", f"The log is whole: {found.records} records.")
    err.print(spoken(alarm(found)), style="red", markup=False)
