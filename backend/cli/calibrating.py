"""``upline calibrate``: fit the weights to a squad's own solved cases; nothing uses them until they are named."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.options import Json
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.calibration.calibrate import CalibrationReport, Quality


def calibrate_command(
    name: Annotated[str, typer.Argument(help="权重文件名，如 2025a / name of the weight file")],
    pairs: Annotated[
        Path | None,
        typer.Option(help="已知供货关系 CSV（上家、下家、属实） / known pairs; else the ledger"),
    ] = None,
    as_json: Json = False,
) -> None:
    """用本单位已破案件校准权重，研判时指定才使用。 / Fit the weights to solved cases; a run uses them only when told."""
    from backend.calibration.calibrate import FOLDER, calibrate, write_weights
    from backend.calibration.known import from_csv, from_ledger
    from backend.runs.people import read_people
    from backend.security.audited import recorded

    with errors():
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", name) or name.startswith("."):
            raise InputError(
                Text(
                    f"文件名只能含字母、数字、点和横线：{name}",
                    "Letters, digits, dots and dashes only.",
                )
            )
        about = {"name": name, "pairs": str(pairs) if pairs else None}
        with store() as graph, recorded(LOCAL, "calibrate", about, changes=True) as trace:
            _, facts, _ = read_people(graph, LOCAL)
            known, unknown = from_csv(pairs, facts) if pairs else (from_ledger(graph, LOCAL, facts), [])
            path = graph.home / FOLDER / f"{name}.yaml"
            if path.exists():
                raise InputError(Text(f"{path} 已存在，另取一个名字。", "It exists; take another name."))
            report = calibrate(facts, known, name)
            write_weights(report.weights, path)
            trace.count = report.pairs
    if as_json:
        figures = {
            "pairs": report.pairs,
            "right": report.right,
            "buyers": report.buyers,
            "better": report.better,
        }
        held = {"published": asdict(report.published), "fitted": asdict(report.fitted)}
        emit(
            {
                **figures,
                "held_out": held,
                "unknown": unknown,
                "file": str(path),
                "version": report.weights.version,
            }
        )
        return
    _print(report, unknown, path)


def _print(report: CalibrationReport, unknown: list[str], path: Path) -> None:
    if unknown:
        say(
            f"{len(unknown)} 个标识无人持有：{'，'.join(unknown[:5])}",
            f"{len(unknown)} identifiers belong to nobody here.",
        )
    rows = [_row("发布权重 published", report.published), _row("校准权重 fitted (held out)", report.fitted)]
    title = told(
        f"{report.pairs} 对（{report.right} 对属实），{report.buyers} 名下家",
        f"{report.pairs} pairs ({report.right} true), {report.buyers} buyers",
    )
    show(
        title,
        [
            Text("权重", "weights"),
            Text("对数损失", "log loss"),
            Text("校准误差", "calibration"),
            Text("查准", "precision"),
            Text("查全", "recall"),
        ],
        rows,
    )
    if not report.better:
        say(
            "留出检验并不优于发布的权重，不建议使用。",
            "Not better than the published weights on held-out buyers.",
        )
    say(
        f"已写入 {path}；使用：upline analyse --weights {path.stem}",
        f"Written; used by: upline analyse --weights {path.stem}",
    )


def _row(name: str, found: Quality) -> list[str]:
    shares = ["-" if value is None else f"{value:.2f}" for value in (found.precision, found.recall)]
    return [name, f"{found.log_loss:.3f}", f"{found.calibration_error:.3f}", *shares]


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("calibrate")(calibrate_command)
