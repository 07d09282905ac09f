"""Accounts, numbers, vehicles and places: whose they may be, with whom they dealt, in which files they stand."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from backend import answers
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store, Viewer
from tests.backend.conftest import CALLS

CARD3, WX2 = "Account:card:6200000000000000033", "Account:wechat:wxid_tst_b2"


def do(store: Store, text: str, **params: Any) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(text, params).consume()


def test_an_account_names_its_holder_partners_and_sums(district: Store) -> None:
    """Traps: what came in added to what went out; a partner without his holder; a holder without his reason."""
    page = answers.object_page(district, LOCAL, CARD3)
    assert [(each["person"]["name"], each["holder"], each["reason"]) for each in page["candidates"]] == [
        ("丙三", True, "registered")
    ]
    told = {each["ref"]: each for each in page["partners"]}
    paid = told[WX2]
    assert (paid["events"], paid["outward"], paid["paid_fen"], paid["received_fen"]) == (2, 2, 920_000, 0)
    assert paid["person"] is not None and paid["person"]["name"] == "乙二" and paid["evidence"]
    came = told["Account:wechat:wxid_tst_q7"]
    assert (came["paid_fen"], came["received_fen"]) == (0, 30_000)
    assert page["first"] == "2026-04-09T21:00:00+08:00" and page["last"] == "2026-04-12T23:10:00+08:00"
    assert page["events"] == sum(each["events"] for each in page["partners"]) and not page["truncated"]


def test_others_whose_records_name_it_are_candidates_unless_sealed(district: Store) -> None:
    """Traps: only the one the run chose is told; a record of the circle of care tells an investigator whose it is."""
    do(
        district,
        "MATCH (r:Record {record_id: 'rec1'}), (p:Phone {number: '+8613900001234'}) "
        "CREATE (r)-[:STATES {how: 'used', evidence: [$ref]}]->(p)",
        ref=f"{CALLS}/-/2",
    )
    page = answers.object_page(district, LOCAL, "Phone:+8613900001234")
    assert [(each["person"]["name"], each["holder"], each["ways"]) for each in page["candidates"]] == [
        ("曾单", True, []),
        ("丙三", False, ["used"]),
    ]
    do(
        district,
        "MATCH (r:Record {record_id: 'rec1'}) CREATE (r)-[:UNDER]->(:Care {care_id: 'k1'})",
    )
    seen = answers.object_page(district, Viewer("zhang", "investigator"), "Phone:+8613900001234")
    assert [each["person"]["name"] for each in seen["candidates"]] == ["曾单"]


def test_sealed_records_use_up_no_room_and_what_is_cut_is_said(
    district: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Traps: sealed records fill the list of candidates; more of them, or files cut at the bound, and nobody told."""
    do(
        district,
        "MATCH (n:Phone {number: '+8613900001234'}) UNWIND ['P-whole', 'P-boss'] AS id "
        "MATCH (p:Person {person_id: id}) "
        "CREATE (p)-[:IS]->(r:Record {record_id: 'r-' + id})-[:STATES {how: 'used', evidence: []}]->(n) "
        "WITH r WHERE r.record_id = 'r-P-whole' CREATE (r)-[:UNDER]->(:Care {care_id: 'k1'})",
    )
    phone, module = "Phone:+8613900001234", sys.modules[answers.object_page.__module__]
    events = answers.object_page(district, LOCAL, phone)["events"]
    assert not answers.object_page(district, LOCAL, phone)["truncated"]
    monkeypatch.setattr(module, "MOST_STATED", 1)
    seen = answers.object_page(district, Viewer("zhang", "investigator"), phone)
    assert [each["person"]["id"] for each in seen["candidates"] if not each["holder"]] == ["P-boss"]
    assert not seen["truncated"] and answers.object_page(district, LOCAL, phone)["truncated"]
    monkeypatch.undo()
    monkeypatch.setattr(module, "MOST_EVENTS", events + 1)
    assert answers.object_page(district, LOCAL, phone)["truncated"]


def test_lists_find_by_a_part_and_page(district: Store) -> None:
    """Traps: the kind of an account searched as its number; a second page that begins anew; a wrong total."""
    found = answers.objects(district, LOCAL, "Phone", query="0001234")
    assert [(each["caption"], each["holder"]["name"]) for each in found["objects"] if each["holder"]] == [
        ("+8613900001234", "曾单")
    ]
    whole = answers.objects(district, LOCAL, "Account")
    pages = [answers.objects(district, LOCAL, "Account", limit=2, skip=n)["objects"] for n in (0, 2)]
    assert [*pages[0], *pages[1]] == whole["objects"][:4] and whole["total"] == len(whole["objects"])
    assert answers.objects(district, LOCAL, "Vehicle", query="没有")["objects"] == []
    for nonsense in ("Phone:1", "Person:P-boss", "Case:A1", "x"):
        with pytest.raises(NotFound):
            answers.object_page(district, LOCAL, nonsense)
