"""A heading that comes again inside a sheet with its columns in another order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from etl.converting.engine import convert
from etl.converting.frame import select
from etl.reading.grid import RawBatch
from etl.sources import open_file
from etl.storage.archive import Archive, headings_at
from etl.storage.facts import FileOrigin
from etl.storage.rejects import listed, write_corrected, write_rejects
from tests.etl.opened import facts_of, read

MINE, SECOND, OTHER, THIRD = (f"62009949000000000{n}" for n in (14, 22, 30, 48))
FIRST = f"""卡号：{MINE}
交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,摘要说明
2026-03-01 08:00:00,100,900,出,{OTHER},季试,转账
2026-03-02 08:00:00,50,950,进,{OTHER},季试,转账
"""
ANEW = f"""卡号：{SECOND}
收付标志,对手户名,交易对手账卡号,交易时间,交易余额,交易金额
出,呼延试,{THIRD},2026-03-03 08:00:00,700,30
进,呼延试,{THIRD},2026-03-04 08:00:00,777,77
"""
WIDER = f"""交易流水号,备注,交易时间,对手户名,收付标志,交易对手账卡号,交易金额,交易余额
A9,还款,2026-03-05 08:00:00,呼延试,出,{THIRD},7,770
"""


def paid(legs: list[dict[str, object]]) -> list[tuple[object, object, object]]:
    def number(end: object) -> str:
        return str(end).rsplit(":", 1)[1]

    return [(number(leg["start"]), number(leg["end"]), leg["amount"]) for leg in legs]


@pytest.mark.parametrize("gap", ["", "\n", "合计,150,,,,,\n\n"])
def test_columns_in_another_order(gap: str, tmp_path: Path) -> None:
    """Trap: rows below the second heading are rejected, or their balance is taken for the amount."""
    facts = read(tmp_path, FIRST + gap + ANEW + gap + WIDER)
    assert facts.states() == {"loaded": 5}, facts.reasons()
    assert paid(facts.legs_of("PAID")) == [
        (MINE, OTHER, 10000),
        (OTHER, MINE, 5000),
        (SECOND, THIRD, 3000),
        (THIRD, SECOND, 7700),
        (SECOND, THIRD, 700),
    ]
    assert facts.legs_of("PAID")[-1]["serial"] == "A9"
    assert facts.rows[-1]["cells"][:2] == ["A9", "还款"]


def test_and_back_again(tmp_path: Path) -> None:
    """Trap: the first order, once left, is not known any more."""
    facts = read(tmp_path, FIRST + ANEW + FIRST)
    assert facts.states() == {"loaded": 6}
    assert paid(facts.legs_of("PAID"))[-2:] == [(MINE, OTHER, 10000), (OTHER, MINE, 5000)]


def test_reversals_are_found_across_headings(tmp_path: Path) -> None:
    """Trap: the look ahead reads the rows below by the first heading."""
    back = "收付标志,摘要说明,对手户名,交易对手账卡号,交易时间,交易余额,交易金额\n"
    facts = read(tmp_path, FIRST + back + f"进,冲正,季试,{OTHER},2026-03-03 08:00:00,1000,100\n")
    assert paid(facts.legs_of("PAID")) == [(OTHER, MINE, 5000)]


def test_a_table_without_time(tmp_path: Path) -> None:
    """Trap: only tables of events are looked at."""
    text = (
        "账户开户名称,开户人证件号码,交易卡号,账户状态,开户银行\n章一凡,990101199001010011,"
        f"{MINE},正常,示例银行\n开户银行,交易卡号,账户状态,开户人证件号码,账户开户名称\n"
        f"示例银行,{SECOND},正常,990101199001010038,季试\n"
    )
    facts = read(tmp_path, text)
    assert facts.states() == {"loaded": 2}
    assert {record["name"] for record in facts.records} == {"章一凡", "季试"}


def test_workbook(tmp_path: Path) -> None:
    """Trap: texts only."""
    book = Workbook()
    assert book.active is not None
    for line in (FIRST + ANEW + WIDER).splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "a.xlsx")
    [facts] = facts_of(tmp_path / "a.xlsx")
    assert facts.states() == {"loaded": 5}


def test_evidence_and_rejects_stand_under_their_own_heading(tmp_path: Path) -> None:
    """Trap: a cell is shown, or put into the list to correct, under the heading of another column."""
    bad = ANEW + f"出,呼延试,{THIRD},坏,1,30\n" + WIDER
    path = tmp_path / "a.csv"
    path.write_text(FIRST + f"坏,100,900,出,{OTHER},季试,转账\n" + bad, encoding="utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    archive = Archive(tmp_path / "home")
    archive.keep(sha256, "a.csv", open_file(path, FileOrigin("a.csv", sha256)), lambda _: None)
    [sheet] = archive.about(sha256)["sheets"]
    assert headings_at(sheet, 3)[1] == "交易金额"
    assert headings_at(sheet, 8)[:3] == ["收付标志", "对手户名", "交易对手账卡号"]
    assert headings_at(sheet, 12)[0] == "交易流水号"
    one, two = listed(archive, sha256, 10)
    assert dict(zip(one["headings"], one["cells"], strict=True))["交易金额"] == "100"
    assert dict(zip(two["headings"], two["cells"], strict=True))["交易金额"] == "30"
    rejects = write_rejects(archive, sha256, "a.csv")
    assert [len(facts_of(each, origin=f"{MINE}/a.csv")[0].rows) for each in rejects] == [1, 1]
    fixes = [("", one["row"], {"交易时间": "2026-03-02"}), ("", two["row"], {"交易时间": "2026-03-09"})]
    folder = tmp_path / "out"
    folder.mkdir()
    amounts = [
        leg["amount"]
        for each in write_corrected(archive, sha256, "a.csv", fixes, folder)
        for facts in facts_of(each, origin=f"{MINE}/{each.name}")
        for leg in facts.legs_of("PAID")
    ]
    assert amounts == [10000, 3000]


def in_batches(batches: Iterator[RawBatch], size: int) -> Iterator[RawBatch]:
    """The same rows, so many in one batch."""
    for batch in batches:
        for start in range(0, len(batch), size):
            chosen = np.zeros(len(batch), bool)
            chosen[start : start + size] = True
            yield select(batch, chosen)


TWO_LINES = f"""卡号：{MINE}
交易时间,交易金额,收付标志,对方信息,
,,,户名,账号
2026-03-01 08:00:00,100,出,季试,{OTHER}
"""


@pytest.mark.parametrize(
    "anew",
    [
        f"对方信息,,交易时间,收付标志,交易金额\n户名,账号,,,\n呼延试,{THIRD},2026-03-02 08:00:00,出,30\n",
        f"对方信息,,交易信息,,\n户名,账号,交易时间,收付标志,交易金额\n呼延试,{THIRD},2026-03-02 08:00:00,出,30\n",
    ],
)
@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_a_heading_of_two_lines_in_another_order(
    anew: str, batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: the upper line alone loses the other party, the lower alone makes the other party the owner; and so it
    goes where one line ends a batch and the other begins the next."""
    monkeypatch.setattr("etl.sources.opening.convert", lambda raw, ctx: convert(in_batches(raw, batch), ctx))
    facts = read(tmp_path, TWO_LINES + anew + TWO_LINES)
    assert facts.states() == {"loaded": 3}, facts.reasons()
    assert paid(facts.legs_of("PAID")) == [
        (MINE, OTHER, 10000),
        (MINE, THIRD, 3000),
        (MINE, OTHER, 10000),
    ]
    assert {record["name"] for record in facts.records} - {None} == {"季试", "呼延试"}


