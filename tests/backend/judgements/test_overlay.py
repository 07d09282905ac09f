"""A chain as a thing one decides about: its status outlasts runs, and a confirmed one is not lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backend import answers
from backend.drawings import draw_gang
from backend.reviews.answers import judge, undo
from backend.security.errors import Forbidden
from graph_schema.store import LOCAL, Store

PACKET, MAJOR = "A9900000000002026040017", "A9900000000002026030002"


def chains(store: Store) -> list[dict[str, Any]]:
    return answers.case_chains(store, LOCAL, PACKET)["cases"][0]["chains"]


def do(store: Store, text: str) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(text).consume()


def next_run(store: Store, gone: str = "") -> None:
    """The next run: the same persons, without the chain, the gang and the upper supply; without ``gone`` too."""
    do(store, "MATCH (n) WHERE n:Chain OR n:Gang DETACH DELETE n")
    do(store, "MATCH (:Person {person_id: 'P-boss'})-[s:SUPPLIES]->() DELETE s")
    do(store, "MATCH (:Person {person_id: 'P-whole'})-[s:SUPPLIES]->() SET s.score = 0.6")
    if gone:
        do(store, f"MATCH (p:Person {{person_id: '{gone}'}}) DETACH DELETE p")


def test_status_goes_from_review_to_confirmed_and_back(district: Store) -> None:
    """Trap: a status that lives in the run, overwritten by the next; an undo that needs a new run."""
    assert [c["status"] for c in chains(district)] == ["candidate"]
    judge(district, LOCAL, "chain", "under_review", ["K-1"], "交大队长")
    judge(district, LOCAL, "chain", "comment", ["K-1"], "缺乙二的流水")
    found = chains(district)[0]
    assert (found["status"], found["comments"], found["review"]["by"]) == ("under_review", 1, "local")
    made = judge(district, LOCAL, "chain", "confirmed", ["K-1"], "流水与供述相符")
    assert chains(district)[0]["status"] == "confirmed"
    page = answers.case_page(district, LOCAL, PACKET)
    assert page["chains"][0]["status"] == "confirmed"
    assert answers.person_page(district, LOCAL, "P-boss")["chains"][0]["status"] == "confirmed"
    undo(district, LOCAL, made["review"]["id"], "看错")
    assert chains(district)[0]["status"] == "under_review"


def test_a_hop_is_decided_by_itself_wherever_it_stands(district: Store) -> None:
    """Trap: a hop rejected in one chain believed in the next."""
    judge(district, LOCAL, "hop", "confirmed", ["K-1", "P-seller", "P-whole"], "供述")
    judge(district, LOCAL, "hop", "rejected", ["K-1", "P-whole", "P-boss"], "借款")
    found = chains(district)[0]
    assert [hop["status"] for hop in found["hops"]] == ["confirmed", "rejected"]
    assert found["status"] == "rejected" and found["review"] is None
    do(district, "MATCH (h:Chain {chain_id: 'K-1'}) SET h.chain_id = 'K-2', h.key = h.run + '/K-2'")
    assert [hop["status"] for hop in chains(district)[0]["hops"]] == ["confirmed", "rejected"]
    judge(district, LOCAL, "chain", "confirmed", ["K-2"], "整体成立")
    assert chains(district)[0]["status"] == "confirmed"


def supply(store: Store, supplier: str, buyer: str) -> str:
    """What every answer that lists this supply calls it."""
    pair = (supplier, buyer)
    told = {
        edge["status"]
        for edge in (
            *answers.supplies(store, LOCAL)["edges"],
            *answers.person_page(store, LOCAL, buyer)["supplies"],
            *answers.explain(store, LOCAL, f"{supplier}>{buyer}")["edges"],
        )
        if (edge["supplier"]["id"], edge["buyer"]["id"]) == pair
    }
    assert len(told) == 1
    return told.pop()


def test_a_supply_is_called_what_was_decided_about_it_or_its_hop(district: Store) -> None:
    """Trap: a supply a chief has rejected listed as a candidate; a hop that ignores what was said of the supply."""
    assert supply(district, "P-whole", "P-seller") == "candidate"
    judge(district, LOCAL, "hop", "confirmed", ["K-1", "P-seller", "P-whole"], "供述")
    assert supply(district, "P-whole", "P-seller") == "confirmed"
    said = judge(district, LOCAL, "supply", "rejected", ["P-whole", "P-seller"], "是房租")
    assert supply(district, "P-whole", "P-seller") == "rejected", "the later word holds"
    assert [hop["status"] for hop in chains(district)[0]["hops"]] == ["rejected", "candidate"]
    line = answers.explain(district, LOCAL, "P-whole>P-seller")["sentences"]
    assert "不成立" in line[0]["zh"] and "是房租" in line[1]["zh"] and "excluded" in line[1]["en"]
    undo(district, LOCAL, said["review"]["id"], "看错")
    assert supply(district, "P-whole", "P-seller") == "confirmed"
    judge(district, LOCAL, "supply", "rejected", ["P-seller", "P-whole"], "反向不成立")
    assert supply(district, "P-whole", "P-seller") == "confirmed", "a supply has a direction"


def test_a_confirmed_chain_is_kept_when_a_run_no_longer_finds_it(district: Store) -> None:
    """Trap: yesterday's confirmed chain gone without a word after today's load."""
    made = judge(district, LOCAL, "chain", "confirmed", ["K-1"], "成立")
    assert [c["kept"] for c in chains(district)] == [False]
    next_run(district)
    (kept,) = chains(district)
    assert (kept["id"], kept["status"], kept["kept"], kept["found_by"]) == (
        "K-1",
        "confirmed",
        True,
        "R-0001",
    )
    assert [(c["what"], c["hop"], c["was"], c["now"]) for c in kept["changed"]] == [
        ("hop_weaker", 0, 0.83, 0.6),
        ("hop_gone", 1, 0.83, 0.0),
    ]
    assert kept["hops"][0]["evidence"]
    whole = answers.chains(district, LOCAL)["cases"]
    assert [c["id"] for case in whole for c in case["chains"]] == ["K-1"]
    undo(district, LOCAL, made["review"]["id"], "撤回")
    assert chains(district) == []


def test_kept_chain_names_the_person_who_is_gone(district: Store) -> None:
    """Trap: a person merged into another silently replaced in a confirmed chain."""
    judge(district, LOCAL, "chain", "confirmed", ["K-1"], "成立")
    next_run(district, gone="P-whole")
    (kept,) = chains(district)
    assert ("person_gone", "P-whole") in [(c["what"], c["person"]) for c in kept["changed"]]


def test_gangs_and_members(district: Store) -> None:
    """Trap: a member taken out by a chief back among the members without a mark."""
    judge(district, LOCAL, "gang", "confirmed", ["G-1"], "成立")
    judge(district, LOCAL, "member", "rejected", ["G-1", "P-seller"], "只是买家")
    (gang,) = answers.gangs(district, LOCAL)["gangs"]
    assert gang["status"] == "confirmed"
    assert {m["person"]["id"]: m["status"] for m in gang["members"]} == {
        "P-boss": "candidate", "P-whole": "candidate", "P-seller": "rejected",
    }  # fmt: skip
    assert answers.gang_page(district, LOCAL, "G-1")["gang"]["status"] == "confirmed"
    next_run(district)
    found = answers.gangs(district, LOCAL)
    assert found["gangs"] == [] and [(g["id"], g["status"]) for g in found["kept"]] == [("G-1", "confirmed")]


def test_only_a_chief_confirms_where_there_are_users(district: Store) -> None:
    """Trap: whoever proposes also confirms."""
    clerk = replace(LOCAL, user="li", role="investigator")
    judge(district, clerk, "chain", "under_review", ["K-1"], "请复核")
    with pytest.raises(Forbidden):
        judge(district, clerk, "chain", "confirmed", ["K-1"], "成立")
    judge(district, replace(clerk, user="wang", role="chief"), "chain", "confirmed", ["K-1"], "成立")
    assert chains(district)[0]["review"]["by"] == "wang"


def chain_states(store: Store) -> set[str]:
    """What every answer that names the one chain calls it."""
    cases = [case for case in answers.chains(store, LOCAL)["cases"] if case["case_no"] == PACKET]
    persons = [
        answers.person_page(store, LOCAL, each)["chains"] for each in ("P-seller", "P-whole", "P-boss")
    ]
    board = [row["chain"] for row in answers.board(store, LOCAL)["rows"] if row["case_no"] == PACKET]
    listed = [
        *chains(store),
        *cases[0]["chains"],
        *answers.case_page(store, LOCAL, PACKET)["chains"],
        *answers.case_page(store, LOCAL, MAJOR)["reached_by"],
        *(each for page in persons for each in page),
        *board,
    ]
    assert len(listed) == 8
    return {each["status"] for each in listed}


@pytest.mark.parametrize(
    ("kind", "subjects"),
    [("hop", ["K-1", "P-whole", "P-boss"]), ("supply", ["P-boss", "P-whole"]), ("chain", ["K-1"])],
)
def test_a_refused_chain_is_refused_wherever_it_is_named(
    district: Store, kind: str, subjects: list[str]
) -> None:
    """Trap: a hop refused on the chain page, and the person page still counts this one among his chains."""
    assert chain_states(district) == {"candidate"}
    said = judge(district, LOCAL, kind, "rejected", subjects, "借款")
    assert chain_states(district) == {"rejected"}
    undo(district, LOCAL, said["review"]["id"], "看错")
    assert chain_states(district) == {"candidate"}
    judge(district, LOCAL, kind, "rejected", subjects, "借款")
    judge(district, LOCAL, "chain", "confirmed", ["K-1"], "整体成立")
    assert chain_states(district) == {"confirmed"}, "what was said of the chain itself holds"


def test_a_refused_supply_counts_in_no_gang(district: Store) -> None:
    """Trap: a supply refused on its chain still drawn inside the gang, and missed by nobody who is taken out."""
    judge(district, LOCAL, "hop", "rejected", ["K-1", "P-whole", "P-boss"], "借款")
    page = answers.gang_page(district, LOCAL, "G-1")
    assert {(each["supplier"], each["status"]) for each in page["supplies"]} == {
        ("P-boss", "rejected"),
        ("P-whole", "candidate"),
    }
    drawn = [edge for edge in draw_gang(district, LOCAL, "G-1").edges if edge.kind == "supply"]
    assert [edge.source for edge in drawn] == ["P-whole"]
