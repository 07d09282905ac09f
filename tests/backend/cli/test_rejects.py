"""Rejected rows: listed with where and why, corrected, fed again; nothing is lost on the way."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from backend.cli import app
from graph_schema.store import Store

HEAD = [
    "交易卡号",
    "交易户名",
    "交易证件号码",
    "交易时间",
    "交易金额",
    "交易余额",
    "收付标志",
    "交易对手账卡号",
    "对手户名",
    "查询反馈结果原因",
]
CARD, OTHER = "6200990000000000118", "6200990000000000126"


def row(time: str, amount: str, direction: str, reason: str = "") -> list[str]:
    return [CARD, "章一凡", "990101199001010011", time, amount, "1000.00", direction, OTHER, "季二水", reason]


def load(path: Path) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["load", str(path), "--json"], catch_exceptions=False)
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer | {"exit": result.exit_code}


def test_rejects_are_corrected_and_fed_again(store: Store, tmp_path: Path) -> None:
    """Trap: one bad cell that costs the row, the file, or the money it speaks of."""
    source = tmp_path / "交易明细.csv"
    with source.open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        writer.writerow(row("2024-03-05 21:14:07", "300.00", "出"))
        writer.writerow(row("2024-13-05 21:14:07", "301.00", "出"))
        writer.writerow(row("2024-03-05 22:14:07", "302.00", "？"))
        writer.writerow(row("2024-03-05 23:14:07", "", "出", "查询失败"))
    first = load(source)
    (file,) = first["files"]
    counts = {name: file[name] for name in ("read", "loaded", "duplicate", "rejected", "excluded")}
    assert counts == {"read": 4, "loaded": 1, "duplicate": 0, "rejected": 2, "excluded": 1}
    assert first["exit"] == 1 and first["events"]["payments"] == 1
    (rejects,) = map(Path, file["rejects"])
    with rejects.open(encoding="utf-8-sig", newline="") as lines:
        listed = list(csv.DictReader(lines))
    assert [(r["__行号"], r["__列"], r["__值"]) for r in listed] == [
        ("3", "交易时间", "2024-13-05 21:14:07"),
        ("4", "收付标志", "？"),
    ]
    listed[0]["交易时间"], listed[1]["收付标志"] = "2024-12-05 21:14:07", "进"
    corrected = tmp_path / "corrected.csv"
    with corrected.open("w", encoding="utf-8-sig", newline="") as out:
        writer_back = csv.DictWriter(out, listed[0].keys())
        writer_back.writeheader()
        writer_back.writerows(listed)
    second = load(corrected)
    assert [(f["state"], f["loaded"], f["rejected"]) for f in second["files"]] == [("loaded", 2, 0)]
    assert second["exit"] == 0 and second["events"]["payments"] == 3
