"""``upline verify``: whether what is stored is still what the source files say."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import NOTHING_DONE, WITH_REJECTS, ProgressLine, emit, errors, say, show, store
from backend.cli.loading import Interrupt, PasswordFile, password_of
from backend.cli.options import Json
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from etl.verifying.report import Difference, Verified
    from etl.verifying.verify import VerifyScope

_SHOWN = 20
"""Differences printed; ``--json`` has up to ``MOST``."""
_HEADINGS: list[str] = [
    Text("不符之处", "difference"),
    Text("文件", "file"),
    Text("行", "row"),
    Text("列", "column"),
    Text("文件内容", "the file says"),
    Text("现存内容", "stored"),
    Text("涉及", "about"),
]


def verify_command(
    load: Annotated[
        int | None, typer.Argument(min=1, help="批次号，默认为全部 / load number, all by default")
    ] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="随机抽取的文件数 / this many files, chosen by chance")
    ] = None,
    places: Annotated[
        list[Path] | None,
        typer.Option("--from", help="来源文件现在的位置 / where the source files are now"),
    ] = None,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """重读来源文件，核验已入库的数据是否仍与文件一致。 / Read the source files again and check what is stored against them."""
    from etl.verifying.verify import VerifyScope

    with errors():
        missing = [str(path) for path in places or () if not path.exists()]
        if missing:
            raise InputError(Text(f"没有 {'，'.join(missing)}", f"There is no {', '.join(missing)}."))
        found = _verified(VerifyScope(load, sample, tuple(places or ()), password_of(password_file)))
    _print(found, as_json)
    if found.differences.counts:
        raise typer.Exit(WITH_REJECTS)


def _verified(wanted: VerifyScope) -> Verified:
    from backend.security.audited import recorded
    from etl.storage.archive import Stopped
    from etl.verifying.verify import verify

    progress, stopped = ProgressLine(), Interrupt()
    asked = {"load": wanted.load, "sample": wanted.sample, "places": [str(path) for path in wanted.places]}
    try:
        with recorded(LOCAL, "verify", asked) as trace, store() as graph:
            found = verify(graph, wanted, progress, stopped.asked)
            trace.tell(_shape(found))
    except Stopped:
        say("已停止，未作任何改动。", "Stopped; nothing was changed.")
        raise typer.Exit(NOTHING_DONE) from None
    progress.end()
    return found


def _shape(found: Verified) -> dict[str, object]:
    return {
        "same": not found.differences.counts,
        "whole": found.whole,
        "files": [asdict(file) for file in found.files],
        "compared": found.compared,
        "counts": dict(found.differences.counts),
        "differences": [asdict(each) for each in found.differences.listed],
    }


def _print(found: Verified, as_json: bool) -> None:
    from etl.verifying.report import MOST

    if as_json:
        return emit(_shape(found))
    rows, read = sum(file.rows for file in found.files), sum(file.rows > 0 for file in found.files)
    graph = ", ".join(f"{name} {count:,}" for name, count in found.compared.items()) or "-"
    say(
        f"核验文件 {len(found.files)} 个，重读 {read} 个共 {rows:,} 行；图中核对 {graph}。",
        f"{len(found.files)} files verified, {read} read again ({rows:,} rows); compared in the graph: {graph}.",
    )
    total = sum(found.differences.counts.values())
    if not total:
        return say("全部一致。", "All is the same.")
    show(f"{total}", _HEADINGS, [_cells(each) for each in found.differences.listed[:_SHOWN]])
    if total > _SHOWN:
        say(
            f"… 另有 {total - _SHOWN} 处，--json 列出前 {MOST} 处",
            f"… {total - _SHOWN} more; --json lists {MOST}",
        )
    return None


def _cells(each: Difference) -> list[object]:
    from etl.verifying.report import WORDS

    place = f"{each.sheet} {each.row}".strip() if each.row else ""
    return [WORDS[each.kind], each.file, place, each.column, each.expected, each.found, each.about]


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("verify")(verify_command)
