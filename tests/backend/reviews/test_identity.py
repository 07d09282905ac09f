"""Who is who on the real store: proposals, judgements and their undoing, with loads in between."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from backend.judgements import ledger
from backend.reviews import answers, proposals
from backend.runs import analyse
from etl.writing.load import LoadOptions, load
from etl.writing.unload import unload
from graph_schema.errors import Conflict
from graph_schema.store import LOCAL, Store

RID_A, RID_B = "990101199001010019", "990101198505050028"
DERIVED = (
    "MATCH (p:Person) OPTIONAL MATCH (p)-[h:HOLDS|IS]->(n) "
    "RETURN p.person_id AS person, p.name AS name, p.resident_id AS rid, p.names AS names, type(h) AS rel, "
    "h.reason AS reason, h.evidence AS evidence, coalesce(n.number, n.account_id, n.record_id, n.imei14) AS end"
)


def derived(store: Store) -> str:
    """One digest of who is who, without the run's number."""
    with store.driver.session(database=store.database) as session:
        rows = [json.dumps(record.data(), sort_keys=True) for record in session.run(DERIVED)]
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


HEAD = "案件编号,姓名,身份证号,手机号码,现住址,涉案身份\n"


def people(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    """A table of people in a case: name, resident id or nothing, phone, address."""
    text = HEAD + "".join(f"A9900000000002026060001,{','.join(row)},贩卖\n" for row in rows)
    path = folder / f"涉案人员{hashlib.md5(text.encode()).hexdigest()[:6]}.csv"
    path.write_text(text, encoding="utf-8")
    return path


ONE = ("章一凡", RID_A, "13900000001", "示例路1号2室201")
OTHER = ("章一帆", "", "13900000002", "示例路1号2室201")


@pytest.fixture
def two(store: Store, tmp_path: Path) -> Store:
    """One person with a resident id; another of a name that sounds the same, at the same address, without."""
    load(store, [people(tmp_path, ONE, OTHER)], LoadOptions())
    analyse(store)
    return store


def holder(store: Store, ref: str) -> str:
    label, key = ref.split(":", 1)
    prop = {"Phone": "number", "ResidentId": "number"}[label]
    with store.driver.session(database=store.database) as session:
        rows: list[Any] = session.run(
            f"MATCH (:View)-[:CURRENT]->(r:Run) MATCH (p:Person {{run: r.run_id}})-[:HOLDS]->(n:{label} {{{prop}: $key}}) "
            "RETURN p.person_id AS id",
            key=key,
        ).data()
    assert len(rows) == 1
    return str(rows[0]["id"])


def test_a_proposal_merges_nobody_until_somebody_says_so(two: Store) -> None:
    """Trap: a likely pair that is merged by itself, or a judgement that changes nothing."""
    before = derived(two)
    queue = proposals.proposals(two, LOCAL)["proposals"]
    assert [(each["question"], each["verdict"]) for each in queue] == [("same", None)]
    assert holder(two, "Phone:+8613900000001") != holder(two, "Phone:+8613900000002")
    asked = queue[0]
    page = proposals.proposal(two, LOCAL, asked["id"])
    outcomes = {row["field"]: row["outcome"] for row in page["rows"]}
    assert outcomes["name"] == "near" and outcomes["addresses"] == "same"
    assert outcomes["resident_id"] == "complement" and outcomes["nickname"] == "missing"
    assert {signal["level"] for signal in page["for"]} >= {"sound", "shared"}
    assert all(signal["evidence"] for signal in page["for"])
    change = {each["what"]: each for each in page["consequences"]}
    assert change["persons"]["after"] == 1 and change["identifiers"]["after"] == 3
    entry = answers.judge(
        two, LOCAL, "identity", "same", [asked["one"]["id"], asked["other"]["id"]], "同住且同音", after=""
    )["review"]
    assert entry["subjects"] == asked["subjects"]
    assert proposals.proposals(two, LOCAL)["total"] == 0
    analyse(two)
    assert holder(two, "Phone:+8613900000001") == holder(two, "Phone:+8613900000002")
    answers.undo(two, LOCAL, entry["id"], "误判")
    analyse(two)
    assert derived(two) == before
    assert proposals.proposals(two, LOCAL)["total"] == 1


def test_what_was_judged_different_is_not_asked_again(two: Store) -> None:
    """Trap: a queue that puts the same answered question to people every morning."""
    asked = proposals.proposals(two, LOCAL)["proposals"][0]
    answers.judge(two, LOCAL, "identity", "different", asked["subjects"], "二人同案在押")
    analyse(two)
    assert proposals.proposals(two, LOCAL)["total"] == 0


def test_two_resident_ids_stop_and_ask(store: Store, tmp_path: Path) -> None:
    """Trap: two people with two resident ids become one because a third record touches both."""
    rows = [ONE, ("季二水", RID_B, "13900000003", ""), ("季某", "", "13900000001；13900000003", "")]
    load(store, [people(tmp_path, *rows)], LoadOptions())
    analyse(store)
    asked = proposals.proposals(store, LOCAL)["proposals"]
    assert [each["question"] for each in asked] == ["conflict"]
    both = [asked[0]["one"]["id"], asked[0]["other"]["id"]]
    with pytest.raises(Conflict):
        answers.judge(store, LOCAL, "identity", "same", both, "同一人")
    answers.judge(store, LOCAL, "identity", "same_two_ids", both, "双重户口，已核实")
    analyse(store)
    assert holder(store, f"ResidentId:{RID_A}") == holder(store, f"ResidentId:{RID_B}")


@pytest.mark.parametrize("seed", [1])
def test_undoing_gives_what_loads_alone_give(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: a merge and its undo leave something behind, or lose what was loaded in between."""
    chance = random.Random(seed)
    names = ["章一凡", "章一帆", "季二水"]
    paths = [
        people(
            tmp_path,
            *(
                (
                    chance.choice(names),
                    chance.choice([RID_A, RID_B, ""]),
                    f"1390000000{chance.randrange(6)}",
                    "",
                )
                for _ in range(3)
            ),
        )
        for _ in range(4)
    ]
    loaded: dict[Path, str] = {}
    for _ in range(8):
        path = chance.choice(paths)
        if path in loaded and chance.random() < 0.5:
            unload(store, loaded.pop(path))
        elif path not in loaded:
            loaded[path] = str(load(store, [path], LoadOptions()).load)
        two_phones = [f"Phone:+861390000000{n}" for n in chance.sample(range(6), 2)]
        ledger.append(store, LOCAL, "identity", chance.choice(["same", "different"]), two_phones, "试")
        stands = [entry for entry in ledger.standing(ledger.entries(store, LOCAL)) if not entry.undoes]
        if chance.random() < 0.4:
            ledger.take_back(store, LOCAL, chance.choice(stands).review_id, "撤")
    analyse(store)
    kept = derived(store)
    extra = ledger.append(
        store, LOCAL, "identity", "same", ["Phone:+8613900000000", "Phone:+8613900000005"], "试"
    )
    analyse(store)
    ledger.take_back(store, LOCAL, extra.review_id, "撤")
    analyse(store)
    assert derived(store) == kept
    for entry in ledger.standing(ledger.entries(store, LOCAL)):
        if not entry.undoes:
            ledger.take_back(store, LOCAL, entry.review_id, "全部撤销")
    analyse(store)
    without = derived(store)
    with store.driver.session(database=store.database) as session:
        session.run("MATCH (r:Review) DETACH DELETE r").consume()
    analyse(store)
    assert derived(store) == without
