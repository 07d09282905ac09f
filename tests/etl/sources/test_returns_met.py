"""Returns as banks write them: wordings, fillers, dates and lines of one kind or another; all invented."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.checks.file import check_file
from etl.sources import open_file
from etl.storage.archive import Archive
from etl.storage.facts import FileOrigin
from tests.etl.opened import Facts, facts_of, read

A, B, C = "6228480990000000017", "6228480990000000025", "6217990990000000033"
BEIJING = timezone(timedelta(hours=8))


def paid(facts: Facts) -> list[tuple[str, str, int]]:
    def number(end: str) -> str:
        kind, key = end.removeprefix("Account:").split(":", 1)
        return key.split("@")[0] if kind == "card" else "?"

    return [(number(leg["start"]), number(leg["end"]), leg["amount"]) for leg in facts.legs_of("PAID")]


def times(facts: Facts) -> list[str]:
    return [
        datetime.fromtimestamp(leg["at"] / 1000, BEIJING).strftime("%m-%d %H:%M:%S")
        for leg in facts.legs_of("PAID")
    ]


def test_accounts_in_blocks_with_carried_lines(tmp_path: Path) -> None:
    """Trap: the second account's rows count for the first, 承前页 and 本页合计 as payments, １００ as nothing."""
    head = "序号,交易日期,交易时间,借贷标志,交易金额,账户余额,对方账号,对方户名,交易摘要\n"
    text = (
        f"中国农业银行交易明细查询回执\n账号：{A}　户名：章一凡　币种：人民币\n{head}承前页,,,,,1000.00,,,\n"
        f"1,20260105,083000,D,１００．００,900.00,{C},季二水,转账\n2,20260106,090000,C,２０．５０,920.50,,无,利息\n"
        f"本页合计,,,,120.50,,,,\n过次页,,,,,920.50,,,\n账号：{B}　户名：呼延试　币种：人民币\n{head}"
        "1,20260107,100000,C,50.00,50.00,N/A,-,现金存入\n小计,,,,50.00,,,,\n,,,,,,,,以下空白\n"
    )
    facts = read(tmp_path, text)
    assert paid(facts) == [(A, C, 10000), ("?", A, 2050), ("?", B, 5000)]
    assert facts.states() == {"loaded": 3, "excluded": 1}
    assert {r["name"] for r in facts.records if r["slot"] == "owner"} == {"章一凡", "呼延试"}


@pytest.mark.parametrize("amount", ["1,000.00", '"1,000.00"'])
@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("gb18030", "")]
)
def test_tabs_with_commas_in_amounts(encoding: str, mark: str, amount: str, tmp_path: Path) -> None:
    """Trap: the comma of 1,000.00 parts each row in two, and everything behind it is gone."""
    head = "交易卡号\t交易时间\t交易金额\t收付标志\t对方账号\t对方户名\r\n"
    row = f"{A}\t2026-01-05 08:00:00\t{amount}\t出\t{C}\t季二水\r\n"
    facts = read(tmp_path, mark + head + row * 2, "交易.xls", encoding)
    assert paid(facts) == [(A, C, 100000)] * 2


def test_excel_dates_and_texts_in_a_table_of_tabs(tmp_path: Path) -> None:
    """Trap: ="6228…" and 46024.5 are what a spreadsheet wrote for a card number and for noon of a day."""
    text = (
        "\ufeff交易卡号\t交易日期\t借方金额\t贷方金额\t余额\t对方账号\t对方户名\t\n"
        f'="{A}"\t46024.5\t1,000.00\t\t9,000.00\t="{C}"\t季二水\t\n="{A}"\t46025\t\t200.00\t9,200.00\t="{C}"\t季二水\t\n'
        "合计\t\t1,000.00\t200.00\t\t\t\t\n"
    )
    facts = read(tmp_path, text, "交易.xls")
    assert paid(facts) == [(A, C, 100000), (C, A, 20000)]
    assert times(facts) == ["01-02 12:00:00", "01-03 00:00:00"]


