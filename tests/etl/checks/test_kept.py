"""Findings of a load: kept, told, and gone with their file."""

from __future__ import annotations

from pathlib import Path

from etl.checks import kept_checks
from etl.storage.archive import Archive
from etl.writing.load import LoadOptions, load
from graph_schema.home import upline_home
from graph_schema.store import LOCAL, Store

A, B = "6200990000000000119", "6200990000000000127"
HEAD = "交易卡号,账户开户名称,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,交易流水号\n"
MINE = f"""{A},章一凡,2024-03-01 10:00:00,100.00,900.00,出,{B},季二水,S1
{A},章一凡,2024-03-02 10:00:00,50.00,850.00,出,{B},季二水,S2
{A},章一凡,2024-03-03 10:00:00,10.00,800.00,出,{B},季二水,S3
"""
HIS = f"""{B},季二水,2024-02-20 10:00:00,1.00,1.00,进,{A},章一凡,S0
{B},季二水,2024-03-01 10:00:01,101.00,102.00,进,{A},章一凡,S1
{B},季二水,2024-03-10 10:00:00,1.00,103.00,进,{A},章一凡,S9
"""


def test_lost_rows_and_unequal_sides_are_told(tmp_path: Path, store: Store) -> None:
    """Trap: a row the bank left out, an amount the two banks do not agree on; nothing says so by itself."""
    (tmp_path / "a.csv").write_text(HEAD + MINE, encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEAD + HIS, encoding="utf-8")
    said = LoadOptions(basis="调证字1号", purpose="侦查", use_until=1, asked_from=2, asked_until=3)
    report = load(store, [tmp_path], said)
    archive = Archive(upline_home())
    mine = next(file for file in report.files if file.path.endswith("a.csv"))
    assert mine.sha256 is not None
    found = {(check["kind"], tuple(check["rows"])) for check in kept_checks(archive, mine.sha256)}
    assert ("balance_break", (3, 4)) in found
    assert ("amounts_differ", (2, 3)) in found
    assert {rows for kind, rows in found if kind == "other_side_lacks"} == {(3,), (4,)}
    assert any("第 3 行与第 4 行之间余额不连续" in note.zh for note in mine.notes)
    row = store.read(LOCAL, "load.sources")[0]
    assert [row[name] for name in ("basis", "purpose", "use_until", "asked_from", "asked_until")] == [
        "调证字1号",
        "侦查",
        1,
        2,
        3,
    ]