def test_a_first_heading_whose_lower_line_names_all(tmp_path: Path) -> None:
    """Trap: below 对方信息 stand 户名 and 账号, and the line by itself says they are the owner's."""
    text = (
        f"卡号：{MINE}\n对方信息,,交易信息,,\n户名,账号,交易时间,收付标志,交易金额\n"
        f"呼延试,{THIRD},2026-03-02 08:00:00,出,30\n"
    )
    facts = read(tmp_path, text)
    assert paid(facts.legs_of("PAID")) == [(MINE, THIRD, 3000)], facts.reasons()


def merged(path: Path, lines: str, *ranges: str) -> Path:
    """The lines as a workbook in which some cells are merged."""
    book = Workbook()
    assert book.active is not None
    for line in lines.splitlines():
        book.active.append(line.split(","))
    for cells in ranges:
        book.active.merge_cells(cells)
    book.save(path)
    return path


def test_merged_cells_below_another_order(tmp_path: Path) -> None:
    """Trap: a column that held names above holds amounts below, and one merged amount becomes three payments;
    or a name merged below, where amounts stood above, is lost."""
    below = (
        f"收付标志,对手户名,交易对手账卡号,交易时间,交易余额,摘要说明,交易金额\n"
        f"出,呼延试,{THIRD},2026-03-03 08:00:00,700,转账,30\n"
        f"出,,{THIRD},2026-03-04 08:00:00,700,转账,\n"
    )
    path = merged(tmp_path / "a.xlsx", FIRST + below, "B6:B7", "G6:G7")
    [facts] = facts_of(path)
    assert facts.states() == {"loaded": 3, "rejected": 1}
    assert [(row, column) for row, _, _, column, _ in facts.reasons()] == [(7, "交易金额")]
    assert paid(facts.legs_of("PAID"))[-1] == (MINE, THIRD, 3000)


def test_merged_headings_of_two_lines_in_another_order(tmp_path: Path) -> None:
    """Trap: merged heading cells are read by the columns of the heading before."""
    first = (
        f"卡号：{MINE},,,,\n交易时间,交易金额,收付标志,对方信息,\n,,,户名,账号\n"
        f"2026-03-01 08:00:00,100,出,季试,{OTHER}\n"
    )
    again = f"对方信息,,交易时间,收付标志,交易金额\n户名,账号,,,\n呼延试,{THIRD},2026-03-02 08:00:00,出,30\n"
    ranges = ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "A5:B5", "C5:C6", "D5:D6", "E5:E6")
    [facts] = facts_of(merged(tmp_path / "a.xlsx", first + again, *ranges))
    assert facts.states() == {"loaded": 2}, facts.reasons()
    assert paid(facts.legs_of("PAID")) == [(MINE, OTHER, 10000), (MINE, THIRD, 3000)]