@pytest.mark.parametrize(
    ("day", "clock", "told"),
    [
        ("2026-01-05T00:00:00", "093015", "01-05 09:30:15"),
        ("2026-01-05 00:00:00.0", "9:30:15", "01-05 09:30:15"),
        ("46027", "0.5", "01-05 12:00:00"),
        ("20260105", "0.25", "01-05 06:00:00"),
        ("2026/01/05", "下午3:05", "01-05 15:05:00"),
        ("2026年1月5日", "8时05分09秒", "01-05 08:05:09"),
        ("2026-01-05", "1899-12-30 08:31:00", "01-05 08:31:00"),
        ("2026-01-05", "1900-01-00 08:31:00", "01-05 08:31:00"),
        ("2026-1-5", "24:00:00", "01-06 00:00:00"),
        ("2026.01.05", "83000", "01-05 08:30:00"),
    ],
)
def test_a_day_and_its_clock(day: str, clock: str, told: str, tmp_path: Path) -> None:
    """Traps: a date written with midnight hides the clock beside it; 0.5 is five past midnight."""
    text = f"交易卡号,交易日期,交易时间,交易金额,收付标志,对方账号\n{A},{day},{clock},100,出,{C}\n"
    assert times(read(tmp_path, text)) == [told]


def test_a_unit_in_the_middle(tmp_path: Path) -> None:
    """Trap: 0.5 below 单位：万元 is five jiao, or all rows are in wan."""
    text = (
        f"卡号：{A},户名：章一凡\n交易时间,交易金额,交易余额,收付标志,对方账号,对方户名,摘要\n"
        f"2026年1月2日,1000.00,9000.00,支出,{C},季二水,货款\n单位：万元,,,,,,\n"
        f"2026年1月3日,0.5,0.4,支出,{C},季二水,货款\n金额单位：元,,,,,,\n"
        f"2026年1月4日 8时05分,3000,1000,付,{C},季二水,货款\n"
    )
    assert [amount for _, _, amount in paid(read(tmp_path, text))] == [100000, 500000, 300000]


def test_owner_merged_over_three_rows(tmp_path: Path) -> None:
    """Trap: only the first of three rows has an owner; 户主账号 and 收支 are headings nobody knows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["户主账号", "户主姓名", "交易时间", "收支", "金额", "对方账号", "对方姓名"])
    for owner, name, day, way, amount in (
        *((A, "章一凡", 5, "支", 100), (None, None, 6, "支", 200), (None, None, 7, "收", 300)),
        (B, "呼延试", 8, "收", 400),
    ):
        sheet.append([owner, name, f"2026/1/{day} 8:30", way, amount, C, "季二水"])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B2:B4")
    book.save(tmp_path / "a.xlsx")
    [facts] = facts_of(tmp_path / "a.xlsx")
    assert paid(facts) == [(A, C, 10000), (A, C, 20000), (C, A, 30000), (C, B, 40000)]


def test_strokes_and_a_date_of_zeros(tmp_path: Path) -> None:
    """Trap: 20260102030405 is a number, 0000-00-00 a date long ago, null somebody's name."""
    text = (
        "交易卡号|交易户名|交易时间|交易金额|交易余额|收付标志|交易对手账卡号|对手户名|摘要说明|交易流水号\n"
        f"{A}|章一凡|20260102030405|300.00|700.00|出|{C}|季二水|转账|S1\n"
        f"{A}|章一凡|0000-00-00 00:00:00|300.00|400.00|出|{C}|季二水|转账|S2\n"
        f"{A}|章一凡|20260103030405|25|425|进|null|NULL|现存|S3\n"
    )
    facts = read(tmp_path, text, "流水.txt", "gbk")
    assert (paid(facts), times(facts)) == (
        [(A, C, 30000), ("?", A, 2500)],
        ["01-02 03:04:05", "01-03 03:04:05"],
    )
    assert [reason[:3] for reason in facts.reasons()] == [(3, "rejected", "bad_time")]
    assert {r["name"] for r in facts.records if r["slot"] == "counter"} == {"季二水"}


