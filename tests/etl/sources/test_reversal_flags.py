"""冲正标志, 红冲标志, 抹账标志: a column that says which rows were reversed, or are reversals."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from etl.checks.file import check_file
from etl.sources import open_file
from etl.storage.archive import Archive
from etl.storage.facts import FileOrigin
from tests.etl.opened import Facts, names, read, text_of

MINE, OTHER, THIRD = "6200994900000000014", "6200994900000000022", "6200994900000000030"
HEAD = "交易卡号,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,摘要说明,交易流水号"


def text(*rows: str, flag: str = "冲正标志") -> str:
    """Rows as day, amount, balance, direction, counterparty, name, memo, serial, flag."""
    cells = [row.split(",") for row in rows]
    return text_of(
        [names(f"{HEAD},{flag}"), *([MINE, f"2026-03-{row[0]} 08:00:00", *row[1:]] for row in cells)]
    )


def book(folder: Path, *rows: str, flag: str = "冲正标志") -> Facts:
    return read(folder, text(*rows, flag=flag))


def serials(facts: Facts) -> list[str]:
    return sorted(leg["serial"] for leg in facts.legs_of("PAID"))


@pytest.mark.parametrize("flag", ["冲正标志", "红冲标志", "抹账标志", "是否冲正", "撤销标志"])
@pytest.mark.parametrize(
    ("plain", "marked"),
    [
        ("0", "1"),
        ("N", "Y"),
        ("否", "是"),
        ("", "冲正"),
        ("正常", "已抹账"),
        ("0-正常", "1-冲正"),
        ("蓝字", "红字"),
    ],
)
def test_both_sides_are_marked(tmp_path: Path, flag: str, plain: str, marked: str) -> None:
    """Trap: nothing but the flag tells a reversal, and both of its rows stay as payments."""
    facts = book(
        tmp_path,
        *(f"01,100,0,出,{OTHER},季试,转账,A1,{marked}", f"02,100,100,进,{OTHER},季试,转账,A2,{marked}"),
        f"03,60,40,出,{OTHER},季试,转账,A3,{plain}",
        flag=flag,
    )
    assert serials(facts) == ["A3"]
    assert {reason[2] for reason in facts.reasons()} == {"payment_returned"}


def test_only_one_side_is_marked(tmp_path: Path) -> None:
    """Trap: one of the two rows is marked, the other stays as a payment."""
    reversal = [f"01,100,0,出,{OTHER},季试,转账,A1,N", f"02,100,100,进,{OTHER},季试,转账,A2,Y"]
    assert serials(book(tmp_path, *reversal)) == []
    reversed_by_word = [f"01,100,0,出,{OTHER},季试,转账,A1,Y", "02,100,100,进,,,冲正,A2,N"]
    assert serials(book(tmp_path, *reversed_by_word)) == []
    same_serial = [f"01,100,0,出,{OTHER},季试,转账,A1,Y", "02,100,100,进,,,转账,A1,N"]
    assert serials(book(tmp_path, *same_serial)) == []
    red = [f"01,100,0,出,{OTHER},季试,转账,A1,N", f"02,-100,100,出,{OTHER},季试,转账,A2,Y"]
    assert serials(book(tmp_path, *red)) == []


def test_the_marked_payment_is_the_one_that_was_undone(tmp_path: Path) -> None:
    """Trap: of two equal payments the reversal takes the one nobody marked."""
    facts = book(
        tmp_path,
        *(f"01,100,800,出,{OTHER},季试,转账,A1,Y", f"02,100,700,出,{OTHER},季试,转账,A2,N"),
        f"03,100,800,进,{OTHER},季试,冲正,A3,N",
    )
    assert serials(facts) == ["A2"]


def test_a_marked_payment_takes_nothing_earlier_with_it(tmp_path: Path) -> None:
    """Trap: a marked outflow looks like the reversal of an honest receipt of the same amount."""
    facts = book(
        tmp_path,
        *(f"01,100,900,进,{OTHER},季试,转账,A1,0", f"02,100,800,出,{OTHER},季试,转账,A2,被冲正"),
        f"03,100,900,进,{OTHER},季试,转账,A3,冲正",
    )
    assert serials(facts) == ["A1"]
    facts = book(
        tmp_path,
        *(f"01,100,900,进,{OTHER},季试,转账,A1,0", f"02,100,800,出,{OTHER},季试,转账,A2,1"),
        f"03,100,900,进,{OTHER},季试,转账,A3,1",
    )
    assert serials(facts) == ["A1"]


def test_several_flags_in_one_table(tmp_path: Path) -> None:
    """Trap: of two columns of flags only one is read."""
    facts = book(
        tmp_path,
        *(f"01,100,0,出,{OTHER},季试,转账,A1,N,Y", f"02,100,100,进,{OTHER},季试,转账,A2,N,Y"),
        *(f"03,50,50,出,{THIRD},呼延,转账,A3,Y,N", f"04,50,100,进,{THIRD},呼延,转账,A4,Y,N"),
        f"05,7,93,出,{THIRD},呼延,转账,A5,N,N",
        flag="冲正标志,抹账标志",
    )
    assert serials(facts) == ["A5"]


def test_a_flag_without_its_other_side_is_told(tmp_path: Path) -> None:
    """Trap: the row vanishes into the count of excluded ones, and nobody learns that a row is missing."""
    content = text(f"01,100,0,出,{OTHER},季试,转账,A1,Y", f"02,60,40,出,{THIRD},呼延,转账,A2,N")
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    archive = Archive(tmp_path / "home")
    archive.keep(sha256, "a.csv", open_file(path, FileOrigin("a.csv", sha256)), lambda _: None)
    assert archive.tally(sha256).excluded_reasons == {"reversal_alone": 1}
    [told] = [check for check in check_file(archive, sha256) if check.kind == "reversal_alone"]
    assert told.rows == [2] and "第 2 行" in told.zh and "Rows 2" in told.en


def test_a_flag_nobody_can_read_is_rejected(tmp_path: Path) -> None:
    """Trap: an unknown code is taken for a plain payment, or for a reversal."""
    facts = book(tmp_path, f"01,100,0,出,{OTHER},季试,转账,A1,Q", f"02,60,40,出,{THIRD},呼延,转账,A2,未冲正")
    assert facts.reasons() == [(2, "rejected", "bad_flag", "冲正标志", "Q")]
    assert serials(facts) == ["A2"]
