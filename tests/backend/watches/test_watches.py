"""Watches: only news becomes a lead, once; what is lost is said; judging a lead is a ledger entry like any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend import watches
from backend.cli import app
from backend.demo.district import generate
from backend.reviews.answers import judge, undo
from backend.watches.hits import occurrences
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import CALLS, MAJOR, PACKET, Builder, ms

LATER = "c0ffee00aaaa"
ROW = f"{CALLS}/-/2"


def new(store: Store) -> list[str]:
    return [each["title"]["en"] for each in watches.leads(store, LOCAL, status="new")["leads"]]


def set_watch(store: Store, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = watches.add_watch(store, LOCAL, asked, basis="局领导批准")["watch"]
    return found


def call(builder: Builder, event_id: str, at: str, file: str = LATER) -> None:
    builder.event(
        "CALLED", "Phone:+8613900000003", "Phone:+8613900000002", at, event_id, seconds=9, evidence=[f"{file}/-/7"]
    )  # fmt: skip


def test_only_what_is_new_becomes_a_lead_and_only_once(district: Store) -> None:
    """Trap: everything that was there already told as news, or the same row told after every load."""
    watch = set_watch(district, kind="appears", target="13900000003")
    assert watch["found"] >= 1 and new(district) == []
    assert watches.look(district, LOCAL) == {"watches": 1, "new": 0, "gone": 0, "failed": 0}
    call(Builder(district), "c9", "2026-04-20T10:00:00")
    assert watches.look(district, LOCAL)["new"] == 1
    assert watches.look(district, LOCAL)["new"] == 0
    (lead,) = watches.leads(district, LOCAL)["leads"]
    assert LATER in lead["title"]["zh"] and lead["evidence"] == [f"{LATER}/-/7"]
    assert lead["at"] == "2026-04-20T10:00:00+08:00" and lead["watch"]["id"] == watch["id"]
    assert watches.watches(district, LOCAL)["watches"][0]["waiting"] == 1


def test_a_person_is_watched_through_all_he_holds(district: Store) -> None:
    """Trap: the number is watched and the card he uses is not."""
    set_watch(district, kind="appears", target="丙三")
    Builder(district).event(
        "PAID", "Account:card:6200000000000000033", "Account:card:6200000000000000011", "2026-04-21T10:00:00",
        "p9", fen=1, currency="CNY", evidence=[f"{LATER}/-/3"],
    )  # fmt: skip
    watches.look(district, LOCAL)
    assert len(new(district)) == 1 and "6200000000000000033" in new(district)[0]


def test_what_is_taken_out_is_said_to_be_gone_and_comes_back(district: Store) -> None:
    """Trap: a lead that rests on a file which is no longer loaded stands as if it were."""
    set_watch(district, kind="appears", target="13900000003")
    call(Builder(district), "c9", "2026-04-20T10:00:00")
    watches.look(district, LOCAL)
    Builder(district).do("MATCH ()-[e:CALLED {event_id: 'c9'}]->() DELETE e")
    assert watches.look(district, LOCAL)["gone"] == 1
    assert watches.leads(district, LOCAL)["leads"][0]["gone"]
    call(Builder(district), "c9", "2026-04-20T10:00:00")
    assert watches.look(district, LOCAL) == {"watches": 1, "new": 0, "gone": 0, "failed": 0}
    assert watches.leads(district, LOCAL)["leads"][0]["gone"] is None


def test_call_payment_within_hours(district: Store) -> None:
    """Trap: any call and any payment of two persons taken for a sequence."""
    set_watch(district, kind="sequence", target=f"Case:{PACKET}", steps=["call", "payment"], hours=1)
    build = Builder(district)
    call(build, "c9", "2026-04-20T10:00:00")
    build.event("PAID", "Account:card:6200000000000000033", "Account:wechat:wxid_tst_b2", "2026-04-20T12:30:00",
                "p9", fen=500000, currency="CNY", evidence=[f"{LATER}/-/8"])  # fmt: skip
    watches.look(district, LOCAL)
    assert new(district) == []
    call(build, "c10", "2026-04-20T12:00:00")
    watches.look(district, LOCAL)
    (lead,) = watches.leads(district, LOCAL)["leads"]
    assert "0.5 h" in lead["title"]["en"] and lead["evidence"] == [f"{LATER}/-/7", f"{LATER}/-/8"]
    assert lead["subjects"] == ["Person:P-seller", "Person:P-whole"]


def test_an_early_call_does_not_hide_a_later_one() -> None:
    """Trap: the first call is taken as the beginning and its window is over when the money moves."""
    events = [
        {"kind": kind, "at": at} for kind, at in (("C", 0), ("C", 90), ("P", 100), ("C", 101), ("P", 500))
    ]
    assert [[e["at"] for e in found] for found in occurrences(events, ["C", "P"], 50)] == [[90, 100]]
    assert [[e["at"] for e in found] for found in occurrences(events, ["C", "P"], 1000)] == [
        [0, 100],
        [101, 500],
    ]


def test_supplier_member_chain_path_and_search(district: Store) -> None:
    """Trap: a kind of watch that can be set and never finds anything."""
    for asked in (
        {"kind": "supplier", "target": "丙三"},
        {"kind": "member", "target": "G-1"},
        {"kind": "chain", "target": PACKET, "min_score": 0.3},
        {"kind": "path", "target": "丙三", "other": "曾单", "max_hops": 3},
        {"kind": "search", "query": "139000"},
        {"kind": "pattern", "target": "pass_through"},
    ):
        set_watch(district, **asked)
    assert {each["failed"] for each in watches.watches(district, LOCAL)["watches"]} == {None}
    build = Builder(district)
    build.do(
        "MATCH (a:Person {person_id: 'P-zeng'}), (b:Person {person_id: 'P-seller'}), (g:Gang), (k:Chain), "
        "(c:Case {case_no: $case}) CREATE (a)-[:SUPPLIES {run: 'R-0001', score: 0.9, signals: '[]'}]->(b) "
        "CREATE (a)-[:MEMBER_OF {run: 'R-0001', role: 'runner'}]->(g) SET k.body = $body",
        case=PACKET,
        body=json.dumps({"persons": ["P-seller"], "reaches": [MAJOR, "A9900000000002026050009"], "hops": []}),
    )
    build.do("CREATE (:Phone {number: '+8613900009999'})")
    watches.look(district, LOCAL)
    found = "\n".join(new(district))
    for part in (
        "new supplier candidate 曾单",
        "new member 曾单",
        "A9900000000002026050009",
        "connection",
        "9999",
    ):
        assert part in found, part


def test_what_cannot_be_asked_is_refused_and_leaves_nothing(district: Store) -> None:
    """Trap: a watch that never finds anything because its target was mistyped."""
    for asked, error in (
        ({"kind": "appears", "target": "nobody at all"}, NotFound),
        ({"kind": "member", "target": "G-404"}, NotFound),
        ({"kind": "chain", "target": "A0"}, NotFound),
        ({"kind": "appears"}, InputError),
        ({"kind": "sequence", "target": "丙三", "steps": ["call", "fax"]}, InputError),
        ({"kind": "gossip", "target": "丙三"}, InputError),
    ):
        with pytest.raises(error):
            watches.add_watch(district, LOCAL, asked)
    standing = [each for each in watches.watches(district, LOCAL)["watches"] if not each["ended"]]
    assert standing == []


def test_a_look_that_fails_stops_nothing_and_is_shown(district: Store) -> None:
    """Trap: one broken watch makes every load fail, or fails for months and nobody learns."""
    set_watch(district, kind="member", target="G-1")
    set_watch(district, kind="appears", target="13900000003")
    Builder(district).do("MATCH (g:Gang) DETACH DELETE g")
    call(Builder(district), "c9", "2026-04-20T10:00:00")
    assert watches.look(district, LOCAL) == {"watches": 2, "new": 1, "gone": 0, "failed": 1}
    assert [bool(each["failed"]) for each in watches.watches(district, LOCAL)["watches"]] == [False, True]


@pytest.mark.parametrize("row", [f"{ROW}9", "0123456789ab/-/2", "a/-/1", "昨天看到的"])
def test_a_lead_cites_rows_that_are_there(district: Store, row: str) -> None:
    """Trap: a lead goes to another unit with a row nobody can look up as its proof."""
    with pytest.raises(NotFound) as refused:
        watches.add_lead(district, LOCAL, "核查 9999 号机主", [PACKET], evidence=[ROW, row])
    assert row in str(refused.value) and f"{ROW}、" not in str(refused.value)
    assert watches.leads(district, LOCAL)["total"] == 0


def test_sent_answered_judged_and_taken_back(district: Store) -> None:
    """Trap: a deadline nobody is told has passed; a status that no entry explains."""
    made = watches.add_lead(district, LOCAL, "核查 9999 号机主", ["13900000003", PACKET], evidence=[ROW])[
        "lead"
    ]
    assert made["subjects"] == ["Person:P-seller", f"Case:{PACKET}"] and made["status"] == "new"
    about = [made["id"]]
    judge(
        district,
        LOCAL,
        "lead",
        "sent",
        about,
        "请核查",
        seen={"unit": "测试派出所", "deadline": "2026-05-01"},
    )
    (lead,) = watches.leads(district, LOCAL)["leads"]
    assert (lead["status"], lead["unit"], lead["deadline"]) == ("sent", "测试派出所", "2026-05-01")
    assert lead["overdue_days"] > 100
    said = judge(district, LOCAL, "lead", "rejected", about, "查无此人")
    assert watches.leads(district, LOCAL)["leads"] == []
    assert watches.leads(district, LOCAL, status="rejected")["total"] == 1
    undo(district, LOCAL, said["review"]["id"], "弄错了")
    assert watches.leads(district, LOCAL)["leads"][0]["status"] == "sent"
    assert [e["verdict"] for e in watches.lead(district, LOCAL, made["id"])["history"]] == [
        "sent", "rejected", "taken_back",
    ]  # fmt: skip


def test_an_ended_watch_is_quiet(district: Store) -> None:
    """Trap: an approval that has run out goes on watching."""
    watch = set_watch(district, kind="appears", target="13900000003")
    watches.end_watch(district, LOCAL, watch["id"])
    with pytest.raises(Conflict):
        watches.end_watch(district, LOCAL, watch["id"])
    call(Builder(district), "c9", "2026-04-20T10:00:00")
    assert watches.look(district, LOCAL)["watches"] == 0 and new(district) == []


def upline(*arguments: str, code: int | None = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    assert code is None or result.exit_code == code, result.output
    return json.loads(result.stdout) if result.stdout.strip() else None


def test_loading_a_file_is_enough(store: Store, tmp_path: Path) -> None:
    """Trap: a watch that is only looked at when somebody remembers to."""
    truth = generate(tmp_path, seed=5, size=0.06)
    files = sorted(path for path in (tmp_path / "话单").rglob("*") if path.is_file())
    upline("load", *map(str, files[::2]), code=None)
    for number in [person.phones[0] for person in truth.persons if person.uses and person.phones][:40]:
        upline("watch", "add", "appears", f"Phone:+86{number}", code=None)  # some are in the other half only
    upline("load", *map(str, files[1::2]), code=None)
    found = upline("leads", "list")["leads"]
    assert found, "forty numbers and half of all calls: some of them must be in the other half"
    rows = upline("evidence", found[0]["evidence"][0])
    assert rows["rows"][0]["cells"]
    last = upline("loads")["loads"]
    newest = {row["sha256"][:12] for row in last if row["load"] == max(each["load"] for each in last)}
    # some rows of older files count too: a later file may say that two numbers are one account
    told = [lead for lead in found if {row.split("/")[0] for row in lead["evidence"]} <= newest]
    assert len(told) > len(found) / 2


def test_a_noun_of_the_district_is_watched(district: Store) -> None:
    """Traps: tasks that are done, or another unit's, told as news; a lead that lost its rule; care watched by case roles."""
    build, due = Builder(district), ms("2024-03-31T00:00:00")
    made = "CREATE (:Task {task_id: $id, title: '检查', unit: $unit, first_due_at: $due, status: $status})"
    build.do(made, id="RW1", unit="甲所", due=due, status="进行中")
    watch = set_watch(district, kind="district", target="tasks", unit="甲所")
    assert watch["found"] == 1 and watch["name"] == "任务逾期 · 甲所 / Task overdue · 甲所"
    for task, unit, status in (
        ("RW2", "甲所", "进行中"),
        ("RW3", "乙所", "进行中"),
        ("RW4", "甲所", "已完成"),
    ):
        build.do(made, id=task, unit=unit, due=due, status=status)
    assert watches.look(district, LOCAL)["new"] == 1
    (lead,) = watches.leads(district, LOCAL, status="new")["leads"]
    assert lead["subjects"] == ["Task:RW2"] and lead["rules"] == ["task_overdue@1", "time_limits@1"]
    assert lead["title"]["en"].startswith("Task overdue: 检查: ") and "overdue from" in lead["title"]["en"]
    with pytest.raises(InputError):
        set_watch(district, kind="district", target="care")