def test_other_headings_and_signs_behind(tmp_path: Path) -> None:
    """Traps: 100.00- is no number; 交易对手卡号 is not known, and the party is lost without a word."""
    text = (
        "户口号,户名,交易日,交易时间,发生额,借贷别,联机余额,交易对手卡号,交易对手姓名,摘要\n"
        f'{A},章一凡,2026/01/05,08:30:00,"1,100.00-",DR,900.00,{C},季二水,转账\n'
        f"{A},章一凡,2026/01/06,08:30:00,50.00,CR,950.00,{C},季二水,转账\n"
    )
    facts = read(tmp_path, text)
    assert paid(facts) == [(A, C, 110000), (C, A, 5000)]
    assert {r["name"] for r in facts.records if r["slot"] == "counter"} == {"季二水"}


def test_columns_of_money_by_one_word_and_a_footer(tmp_path: Path) -> None:
    """Traps: 支出 and 收入 as headings of a return; 合计 with sums and 制表人 are no rows."""
    text = (
        "客户账号,客户姓名,交易日期,交易时间,支出,收入,账户余额,对方账号,对方户名,对方行名\n"
        f'{A},章一凡,2026.01.05,8:05:09,"¥1,234.50",0.00,"¥8,765.50",{C},季二水,示例银行\n'
        f'{A},章一凡,2026.01.06,18:05,0.00,80.00,"8,845.50",,,\n'
        '合计：2笔,,,,"1,234.50",80.00,,,,\n制表人：张试　　　打印日期：2026年2月1日,,,,,,,,,\n'
    )
    facts = read(tmp_path, text)
    assert paid(facts) == [(A, C, 123450), ("?", A, 8000)] and facts.states() == {"loaded": 2}


def test_a_lost_party_is_told(tmp_path: Path) -> None:
    """Trap: the party stands under a heading nobody knows; every payment is to unknown, and nothing says so."""
    path = tmp_path / "a.csv"
    path.write_text(
        f"交易卡号,交易时间,交易金额,收付标志,资金往来方\n{A},2026-01-05 08:00:00,100,出,{C}\n",
        encoding="utf-8",
    )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    archive = Archive(tmp_path / "home")
    archive.keep(sha256, "a.csv", open_file(path, FileOrigin("a.csv", sha256)), lambda _: None)
    [told] = [check for check in check_file(archive, sha256) if check.kind == "no_counterparty"]
    assert "资金往来方" in told.zh and "upline map" in told.en


def test_call_log_of_fillers_and_exponents(tmp_path: Path) -> None:
    """Trap: 1.38E+10 is a number many people share, 无 a party, 合计 a call, 1分20秒 no duration."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["本机号码", "对方号码", "通话类型", "通话起始时间", "通话时长"])
    sheet.append(["13899000001", "1.38E+10", "主叫", "2026年1月2日 10时20分30秒", "1分20秒"])
    sheet.append(["13899000001", 13899000002.0, "被叫", "2026年1月3日 10:20:30", "1'20''"])
    sheet.append(["13899000001", "１３８９９０００００３", "主叫", "2026-01-04 10:20:30", "33"])
    sheet.append(["13899000001", "无", "被叫", "2026-01-04 10:20:30", "12"])
    sheet.append(["合计", None, None, None, "170"])
    book.save(tmp_path / "a.xlsx")
    [facts] = facts_of(tmp_path / "a.xlsx")
    called = [(leg["start"][-4:], leg["end"][-4:], leg["amount"]) for leg in facts.legs_of("CALLED")]
    assert called == [("0002", "0001", 80), ("0001", "0003", 33)]
    assert [reason[2] for reason in facts.reasons()] == ["cut_number", "filler"]
