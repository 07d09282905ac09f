"""Files nobody here invented: foreign graphs, wiretap matrices, consumer bills, headings of returns."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.etl.opened import facts_of

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there: nothing foreign to read"),
]


def test_pole_is_whole() -> None:
    """Trap: a node or relationship lost on the way; relationships that point to nodes nobody has."""
    nodes: set[str] = set()
    linked: dict[str, set[str]] = defaultdict(set)
    n_nodes = n_links = 0
    suspects: set[str] = set()
    for path in sorted((SHARED / "pole").glob("*.csv")):
        lines = sum(1 for line in path.open(encoding="utf-8") if line.strip()) - 1
        [facts] = facts_of(path, f"pole/{path.name}", check=lines < 2000)
        assert facts.states() == {"loaded": lines}, path.name
        nodes |= {node["ref"] for node in facts.nodes}
        n_nodes += len(facts.nodes)
        n_links += len(facts.legs)
        for leg in facts.legs:
            linked[leg["start"]].add(leg["end"])
            linked[leg["end"]].add(leg["start"])
            if leg["props"]["kind"] == "PARTY_TO":
                suspects.add(leg["start"])
    assert (n_nodes, n_links) == (61_521, 105_840)
    assert len(nodes) == 61_521
    assert linked.keys() <= nodes
    assert _reached(linked, sorted(suspects)[0]) >= suspects


def _reached(linked: dict[str, set[str]], start: str) -> set[str]:
    seen, edge = {start}, [start]
    while edge:
        for other in linked[edge.pop()] - seen:
            seen.add(other)
            edge.append(other)
    return seen


def test_caviar_phases_meet() -> None:
    """Trap: the actors of six phases must be the same nodes, or no centrality spans them."""
    weight: dict[str, float] = defaultdict(float)
    actors: set[str] = set()
    for path in sorted((SHARED / "caviar").glob("*.csv")):
        [facts] = facts_of(path, f"caviar/{path.name}")
        assert facts.states() == {"loaded": len(facts.headings) - 1}
        actors |= {node["ref"] for node in facts.nodes}
        for leg in facts.legs:
            weight[leg["start"]] += leg["props"]["weight"]
    assert max(weight, key=lambda actor: weight[actor]) == "Thing:actor:caviar/1"
    assert len(actors) == 56


def test_natarajan() -> None:
    """Trap: the byte order mark hides the empty corner of the matrix."""
    for path in sorted((SHARED / "natarajan").glob("*.csv")):
        [facts] = facts_of(path, f"natarajan/{path.name}")
        assert facts.kind == "adjacency_matrix" and facts.legs
        assert facts.states() == {"loaded": len(facts.headings) - 1}


BILLS = {
    "abc_debit": ("bill_abc", {"loaded": 4, "excluded": 1}),
    "alipay": ("bill_alipay_app", {"loaded": 5, "excluded": 5}),
    "boc": ("bill_boc", {"loaded": 15, "excluded": 2}),
    "bocom_debit": ("bill_bocom", {"loaded": 6}),
    "cmb": ("bill_cmb", {"loaded": 5}),
    "icbc": ("bill_icbc", {"loaded": 10, "excluded": 1}),
    "wechat": ("bill_wechat", {"loaded": 16, "excluded": 11}),
}


@pytest.mark.parametrize("bank", sorted(BILLS))
def test_consumer_bills_load(bank: str) -> None:
    """Trap: a bill read as a return, a trailer taken for a row, a neutral row turned into a payment."""
    [path] = (SHARED / "bills" / bank).rglob("*.csv")
    [facts] = facts_of(path)
    kind, states = BILLS[bank]
    assert facts.kind == kind
    assert facts.states() == states
    assert not [row for row in facts.rows if row["state"] == "rejected"]


KINDS = {
    "alipay_account_detail.csv": "alipay_trades",
    "alipay_balance_detail.csv": "alipay_balance",
    "alipay_login_log.csv": "alipay_logins",
    "alipay_reginfo.csv": "alipay_registration",
    "third_party_pay_20.csv": "third_party_pay",
    "wechat_personal_bill.csv": "bill_wechat",
    "bank_transactions_29.csv": "bank_transactions",
    "bank_transactions_34.csv": "bank_transactions",
    "telecom_cdr_30.csv": "call_records",
    "tenpay_reginfo.txt": "tenpay_reginfo",
    "tenpay_trades_26_2024.txt": "tenpay_trades",
    "tenpay_trades_27.txt": "tenpay_trades",
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_headings_of_returns(name: str) -> None:
    """Trap: every heading of a return is known, so that none ends up as a spare column by a spelling."""
    [facts] = facts_of(SHARED / "headings" / name)
    assert (facts.kind, facts.rows) == (KINDS[name], [])
