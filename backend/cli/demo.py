"""``upline demo``: an invented district, loaded, analysed and scored against its own truth, then the workbench."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from platformdirs import user_data_dir

from backend.cli.console import ProgressLine, emit, errors, out, say, show, store, told
from backend.cli.load_report import load_json, print_report
from backend.cli.options import Json
from backend.demo.behaviour import PRESETS
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.demo.score_people import Figures
    from backend.demo.truth import Truth
    from graph_schema.store import Store

MARK = "demo.json"
"""Says that an UPLINE_HOME holds invented people only; the demo touches no other."""


def demo_command(
    seed: Annotated[int, typer.Option(help="随机种子 / seed")] = 7,
    preset: Annotated[str, typer.Option(help=" | ".join(PRESETS))] = "base",
    size: Annotated[float, typer.Option(min=0.1, max=20.0, help="规模倍数 / scale")] = 1.0,
    once: Annotated[bool, typer.Option(help="打印概要后结束 / end after the summary")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8765,
    as_json: Json = False,
) -> None:
    """生成虚构辖区，导入、研判、打分，并打开工作台。 / Make, load, analyse and score an invented district; open the workbench."""
    with errors():
        if preset not in PRESETS:
            raise InputError(
                Text(
                    f"没有 {preset} 这个预设，可用：{'，'.join(PRESETS)}",
                    "No such preset.",
                )
            )
        home = _home({"seed": seed, "preset": preset, "size": size})
        summary = _run(home, seed, preset, size, quiet=as_json)
        if as_json:
            emit(summary)
        else:
            _print(summary)
    if not once:
        from backend.api import serve

        serve(host="127.0.0.1", port=port)


Summary = dict[str, Any]  # what was generated, loaded and found, by part, and how it scored


def _home(wanted: Mapping[str, object]) -> Path:
    """The demo's own home, emptied where it holds another district; refuses one with real data."""
    from graph_schema.store import embedded

    home = Path(os.environ.get("UPLINE_HOME") or user_data_dir("upline-demo", appauthor=False)).absolute()
    mark = home / MARK
    if home.is_dir() and any(home.iterdir()) and not mark.is_file() and any((home / "rows").glob("*")):
        raise InputError(
            Text(
                f"{home} 中已有非演示数据，演示不会写入。另设 UPLINE_HOME。",
                "This home holds data that is not the demo's; set another UPLINE_HOME.",
            )
        )
    os.environ["UPLINE_HOME"] = str(home)
    if mark.is_file() and json.loads(mark.read_text(encoding="utf-8")) != wanted:
        say("演示参数已变，清空旧的演示数据。", "The demo parameters changed; clearing the old district.")
        embedded.stop(home)
        shutil.rmtree(home)
    home.mkdir(parents=True, mode=0o700, exist_ok=True)
    mark.write_text(json.dumps(wanted), encoding="utf-8")
    return home


def _run(home: Path, seed: int, preset: str, size: float, quiet: bool) -> Summary:
    from backend.demo.district import generate
    from backend.district.derived import derive
    from backend.runs import analyse
    from backend.scoring.nouns import noun_scores
    from backend.security.audited import recorded
    from etl.writing.load import load

    started = time.monotonic()
    say("演示数据为虚构，与真实人员无关。", "The demo data are invented.")
    folder = home / "district"
    shutil.rmtree(folder, ignore_errors=True)
    truth = generate(folder, seed=seed, preset=preset, size=size)
    truth.save(home / "truth.json")
    clock = {"generate": time.monotonic() - started}
    with store() as graph:
        mark = time.monotonic()
        progress = ProgressLine()
        with recorded(LOCAL, "load", {"demo": preset, "seed": seed, "size": size}, changes=True):
            report = load(graph, [folder], progress=progress)
        progress.end()
        clock["load"] = time.monotonic() - mark
        if not quiet:
            print_report(report, by_kind=True)
        mark = time.monotonic()
        progress = ProgressLine()
        with recorded(LOCAL, "analyse", {"seed": seed}, changes=True):
            summary = analyse(graph, seed=seed, progress=progress, derive=derive)
        progress.end()
        clock["analyse"] = time.monotonic() - mark
        marks = _score(graph, truth)
        nouns = noun_scores(graph, truth.nouns)
    loaded = load_json(report)
    return {
        "district": {"seed": seed, "preset": preset, "size": size, "folder": str(folder)},
        "files": {
            state: sum(f["state"] == state for f in loaded["files"])
            for state in ("loaded", "known", "refused")
        },
        "rows": {
            key: sum(f[key] for f in loaded["files"])
            for key in ("read", "loaded", "duplicate", "rejected", "excluded")
        },
        "events": loaded["events"],
        "run": asdict(summary),
        "score": marks,
        "nouns": nouns,
        "seconds": {name: round(value, 2) for name, value in clock.items()},
    }


