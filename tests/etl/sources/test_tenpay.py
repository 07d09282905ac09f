"""Tenpay returns: fen, owner in the path, duplicate headings, moves between wallet and card."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.opened import Facts, names, read, text_of

HEAD_27 = names(
    "用户ID,交易单号,大单号,用户侧账号名称,借贷类型,交易业务类型,交易用途类型,交易时间,交易金额(分"
    "),账户余额(分),用户银行卡号,用户侧网银联单号,网联/银联,第三方账户名称,对手方ID,对手侧账户名"
    "称,对手方银行卡号,对手侧银行名称,对手侧网银联单号,网联/银联,基金公司信息,间联/非间联交易,第三方"
    "账户名称,对手方接收时间,对手方接收金额(分),备注1,备注2"
)
HEAD_26 = names(
    "用户ID,交易单号,大单号,用户侧账号名称,借贷类型,交易业务类型,交易用途类型,交易时间,交易金额(分"
    "),账户余额(分),用户银行卡号,用户侧银行名称,用户侧网银联单号,网联/银联,第三方账户名称,对手方I"
    "D,对手侧账户名称,对手方银行卡号,对手侧银行名称,对手侧网银联单号,网联/银联,第三方账户名称,对手方"
    "接收时间,对手方接收金额(分),备注1,备注2"
)
CARD, ID = "6200990000000000119", "990101199001010019"
PATH = f"L-1-1-章一凡/TP0A/IDCARD/{ID}/wxid_sample0001/TenpayTrades.txt"
BASE = {
    "用户ID": "wxid_sample0001",
    "交易单号": "990000000000000001",
    "用户侧账号名称": "章一凡",
    "借贷类型": "出",
    "交易业务类型": "余额支付",
    "交易用途类型": "转账",
    "交易时间": "2024-03-05 21:14:05",
    "交易金额(分)": "30000",
    "账户余额(分)": "120",
    "对手方ID": "wxid_sample0002",
    "对手侧账户名称": "季二水",
    "对手方接收时间": "2024-03-05 21:15:00",
    "对手方接收金额(分)": "30000",
    "备注1": "老样子",
}


def trades(folder: Path, *rows: dict[str, str], head: list[str] = HEAD_27) -> Facts:
    lines = [[(BASE | changes).get(name, "") for name in head] for changes in rows]
    return read(folder, text_of([head, *lines], "\t"), "TenpayTrades.txt", origin=PATH)


@pytest.mark.parametrize("head", [HEAD_26, HEAD_27])
def test_both_forms(tmp_path: Path, head: list[str]) -> None:
    """Trap: amounts are fen; 对手方接收金额 is no balance; the owner's id stands in the path."""
    facts = trades(tmp_path, {}, head=head)
    assert facts.kind == "tenpay_trades"
    [leg] = facts.legs
    assert (leg["start"], leg["end"]) == ("Account:wechat:wxid_sample0001", "Account:wechat:wxid_sample0002")
    assert (leg["amount"], leg["system"], leg["serial"], leg["text"]) == (
        30000,
        "tenpay",
        "990000000000000001",
        "老样子",
    )
    assert leg["props"]["received_fen"] == 30000 and leg["props"]["start_balance_fen"] == 120
    owner = next(r for r in facts.records if r["slot"] == "owner")
    assert owner["refs"] == [f"ResidentId:{ID}", "Account:wechat:wxid_sample0001"]
    assert owner["hows"] == ["registered", "registered"]


def test_duplicate_headings_stay_apart(tmp_path: Path) -> None:
    """Trap: two columns 网联/银联 and two 第三方账户名称: merged, one side's value would be the other's."""
    assert [name for name in trades(tmp_path, {}).headings if name.endswith(".1")] == [
        "网联/银联.1",
        "第三方账户名称.1",
    ]


def test_serials_keep_their_digits(tmp_path: Path) -> None:
    """Trap: 28-digit order numbers as floats."""
    [leg] = trades(tmp_path, {"交易单号": "1000050001202403050000000000001"}).legs
    assert leg["serial"] == "1000050001202403050000000000001"


def test_the_card_behind_the_wallet(tmp_path: Path) -> None:
    """Trap: the bank's row of the same payment names the card and the clearing number."""
    [leg] = trades(tmp_path, {"用户银行卡号": CARD, "用户侧网银联单号": "2024030588001"}).legs
    assert (leg["start_card"], leg["end_card"], leg["common"]) == (
        f"Account:card:{CARD}",
        None,
        "2024030588001",
    )


def test_withdrawal_and_top_up(tmp_path: Path) -> None:
    """Trap: 提现 goes from wallet to own card; the card did not pay for it."""
    facts = trades(
        tmp_path,
        {"交易用途类型": "提现", "用户银行卡号": CARD, "对手方ID": "", "对手侧账户名称": "财付通"},
        {
            "交易用途类型": "充值",
            "借贷类型": "入",
            "用户银行卡号": CARD,
            "对手方ID": "",
            "对手侧账户名称": "",
        },
    )
    out, into = facts.legs
    assert (out["start"], out["end"]) == ("Account:wechat:wxid_sample0001", f"Account:card:{CARD}")
    assert (out["start_card"], out["end_card"]) == (None, f"Account:card:{CARD}")
    assert (into["start"], into["end"]) == (f"Account:card:{CARD}", "Account:wechat:wxid_sample0001")
    assert (into["start_card"], into["end_card"]) == (f"Account:card:{CARD}", None)


def test_refunds_are_excluded(tmp_path: Path) -> None:
    """Trap: a refund looks like income from a shop."""
    facts = trades(tmp_path, {"交易用途类型": "退款"})
    assert [r[1:3] for r in facts.reasons()] == [("excluded", "payment_returned")]


def test_fractions_of_fen_are_rejected(tmp_path: Path) -> None:
    """Trap: yuan under a heading that says fen would be a hundred times too small."""
    assert trades(tmp_path, {"交易金额(分)": "300.50"}).reasons()[0][2:4] == ("bad_amount", "交易金额(分)")


def test_registration(tmp_path: Path) -> None:
    """Trap: one row per bound card; all of them are one person."""
    head = [
        "账户状态",
        "账号",
        "注册姓名",
        "注册时间",
        "注册身份证号",
        "绑定手机",
        "绑定状态",
        "开户行信息",
        "银行账号",
    ]
    row = [
        "正常",
        "wxid_sample0001",
        "章一凡",
        "2016-04-01 10:00:00",
        ID,
        "13900001234",
        "已绑定",
        "示例银行",
        CARD,
    ]
    facts = read(tmp_path, text_of([head, row, [*row[:8], ""]], "\t"), "TenpayRegInfo.txt")
    assert facts.records[0]["refs"] == [
        f"ResidentId:{ID}",
        "Account:wechat:wxid_sample0001",
        "Phone:+8613900001234",
        f"Account:card:{CARD}",
    ]
    assert set(facts.records[0]["hows"]) == {"registered"}
    assert facts.node("Account:wechat:wxid_sample0001")["status"] == "正常"
