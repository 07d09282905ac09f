"""Payments that were taken back: neither they nor what took them back may stay in the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.opened import Facts, names, read, text_of
from tests.etl.sources.casefiles import paid, sheets

HEAD = names(
    "交易卡号,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,摘要说明,交易流水号,交易状态"
)
MINE, OTHER, THIRD = "6200994900000000014", "6200994900000000022", "6200994900000000030"


def book(folder: Path, *rows: str) -> Facts:
    """Rows as day, amount, balance, direction, counterparty, name, memo, serial, state."""
    cells = [row.split(",") for row in rows]
    return read(folder, text_of([HEAD, *([MINE, f"2026-03-{row[0]} 08:00:00", *row[1:]] for row in cells)]))


def amounts(facts: Facts) -> list[int]:
    return [leg["amount"] for leg in facts.legs_of("PAID")]


def test_the_case() -> None:
    """Trap: the row that takes back is left out, what it took back stays: 1000, 500 twice, 200."""
    [facts] = sheets("49-bank-reversals")
    assert paid(facts) == []
    assert facts.states() == {"excluded": 6}
    assert {reason for _, _, reason, _, _ in facts.reasons()} == {"payment_returned"}


@pytest.mark.parametrize("word", ["冲正", "冲账", "抹账", "撤销", "退汇", "反交易", "红字冲销", "错账更正"])
def test_words_of_the_bank(tmp_path: Path, word: str) -> None:
    """Trap: the correcting row names nobody, or another account of the bank."""
    facts = book(tmp_path, f"01,100,0,出,{OTHER},季试,转账,A1,", f"02,100,100,进,,,{word},A2,")
    assert amounts(facts) == []
    facts = book(
        tmp_path, f"01,100,0,出,{OTHER},季试,转账,A1,", f"02,100,100,进,9901009900,待处理款项,{word},A2,"
    )
    assert amounts(facts) == []


def test_the_order_of_rows_plays_no_part(tmp_path: Path) -> None:
    """Trap: statements run from the newest row to the oldest."""
    rows = [
        f"01,100,0,出,{OTHER},季试,转账,A1,",
        f"02,100,100,进,{OTHER},季试,冲正,A2,",
        f"03,70,30,出,{OTHER},季试,转账,A3,",
    ]
    assert amounts(book(tmp_path, *rows)) == amounts(book(tmp_path, *reversed(rows))) == [7000]


def test_a_red_entry_is_told_from_a_sign_that_every_row_has(tmp_path: Path) -> None:
    """Trap: banks that write every outflow with a minus; there -300 is a payment like any other."""
    assert amounts(
        book(tmp_path, f"01,-300,0,出,{OTHER},季试,转账,A1,", f"02,-40,0,出,{OTHER},季试,转账,A2,")
    ) == [30000, 4000]
    red = book(tmp_path, f"01,300,0,出,{OTHER},季试,转账,A1,", f"02,-300,300,出,{OTHER},季试,转账,A2,")
    assert amounts(red) == []
    twice = book(
        tmp_path,
        *(f"01,300,700,出,{OTHER},季试,转账,A1,", f"02,300,400,出,{OTHER},季试,转账,A2,"),
        f"03,-300,700,出,{OTHER},季试,转账,A2,",
    )
    assert [(leg["amount"], leg["serial"]) for leg in twice.legs] == [(30000, "A1")]


def test_red_income(tmp_path: Path) -> None:
    """Trap: a receipt that was taken back stays as income."""
    facts = book(tmp_path, f"01,500,500,进,{OTHER},季试,转账,A1,", f"02,-500,0,进,{OTHER},季试,转账,A2,")
    assert amounts(facts) == []


def test_a_sign_that_undoes_nothing_is_rejected(tmp_path: Path) -> None:
    """Trap: a minus against its direction with no row it could undo: nobody knows what it means."""
    facts = book(tmp_path, f"01,500,500,进,{OTHER},季试,转账,A1,", f"02,-70,430,进,{OTHER},季试,转账,A2,")
    assert amounts(facts) == [50000]
    assert facts.reasons() == [(3, "rejected", "bad_amount", "交易金额", "-70")]


def test_columns_of_money_in_and_out(tmp_path: Path) -> None:
    """Trap: -500 in the column of money out, rejected while the 500 it takes back stays."""
    head = names("交易卡号,交易时间,借方发生额,贷方发生额,对方账号,对方户名,摘要")
    rows = [
        [MINE, "2026-03-01 08:00:00", "500.00", "", OTHER, "季试", "转账"],
        [MINE, "2026-03-02 08:00:00", "-500.00", "", OTHER, "季试", "转账"],
        [MINE, "2026-03-03 08:00:00", "60.00", "", OTHER, "季试", "转账"],
    ]
    facts = read(tmp_path, text_of([head, *rows]))
    assert amounts(facts) == [6000]
    assert facts.states() == {"loaded": 1, "excluded": 2}


def test_another_amount_or_another_account_is_not_meant(tmp_path: Path) -> None:
    """Trap: a refund of 30 taken off a payment of 100, or off the payment of somebody else."""
    facts = book(tmp_path, f"01,100,0,出,{OTHER},季试,转账,A1,", f"02,30,30,进,{OTHER},季试,退款,A2,")
    assert amounts(facts) == [10000]
    facts = book(tmp_path, f"01,100,0,出,{OTHER},季试,转账,A1,", f"02,100,30,进,{THIRD},呼延,退款,A2,")
    assert amounts(facts) == [10000]


def test_only_one_payment_is_undone_by_one_row(tmp_path: Path) -> None:
    """Trap: two equal payments, one taken back, and both gone."""
    facts = book(
        tmp_path,
        *(f"01,100,0,出,{OTHER},季试,转账,A1,", f"02,100,0,出,{OTHER},季试,转账,A2,"),
        f"03,100,100,进,{OTHER},季试,冲正,A3,",
    )
    assert [(leg["amount"], leg["serial"]) for leg in facts.legs] == [(10000, "A1")]


def test_a_payment_that_says_itself_that_it_was_undone(tmp_path: Path) -> None:
    """Trap: the marked payment is left out, and its reversal then takes an innocent one with it."""
    facts = book(
        tmp_path,
        *(f"01,100,0,出,{OTHER},季试,转账,A1,", f"02,100,0,出,{OTHER},季试,转账,A2,已冲正"),
        f"03,100,100,进,{OTHER},季试,冲正,A3,",
    )
    assert [(leg["amount"], leg["serial"]) for leg in facts.legs] == [(10000, "A1")]


def test_books_of_several_accounts_are_kept_apart(tmp_path: Path) -> None:
    """Trap: the reversal in one account undoes an equal payment of another."""
    rows = [
        [MINE, "2026-03-01 08:00:00", "100", "0", "出", OTHER, "季试", "转账", "A1", ""],
        [THIRD, "2026-03-02 08:00:00", "100", "0", "进", OTHER, "季试", "冲正", "B1", ""],
    ]
    assert amounts(read(tmp_path, text_of([HEAD, *rows]))) == [10000]


def test_wallets(tmp_path: Path) -> None:
    """Trap: the refund of a wallet is left out and what it gives back stays."""
    head = names("用户ID,交易单号,借贷类型,交易用途类型,交易时间,交易金额(分),对手方ID,对手侧账户名称")
    rows = [
        ["wxid_sample0001", "99001", "出", "转账", "2026-03-01 08:00:00", "5000", "wxid_sample0002", "季试"],
        ["wxid_sample0001", "99002", "入", "退款", "2026-03-02 08:00:00", "5000", "wxid_sample0002", "季试"],
        ["wxid_sample0001", "99003", "出", "转账", "2026-03-03 08:00:00", "700", "wxid_sample0002", "季试"],
    ]
    facts = read(tmp_path, text_of([head, *rows]))
    assert amounts(facts) == [700]
