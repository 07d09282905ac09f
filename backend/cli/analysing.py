"""``upline analyse``: a run, and what it found."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from backend.cli.console import ProgressLine, emit, errors, say, store
from backend.cli.options import Json
from backend.cli.watching import look_and_tell
from graph_schema.store import LOCAL


def analyse_command(
    seed: Annotated[int, typer.Option(help="随机种子 / random seed")] = 7,
    weights: Annotated[
        str | None,
        typer.Option(help="校准权重的名称或文件，缺省用发布的权重 / calibrated weights, by name or file"),
    ] = None,
    as_json: Json = False,
) -> None:
    """归并人员，推断供货、团伙和链条，一次发布。 / Resolve persons, infer supplies, gangs and chains, and publish the run."""
    from backend.calibration import named_weights
    from backend.district.derived import derive
    from backend.runs import analyse
    from backend.security.audited import recorded

    with errors():
        progress = ProgressLine()
        about = {"seed": seed, "weights": weights}
        with store() as graph, recorded(LOCAL, "analyse", about, changes=True) as trace:
            chosen = named_weights(graph.home, weights) if weights else None
            summary = analyse(graph, seed=seed, progress=progress, weights=chosen, derive=derive)
            progress.end()
            look_and_tell(graph)
            trace.tell(asdict(summary))
    if as_json:
        emit(asdict(summary))
        return
    say(
        f"批次 {summary.run}：人员 {summary.persons}，供货 {summary.supplies}，"
        f"团伙候选 {summary.gangs}，链条 {summary.chains}",
        f"Run {summary.run}: {summary.persons} persons, {summary.supplies} supplies, "
        f"{summary.gangs} gangs, {summary.chains} chains",
    )
    if cut := summary.cut:
        tried = " · ".join(f"{each:g}" for each in cut.tried)
        say(
            f"团伙划分：分辨率 {cut.resolution:g}，最大一组 {cut.largest} 人"
            f"（依次试 {tried}，取第一个各组不超过 {cut.most} 人的）",
            f"Gangs cut at resolution {cut.resolution:g}; the largest core has {cut.largest} persons (tried in turn: {tried}; "
            f"the first with at most {cut.most} in each)",
        )
    for each in summary.damped:
        zh, en = _DAMPED[each.kind]
        some = ", ".join(f"{what} ({n})" for what, n, _ in each.named[:3]) + (" …" if each.total > 3 else "")
        say(f"降权 {zh} {each.total} 个：{some}", f"Damped, {en}: {each.total}: {some}")


_DAMPED = {
    "platform": ("平台账户和服务号", "platforms and service numbers"),
    "hub": ("联系人过多者", "contacts of too many people"),
    "name": ("过于常见的姓名", "too common names"),
    "batch": ("多人持有的批次", "batches found with many people"),
    "packaging": ("多人持有的包装", "packaging found with many people"),
    "case": ("涉案卖方过多的案件", "cases with very many sellers"),
}


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("analyse")(analyse_command)
