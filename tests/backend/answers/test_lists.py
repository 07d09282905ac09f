"""Answers have the shape of the JSON contract, whole, in a fixed order, and say how many there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend import answers
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store, Viewer

PERSON = {"id", "name", "resident_id", "phones", "accounts"}
PACKET, MAJOR, LONELY = "A9900000000002026040017", "A9900000000002026030002", "A9900000000002026050009"


def test_persons_have_exactly_the_five_fields(district: Store) -> None:
    """Trap: an unnamed holder left out, or a field missing where nothing is known."""
    found = answers.persons(district, LOCAL)
    assert found["total"] == 7 == len(found["persons"])
    assert all(set(each) == PERSON for each in found["persons"])
    unknown = next(each for each in found["persons"] if each["id"] == "P-user")
    assert unknown["name"] is None and unknown["resident_id"] is None
    assert unknown["accounts"] == ["wxid_tst_q7"] and unknown["phones"] == []


def test_limit_keeps_the_total_and_pages_join(district: Store) -> None:
    """Trap: a page that hides how many there are, or an order that changes from page to page."""
    whole = [each["id"] for each in answers.persons(district, LOCAL)["persons"]]
    pages = [answers.persons(district, LOCAL, limit=3, skip=skip) for skip in (0, 3, 6)]
    assert [page["total"] for page in pages] == [7, 7, 7]
    assert [each["id"] for page in pages for each in page["persons"]] == whole


def test_before_the_first_analysis_lists_are_empty(store: Store) -> None:
    """Trap: an error, or an old run's persons, where nothing has been analysed yet."""
    assert answers.persons(store, LOCAL) == {"persons": [], "total": 0, "run": None}
    assert answers.gangs(store, LOCAL)["gangs"] == []
    assert answers.supplies(store, LOCAL)["edges"] == []
    assert answers.chains(store, LOCAL)["cases"] == []
    with pytest.raises(NotFound):
        answers.person_page(store, LOCAL, "P-1")


def test_supplies_are_signed_and_dated(district: Store) -> None:
    """Trap: times as numbers, signals as one string, weak candidates missing from the JSON."""
    found = answers.supplies(district, LOCAL)
    assert [edge["score"] for edge in found["edges"]] == [0.83, 0.71, 0.3]
    first = found["edges"][0]
    keys = {"supplier", "buyer", "score", "from", "to", "signals", "months", "status", "review"}
    assert set(first) == keys
    assert (first["supplier"]["id"], first["buyer"]["id"]) == ("P-whole", "P-seller")
    assert first["from"] == "2026-04-01T00:00:00+08:00" and first["to"] == "2026-04-12T23:10:00+08:00"
    assert first["signals"] == [
        {"name": "pays_up", "weight": 1.2, "n": 2, "evidence": ["41be07aa93c5/交易明细/4"]}
    ]
    assert first["months"] == [{"month": "2026-04", "count": 2, "fen": 1200000}]
    assert answers.supplies(district, LOCAL, min_score=0.5)["total"] == 2


def test_supplies_of_one_person_are_of_both_roles(district: Store) -> None:
    """Trap: only his buyers, or only his suppliers; the direction turned round."""
    found = answers.supplies(district, LOCAL, person_id="P-whole", limit=1)
    assert found["total"] == 2 and len(found["edges"]) == 1
    pairs = {
        (edge["supplier"]["id"], edge["buyer"]["id"])
        for edge in answers.supplies(district, LOCAL, person_id="P-whole")["edges"]
    }
    assert pairs == {("P-whole", "P-seller"), ("P-boss", "P-whole")}


def test_gangs_list_members_by_rank(district: Store) -> None:
    """Trap: members in chance order, or gangs below the asked size."""
    found = answers.gangs(district, LOCAL)
    assert found["total"] == 1
    gang = found["gangs"][0]
    assert {"id", "status", "score", "members"} <= set(gang) and gang["status"] == "candidate"
    assert [(m["rank"], m["role"], m["person"]["name"]) for m in gang["members"]] == [
        (1, "organiser", "甲一"),
        (2, "wholesaler", "乙二"),
        (3, "retailer", "丙三"),
    ]
    assert gang["members"][0]["reasons"] == [{"code": "few_contacts", "detail": ""}]
    assert answers.gangs(district, LOCAL, min_size=4)["gangs"] == []


def test_gang_page_has_the_supplies_inside(district: Store) -> None:
    """Trap: candidates below the threshold drawn as supplies of the gang."""
    page = answers.gang_page(district, LOCAL, "G-1")
    assert [(s["supplier"], s["buyer"]) for s in page["supplies"]] == [
        ("P-whole", "P-seller"),
        ("P-boss", "P-whole"),
    ]
    with pytest.raises(NotFound):
        answers.gang_page(district, LOCAL, "G-2")


