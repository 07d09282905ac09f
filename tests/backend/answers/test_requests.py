"""Requests of a chain as a letter needs them: to whom, whose account, for what, why."""

from __future__ import annotations

from typing import Any

import pytest

from backend.answers.requests import requests
from graph_schema.store import LOCAL, Store

BUYER = {"id": "P-1", "name": "丙三", "phones": [], "accounts": []}
HOLDER = {"id": "P-2", "name": "乙二", "phones": [], "accounts": []}
HOP = {
    "kind": "payment", "from": "P-1", "to": "P-2", "first": "2026-04-10T22:20:00+08:00",
    "last": "2026-04-12T23:10:00+08:00", "count": 9, "fen": 1550000, "rows": "payments", "rows_of": None,
}  # fmt: skip


def asked(store: Store, kind: str | None, identifier: str, hop: dict[str, Any] = HOP) -> dict[str, Any]:
    ask = {
        "holder": "P-2", "identifier": identifier, "from": "2026-02-01T00:00:00+08:00",
        "to": "2026-06-01T00:00:00+08:00", "content": "…", "hop": 0,
    }  # fmt: skip
    chain = {
        "persons": [BUYER, HOLDER],
        "hops": [hop],
        "ask_for": [{**ask, "kind": kind} if kind else ask],
    }
    (found,) = requests(store, LOCAL, "A99", chain)
    return found


@pytest.mark.parametrize(
    ("kind", "identifier", "body"),
    [
        ("tenpay", "demo0uhsw77amd93polfw29om1o2@wx.tenpay.com", "财付通"),
        (None, "demo0uhsw77amd93polfw29om1o2@wx.tenpay.com", "财付通"),
        ("wechat", "shop_of_lin", "财付通"),
        ("alipay", "2088990865625280", "支付宝"),
        (None, "2088990865625280", "支付宝"),
        ("card", "6222020000000000018", "工商银行"),
        ("bank", "99030000000000001", "示例农商银行"),
        ("card", "6200000000000000099", "须先查明"),
        ("phone", "+8613900000002", "移动"),
    ],
)
def test_a_request_goes_to_who_holds_the_account(
    store: Store, kind: str | None, identifier: str, body: str
) -> None:
    """Trap: a wallet's number sent to a bank, a bank's to nobody by name."""
    with store.driver.session(database=store.database) as session:
        session.run(
            "MERGE (a:Account {account_id: 'bank:99030000000000001'}) SET a.bank = '示例农商银行'"
        ).consume()
    found = asked(store, kind, identifier)
    assert body in found["body"]["zh"] and found["body"]["en"]
    assert found["holder"]["name"] == "乙二"


def test_a_reason_says_what_is_on_record_between_these_two(store: Store) -> None:
    """Trap: "strengthens hop 1" in a letter to a bank; a figure of other people's payments as the holder's."""
    reason = asked(store, "card", "6222020000000000018")["reason"]
    assert (
        "A99" in reason["zh"] and "9 笔，合计 15,500.00 元" in reason["zh"] and "9 payments" in reason["en"]
    )
    assert "第 1" not in reason["zh"] and "疑似" not in reason["zh"]
    others = {**HOP, "rows_of": {"from": BUYER, "to": {**BUYER, "id": "P-9"}}}
    assert "笔" not in asked(store, "card", "6222020000000000018", others)["reason"]["zh"]