def _score(graph: Store, truth: Truth) -> Figures:
    """The demo's own score: what the answers say against what the district knows."""
    from backend import answers
    from backend.demo.score import score

    return score(
        truth,
        answers.chains(graph, LOCAL, k=3),
        answers.supplies(graph, LOCAL, min_score=0.05),
        answers.gangs(graph, LOCAL),
        answers.persons(graph, LOCAL),
    )


FIGURES = {
    "organiser_in_top_three": (
        "真正组织者在前三条链中（数据可见的零包案）",
        "true organiser in the top three chains (where data can show it)",
    ),
    "organiser_in_top_three_all": ("同上，全部零包案", "the same, all packet cases"),
    "major_case_reached": ("到达真正的大案", "true major case reached"),
    "unrelated_wrongly_chained": ("无关案件被误连", "unrelated cases wrongly chained"),
    "chain_calibration_error": ("链条评分校准误差", "calibration error of chain scores"),
    "supplier_first": ("被捕零售者的真上家排第一", "true supplier of an arrested retailer first"),
    "supplier_in_three": ("真上家在前三", "true supplier in the first three"),
    "one_supplier_first": ("排第一的确是其上家之一", "the first is one of his true suppliers"),
    "one_supplier_in_three": ("前三中确有其上家", "one of the first three is a true supplier"),
    "supply_precision": ("供货候选查准率", "supply edges, precision"),
    "supply_recall": ("供货候选查全率", "supply edges, recall"),
    "supply_calibration_error": ("供货评分校准误差", "calibration error of supply scores"),
    "gangs_found": ("找到的团伙（Jaccard ≥ 0.5）", "gangs found (Jaccard >= 0.5)"),
    "organiser_among_first_three": ("组织者在团伙前三名", "organiser among the first three of his gang"),
}

NOUNS = {
    "clues": ("网络线索", "clues"),
    "risk": ("制毒风险", "risk"),
    "chemicals": ("易制毒", "chemicals"),
    "drivers": ("失驾预警", "drivers"),
    "care": ("平安关爱", "care"),
    "water": ("污水验毒", "water"),
    "tasks": ("指标和任务", "figures and tasks"),
}
NOUN_FIGURES = {
    "pairs": ("同一卖家的线索对", "pairs of clues of one seller"),
    "precision": ("查准率", "precision"),
    "recall": ("查全率", "recall"),
    "others_joined": ("误并的他人线索", "clues of others joined"),
    "wrong_status": ("列管状态有误", "wrong legal status"),
    "planted": ("埋设数", "planted"),
    "among_first_20": ("排在前 20 家的份额", "share among the first 20"),
    "false_first": ("前 20 家中的其他企业", "others among the first 20"),
    "found": ("找到的份额", "share found"),
    "false": ("误报", "false"),
    "clean_named": ("误指的合规企业", "clean firms named"),
    "blamed": ("误指的人员", "persons wrongly named"),
    "next_manhole": ("下一采样井正确", "next manhole right"),
    "tasks": ("逾期和状态正确", "overdue days and states right"),
    "values": ("数值等于名单", "values equal to their lists"),
    "sums": ("各单位之和等于全区", "units sum to the whole"),
    "reports_told": ("与上报不符已指出", "differing reports told"),
    "coverage": ("宣教覆盖数正确", "coverage figures right"),
    "persons": ("核对的人员", "persons compared"),
    "due_days": ("核对的应检应访日", "due days compared"),
    "wrong": ("与真相不符", "not as the truth has it"),
}


def _print(summary: Summary) -> None:
    run, found = summary["run"], summary["score"]
    say(
        f"人员 {run['persons']}，供货候选 {run['supplies']}，团伙候选 {run['gangs']}，链条 {run['chains']}",
        f"{run['persons']} persons, {run['supplies']} supplies, {run['gangs']} gangs, {run['chains']} chains",
    )
    rows = [[told(*FIGURES[name]), f"{found[name]:.2f}"] for name in FIGURES if found.get(name) is not None]
    counts = found["counts"]
    rows.append(
        [
            told("零包案", "packet cases"),
            f"{counts['packet_cases']} ({counts['packet_cases_shown']})",
        ]
    )
    show(
        told("对照辖区真相", "Compared with the district's truth"),
        [Text("指标", "figure"), Text("值", "value")],
        rows,
    )
    show(
        told("全区业务对照真相", "The district's nouns compared with their truth"),
        [Text("业务", "noun"), Text("指标", "figure"), Text("值", "value")],
        [
            [told(*NOUNS[noun]), told(*NOUN_FIGURES[name]), f"{value:.2f}".removesuffix(".00")]
            for noun, figures in summary["nouns"].items()
            for name, value in figures.items()
        ],
    )
    steps = {"generate": ("生成", "generate"), "load": ("导入", "load"), "analyse": ("研判", "analyse")}
    seconds = ", ".join(f"{told(*steps[name])} {value:.1f} s" for name, value in summary["seconds"].items())
    out.print(seconds, markup=False, highlight=False)


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("demo")(demo_command)