def test_chains_of_every_case_also_without_one(district: Store) -> None:
    """Trap: a case without a chain silently left out; ids where persons are promised; times as numbers."""
    found = answers.chains(district, LOCAL)
    assert [(case["case_no"], case["tier"], len(case["chains"])) for case in found["cases"]] == [
        (MAJOR, "major", 0),
        (PACKET, "packet", 1),
        (LONELY, "unknown", 0),
    ]
    chain = found["cases"][1]["chains"][0]
    assert {"id", "status", "score", "strength", "persons", "reaches", "weakest", "hops", "ask_for"} <= set(
        chain
    )
    assert [person["name"] for person in chain["persons"]] == ["丙三", "乙二", "甲一"]
    assert all(set(person) == PERSON for person in chain["persons"])
    hop = chain["hops"][0]
    assert {"kind", "from", "to", "first", "last", "count", "fen", "score", "evidence"} <= set(hop)
    assert (hop["from"], hop["to"], hop["first"]) == ("P-seller", "P-whole", "2026-04-10T22:01:00+08:00")
    assert chain["ask_for"][0]["from"] == "2026-02-01T00:00:00+08:00"
    assert chain["reaches"] == [MAJOR]


def test_chain_of_one_case_has_the_same_shape(district: Store) -> None:
    """Trap: two shapes for one thing."""
    assert answers.case_chains(district, LOCAL, PACKET)["cases"] == [
        answers.chains(district, LOCAL)["cases"][1]
    ]
    with pytest.raises(NotFound):
        answers.case_chains(district, LOCAL, "A0000000000000000000000")


def test_case_page(district: Store) -> None:
    """Trap: role as recorded mixed up with a computed role; weights or packets lost."""
    page = answers.case_page(district, LOCAL, PACKET)
    assert page["case"]["case_name"] == "丙三贩卖毒品案" and page["case"]["tier"] == "packet"
    assert page["case"]["opened_at"] == "2026-04-17T00:00:00+08:00"
    person = page["people"][0]
    assert (person["person"]["id"], person["role"], person["role_class"]) == ("P-seller", "贩卖", "dealing")
    assert page["seizures"][0]["net_g"] == 0.62
    assert [chain["id"] for chain in page["chains"]] == ["K-1"]
    assert answers.case_page(district, LOCAL, MAJOR)["reached_by"][0]["case_no"] == PACKET


def test_person_page_says_why_he_holds_what(district: Store) -> None:
    """Trap: an identifier without the reason it is his."""
    page = answers.person_page(district, LOCAL, "P-seller")
    assert {held["identifier"] for held in page["holds"]} == {
        "Phone:+8613900000003",
        "Account:card:6200000000000000033",
        "ResidentId:990101199003070018",
    }
    assert all(held["reason"] == "registered" and held["evidence"] for held in page["holds"])
    assert page["cases"][0]["case_no"] == PACKET and page["records_total"] == 1
    assert [gang["role"] for gang in page["gangs"]] == ["retailer"]
    assert page["chains"][0]["id"] == "K-1"
    assert len(page["supplies"]) == 2


def test_a_case_that_is_not_yours_does_not_exist(district: Store) -> None:
    """Trap: a case hidden in the list but counted, or told from an absent one by its error."""
    narrow = Viewer(user="u1", cases=frozenset({PACKET}))
    assert [case["case_no"] for case in answers.chains(district, narrow)["cases"]] == [PACKET]
    assert answers.chains(district, narrow)["total"] == 1
    assert answers.chains(district, narrow)["cases"][0]["chains"][0]["reaches"] == []
    with pytest.raises(NotFound) as hidden:
        answers.case_page(district, narrow, MAJOR)
    with pytest.raises(NotFound) as absent:
        answers.case_page(district, narrow, "A1")
    assert str(hidden.value) == str(absent.value)


def test_runs_and_loads(district: Store) -> None:
    """Trap: a run without rules and seed cannot be repeated; a file without its basis cannot be judged."""
    assert answers.runs(district, LOCAL)["runs"][0] == {
        "id": "R-0001",
        "current": True,
        "load": 1,
        "rules": "2026.11",
        "seed": 7,
        "started": "2026-11-21T16:00:00+08:00",
        "finished": "2026-11-21T16:00:05+08:00",
        "summary": {"persons": 7},
    }
    files = answers.loads(district, LOCAL)
    assert files["total"] == 2 and files["files"][0]["basis"] == "测公调证字〔2026〕1号"
    assert files["files"][0]["loaded_at"] == "2026-04-20T09:00:00+08:00"


def test_everything_is_json(district: Store) -> None:
    """Trap: a value only Python knows."""
    for answer in (
        answers.persons(district, LOCAL),
        answers.chains(district, LOCAL),
        answers.person_page(district, LOCAL, "P-boss"),
        answers.case_page(district, LOCAL, PACKET),
        answers.gang_page(district, LOCAL, "G-1"),
        answers.expand(district, LOCAL, "P-seller"),
        answers.path(district, LOCAL, "丙三", "甲一"),
    ):
        json.dumps(answer)


def test_evidence_opens_the_row(district: Store) -> None:
    """Trap: the row next to the right one; a file without sheets; a formula given out as more than text."""
    asked = [
        "9f3ac1d2e07b/-/3",
        "41be07aa93c5/交易明细/5",
        "41be07aa93c5/交易明细/99",
        "000000000000/-/1",
        "../../etc/passwd/1",
    ]
    rows = answers.evidence(district, LOCAL, asked)["rows"]
    assert [row["evidence"] for row in rows] == asked
    assert [row["found"] for row in rows] == [True, True, False, False, False]
    assert rows[0]["cells"] == ["13900000003", "=HYPERLINK(1)", "昨天"]
    assert rows[0]["headings"] == ["主叫", "被叫", "时间"] and rows[0]["sheet"] is None
    assert (rows[0]["state"], rows[0]["reason"], rows[0]["column"]) == ("rejected", "bad_time", "时间")
    assert rows[1]["file"] == "调证/交易明细_测试银行.xlsx" and rows[1]["cells"] == ["出", "4,800.00"]
    assert rows[1]["basis"] == "测公调证字〔2026〕1号"


def test_evidence_of_a_file_taken_out_is_gone(district: Store) -> None:
    """Trap: rows still on disk shown although the file was unloaded."""
    with district.driver.session() as session:
        session.run("MATCH (f:SourceFile) DELETE f").consume()
    assert not answers.evidence(district, LOCAL, ["9f3ac1d2e07b/-/3"])["rows"][0]["found"]
    assert (Path(district.home) / "rows").is_dir()


def test_a_raid_is_named_to_those_who_may_see_it(district: Store) -> None:
    """Trap: what a run damped names a case to somebody who must not know of it."""
    kinds = [
        {"kind": "case", "total": 2, "named": [[PACKET, 14, 0.0], [MAJOR, 13, 0.0]]},
        {"kind": "name", "total": 1, "named": [["张伟", 50, 0.0]]},
    ]
    with district.driver.session(database=district.database) as session:
        session.run("MATCH (r:Run) SET r.summary = $summary", summary=json.dumps({"damped": kinds})).consume()
    narrow = Viewer("li", cases=frozenset({PACKET}))
    raids, names = answers.runs(district, narrow)["runs"][0]["summary"]["damped"]
    assert raids["named"] == [[PACKET, 14, 0.0]] and raids["total"] == 2 and names == kinds[1]
    assert answers.runs(district, LOCAL)["runs"][0]["summary"]["damped"] == kinds


def test_explain_ends_in_rows(district: Store) -> None:
    """Trap: an explanation whose references lead nowhere."""
    chain = answers.explain(district, LOCAL, "K-1")
    assert answers.explain(district, LOCAL, chain["case_no"])["sentences"] == chain["sentences"], (
        "of its case"
    )
    assert chain["kind"] == "chain"
    assert [row["cells"][1] for row in chain["rows"]] == ["4,400.00", "4,800.00"]
    assert answers.explain(district, LOCAL, "P-whole>P-seller")["kind"] == "supply"
    assert answers.explain(district, LOCAL, "G-1")["kind"] == "gang"
    event = answers.explain(district, LOCAL, "p1")
    assert event["event"]["type"] == "PAID" and event["event"]["fen"] == 440000
    assert event["event"]["start"] == "Account:card:6200000000000000033"
    with pytest.raises(NotFound, match="no such object"):
        answers.explain(district, LOCAL, "nothing")
    with pytest.raises(NotFound, match="no chain from that case"):
        answers.explain(district, LOCAL, MAJOR)


def test_answer_is_of_one_run(district: Store, builder: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a run published between two queries of one answer; half of it would be empty."""
    seen = []
    plain = Store.read

    def switching(self: Store, viewer: Viewer, query: str, /, **more: object) -> list[dict[str, object]]:
        if query == "person.count" and not seen:
            seen.append(query)
            builder.run = "R-0002"  # type: ignore[attr-defined]
            builder.do("MATCH (n:Person) SET n.key = 'R-0002/' + n.person_id, n.run = 'R-0002'")  # type: ignore[attr-defined]
            builder.publish()  # type: ignore[attr-defined]
        return plain(self, viewer, query, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "read", switching)
    found = answers.persons(district, LOCAL)
    assert found["run"] == "R-0002" and found["total"] == 7 == len(found["persons"])
